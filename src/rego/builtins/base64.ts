import { latin1Bytes, latin1Text } from './latin1'

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/

/** The bytes of padded base64, in which line breaks count for nothing; undefined for any other text. */
export const bytesOfBase64 = (text: string): Uint8Array<ArrayBuffer> | undefined => {
  const plain = text.replace(/[\r\n]/g, '')
  return plain.length % 4 === 0 && BASE64.test(plain) ? latin1Bytes(atob(plain)) : undefined
}

export const base64Of = (bytes: Uint8Array): string => btoa(latin1Text(bytes))

/** The bytes of base64url, padded or not; line breaks count for nothing but the length. */
export const bytesOfBase64url = (text: string): Uint8Array<ArrayBuffer> | undefined => {
  const isPadded = text.endsWith('=')
  if (/[+/]/.test(text) || (!isPadded && text.length % 4 === 1)) return undefined
  const padding = isPadded ? '' : '='.repeat((4 - (text.length % 4)) % 4)
  return bytesOfBase64((text + padding).replaceAll('-', '+').replaceAll('_', '/'))
}

/** base64url without padding. */
export const base64urlOf = (bytes: Uint8Array): string =>
  base64Of(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
