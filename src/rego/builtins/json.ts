import { BuiltinRefusal, type Family } from '../builtin'
import { entriesOf, type RegoMap, type RegoObject } from '../value'
import { patched } from './json/patch'
import { jsonText, type Layout } from './json-text'
import { arrayOperand, objectOperand } from './operand'

/** The layout that the options ask for; undefined for one line. An indent or a prefix alone asks for lines. */
const layoutOf = (options: RegoObject | RegoMap): Layout | undefined => {
  let layout: Layout = { prefix: '', indent: '\t' }
  let pretty: boolean | undefined
  for (const [name, value] of entriesOf(options)) {
    if ((name === 'prefix' || name === 'indent') && typeof value === 'string') layout = { ...layout, [name]: value }
    else if (name === 'pretty' && typeof value === 'boolean') pretty = value
    else throw new BuiltinRefusal('an option is neither pretty, true or false, nor indent or prefix, a text')
  }
  const asked = entriesOf(options).length > 0
  return (pretty ?? asked) ? layout : undefined
}

/** `json.*`. Source: OPA's policy reference, sections "Objects" and "Encoding". */
export const json: Family = {
  'json.patch': (_context, value = null, operations) => patched(value, arrayOperand(operations, 2)),
  'json.marshal_with_options': (_context, value = null, options) => {
    const layout = layoutOf(objectOperand(options, 2))
    return layout === undefined ? jsonText(value) : layout.prefix + jsonText(value, layout)
  },
}
