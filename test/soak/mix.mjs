import { answerOf, containersOf, inputOf } from './policy.mjs'

export const MOST = 100

/** Inputs of one size, and the answers to them. */
const made = (bytes) => {
  const containers = containersOf(Math.max(1, Math.round(bytes / 88)))
  const expected = answerOf(containers, MOST)
  const label = `web-${containers.length}`
  return {
    input: (turn) => inputOf(containers, turn),
    /** The answer as text, its keys in Rego's order. */
    expected: (turn) => JSON.stringify({ label: `${label}/${turn}`, ...expected }),
  }
}

const sizes = (from, to, count) =>
  Array.from({ length: count }, (_, n) => Math.round(from * (to / from) ** (n / (count - 1))))

const SMALL = sizes(100, 8_000, 40).map(made)
const MIDDLE = sizes(10_000, 100_000, 12).map(made)
const WIDE = sizes(100_000, 1_000_000, 8).map(made)

/** The large ones, made when they are asked for and not kept. */
export const large = (megabytes) => made(megabytes * 1_000_000)

/**
 * What is asked at a turn. Of a thousand: one of 100 KB to 1 MB, thirty of 10 to 100 KB, the others below 8 KB, in an order
 * that is always the same; the sizes go round.
 */
export const asked = (turn) => {
  // Knuth's multiplicative hash spreads the turns.
  const draw = (turn * 2_654_435_761) % 1_000
  const pool = draw === 0 ? WIDE : draw <= 30 ? MIDDLE : SMALL
  return pool[Math.floor(turn / 7) % pool.length]
}
