import { accepts } from '../../accepts'
import { parseAddress } from '../../ip'
import { compile } from '../../regex/re2'
import { parseTime } from '../../time/parse-time'
import { parseUri, type Uri } from '../../uri/parse'
import { byteString } from '../../utf8'
import { isMailAddress } from './mail-address'

type Format = (text: string) => boolean

const isTime =
  (...layouts: readonly string[]): Format =>
  (text) =>
    layouts.some((layout) => accepts(() => parseTime(layout, text)))

const uriOf = (text: string): Uri | undefined => {
  const bytes = byteString(text)
  return accepts(() => parseUri(bytes)) && !text.includes('\\') ? parseUri(bytes) : undefined
}

const isUri: Format = (text) => (uriOf(text)?.scheme ?? '') !== ''
const isUriReference: Format = (text) => uriOf(text) !== undefined

const isUriTemplate: Format = (text) => {
  const uri = uriOf(text)
  return uri !== undefined && !uri.path.replace(/\{[^}]*\}/g, '').includes('{')
}

const LABEL = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/
const isHostname: Format = (text) => text.length < 256 && text.split('.').every((label) => LABEL.test(label))

const UUID = /^[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$/i

const isPointer: Format = (text) => (text === '' || text.startsWith('/')) && !/~(?![01])/.test(text)

const isRelativePointer: Format = (text) => {
  const [, rest] = /^(?:0|[1-9][0-9]*)([\s\S]*)$/.exec(text) ?? []
  return rest !== undefined && (rest === '#' || isPointer(rest))
}

const isIp =
  (sign: string): Format =>
  (text) =>
    text.includes(sign) && parseAddress(text) !== undefined

const FORMATS: Readonly<Record<string, Format>> = {
  date: isTime('2006-01-02'),
  time: isTime('15:04:05Z07:00', '15:04:05'),
  'date-time': isTime('15:04:05', '15:04:05Z07:00', '2006-01-02', 'RFC3339', 'RFC3339Nano'),
  hostname: isHostname,
  email: isMailAddress,
  'idn-email': isMailAddress,
  ipv4: isIp('.'),
  ipv6: isIp(':'),
  uri: isUri,
  'uri-reference': isUriReference,
  iri: isUri,
  'iri-reference': isUriReference,
  'uri-template': isUriTemplate,
  uuid: (text) => UUID.test(text),
  regex: (text) => accepts(() => compile(text)),
  'json-pointer': isPointer,
  'relative-json-pointer': isRelativePointer,
}

/** True for a text of a format, or of one that OPA does not know. Source: OPA's `gojsonschema`, format_checkers.go. */
export const isOfFormat = (format: string, text: string): boolean =>
  Object.hasOwn(FORMATS, format) ? (FORMATS[format]?.(text) ?? true) : true
