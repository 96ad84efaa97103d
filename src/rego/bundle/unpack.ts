import * as E from 'fp-ts/Either'
import { unpackTar } from 'modern-tar'
import { type BundlePathFault, type PolicyProblem, problem } from '../../problem'
import { type BundleFile, pathOf, segmentsOf } from './file'

type Kind = NonNullable<Awaited<ReturnType<typeof unpackTar>>[number]['header']['type']>

const REFUSED: { readonly [K in Kind]?: BundlePathFault } = {
  link: 'link',
  symlink: 'link',
  'character-device': 'device',
  'block-device': 'device',
  fifo: 'device',
}

/**
 * The files of a tar archive by their paths under its root. A path that leaves the root, a link, a device or a second
 * file of one path is refused, and so is an archive with a wrong checksum or without its end.
 */
export const unpack = async (archive: Uint8Array): Promise<E.Either<PolicyProblem, readonly BundleFile[]>> => {
  const refused = (path: string, fault: BundlePathFault) => E.left(problem('policy-bundle-path', { path, fault }))
  const files = new Map<string, BundleFile>()
  for (const { header, data } of await unpackTar(archive, { strict: true })) {
    const fault = segmentsOf(header.name).includes('..') ? 'escape' : REFUSED[header.type ?? 'file']
    if (fault !== undefined) return refused(header.name, fault)
    if (header.type === 'directory' || data === undefined) continue
    const path = pathOf(header.name)
    if (path === '') return refused(header.name, 'escape')
    if (files.has(path)) return refused(path, 'duplicate')
    files.set(path, { path, bytes: data })
  }
  return E.right([...files.values()])
}
