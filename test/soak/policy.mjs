/** A policy that uses what long-running tools use: comprehensions, sets, builtins of the host, data. */
export const REGO = `package soak

answer := {
	"label": sprintf("%s/%d", [input.name, input.turn]),
	"missing": {container.name | some container in input.containers; not container.limit},
	"total": sum([container.cpu | some container in input.containers]),
	"over": count(input.containers) > data.most,
	"when": time.parse_rfc3339_ns(input.when),
	"registry": regex.replace(input.containers[0].image, "/.*$", ""),
}

size := "small" if input.turn >= 0

size := "large" if input.turn >= 0

late := time.parse_rfc3339_ns(input.name)
`

export const ENTRYPOINTS = ['soak/answer', 'soak/size', 'soak/late']

const WHEN = '2026-05-01T08:30:00Z'

/** An input with so many containers, about 90 bytes each. */
export const inputOf = (containers, turn) => ({
  name: `web-${containers.length}`,
  turn,
  when: WHEN,
  containers,
})

/** Containers that differ from each other and follow from their number. */
export const containersOf = (count) =>
  Array.from({ length: count }, (_, n) => ({
    name: `container-${n}`,
    image: `registry-${n % 7}.example/shop/web:${n}`,
    cpu: (n * 37) % 1000,
    ...(n % 5 === 0 ? {} : { limit: true }),
  }))

// Rego orders texts by code points; all of these are ASCII.
const byCodePoint = (a, b) => (a < b ? -1 : a > b ? 1 : 0)

/** What the policy has to answer, but for the turn, worked out by hand. */
export const answerOf = (containers, most) => ({
  missing: containers
    .filter(({ limit }) => limit === undefined)
    .map(({ name }) => name)
    .sort(byCodePoint),
  over: containers.length > most,
  registry: containers[0]?.image.replace(/\/.*$/, ''),
  total: containers.reduce((sum, { cpu }) => sum + cpu, 0),
  when: Date.parse(WHEN) * 1e6,
})
