import { BuiltinRefusal, type Family } from '../builtin'
import { Decimal } from '../number'
import type { RegoValue } from '../value'
import { jsonText } from './json-text'
import { decodeYaml } from './yaml/decode'
import { encodeYaml } from './yaml/encode'
import { doubleText } from './yaml/float'
import { parseYaml } from './yaml/parser'
import { scanYaml } from './yaml/scanner'

const unlessTooDeep = <A>(work: () => A): A => {
  try {
    return work()
  } catch (error) {
    // The stack is at its end.
    if (error instanceof RangeError) throw new BuiltinRefusal('the value is nested too deeply')
    throw error
  }
}

/** The value of the first document; a text without one is null. */
const read = (text: RegoValue | undefined): RegoValue => {
  if (typeof text !== 'string') throw new BuiltinRefusal('operand 1 must be a string')
  return unlessTooDeep(() => {
    const document = parseYaml(scanYaml(text))
    return document === undefined ? null : decodeYaml(document)
  })
}

/** OPA writes JSON, reads that as YAML, and writes what it read: so do numbers and texts that YAML has another mind of. */
const write = (value: RegoValue): string =>
  unlessTooDeep(() => {
    const document = parseYaml(scanYaml(jsonText(value)))
    return encodeYaml(document === undefined ? null : decodeYaml(document, (float) => new Decimal(doubleText(float))))
  })

const isYaml = (text: RegoValue | undefined): boolean => {
  try {
    read(text)
    return true
  } catch (error) {
    if (error instanceof BuiltinRefusal) return false
    throw error
  }
}

/** `yaml.*`. Source: OPA's policy reference, section "Encoding". */
export const yaml: Family = {
  'yaml.unmarshal': (_context, text) => read(text),
  'yaml.marshal': (_context, value = null) => write(value),
  'yaml.is_valid': (_context, text) => isYaml(text),
}
