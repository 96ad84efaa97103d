import type { Host } from './host'
import { EXACT, writeTerm } from './term'
import type { RegoValue } from './value'
import type { ValueReader } from './value-reader'

/** A value of every kind, of sizes below and above those at which OPA's tables grow, as it stands on the heap. */
const SAMPLE = (() => {
  const many = Array.from({ length: 40 }, (_, n) => n)
  const texts = ['""', '"a"', '"\\u0000\\"\\\\"', '"\ufeffé😀"', `"${'long '.repeat(40)}"`]
  const numbers = ['0', '-1', '7.50', '1e3', '9007199254740993', '123456789012345', '-12345678901234567890123.5']
  return `[null, true, false, [], {}, set(), ${[...texts, ...numbers].join(', ')}, {${many.join(', ')}}, {${many
    .map((n) => `"key${n}": [${n}]`)
    .join(', ')}}, {1: {"x"}, [null]: {"y": {"z": set()}}}]`
})()

/** The part of a host that is asked. */
export interface Asked extends Pick<Host, 'parse' | 'exports' | 'memory'> {
  readonly dumps: ValueReader
}

/**
 * What `MemoryReader` takes out of a module's memory is what the module dumps: for a value of every kind, and for its own tables,
 * where constants and integers stand.
 */
export const hasKnownLayout = (host: Asked): boolean => {
  const isSame = (address: number): boolean =>
    writeTerm(host.memory.read<RegoValue>(address, EXACT)) === writeTerm(host.dumps.read<RegoValue>(address, EXACT))
  try {
    return [host.parse(SAMPLE), host.exports.builtins(), host.exports.entrypoints()].every(isSame)
  } catch {
    // An address that is none, or a type that is not OPA's.
    return false
  }
}
