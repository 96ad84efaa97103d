/** A file of a bundle; its path has no leading slash. */
export interface BundleFile {
  readonly path: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** The segments of a name under the bundle's root; a leading slash, which OPA writes, is the root itself. */
export const segmentsOf = (name: string): readonly string[] =>
  name.split('/').filter((segment) => segment !== '' && segment !== '.')

/** The path that a name in an archive, a manifest or a signature means. */
export const pathOf = (name: string): string => segmentsOf(name).join('/')

/** The last segment of a path. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** The compact JSON Web Signature over the other files. */
export const isSignatures = (path: string): boolean => baseName(path) === '.signatures.json'

/** The manifest, by its ending as OPA takes it. */
export const isManifest = (path: string): boolean => path.endsWith('.manifest')

/** A manifest in Protocol Buffers, by its ending too. */
export const isProtoManifest = (path: string): boolean => path.endsWith('.manifest.pb')

/** A Rego text. */
export const isPolicy = (path: string): boolean => path.endsWith('.rego')

/** A compiled policy. */
export const isModule = (path: string): boolean => baseName(path) === 'policy.wasm'

/** A base document in JSON. */
export const isJsonData = (path: string): boolean => baseName(path) === 'data.json'

/** A base document in YAML. */
export const isYamlData = (path: string): boolean => ['data.yaml', 'data.yml'].includes(baseName(path))

/** A file whose digest is over its value and not over its bytes. */
export const isStructured = (path: string): boolean =>
  isJsonData(path) || isYamlData(path) || baseName(path) === '.manifest'

/** The segments under `data` at which a data file stands. OPA leaves out the dots that a path begins with. */
export const placeOf = (path: string): readonly string[] => {
  const folder = path.slice(0, -baseName(path).length).replace(/^[./]+|\/$/g, '')
  return folder === '' ? [] : folder.split('/')
}

/** The text of a file; undefined where it is no UTF-8. A byte order mark is left to the reader of the format. */
export const textOf = ({ bytes }: BundleFile): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
