/** MB that the process may hold or grow by, and why not less. */
export const BOUNDS = {
  // A leak would keep an object or a text an evaluation, 100 bytes or more: 10 MB in 100,000 evaluations. Less than that is the
  // noise of collections.
  growth: 10,
  // Linear memory kept after the large inputs, when a small one has come. An instance grows to 24 times its input: up to 64 MB may wait
  // for the next input, and the 480 MB that 20 MB needed may not.
  kept: 64,
  // glibc keeps up to twice the largest block that was freed, 40 MB after a text of 20 MB; young objects and compiled code have grown
  // meanwhile, and one instance for 1 MB, 24 MB, is there to be used again.
  level: 96,
  // Two threads that ended leave the arenas of their allocators, not their heaps.
  threads: 64,
}

/** The slope of a line through the points with the least squares. */
const slope = (points) => {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, value]) => value))]
  const [over, under] = points.reduce(
    ([top, bottom], [at, value]) => [top + (at - x) * (value - y), bottom + (at - x) ** 2],
    [0, 0],
  )
  return over / under
}

const lastThird = (rows) => rows.slice(-Math.ceil(rows.length / 3))

/** What the last third of a phase, went on with for as many evaluations as the whole run has, would grow by. */
const growth = (rows, kind, evaluations) =>
  slope(lastThird(rows).map((row) => [row.evaluations, row[kind]])) * evaluations

const mb = (value) => `${value.toFixed(1)} MB`

/** What is not flat in the rows of a run, each a sentence; none where all is. */
export const judge = (rows) => {
  const of = (phase) => rows.filter((row) => row.phase === phase)
  const last = (phase) => of(phase).at(-1)
  const [small, again, mixed, data, closed] = ['small', 'small again', 'mixed', 'data', 'closed'].map(last)
  const differences = [
    ['after the large inputs', again.external - small.external, BOUNDS.kept],
    ['at the end of the mix', mixed.rss - small.rss, BOUNDS.level],
    ['after the other data', data.rss - mixed.rss, BOUNDS.level],
    ['after the threads', closed.rss - data.rss, BOUNDS.threads],
  ].map(([when, found, bound]) => [`${when} the process holds ${mb(found)} more, ${bound} MB allowed`, found > bound])
  const slopes = ['rss', 'heap'].map((kind) => {
    const found = growth(of('mixed'), kind, mixed.evaluations)
    return [
      `${kind} would grow by ${mb(found)} in ${mixed.evaluations} evaluations, ${BOUNDS.growth} MB allowed`,
      found > BOUNDS.growth,
    ]
  })
  return [...differences, ...slopes].filter(([, over]) => over).map(([sentence]) => sentence)
}
