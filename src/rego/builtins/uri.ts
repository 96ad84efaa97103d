import { BuiltinRefusal, type Family } from '../builtin'
import { parseAddress } from './ip'
import { stringOperand } from './operand'
import { escapeBytes, unescapeBytes } from './percent'
import { byteString, fromByteString } from './utf8'

/** The parts of a URI as byte strings; what it lacks is empty. */
interface Uri {
  readonly scheme: string
  readonly host: string
  readonly path: string
  readonly rawPath: string
  readonly query: string
  readonly fragment: string
}

// The text itself may hold a password and is not repeated.
const refuse = (reason: string): never => {
  throw new BuiltinRefusal(`the text is no URI: ${reason}`)
}

const cut = (text: string, separator: string): readonly [before: string, after: string] => {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)]
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const CONTROL = /[\0-\x1f\x7f]/
const SCHEME = /^([a-zA-Z][a-zA-Z0-9+.-]*):/

/** Source: Go's `url.Parse`. */
const parseUri = (text: string): Uri => {
  const [whole, escapedFragment] = cut(text, '#')
  if (CONTROL.test(whole)) refuse('a control character')
  if (whole.startsWith(':')) refuse('no scheme before the colon')
  const scheme = SCHEME.exec(whole)?.[1] ?? ''
  const [rest, query] = cut(scheme === '' ? whole : whole.slice(scheme.length + 1), '?')
  const opaque = scheme !== '' && !rest.startsWith('/')
  if (scheme === '' && cut(rest, '/')[0].includes(':')) refuse('a colon in the first segment of a path')
  const { authority, path } = opaque ? { authority: '', path: '' } : split(rest, scheme)
  const host = hostOf(authority, scheme.toLowerCase())
  const unescaped = unescapeBytes(path)
  // As written, where writing the path anew would give another text.
  const rawPath = escapeBytes(unescaped, /[^\w.~$&+,/:;=@-]/g) === path ? unescaped : path
  const fragment = unescapeBytes(escapedFragment)
  return { scheme: scheme.toLowerCase(), host, path: unescaped, rawPath, query, fragment }
}

const split = (rest: string, scheme: string): { readonly authority: string; readonly path: string } => {
  if (!rest.startsWith('//') || (scheme === '' && rest.startsWith('///'))) return { authority: '', path: rest }
  const end = rest.indexOf('/', 2)
  return end < 0 ? { authority: rest.slice(2), path: '' } : { authority: rest.slice(2, end), path: rest.slice(end) }
}

const USER = /^[\w.:~!$&'()*+,;=%@-]*$/
const PLAIN = '\\w.~!$&\'()*+,;=:[\\]<>"\\-'
/** What stands for itself, a percent sign, and escapes of bytes beyond ASCII. */
const HOST = new RegExp(`^(?:[${PLAIN}\\x80-\\xff]|%25|%[89a-fA-F][0-9a-fA-F])*$`)
const ZONE = new RegExp(`^[${PLAIN}\\x80-\\xff]*$`)
const ESCAPED_IN_ZONE = new RegExp(`^[${PLAIN}% ]$`)
const PORT = /^(?::\d*)?$/

const hostOf = (authority: string, scheme: string): string => {
  const at = authority.lastIndexOf('@')
  if (!USER.test(authority.slice(0, Math.max(at, 0)))) refuse('the user')
  unescapeBytes(authority.slice(0, Math.max(at, 0)))
  const host = authority.slice(at + 1)
  const bracket = host.lastIndexOf('[')
  if (bracket > 0) refuse('a bracket within the host')
  if (bracket === 0) return literalHost(host)
  // Of http and https a host has no colons; of other schemes the last one begins the port.
  const colon = scheme === 'http' || scheme === 'https' ? host.indexOf(':') : host.lastIndexOf(':')
  if (colon >= 0 && !PORT.test(host.slice(colon))) refuse('the port')
  return HOST.test(host) ? unescapeBytes(host) : refuse('the host')
}

/** `[::1]:80`, `[fe80::1%25eth0]`. */
const literalHost = (host: string): string => {
  const close = host.lastIndexOf(']')
  if (close < 0) refuse('a bracket without its other')
  const port = host.slice(close + 1)
  if (!PORT.test(port)) refuse('the port')
  const inner = host.slice(1, close)
  const zone = inner.indexOf('%25')
  const [address, name] = zone < 0 ? [inner, ''] : [inner.slice(0, zone), inner.slice(zone)]
  if (!(HOST.test(address) && isZone(name))) refuse('the host')
  const literal = unescapeBytes(address) + unescapeBytes(name)
  const [plain, scope] = cut(literal, '%')
  if (parseAddress(plain)?.bits !== 128 || (literal.includes('%') && scope === '')) refuse('the address in brackets')
  return `[${literal}]${port}`
}

const isZone = (zone: string): boolean =>
  ZONE.test(zone.replace(/%../g, '')) &&
  (zone.match(/%../g) ?? []).every((escaped) => ESCAPED_IN_ZONE.test(unescapeBytes(escaped)))

const hostAndPort = (host: string): readonly [hostname: string, port: string] => {
  const colon = host.lastIndexOf(':')
  const [name, port] =
    colon >= 0 && PORT.test(host.slice(colon)) ? [host.slice(0, colon), host.slice(colon + 1)] : [host, '']
  return [/^\[.*\]$/s.test(name) ? name.slice(1, -1) : name, port]
}

const partsOf = (uri: Uri): Readonly<Record<string, string>> => {
  const [hostname, port] = hostAndPort(uri.host)
  const parts = {
    scheme: uri.scheme,
    hostname,
    port,
    path: uri.path,
    raw_path: uri.path === '' ? '' : uri.rawPath,
    raw_query: uri.query,
    fragment: uri.fragment,
  }
  return Object.fromEntries(
    Object.entries(parts)
      .filter(([, part]) => part !== '')
      .map(([name, part]) => [name, fromByteString(part)]),
  )
}

const isUri = (text: string): boolean => {
  try {
    parseUri(byteString(text))
    return true
  } catch (error) {
    if (error instanceof BuiltinRefusal) return false
    throw error
  }
}

/** `uri.*`. Source: OPA's policy reference, section "URI", and Go's package net/url, which is not the web's URL. */
export const uri: Family = {
  'uri.parse': (_context, text) => partsOf(parseUri(byteString(stringOperand(text, 1)))),
  'uri.is_valid': (_context, text) => typeof text === 'string' && text !== '' && isUri(text),
}
