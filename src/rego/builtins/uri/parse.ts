import { BuiltinRefusal } from '../../builtin'
import { parseAddress } from '../ip'
import { addressFault } from '../ip-fault'
import { escapeBytes, malformedEscape, unescapeBytes } from '../percent'
import { quoteBytes } from '../quote-bytes'

/** The parts of a URI as Go's `url.URL` has them, as byte strings; what it lacks is empty. */
export interface Uri {
  readonly scheme: string
  readonly opaque: string
  readonly user: User | undefined
  readonly host: string
  readonly path: string
  /** As written, where writing the path anew gives another text; so `rawFragment`. */
  readonly rawPath: string
  readonly rawQuery: string
  /** The query is empty and has its mark. */
  readonly forceQuery: boolean
  readonly fragment: string
  readonly rawFragment: string
  /** A path with a leading slash follows the scheme, without a host between them. */
  readonly omitHost: boolean
}

export interface User {
  readonly name: string
  readonly password: string | undefined
}

const UNSAFE = {
  user: /[^\w.~$&+,;=-]/g,
  host: /[^\w.~!$&'()*+,;=:[\]<>"-]/g,
  path: /[^\w.~$&+,/:;=@-]/g,
  fragment: /[^\w.~$&+,/:;=?@!()*-]/g,
} as const

/** A part with escapes for what cannot stand there as it is. */
export const escaped = (bytes: string, part: keyof typeof UNSAFE): string => escapeBytes(bytes, UNSAFE[part])

/** Thrown for a text that is no URI. The text itself may hold a password, and the message does not repeat it. */
export class NoUri extends BuiltinRefusal {
  constructor(
    what: string,
    /** What Go says of it, with parts of the text. */
    readonly reason: string,
    /** The text was read up to its fragment, which is at fault; else the fault stands before it. */
    readonly inFragment = false,
  ) {
    super(`the text is no URI: ${what}`)
  }
}

const refuse = (what: string, reason: string): never => {
  throw new NoUri(what, reason)
}

const refuseEscape = (sequence: string, inFragment = false): never => {
  throw new NoUri('an escape', `invalid URL escape ${quoteBytes(sequence)}`, inFragment)
}

const unescaped = (written: string, inFragment = false): string => {
  const malformed = malformedEscape(written)
  return malformed === undefined ? unescapeBytes(written) : refuseEscape(malformed, inFragment)
}

/** A text cut in two at the first separator. */
const cut = (text: string, separator: string): readonly [before: string, after: string] => {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)]
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const CONTROL = /[\0-\x1f\x7f]/
const SCHEME = /^([a-zA-Z][a-zA-Z0-9+.-]*):/

/**
 * Reads a URI, whole or relative. Source: Go's `url.Parse`.
 *
 * @throws `BuiltinRefusal` where the text is none.
 */
export const parseUri = (text: string): Uri => {
  const [whole, writtenFragment] = cut(text, '#')
  if (CONTROL.test(whole)) refuse('a control character', 'net/url: invalid control character in URL')
  if (whole.startsWith(':')) refuse('no scheme before the colon', 'missing protocol scheme')
  const writtenScheme = SCHEME.exec(whole)?.[1] ?? ''
  const scheme = writtenScheme.toLowerCase()
  const [rest, rawQuery] = cut(scheme === '' ? whole : whole.slice(scheme.length + 1), '?')
  const isOpaque = scheme !== '' && !rest.startsWith('/')
  if (scheme === '' && cut(rest, '/')[0].includes(':'))
    refuse('a colon in the first segment of a path', 'first path segment in URL cannot contain colon')
  const { authority, written } = isOpaque ? { authority: undefined, written: '' } : split(rest, scheme)
  // What stands first is refused first.
  const userAndHost = authorityOf(authority ?? '', scheme)
  const path = unescaped(written)
  const fragment = unescaped(writtenFragment, true)
  return {
    scheme,
    opaque: isOpaque ? rest : '',
    ...userAndHost,
    path,
    rawPath: whole === '*' || escaped(path, 'path') === written ? '' : written,
    rawQuery,
    forceQuery: rawQuery === '' && whole.endsWith('?'),
    fragment,
    rawFragment: escaped(fragment, 'fragment') === writtenFragment ? '' : writtenFragment,
    omitHost: !isOpaque && scheme !== '' && authority === undefined,
  }
}

const split = (rest: string, scheme: string): { readonly authority: string | undefined; readonly written: string } => {
  if (!rest.startsWith('//') || (scheme === '' && rest.startsWith('///')))
    return { authority: undefined, written: rest }
  const end = rest.indexOf('/', 2)
  return end < 0
    ? { authority: rest.slice(2), written: '' }
    : { authority: rest.slice(2, end), written: rest.slice(end) }
}

const USER = /^[\w.:~!$&'()*+,;=%@-]*$/

const authorityOf = (authority: string, scheme: string): Pick<Uri, 'user' | 'host'> => {
  const at = authority.lastIndexOf('@')
  const host = hostOf(authority.slice(at + 1), scheme)
  return { host, user: at < 0 ? undefined : userOf(authority.slice(0, at)) }
}

const userOf = (written: string): User => {
  if (!USER.test(written)) refuse('the user', 'net/url: invalid userinfo')
  const [name, password] = cut(written, ':')
  return { name: unescaped(name), password: written.includes(':') ? unescaped(password) : undefined }
}

const PORT = /^(?::\d*)?$/

const requirePort = (port: string): void => {
  if (!PORT.test(port)) refuse('the port', `invalid port ${quoteBytes(port)} after host`)
}

const hostOf = (host: string, scheme: string): string => {
  const bracket = host.lastIndexOf('[')
  if (bracket > 0) refuse('a bracket within the host', 'invalid IP-literal')
  if (bracket === 0) return literalHost(host)
  // Of http and https a host has no colons; of other schemes the last one begins the port.
  const colon = scheme === 'http' || scheme === 'https' ? host.indexOf(':') : host.lastIndexOf(':')
  if (colon >= 0) requirePort(host.slice(colon))
  return unescapedHost(host, isBeyondAscii)
}

/** `[::1]:80`, `[fe80::1%25eth0]`. */
const literalHost = (host: string): string => {
  const close = host.lastIndexOf(']')
  if (close < 0) refuse('a bracket without its other', "missing ']' in host")
  const port = host.slice(close + 1)
  requirePort(port)
  const inner = host.slice(1, close)
  const zone = inner.indexOf('%25')
  const literal =
    zone < 0
      ? unescapedHost(inner, isBeyondAscii)
      : unescapedHost(inner.slice(0, zone), isBeyondAscii) + unescapedHost(inner.slice(zone), isOfZone)
  const [address, name] = cut(literal, '%')
  if (parseAddress(address)?.bits !== 128 || (literal.includes('%') && name === '')) refuseLiteral(literal)
  return `[${literal}]${port}`
}

const refuseLiteral = (literal: string): never => {
  const fault = addressFault(literal)
  return refuse('the address in brackets', fault === undefined ? 'invalid IP-literal' : `invalid host: ${fault}`)
}

const HOST = /^[\w.~!$&'()*+,;=:[\]<>"\x80-\xff-]$/

/** Which escapes may stand in a host, beside the one of a percent sign: those of bytes beyond ASCII. */
const isBeyondAscii = (byte: string): boolean => byte >= '\x80'

/** Which may stand in a zone: those of what could stand there without, and of a space. */
const isOfZone = (byte: string): boolean => byte === ' ' || (byte < '\x80' && HOST.test(byte))

const unescapedHost = (written: string, mayBeEscaped: (byte: string) => boolean): string => {
  for (const { 0: piece, index } of written.matchAll(/%[\da-fA-F]{2}|[\s\S]/g)) {
    if (piece === '%') refuseEscape(written.slice(index, index + 3))
    if (piece.length === 3 && piece !== '%25' && !mayBeEscaped(unescapeBytes(piece))) refuseEscape(piece)
    if (piece.length === 1 && !HOST.test(piece))
      refuse('the host', `invalid character ${quoteBytes(piece)} in host name`)
  }
  return unescapeBytes(written)
}
