import { describe, expect, it } from 'vitest'
import { BOUNDS, judge, type Row } from './verdict.mjs'

/** A run of 100,000 evaluations; the mix grows by so much, in MB a step, and what is kept after the phases is told. */
const rows = (changes: {
  readonly rss?: number
  readonly heap?: number
  readonly instance?: number
  readonly kept?: Record<string, number>
}) => {
  const { rss = 0, heap = 0, instance = 0, kept = {} } = changes
  const row = (phase: string, step: number): Row => ({
    phase,
    evaluations: (step + 1) * 5_000,
    // Collections leave a little more or less.
    rss: 100 + (step % 2) + (kept[phase] ?? 0) + (phase === 'mixed' ? step * rss : 0),
    external: 5 + (phase === 'small again' ? instance : 0),
    heap: 20 + (phase === 'mixed' ? step * heap : 0),
  })
  return [
    row('small', 0),
    row('small again', 0),
    ...Array.from({ length: 20 }, (_, step) => row('mixed', step)),
    row('data', 0),
    row('closed', 0),
  ]
}

describe('the verdict of the soak', () => {
  it('has nothing to say of what is flat', () => {
    expect(judge(rows({}))).toEqual([])
  })

  it.each<[string, Parameters<typeof rows>[0], RegExp]>([
    [
      'memory that grows by 200 bytes an evaluation',
      { rss: 1 },
      /^rss would grow by \d\d\.\d MB in 100000 evaluations/,
    ],
    ['a heap that grows by 200 bytes an evaluation', { heap: 1 }, /^heap would grow by 20\.0 MB/],
    ['a large instance that is kept', { instance: BOUNDS.kept + 1 }, /^after the large inputs/],
    ['a level that stays high', { kept: { mixed: 100, data: 100, closed: 100 } }, /^at the end of the mix/],
    ['data that are kept', { kept: { data: 100, closed: 100 } }, /^after the other data/],
    ['threads that leave something', { kept: { closed: 100 } }, /^after the threads/],
  ])('names %s', (_, changes, sentence) => {
    expect(judge(rows(changes))).toEqual([expect.stringMatching(sentence)])
  })
})
