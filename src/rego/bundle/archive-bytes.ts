import * as TE from 'fp-ts/TaskEither'
import { type PolicyProblem, problem } from '../../problem'

/** What a bundle can be handed in as: a tar archive, packed with gzip or not. */
export type BundleSource = Uint8Array | ArrayBuffer | Response | Promise<Response>

class BeyondLimit extends Error {
  override readonly name = 'BeyondLimit'
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

// A limit that is no number lets nothing through, where `>` would let everything.
const isBeyond = (length: number, limit: number): boolean => !(length <= limit)

/** Reads a stream to its end, but never holds more than the limit. */
const drained = async (
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> => {
  const reader = stream.getReader()
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length
    if (isBeyond(length, limit)) {
      await reader.cancel()
      throw new BeyondLimit()
    }
    chunks.push(next.value)
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer())
}

const given = async (source: BundleSource, limit: number): Promise<Uint8Array<ArrayBuffer>> => {
  if (source instanceof Uint8Array || source instanceof ArrayBuffer) {
    if (isBeyond(source.byteLength, limit)) throw new BeyondLimit()
    return new Uint8Array(source)
  }
  const response = await source
  if (!response.ok) throw new Error(`the response has HTTP status ${response.status}`)
  return response.body === null ? new Uint8Array() : drained(response.body, limit)
}

const inflated = (bytes: Uint8Array<ArrayBuffer>, limit: number): Promise<Uint8Array<ArrayBuffer>> =>
  drained(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')), limit)

/** The bytes of the tar archive. They are inflated piece by piece, so that a small file cannot fill the memory. */
export const archiveBytes = (
  source: BundleSource,
  limit: number,
): TE.TaskEither<PolicyProblem, Uint8Array<ArrayBuffer>> =>
  TE.tryCatch(
    async () => {
      const bytes = await given(source, limit)
      return isGzip(bytes) ? inflated(bytes, limit) : bytes
    },
    (cause) =>
      cause instanceof BeyondLimit
        ? problem('policy-bundle-limit', { allowed: limit })
        : problem('policy-bundle-malformed', { reason: cause instanceof Error ? cause.message : String(cause) }),
  )
