import { escaped, type Uri } from './parse'

const VALID_PATH = /^[\w.~!$&'()*+,;=:@[\]%/-]*$/
const VALID_FRAGMENT = /^[\w.~!$&'()*+,;=:@[\]%/?-]*$/

const authorityText = ({ scheme, user, host, path, omitHost }: Uri): string => {
  const hasAuthority = host !== '' || user !== undefined
  if (!hasAuthority) return scheme !== '' && !omitHost && path !== '' ? '//' : ''
  const password = user?.password === undefined ? '' : `:${escaped(user.password, 'user')}`
  return `//${user === undefined ? '' : `${escaped(user.name, 'user')}${password}@`}${escaped(host, 'host')}`
}

/** The path with its escapes. Source: Go's `URL.EscapedPath`. */
export const pathText = ({ path, rawPath }: Uri): string => {
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
