import { unescapeBytes } from '../../percent'
import { quoteBytes } from '../../quote-bytes'
import { escaped, NoUri, parseUri, type Uri } from '../../uri/parse'
import { pathText, uriText } from '../../uri/text'
import { byteString } from '../../utf8'
import { refuseUri } from './invalid-schema'

/** A reference to a schema; texts are byte strings. */
export interface Reference {
  readonly uri: Uri
  /** As it is written anew; equal references have the same. */
  readonly text: string
}

/** @throws `InvalidSchema` where the text is no URI. */
export const parseReference = (text: string): Reference => referenceOf(byteString(text))

const referenceOf = (bytes: string): Reference => {
  try {
    const uri = parseUri(bytes)
    return { uri, text: uriText(uri) }
  } catch (error) {
    if (!(error instanceof NoUri)) throw error
    return refuseUri(quoteBytes(error.inFragment ? bytes : (bytes.split('#')[0] ?? '')), error.reason)
  }
}

/** The reference to the document that a schema stands in. */
export const ROOT: Reference = parseReference('#')

export const withoutFragment = ({ uri }: Reference): Reference => {
  const whole = { ...uri, fragment: '', rawFragment: '' }
  return { uri: whole, text: uriText(whole) }
}

/** True where a reference says by itself what it refers to. */
export const isCanonical = ({ uri: { scheme, host, path } }: Reference): boolean =>
  scheme === 'file' ? path.startsWith('/') : scheme !== '' && host !== ''

/** The reference as seen from the schema that a base refers to. Source: Go's `URL.ResolveReference`. */
export const resolved = (base: Reference, reference: Reference): Reference =>
  referenceOf(uriText(resolvedUri(withoutFragment(base).uri, reference.uri)))

const resolvedUri = (base: Uri, uri: Uri): Uri => {
  const own = { ...uri, scheme: uri.scheme === '' ? base.scheme : uri.scheme }
  if (uri.scheme !== '' || uri.host !== '' || uri.user !== undefined)
    return { ...own, ...pathOf(resolvedPath(pathText(uri), '')) }
  const hasPathOrQuery = uri.path !== '' || uri.forceQuery || uri.rawQuery !== ''
  const asked = hasPathOrQuery ? own : { ...own, rawQuery: base.rawQuery }
  if (uri.path === '' && base.opaque !== '') return { ...asked, opaque: base.opaque, user: undefined, host: '' }
  return { ...asked, host: base.host, user: base.user, ...pathOf(resolvedPath(pathText(base), pathText(uri))) }
}

const pathOf = (written: string): Pick<Uri, 'path' | 'rawPath'> => {
  const path = unescapeBytes(written)
  return { path, rawPath: escaped(path, 'path') === written ? '' : written }
}

/** A path without `.` and `..`. Source: Go's `resolvePath`. */
const resolvedPath = (base: string, path: string): string => {
  const full = path === '' ? base : path.startsWith('/') ? path : base.slice(0, base.lastIndexOf('/') + 1) + path
  if (full === '') return ''
  let [kept, isFirst] = ['/', true]
  const segments = full.split('/')
  for (const segment of segments) {
    if (segment === '.') isFirst = false
    else if (segment === '..') {
      kept = kept.slice(0, Math.max(1, kept.lastIndexOf('/')))
      isFirst = kept === '/'
    } else {
      kept += isFirst ? segment : `/${segment}`
      isFirst = false
    }
  }
  const last = segments.at(-1)
  return `${kept}${last === '.' || last === '..' ? '/' : ''}`.replace(/^\/\//, '/')
}
