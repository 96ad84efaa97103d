import { BuiltinRefusal } from '../../builtin'
import type { RegoValue } from '../../value'
import { decodeYaml } from './decode'
import { parseYaml } from './parser'
import { scanYaml } from './scanner'

/**
 * The value of the first document of a text; one without any is null. A `float` makes what it is given of a number that is no
 * integer.
 *
 * @throws `BuiltinRefusal` where the text is no YAML or has no form in JSON.
 */
export const readYaml = (text: string, float?: (value: number) => RegoValue): RegoValue =>
  unlessTooDeep(() => {
    const document = parseYaml(scanYaml(text))
    return document === undefined ? null : decodeYaml(document, float)
  })

/** Refuses what is nested deeper than the stack. */
export const unlessTooDeep = <A>(work: () => A): A => {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError) throw new BuiltinRefusal('the value is nested too deeply')
    throw error
  }
}
