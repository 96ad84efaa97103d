import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { uuid } from '../../../src/rego/builtins/uuid'
import { randomFrom } from '../../../src/rego/random'
import type { RegoValue } from '../../../src/rego/value'
import { mostly, ours, sameAsOpa } from './against-opa'
import { mutated } from './texts'

const uuids = fc
  .tuple(
    fc.uint8Array({ minLength: 16, maxLength: 16 }),
    fc.constantFrom(0, 1, 2, 2, 4, 6, 15),
    fc.constantFrom(0, 1, 2, 3),
    fc.constantFrom('-', '-', '-', ''),
    fc.constantFrom(['', ''], ['urn:uuid:', ''], ['URN:UUID:', ''], ['{', '}'], ['x', '\u00e9'], ['(', '!']),
  )
  .map(([bytes, version, domain, dash, [before, after]]) => {
    bytes[6] = (version << 4) | ((bytes[6] ?? 0) & 15)
    if (version === 2) bytes[9] = domain
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    return before + hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, ['$1', '$2', '$3', '$4', ''].join(dash)) + after
  })

describe('uuid.parse', () => {
  it.each([
    ['00000000-0000-4000-8000-000000000000', '{"variant": "RFC4122", "version": 4}'],
    [
      'urn:uuid:00000192-a8f0-21ef-8001-0242ac120002',
      '{"clocksequence": 1, "domain": "Group", "id": 402, "macvariables": "local:unicast", "nodeid": "02-42-ac-12-00-02", "time": 1732293421739253000, "variant": "RFC4122", "version": 2}',
    ],
  ])('of %s is %s', (text, result) => {
    expect(ours(uuid, 'uuid.parse', [text])).toEqual({ result })
  })

  it('is undefined, and no failure, of other texts', () => {
    expect(uuid['uuid.parse']?.({ random: randomFrom(0), memo: new Map() }, 'no uuid')).toBeUndefined()
  })

  it('does as OPA does', () => sameAsOpa(uuid, 'uuid.parse', mostly(mutated(uuids))))
})

describe('uuid.rfc4122', () => {
  const evaluation = (seed: number): ((key: string) => RegoValue | undefined) => {
    const context = { random: randomFrom(seed), memo: new Map() }
    return (key) => uuid['uuid.rfc4122']?.(context, key)
  }

  it('is a UUID of version 4', () => {
    expect(evaluation(1)('a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('is the same for one key within an evaluation, and another for another key', () => {
    const made = evaluation(1)
    expect(made('a')).toBe(made('a'))
    expect(made('a')).not.toBe(made('b'))
  })

  it('follows from the seed', () => {
    expect(evaluation(1)('a')).toBe(evaluation(1)('a'))
    expect(evaluation(1)('a')).not.toBe(evaluation(2)('a'))
  })
})
