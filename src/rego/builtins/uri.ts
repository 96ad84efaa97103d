import type { Family } from '../builtin'
import { accepts } from './accepts'
import { stringOperand } from './operand'
import { parseUri, type Uri } from './uri/parse'
import { byteString, fromByteString } from './utf8'

/** Source: Go's `URL.Hostname` and `URL.Port`. */
const hostAndPort = (host: string): readonly [hostname: string, port: string] => {
  const [, name = host, port = ''] = /^(.*):(\d*)$/s.exec(host) ?? []
  return [/^\[.*\]$/s.test(name) ? name.slice(1, -1) : name, port]
}

const partsOf = ({ scheme, host, path, rawPath, rawQuery, fragment }: Uri): Readonly<Record<string, string>> => {
  const [hostname, port] = hostAndPort(host)
  const parts = { scheme, hostname, port, path, raw_path: rawPath || path, raw_query: rawQuery, fragment }
  return Object.fromEntries(
    Object.entries(parts)
      .filter(([, part]) => part !== '')
      .map(([name, part]) => [name, fromByteString(part)]),
  )
}

/** `uri.*`. Source: OPA's `topdown/uri.go`, and Go's package net/url, which is not the web's URL. */
export const uri: Family = {
  'uri.parse': (_context, text) => partsOf(parseUri(byteString(stringOperand(text, 1)))),
  'uri.is_valid': (_context, text) =>
    typeof text === 'string' && text !== '' && accepts(() => parseUri(byteString(text))),
}
