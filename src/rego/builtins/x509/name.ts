import { BuiltinRefusal } from '../../builtin'
import type { RegoValue } from '../../value'
import { latin1Text } from '../latin1'
import { wellFormedText } from '../utf8'
import { Der, type Element, TAG } from './der'
import { orNull } from './or-null'

/** Members of a name that may come several times, by the last number of `2.5.4`. */
const LISTS: Readonly<Record<number, string>> = {
  6: 'Country',
  7: 'Locality',
  8: 'Province',
  9: 'StreetAddress',
  10: 'Organization',
  11: 'OrganizationalUnit',
  17: 'PostalCode',
}
const SINGLES: Readonly<Record<number, string>> = { 3: 'CommonName', 5: 'SerialNumber' }

const malformed = (part: string): never => {
  throw new BuiltinRefusal(`malformed ${part}`)
}

const PRINTABLE = /^[a-zA-Z0-9'()+,\-./ :=?*&]*$/

const bmpText = (content: Uint8Array): string => {
  if (content.length % 2 !== 0) malformed('text in a name')
  const units = Array.from(
    { length: content.length / 2 },
    (_, at) => (content[at * 2] ?? 0) * 0x100 + (content[at * 2 + 1] ?? 0),
  )
  if (units.at(-1) === 0) units.pop()
  const isLetter = (unit: number): boolean =>
    unit < 0xfffe && !(unit >= 0xfdd0 && unit <= 0xfdef) && !(unit >= 0xd800 && unit <= 0xdfff)
  return units.every(isLetter) ? String.fromCharCode(...units) : malformed('text in a name')
}

const matching = (content: Uint8Array, letters: RegExp): string => {
  const text = latin1Text(content)
  return letters.test(text) ? text : malformed('text in a name')
}

const textOf = ({ tag, content }: Element): string => {
  switch (tag) {
    case TAG.t61String:
      return latin1Text(content)
    case TAG.printableString:
      return matching(content, PRINTABLE)
    case TAG.utf8String:
      return wellFormedText(content) ?? malformed('text in a name')
    case TAG.bmpString:
      return bmpText(content)
    case TAG.ia5String:
      return ia5Text(content, 'text in a name')
    case TAG.numericString:
      return matching(content, /^[0-9 ]*$/)
    default:
      return malformed('kind of text in a name')
  }
}

/** A text of ASCII. */
export const ia5Text = (content: Uint8Array, part: string): string =>
  content.every((byte) => byte < 0x80) ? latin1Text(content) : malformed(part)

/** A distinguished name as Go's `pkix.Name`. */
export const nameOf = (der: Uint8Array): RegoValue => {
  const names: RegoValue[] = []
  const lists = new Map<string, RegoValue[]>()
  const singles: Record<string, RegoValue> = { CommonName: '', SerialNumber: '' }
  const sequence = new Der(der, 'name').inside(TAG.sequence)
  while (!sequence.isEmpty) {
    const set = sequence.inside(TAG.set)
    while (!set.isEmpty) {
      const attribute = set.inside(TAG.sequence)
      const type = attribute.oid()
      const value = textOf(attribute.any())
      names.push({ Type: type, Value: value })
      const [number = 0] = type.slice(3)
      if (type.length !== 4 || type.slice(0, 3).join('.') !== '2.5.4') continue
      const [list, single] = [LISTS[number], SINGLES[number]]
      if (list !== undefined) lists.set(list, [...(lists.get(list) ?? []), value])
      if (single !== undefined) singles[single] = value
    }
  }
  return {
    ...Object.fromEntries(Object.values(LISTS).map((list) => [list, lists.get(list) ?? null])),
    ...singles,
    Names: orNull(names),
    ExtraNames: null,
  }
}
