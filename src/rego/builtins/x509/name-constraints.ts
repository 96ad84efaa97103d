import type { RegoValue } from '../../value'
import { base64Of } from '../base64'
import { parseAddress } from '../ip'
import { Der, TAG } from './der'
import { isDomain, isMailbox } from './domain'
import { ipText } from './ip'
import { ia5Text } from './name'
import { orNull } from './or-null'

const MASK = /^1*0*$/

interface Subtrees {
  readonly dns: RegoValue[]
  readonly ips: RegoValue[]
  readonly emails: RegoValue[]
  readonly uris: RegoValue[]
  /** It holds a kind of name that Go does not handle. */
  hasMore: boolean
}

const subtreesOf = (der: Der | undefined): Subtrees => {
  const found: Subtrees = { dns: [], ips: [], emails: [], uris: [], hasMore: false }
  while (der !== undefined && !der.isEmpty) {
    const { tag, content } = der.inside(TAG.sequence).any()
    const text = (): string => ia5Text(content, der.part)
    const taken = (list: RegoValue[], isValid: (name: string) => boolean): void => {
      const name = text()
      if (!isValid(name)) der.refuse()
      list.push(name)
    }
    if (tag === TAG.context(2)) taken(found.dns, (name) => isDomain(name, true))
    else if (tag === TAG.context(1))
      taken(found.emails, (name) => (name.includes('@') ? isMailbox(name) : isDomain(name, true)))
    else if (tag === TAG.context(6))
      taken(found.uris, (name) => parseAddress(name) === undefined && isDomain(name, true))
    else if (tag === TAG.context(7)) {
      const half = content.length / 2
      const [ip, mask] = [content.subarray(0, half), content.subarray(half)]
      const bits = Array.from(mask, (byte) => byte.toString(2).padStart(8, '0')).join('')
      if ((half !== 4 && half !== 16) || !MASK.test(bits)) der.refuse()
      found.ips.push({ IP: ipText(ip), Mask: base64Of(mask) })
    } else found.hasMore = true
  }
  return found
}

/** Name constraints, and whether Go handles all of them. */
export const nameConstraintsOf = (
  value: Uint8Array,
  isCritical: boolean,
): { readonly members: Readonly<Record<string, RegoValue>>; readonly isHandled: boolean } => {
  const outer = new Der(value, 'name constraints')
  const sequence = outer.inside(TAG.sequence)
  const [permitted, excluded] = [sequence.optional(TAG.explicit(0)), sequence.optional(TAG.explicit(1))]
  const isEmpty = (permitted?.isEmpty ?? true) && (excluded?.isEmpty ?? true)
  if (!outer.isEmpty || !sequence.isEmpty || isEmpty) outer.refuse()
  const [allowed, forbidden] = [subtreesOf(permitted), subtreesOf(excluded)]
  return {
    members: {
      PermittedDNSDomainsCritical: isCritical,
      PermittedDNSDomains: orNull(allowed.dns),
      PermittedIPRanges: orNull(allowed.ips),
      PermittedEmailAddresses: orNull(allowed.emails),
      PermittedURIDomains: orNull(allowed.uris),
      ExcludedDNSDomains: orNull(forbidden.dns),
      ExcludedIPRanges: orNull(forbidden.ips),
      ExcludedEmailAddresses: orNull(forbidden.emails),
      ExcludedURIDomains: orNull(forbidden.uris),
    },
    isHandled: !allowed.hasMore && !forbidden.hasMore,
  }
}
