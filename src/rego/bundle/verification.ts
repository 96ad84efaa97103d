/** A signature algorithm of JSON Web Signature (RFC 7518). `none` is none. */
export type SignatureAlgorithm = `${'RS' | 'PS' | 'ES' | 'HS'}${256 | 384 | 512}`

/** A key that vouches for bundles. */
export interface BundleKey {
  /** As the signature names it. */
  readonly id: string
  /**
   * A public key or certificate in PEM (`BEGIN PUBLIC KEY`, `BEGIN CERTIFICATE`) or a JSON Web Key. For HS algorithms: the
   * secret as text, or a JSON Web Key of type `oct`.
   */
  readonly key: string | JsonWebKey
  /** The only algorithm a signature with this key may have, whatever the signature says. */
  readonly algorithm: SignatureAlgorithm
  /** The scope that a signature with this key must have. Default: none. */
  readonly scope?: string
}

/** How a bundle is verified. */
export interface BundleVerification {
  readonly keys: readonly BundleKey[]
  /** The key to use, whatever the signature names. */
  readonly keyId?: string
  /** The scope that the signature must have; it wins over that of the key. */
  readonly scope?: string
  /** Files that the signature need not list, as patterns: `*.md`, `docs/*`. `*` and `?` stay within a folder. */
  readonly excludeFiles?: readonly string[]
}
