import type { Match } from './re2'

// What follows a dollar: another one, a name, or a name in braces. Longest first, as far as letters go.
const REFERENCE = /\$(?:(\$)|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu

// A number is an index, but not one with a leading zero or beyond what Go reads as one.
const INDEX = /^(?:0|[1-9]\d{0,8})$/

/** A replacement with its `$1`, `${1}`, `$name` and `$$` filled in; any other dollar is a dollar. Source: Go's `Regexp.Expand`. */
export const expand = (template: string, { group }: Match): string =>
  template.replace(REFERENCE, (_, dollar: string | undefined, bare: string | undefined, braced = '') => {
    if (dollar !== undefined) return dollar
    const name = bare ?? braced
    return group(INDEX.test(name) ? Number(name) : name)
  })
