import type { RegoValue } from '../../value'
import { escaped, type Uri } from '../uri/parse'
import { fromByteString } from '../utf8'

const VALID_PATH = /^[\w.~!$&'()*+,;=:@[\]%/-]*$/
const VALID_FRAGMENT = /^[\w.~!$&'()*+,;=:@[\]%/?-]*$/

/** The members that JSON shows of Go's `url.URL`. */
export const uriMembers = (uri: Uri): RegoValue => ({
  Scheme: uri.scheme,
  Opaque: uri.opaque,
  // Go's type has no members that JSON shows.
  User: uri.user === undefined ? null : {},
  Host: fromByteString(uri.host),
  Path: fromByteString(uri.path),
  Fragment: fromByteString(uri.fragment),
  RawQuery: uri.rawQuery,
  RawPath: uri.rawPath,
  RawFragment: uri.rawFragment,
  ForceQuery: uri.forceQuery,
  OmitHost: uri.omitHost,
})

const authorityText = ({ scheme, user, host, path, omitHost }: Uri): string => {
  const hasAuthority = host !== '' || user !== undefined
  if (!hasAuthority) return scheme !== '' && !omitHost && path !== '' ? '//' : ''
  const password = user?.password === undefined ? '' : `:${escaped(user.password, 'user')}`
  return `//${user === undefined ? '' : `${escaped(user.name, 'user')}${password}@`}${escaped(host, 'host')}`
}

const pathText = ({ path, rawPath }: Uri): string => {
  if (rawPath !== '' && VALID_PATH.test(rawPath)) return rawPath
  return path === '*' ? path : escaped(path, 'path')
}

const fragmentText = ({ fragment, rawFragment }: Uri): string => {
  if (fragment === '') return ''
  return `#${rawFragment !== '' && VALID_FRAGMENT.test(rawFragment) ? rawFragment : escaped(fragment, 'fragment')}`
}

const hierarchyText = (uri: Uri): string => {
  const path = pathText(uri)
  const slash = path !== '' && !path.startsWith('/') && uri.host !== '' ? '/' : ''
  const before = authorityText(uri) + slash
  // A colon in the first segment would make it a scheme.
  const isAmbiguous = uri.scheme === '' && before === '' && (path.split('/')[0] ?? '').includes(':')
  return `${before}${isAmbiguous ? './' : ''}${path}`
}

/** A URI written anew. Source: Go's `URL.String`. */
export const uriText = (uri: Uri): string => {
  const scheme = uri.scheme === '' ? '' : `${uri.scheme}:`
  const query = uri.forceQuery || uri.rawQuery !== '' ? `?${uri.rawQuery}` : ''
  return `${scheme}${uri.opaque || hierarchyText(uri)}${query}${fragmentText(uri)}`
}
