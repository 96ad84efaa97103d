import fc from 'fast-check'
import certificates from './certificates.json'

const bytesOf = (base64: string): readonly number[] => Array.from(atob(base64), (character) => character.charCodeAt(0))
const ascii = (text: string): readonly number[] => Array.from(text, (character) => character.charCodeAt(0))
const base64Of = (bytes: readonly number[]): string => btoa(String.fromCharCode(...bytes))

export const pemOf = (base64: string, type = 'CERTIFICATE'): string =>
  `-----BEGIN ${type}-----\n${(base64.match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${type}-----\n`

type Bytes = readonly number[]

/** An element of DER. */
const der = (tag: number, ...parts: readonly Bytes[]): Bytes => {
  const content = parts.flat()
  const { length } = content
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return [tag, ...size, ...content]
}
const sequence = (...parts: readonly Bytes[]): Bytes => der(0x30, ...parts)
const oid = (...numbers: Bytes): Bytes => der(0x06, [(numbers[0] ?? 0) * 40 + (numbers[1] ?? 0), ...numbers.slice(2)])
const pieces = fc.uint8Array({ maxLength: 6 }).map((bytes) => [...bytes])

/** A list of elements made of others. */
const listOf = (element: fc.Arbitrary<Bytes>, maxLength = 3): fc.Arbitrary<Bytes> =>
  fc.array(element, { maxLength }).map((elements) => sequence(...elements))

const integer = fc.oneof(
  fc.integer({ min: 0, max: 127 }).map((value) => der(2, [value])),
  fc
    .constantFrom<Bytes>([0x80], [0, 0x80], [0, 1], [0xff, 0x80], [], Array<number>(9).fill(0x7f), [0x7f, 0xff])
    .map((bytes) => der(2, bytes)),
)
const boolean = fc.constantFrom<Bytes>([1, 1, 0xff], [1, 1, 0xff], [1, 1, 0], [1, 1, 1])

const uriPiece = fc.constantFrom(
  ...[
    'http',
    'HTTPS',
    'urn',
    'spiffe',
    ':',
    '//',
    '/',
    '?',
    '#',
    '@',
    'a',
    'b.c',
    '.',
    '[',
    ']',
    '::1',
    'fe80::1',
    '%25eth0',
    '1.2.3.4',
  ],
  ...[
    '%41',
    '%2f',
    '%zz',
    '%',
    ':80',
    ':x',
    ' ',
    '"',
    '<',
    '*',
    '+',
    ';',
    '=',
    '&',
    '(',
    '!',
    '~',
    '^',
    '\u0001',
    '%e4',
    'u:p',
  ],
)
const uri = fc.oneof(
  fc.constantFrom(
    'spiffe://cluster.local/ns/a/sa/b',
    'http://u:p@h.test:80/a%2fb?q=1#f%41',
    'mailto:a@b',
    'http://[::1]:8080/',
    '/a:b',
    'http:///a',
    '//h/a',
  ),
  fc.array(uriPiece, { maxLength: 7 }).map((parts) => parts.join('')),
)
const domain = fc.constantFrom('a.test', '.a.test', '*.a', 'a..b', 'a.', '', 'a b', '1.2.3.4', '::1', 'é', '.', '..a')
const mail = fc.oneof(
  domain,
  fc.constantFrom('a@b', '"a b"@c', 'a..b@c', '.a@b', 'a\\ b@c', '@b', 'a@', '"a\\"b"@c.d', 'a@b..c', 'a@@b', '"a'),
)
const address = fc.oneof(
  fc.constantFrom<Bytes>([10, 0, 0, 1], [10, 0, 0], Array<number>(16).fill(0), [
    ...Array<number>(10).fill(0),
    0xff,
    0xff,
    1,
    2,
    3,
    4,
  ]),
  fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Array.from(bytes, (byte) => (byte > 100 ? byte : 0))),
)
const block = fc.constantFrom<Bytes>(
  [10, 0, 0, 0, 255, 0, 0, 0],
  [10, 0, 0, 0, 255, 0, 255, 0],
  [10, 0, 0, 0, 254, 1, 0, 0],
  [1, 2, 3],
  [...Array<number>(16).fill(0x20), ...Array<number>(8).fill(0xff), ...Array<number>(8).fill(0)],
)
const generalName = fc.oneof(
  mail.map((text) => der(0x81, ascii(text))),
  domain.map((text) => der(0x82, ascii(text))),
  { weight: 4, arbitrary: uri.map((text) => der(0x86, ascii(text))) },
  address.map((bytes) => der(0x87, bytes)),
  pieces.map((bytes) => der(0xa4, bytes)),
  pieces.map((bytes) => der(0x88, bytes)),
)
const subtree = fc
  .oneof(
    mail.map((text) => der(0x81, ascii(text))),
    domain.map((text) => der(0x82, ascii(text))),
    domain.map((text) => der(0x86, ascii(text))),
    block.map((bytes) => der(0x87, bytes)),
    fc.constant(der(0xa4)),
  )
  .map((name) => sequence(name))
const subtrees = (tag: number): fc.Arbitrary<Bytes> =>
  fc.array(subtree, { maxLength: 2 }).map((parts) => der(tag, ...parts))
const anyOid = fc.constantFrom(
  oid(2, 5, 29, 32, 0),
  oid(1, 2, 3),
  oid(1, 3, 6, 1, 5, 5, 7, 3, 1),
  der(6, [0x2a, 0x80, 1]),
  der(6, []),
  der(6, [0x2a, 0x90, 0x80, 0x80, 0x80, 0x00]),
  der(6, [0x88, 0x37, 3]),
  der(6, [0x2a, ...Array<number>(9).fill(0xff), 1]),
)
const link = fc.oneof(
  { weight: 4, arbitrary: uri.map((text) => der(0x86, ascii(text))) },
  pieces.map((bytes) => der(0x86, bytes)),
  domain.map((text) => der(0x82, ascii(text))),
)

const values: readonly (readonly [Bytes, fc.Arbitrary<Bytes>])[] = [
  [oid(2, 5, 29, 14), pieces.map((bytes) => der(4, bytes))],
  [
    oid(2, 5, 29, 15),
    fc
      .constantFrom<Bytes>([7, 0x80], [0, 0xff], [7, 0xff, 0x80], [1, 0xff], [8, 0], [], [3])
      .map((bits) => der(3, bits)),
  ],
  [oid(2, 5, 29, 17), listOf(generalName, 4)],
  [oid(2, 5, 29, 17), listOf(generalName, 1)],
  [
    oid(2, 5, 29, 19),
    fc.tuple(fc.option(boolean), fc.option(integer)).map((parts) => sequence(...parts.map((part) => part ?? []))),
  ],
  [oid(2, 5, 29, 30), fc.tuple(subtrees(0xa0), subtrees(0xa1)).map((parts) => sequence(...parts))],
  [oid(2, 5, 29, 30), subtrees(0xa0).map((part) => sequence(part))],
  [
    oid(2, 5, 29, 31),
    listOf(fc.array(link, { maxLength: 2 }).map((names) => sequence(der(0xa0, der(0xa0, ...names))))),
  ],
  [oid(2, 5, 29, 32), listOf(anyOid.map((id) => sequence(id)))],
  [oid(2, 5, 29, 33), listOf(fc.tuple(anyOid, anyOid).map((pair) => sequence(...pair)))],
  [
    oid(2, 5, 29, 35),
    fc.oneof(
      pieces.map((bytes) => sequence(der(0x80, bytes))),
      fc.constant(sequence()),
    ),
  ],
  [
    oid(2, 5, 29, 36),
    fc
      .tuple(
        fc.constantFrom<Bytes>([], der(0x80, [0]), der(0x80, [5])),
        fc.constantFrom<Bytes>([], der(0x81, [0]), der(0x81, [0, 1])),
      )
      .map((parts) => sequence(...parts)),
  ],
  [oid(2, 5, 29, 37), listOf(anyOid)],
  [oid(2, 5, 29, 54), integer],
  [
    oid(1, 3, 6, 1, 5, 5, 7, 1, 1),
    listOf(
      fc
        .tuple(fc.constantFrom(oid(1, 3, 6, 1, 5, 5, 7, 48, 1), oid(1, 3, 6, 1, 5, 5, 7, 48, 2), oid(1, 2)), link)
        .map((pair) => sequence(...pair)),
    ),
  ],
  [oid(1, 2, 3), pieces],
]
const extension = fc.oneof(
  ...values.map(([id, value]) =>
    fc
      .tuple(
        fc.oneof({ weight: 3, arbitrary: fc.constant<Bytes>([]) }, boolean),
        fc.oneof({ weight: 9, arbitrary: value }, pieces),
      )
      .map(([critical, content]) => sequence(id, critical, der(4, content))),
  ),
)

const text = fc.oneof(
  fc.constantFrom(
    der(0x13, ascii('Test')),
    der(0x0c, [0xc3, 0xa4]),
    der(0x0c, [0xc3]),
    der(0x16, ascii('a@b')),
    der(0x12, ascii('12 3')),
    der(0x1e, [0, 65, 1, 0]),
    der(0x1e, [0, 65, 0, 0]),
    der(0x14, [0xe4]),
    der(0x13, ascii('_')),
  ),
  fc.tuple(fc.constantFrom(0x0c, 0x12, 0x13, 0x14, 0x16, 0x1e, 0x04), pieces).map(([tag, bytes]) => der(tag, bytes)),
)
const attribute = fc
  .tuple(fc.constantFrom(3, 3, 5, 6, 7, 8, 9, 10, 11, 17, 12), text)
  .map(([number, value]) => sequence(oid(2, 5, 4, number), value))
const name = listOf(
  fc.array(attribute, { maxLength: 2 }).map((attributes) => der(0x31, ...attributes)),
  2,
)
const plainName = sequence(der(0x31, sequence(oid(2, 5, 4, 3), der(0x13, ascii('Test')))))

const time = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(der(0x17, ascii('240101000000Z')), der(0x18, ascii('20500101000000Z'))) },
  fc
    .tuple(
      fc.constantFrom(0x17, 0x18, 0x16),
      fc.constantFrom(
        '500229000000Z',
        '520229000000Z',
        '490101000000Z',
        '2401010000Z',
        '240101000000+0100',
        '240101000000+0000',
        '240101000000-2400',
        '20240101000000+0530',
        '20240229235959Z',
        '20230229000000Z',
        '20240101000000.5Z',
        '240101240000Z',
        '00000101000000Z',
      ),
    )
    .map(([tag, written]) => der(tag, ascii(written))),
)

const usually = <A>(usual: A, other: fc.Arbitrary<A>): fc.Arbitrary<A> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other })

const sha256 = (tag: number, ...rest: readonly Bytes[]): Bytes =>
  der(tag, sequence(der(6, [0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1]), ...rest))
const pss = (salt: number): Bytes =>
  sequence(
    der(6, [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10]),
    sequence(
      sha256(0xa0, [5, 0]),
      der(0xa1, sequence(der(6, [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 8]), sha256(0x30).slice(2))),
      der(0xa2, der(2, [salt])),
    ),
  )
const algorithm = fc.constantFrom(
  sequence(oid(1, 3, 101, 112)),
  sequence(oid(1, 3, 101, 112), [5, 0]),
  sequence(oid(1, 2, 3)),
  sequence(),
  pss(32),
  pss(20),
)
const ed25519 = sequence(sequence(oid(1, 3, 101, 112)), der(3, [0], Array<number>(32).fill(7)))
const key = fc.constantFrom(
  ed25519,
  sequence(sequence(oid(1, 2, 3)), der(3, [4, 0xf0])),
  sequence(sequence(oid(1, 3, 101, 112), [5, 0]), der(3, [0])),
  sequence(
    sequence(der(6, [0x2a, 0x86, 0x48, 0xce, 0x38, 4, 1]), sequence(der(2, [7]), der(2, [5]), der(2, [3]))),
    der(3, [0], der(2, [9])),
  ),
)

interface Parts {
  readonly version: Bytes
  readonly serial: Bytes
  readonly signing: Bytes
  readonly issuer: Bytes
  readonly notBefore: Bytes
  readonly notAfter: Bytes
  readonly subject: Bytes
  readonly key: Bytes
  readonly unique: Bytes
  readonly extensions: readonly Bytes[]
  readonly signature: Bytes
  readonly outer: Bytes | undefined
  readonly behind: Bytes
}

const USUAL: Parts = {
  version: der(0xa0, der(2, [2])),
  serial: der(2, [1]),
  signing: sequence(oid(1, 3, 101, 112)),
  issuer: plainName,
  notBefore: der(0x17, ascii('240101000000Z')),
  notAfter: der(0x17, ascii('340101000000Z')),
  subject: plainName,
  key: ed25519,
  unique: [],
  extensions: [],
  signature: [0, 1, 2, 3],
  outer: undefined,
  behind: [],
}

const assembled = (parts: Parts): Bytes => {
  const body = sequence(
    parts.version,
    parts.serial,
    parts.signing,
    parts.issuer,
    sequence(parts.notBefore, parts.notAfter),
    parts.subject,
    parts.key,
    parts.unique,
    der(0xa3, sequence(...parts.extensions)),
  )
  return [...sequence(body, parts.outer ?? parts.signing, der(3, parts.signature)), ...parts.behind]
}

/** Certificates whose parts are each now and then unusual or broken; nobody looks at their signature. */
const built: fc.Arbitrary<Bytes> = fc
  .record({
    version: usually(
      USUAL.version,
      fc.constantFrom<Bytes>([], der(0xa0, der(2, [1])), der(0xa0, der(2, [3])), der(0xa0, der(2, [0xff]))),
    ),
    serial: usually(USUAL.serial, integer),
    signing: usually(USUAL.signing, algorithm),
    issuer: usually(USUAL.issuer, name),
    notBefore: usually(USUAL.notBefore, time),
    notAfter: time,
    subject: usually(USUAL.subject, name),
    key: usually(USUAL.key, key),
    unique: usually(USUAL.unique, fc.constantFrom(der(0x81, [0, 1]), der(0x82, [0]), [0x81, 5])),
    extensions: fc.array(extension, { maxLength: 2 }),
    signature: usually(USUAL.signature, fc.constantFrom<Bytes>([4, 0xff, 0xf0], [4, 0xff], [], [0])),
    outer: usually(USUAL.outer, algorithm),
    behind: usually(USUAL.behind, pieces),
  })
  .map(assembled)

/** Certificates for a URI. */
export const uriCertificateText: fc.Arbitrary<string> = uri.map((text) => {
  const names = sequence(der(0x86, ascii(text)))
  return base64Of(assembled({ ...USUAL, extensions: [sequence(oid(2, 5, 29, 17), der(4, names))] }))
})

/** Real certificates with a byte changed now and then. */
const changed: fc.Arbitrary<Bytes> = fc
  .tuple(
    fc.constantFrom(...certificates.map(({ der: base64 }) => bytesOf(base64))),
    fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 2 }),
  )
  .map(([bytes, changes]) =>
    bytes.map((byte, at) => changes.find(([place]) => place % bytes.length === at)?.[1] ?? byte),
  )

const linePiece = fc.constantFrom(
  '\n',
  '\r\n',
  ' \n',
  '-----BEGIN ',
  '-----END ',
  'CERTIFICATE',
  'X',
  '-----',
  'a: b\n',
  'MAA=',
  'MAA=',
  '=',
  '\t',
  'text\n',
)
const brokenPem = fc.array(linePiece, { maxLength: 14 }).map((pieces) => `-----BEGIN${pieces.join('')}`)

/** What a policy may hand to a parser of certificates. */
export const certificateText: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: built.map(base64Of) },
  { weight: 4, arbitrary: changed.map(base64Of) },
  built.map((bytes) => pemOf(base64Of(bytes))),
  built.map((bytes) => btoa(pemOf(base64Of(bytes)))),
  fc.tuple(built, changed).map(([one, other]) => pemOf(base64Of(one)) + pemOf(base64Of(other))),
  built.map((bytes) => pemOf(base64Of(bytes)).replaceAll('\n', ' \r\n')),
  built.map((bytes) => pemOf(base64Of(bytes)).replace('\n', '\nProc-Type: 4\nA: b\n\n')),
  built.map((bytes) => pemOf(base64Of(bytes)) + pemOf('MAA=', 'RSA PRIVATE KEY')),
  brokenPem,
  fc.tuple(built, brokenPem).map(([bytes, broken]) => pemOf(base64Of(bytes)) + broken),
  fc.string(),
)
