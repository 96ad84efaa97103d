import { BuiltinRefusal, type Family } from '../builtin'
import type { RegoValue } from '../value'
import { decodeYaml } from './yaml/decode'
import { parseYaml } from './yaml/parser'
import { scanYaml } from './yaml/scanner'

/** The value of the first document; a text without one is null. */
const read = (text: RegoValue | undefined): RegoValue => {
  if (typeof text !== 'string') throw new BuiltinRefusal('operand 1 must be a string')
  try {
    const document = parseYaml(scanYaml(text))
    return document === undefined ? null : decodeYaml(document)
  } catch (error) {
    if (error instanceof RangeError) throw new BuiltinRefusal('the text is nested too deeply')
    throw error
  }
}

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
  'yaml.is_valid': (_context, text) => isYaml(text),
}
