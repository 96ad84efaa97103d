import type { Family } from '../builtin'
import { Decimal } from '../number'
import type { RegoValue } from '../value'
import { accepts } from './accepts'
import { jsonText } from './json-text'
import { stringOperand } from './operand'
import { encodeYaml } from './yaml/encode'
import { doubleText } from './yaml/float'
import { readYaml, unlessTooDeep } from './yaml/read'

/** OPA writes JSON, reads that as YAML, and writes what it read: so do numbers and texts that YAML has another mind of. */
const write = (value: RegoValue): string =>
  unlessTooDeep(() => encodeYaml(readYaml(jsonText(value), (float) => new Decimal(doubleText(float)))))

/** `yaml.*`. Source: OPA's policy reference, section "Encoding". */
export const yaml: Family = {
  'yaml.unmarshal': (_context, text) => readYaml(stringOperand(text, 1)),
  'yaml.marshal': (_context, value = null) => write(value),
  'yaml.is_valid': (_context, text) => typeof text === 'string' && accepts(() => readYaml(text)),
}
