import fc from 'fast-check'

/**
 * Texts of all kinds of characters, some of them long. Without a byte order mark: arguments go to OPA as Rego source, which must
 * not hold one.
 */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.replaceAll('\ufeff', '')),
  fc.string({ unit: 'grapheme', maxLength: 10 }),
  fc.tuple(fc.string({ minLength: 1, maxLength: 3 }), fc.nat({ max: 100 })).map(([text, times]) => text.repeat(times)),
)

const CHARACTERS = '0123456789abcfzAF.,:;-+ _%/?#&=@[]{}<>!*\'"~\u00b5\u20ac\u007f\n'

/** A text, now and then with one character taken out, put in or changed. */
export const mutated = (
  texts: fc.Arbitrary<string>,
  characters: fc.Arbitrary<string> = fc.constantFrom(...CHARACTERS),
): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 2, arbitrary: texts },
    {
      weight: 1,
      arbitrary: fc
        .tuple(texts, fc.nat({ max: 60 }), fc.constantFrom(0, 1), fc.oneof(characters, fc.string({ maxLength: 2 })))
        .map(([text, place, removed, added]) => {
          const at = place % (text.length + 1)
          return text.slice(0, at) + added + text.slice(at + removed)
        }),
    },
  )
