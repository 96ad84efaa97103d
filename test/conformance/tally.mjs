/** The cases that count, with what became of each, and those that OPA itself does not count for compiled modules. */
export const tally = (judged, excluded) => {
  const cases = judged.flatMap(({ version, folder, verdicts }) =>
    verdicts.map((verdict) => ({ version, folder, ...verdict })),
  )
  return {
    counted: cases.filter(({ note }) => !excluded.has(note)),
    apart: cases.filter(({ note }) => excluded.has(note)),
  }
}

/** The cases that ended so: `passed`, `failed` or `needs a network`. */
export const those = (cases, state) => cases.filter((one) => one.state === state)

/** Cases by one of their members, in its order. */
export const groupBy = (cases, member) => {
  const groups = new Map()
  for (const one of cases) groups.set(one[member], [...(groups.get(one[member]) ?? []), one])
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1))
}

export const count = (cases) => cases.length.toLocaleString('en')
