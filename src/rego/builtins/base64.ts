const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/

/** The bytes of padded base64, in which line breaks count for nothing; undefined for any other text. */
export const bytesOfBase64 = (text: string): Uint8Array | undefined => {
  const plain = text.replace(/[\r\n]/g, '')
  if (plain.length % 4 !== 0 || !BASE64.test(plain)) return undefined
  return Uint8Array.from(atob(plain), (character) => character.charCodeAt(0))
}

export const base64Of = (bytes: Uint8Array): string => btoa(latin1(bytes))

/** Each byte as the character of its number. */
export const latin1 = (bytes: Uint8Array): string => {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}
