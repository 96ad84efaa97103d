import { MemoryFull } from './fault'

/** 64 KiB, WebAssembly's unit of memory. */
export const PAGE = 65_536

// Below these a loop over characters is faster than a call into the runtime's encoder or decoder.
const SHORT_TO_READ = 24
export const SHORT_TO_WRITE = 48

const encoder = new TextEncoder()
// A byte order mark is a character of its text.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Texts in a module's linear memory. */
export class TextMemory {
  #bytes: Uint8Array<ArrayBuffer>

  constructor(readonly memory: WebAssembly.Memory) {
    this.#bytes = new Uint8Array(memory.buffer)
  }

  get byteLength(): number {
    return this.memory.buffer.byteLength
  }

  /** A view of the whole memory; growing the memory detaches the one before. */
  get bytes(): Uint8Array<ArrayBuffer> {
    if (this.#bytes.length === 0 || this.#bytes.buffer !== this.memory.buffer) {
      this.#bytes = new Uint8Array(this.memory.buffer)
    }
    return this.#bytes
  }

  /** The text from an address to the next zero byte. */
  read(address: number): string {
    const { bytes } = this
    return textIn(bytes, address, bytes.indexOf(0, address) - address)
  }

  /** Writes a text to where `allocate` says there is room for so many bytes. Gives the address and the length. */
  write(text: string, allocate: (length: number) => number): readonly [address: number, length: number] {
    if (text.length <= SHORT_TO_WRITE && isAscii(text)) {
      const address = allocate(text.length)
      writeAscii(this.bytes, address, text)
      return [address, text.length]
    }
    const encoded = encoder.encode(text)
    const address = allocate(encoded.length)
    this.bytes.set(encoded, address)
    return [address, encoded.length]
  }

  /**
   * Writes a text to an address behind which nothing is. Gives the length.
   *
   * @throws `MemoryFull` where there is not so much memory.
   */
  writeAt(address: number, text: string): number {
    const { read, written } = encoder.encodeInto(text, this.bytes.subarray(address))
    if (read < text.length) throw new MemoryFull('the text is longer than the memory')
    return written
  }
}

/** The text of so many bytes of a memory. */
export const textIn = (bytes: Uint8Array, address: number, length: number): string => {
  const end = address + length
  return (
    (length <= SHORT_TO_READ ? readAscii(bytes, address, end) : undefined) ??
    decoder.decode(bytes.subarray(address, end))
  )
}

/** Writes a text to an address. False where it is not all ASCII. */
export const writeAscii = (bytes: Uint8Array, to: number, text: string): boolean => {
  for (let n = 0; n < text.length; n += 1) {
    const code = text.charCodeAt(n)
    if (code > 127) return false
    bytes[to + n] = code
  }
  return true
}

const isAscii = (text: string): boolean => {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 127) return false
  return true
}

const readAscii = (bytes: Uint8Array, from: number, to: number): string | undefined => {
  let text = ''
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] as number
    if (byte > 127) return undefined
    text += String.fromCharCode(byte)
  }
  return text
}
