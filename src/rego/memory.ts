/** 64 KiB, WebAssembly's unit of memory. */
export const PAGE = 65_536

// Below this a loop over characters is faster than a call into the runtime's encoder or decoder.
const SHORT = 48

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Texts in a module's linear memory. */
export class TextMemory {
  #bytes: Uint8Array

  constructor(readonly memory: WebAssembly.Memory) {
    this.#bytes = new Uint8Array(memory.buffer)
  }

  get byteLength(): number {
    return this.memory.buffer.byteLength
  }

  /** A view of the whole memory; growing the memory detaches the one before. */
  get bytes(): Uint8Array {
    if (this.#bytes.buffer !== this.memory.buffer) this.#bytes = new Uint8Array(this.memory.buffer)
    return this.#bytes
  }

  /** The text from an address to the next zero byte. */
  read(address: number): string {
    const { bytes } = this
    const short = address + SHORT
    let text = ''
    for (let at = address; at < short; at += 1) {
      const byte = bytes[at] ?? 0
      if (byte === 0) return text
      if (byte > 127) break
      text += String.fromCharCode(byte)
    }
    return decoder.decode(bytes.subarray(address, bytes.indexOf(0, address)))
  }

  /** Writes a text to where `allocate` says there is room for so many bytes. Gives the address and the length. */
  write(text: string, allocate: (length: number) => number): readonly [address: number, length: number] {
    if (text.length <= SHORT && isAscii(text)) {
      const address = allocate(text.length)
      const { bytes } = this
      for (let at = 0; at < text.length; at += 1) bytes[address + at] = text.charCodeAt(at)
      return [address, text.length]
    }
    const encoded = encoder.encode(text)
    const address = allocate(encoded.length)
    this.bytes.set(encoded, address)
    return [address, encoded.length]
  }

  /** Grows the memory where it ends before an address. */
  reserve(end: number): void {
    const missing = end - this.byteLength
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE))
  }
}

const isAscii = (text: string): boolean => {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 127) return false
  return true
}
