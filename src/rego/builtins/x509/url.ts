import { BuiltinRefusal } from '../../builtin'
import type { RegoValue } from '../../value'
import { utf8Text } from '../utf8'
import { isV6 } from './ip'

/** Where in a URL a text stands: which characters stand there as they are. */
type Place = 'path' | 'host' | 'zone' | 'user' | 'fragment'

const PLAIN: Readonly<Record<Place, RegExp>> = {
  path: /[\w\-.~$&+,/:;=@]/,
  host: /[\w\-.~!$&'()*+,;=:[\]<>"]/,
  zone: /[\w\-.~!$&'()*+,;=:[\]<>"]/,
  user: /[\w\-.~$&+,;=]/,
  fragment: /[\w\-.~$&+,/:;=?@!()*]/,
}

const malformed = (): never => {
  throw new BuiltinRefusal('malformed URI')
}

/** One character for each byte. */
const escaped = (text: string, place: Place): string =>
  text.replace(/./gs, (byte) =>
    PLAIN[place].test(byte) ? byte : `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )

const unescaped = (text: string, place: Place): string => {
  const isHost = place === 'host' || place === 'zone'
  if (/%(?![0-9a-fA-F]{2})/.test(text)) malformed()
  if (isHost && [...text.replace(/%../g, '')].some((byte) => !PLAIN[place].test(byte))) malformed()
  return text.replace(/%(..)/g, (written, digits: string) => {
    const byte = String.fromCharCode(Number.parseInt(digits, 16))
    if (place === 'host' && byte < '\x80' && written !== '%25') malformed()
    if (place === 'zone' && written !== '%25' && byte !== ' ' && !PLAIN.host.test(byte)) malformed()
    return byte
  })
}

const requirePort = (text: string): void => {
  if (!/^(?::\d*)?$/.test(text)) malformed()
}

const bracketedHost = (host: string): string => {
  const close = host.lastIndexOf(']')
  if (close < 0) malformed()
  const port = host.slice(close + 1)
  requirePort(port)
  const inner = host.slice(1, close)
  const zoneAt = inner.indexOf('%25')
  const address = unescaped(zoneAt < 0 ? inner : inner.slice(0, zoneAt), 'host')
  const zone = zoneAt < 0 ? '' : unescaped(inner.slice(zoneAt), 'zone')
  // A zone has a name behind its mark.
  const [plain = '', ...zones] = (address + zone).split('%')
  if (!isV6(plain) || (zones.length > 0 && zones.join('%') === '')) malformed()
  return `[${address}${zone}]${port}`
}

const hostOf = (scheme: string, host: string): string => {
  const bracket = host.lastIndexOf('[')
  if (bracket > 0) malformed()
  if (bracket === 0) return bracketedHost(host)
  const colon = scheme === 'http' || scheme === 'https' ? host.indexOf(':') : host.lastIndexOf(':')
  if (colon >= 0) requirePort(host.slice(colon))
  return unescaped(host, 'host')
}

interface User {
  readonly name: string
  readonly password: string | undefined
}

const userOf = (text: string): User => {
  if (!/^[\w\-.:~!$&'()*+,;=%@]*$/.test(text)) malformed()
  const [name = '', ...rest] = text.split(':')
  return { name: unescaped(name, 'user'), password: rest.length === 0 ? undefined : unescaped(rest.join(':'), 'user') }
}

export interface Uri {
  /** As Go prints it again. */
  readonly text: string
  readonly host: string
  /** The members of Go's `url.URL`. */
  readonly members: RegoValue
}

const VALID_ENCODED = /^[\w\-.~!$&'()*+,;=:@[\]%/]*$/
const VALID_ENCODED_FRAGMENT = /^[\w\-.~!$&'()*+,;=:@[\]%/?]*$/

/** A URI of ASCII. Source: Go's `net/url`, `Parse` and `URL.String`. */
export const parseUri = (uri: string): Uri => {
  const hash = uri.indexOf('#')
  const [base, rawFragment] = hash < 0 ? [uri, ''] : [uri.slice(0, hash), uri.slice(hash + 1)]
  if ([...base].some((byte) => byte < ' ' || byte === '\x7f')) malformed()
  const fragment = unescaped(rawFragment, 'fragment')
  if (base === '*') return made({ path: '*', fragment, rawFragment })
  const [, written = '', afterScheme] = /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(.*)$/s.exec(base) ?? malformed()
  if (written === '' && base.startsWith(':')) malformed()
  const scheme = written.toLowerCase()
  let rest = afterScheme ?? ''
  const forceQuery = rest.indexOf('?') === rest.length - 1 && rest.endsWith('?')
  const mark = rest.indexOf('?')
  const rawQuery = forceQuery || mark < 0 ? '' : rest.slice(mark + 1)
  if (mark >= 0) rest = rest.slice(0, mark)
  const common = { scheme, forceQuery, rawQuery, fragment, rawFragment }
  if (!rest.startsWith('/')) {
    if (scheme !== '') return made({ ...common, opaque: rest })
    if ((rest.split('/')[0] ?? '').includes(':')) malformed()
  }
  if (!rest.startsWith('//') || (scheme === '' && rest.startsWith('///')))
    return made({ ...common, ...pathOf(rest), omitHost: scheme !== '' && rest.startsWith('/') })
  const slash = rest.indexOf('/', 2)
  const authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash)
  const at = authority.lastIndexOf('@')
  const host = hostOf(scheme, authority.slice(at + 1))
  const user = at < 0 ? {} : { user: userOf(authority.slice(0, at)) }
  return made({ ...common, ...pathOf(slash < 0 ? '' : rest.slice(slash)), host, ...user })
}

const pathOf = (written: string): { readonly path: string; readonly rawPath: string } => {
  const path = unescaped(written, 'path')
  return { path, rawPath: escaped(path, 'path') === written ? '' : written }
}

interface Parts {
  readonly scheme?: string
  readonly opaque?: string
  readonly user?: User
  readonly host?: string
  readonly path?: string
  readonly rawPath?: string
  readonly rawQuery?: string
  readonly forceQuery?: boolean
  readonly fragment: string
  readonly rawFragment: string
  readonly omitHost?: boolean
}

const made = (parts: Parts): Uri => {
  const {
    scheme = '',
    opaque = '',
    user,
    host = '',
    path = '',
    rawPath = '',
    rawQuery = '',
    forceQuery = false,
    fragment,
    omitHost = false,
  } = parts
  const rawFragment = escaped(fragment, 'fragment') === parts.rawFragment ? '' : parts.rawFragment
  const text = (): string => {
    let written = scheme === '' ? '' : `${scheme}:`
    if (opaque !== '') written += opaque
    else {
      const hasAuthority = host !== '' || user !== undefined
      if ((scheme !== '' || hasAuthority) && !(omitHost && !hasAuthority)) {
        if (hasAuthority || path !== '') written += '//'
        if (user !== undefined)
          written += `${escaped(user.name, 'user')}${user.password === undefined ? '' : `:${escaped(user.password, 'user')}`}@`
        written += escaped(host, 'host')
      }
      const escapedPath =
        rawPath !== '' && VALID_ENCODED.test(rawPath) ? rawPath : path === '*' ? '*' : escaped(path, 'path')
      if (escapedPath !== '' && !escapedPath.startsWith('/') && host !== '') written += '/'
      if (written === '' && (escapedPath.split('/')[0] ?? '').includes(':')) written += './'
      written += escapedPath
    }
    if (forceQuery || rawQuery !== '') written += `?${rawQuery}`
    if (fragment !== '')
      written += `#${rawFragment !== '' && VALID_ENCODED_FRAGMENT.test(rawFragment) ? rawFragment : escaped(fragment, 'fragment')}`
    return written
  }
  const decoded = (bytes: string): string => utf8Text(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)))
  return {
    text: text(),
    host,
    members: {
      Scheme: scheme,
      Opaque: opaque,
      // Go's type has no members that JSON shows.
      User: user === undefined ? null : {},
      Host: decoded(host),
      Path: decoded(path),
      Fragment: decoded(fragment),
      RawQuery: rawQuery,
      RawPath: rawPath,
      RawFragment: rawFragment,
      ForceQuery: forceQuery,
      OmitHost: omitHost,
    },
  }
}
