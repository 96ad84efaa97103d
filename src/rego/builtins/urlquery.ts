import { BuiltinRefusal, type Family } from '../builtin'
import { compareStrings } from '../key-order'
import { objectOf, type RegoMap, type RegoObject, type RegoValue } from '../value'
import { namedMembers } from './json-text'
import { membersOf, objectOperand, stringOperand } from './operand'
import { escapeBytes, unescapeBytes } from './percent'
import { byteString, fromByteString } from './utf8'

const encode = (text: string): string => escapeBytes(byteString(text), /[^\w.~ -]/g).replaceAll(' ', '+')

const decode = (bytes: string): string => unescapeBytes(bytes.replaceAll('+', ' '))

const textsOf = (value: RegoValue): readonly string[] => {
  const members = membersOf(value) ?? [value]
  if (members.every((member) => typeof member === 'string')) return members
  throw new BuiltinRefusal('values must be strings, or arrays or sets of strings')
}

const encodeObject = (object: RegoObject | RegoMap): string =>
  [...namedMembers(object)]
    .sort(([a], [b]) => compareStrings(a, b))
    .flatMap(([key, value]) => textsOf(value).map((text) => `${encode(key)}=${encode(text)}`))
    .join('&')

// Go refuses more.
const MOST_PARAMETERS = 10_000

const decodeObject = (query: string): RegoValue => {
  const parameters = byteString(query).split('&')
  if (parameters.length > MOST_PARAMETERS) throw new BuiltinRefusal('the query has more than 10,000 parameters')
  const values = new Map<string, string[]>()
  for (const parameter of parameters) {
    if (parameter.includes(';')) throw new BuiltinRefusal('the query has a semicolon')
    if (parameter === '') continue
    const equals = `${parameter}=`.indexOf('=')
    const key = decode(parameter.slice(0, equals))
    const known = values.get(key) ?? []
    known.push(fromByteString(decode(parameter.slice(equals + 1))))
    values.set(key, known)
  }
  // Keys that differ only in bytes that are no UTF-8 become equal; the last of them stands.
  return objectOf(
    [...values].sort(([a], [b]) => compareStrings(a, b)).map(([key, texts]) => [fromByteString(key), texts]),
  )
}

/** `urlquery.*`. Source: OPA's policy reference, section "Encoding", and Go's package net/url. */
export const urlquery: Family = {
  'urlquery.encode': (_context, text) => encode(stringOperand(text, 1)),
  'urlquery.decode': (_context, text) => fromByteString(decode(byteString(stringOperand(text, 1)))),
  'urlquery.encode_object': (_context, object) => encodeObject(objectOperand(object, 1)),
  'urlquery.decode_object': (_context, text) => decodeObject(stringOperand(text, 1)),
}
