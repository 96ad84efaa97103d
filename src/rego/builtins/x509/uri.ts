import type { RegoValue } from '../../value'
import type { Uri } from '../uri/parse'
import { fromByteString } from '../utf8'

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
