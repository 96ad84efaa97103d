/** A term as OPA's parser takes it: that refuses a byte order mark, even inside a string, unless it is escaped. JSON is a term. */
export const parsable = (term: string): string => term.replaceAll('\ufeff', '\\ufeff')
