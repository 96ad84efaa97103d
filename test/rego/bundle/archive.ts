import { gzipSync } from 'node:zlib'
import { packTar, type TarHeader } from 'modern-tar'

/** A file of an archive: its name and text. */
export type Entry = readonly [name: string, text: string]

/** A tar archive of these files. */
export const tar = (entries: readonly Entry[]): Promise<Uint8Array<ArrayBuffer>> =>
  packTar(
    entries.map(([name, text]) => ({
      header: { name, size: new TextEncoder().encode(text).length, type: 'file' as const },
      body: text,
    })),
  )

/** A packed bundle of these files. */
export const bundleOf = async (entries: readonly Entry[]): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(gzipSync(await tar(entries)))

/** An archive with one entry of any kind. */
export const special = (header: Partial<TarHeader> & { readonly name: string }): Promise<Uint8Array<ArrayBuffer>> =>
  packTar([{ header: { size: 0, ...header } }])
