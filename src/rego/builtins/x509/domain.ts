/** What Go takes for a domain in a certificate: labels that are not empty; for a constraint also with a dot before them. */
export const isDomain = (text: string, mayStartWithDot: boolean): boolean => {
  if (text === '') return true
  const labels = (mayStartWithDot && text.startsWith('.') ? text.slice(1) : text).split('.')
  return !text.endsWith('.') && labels.every((label) => /^[!-~]+$/.test(label))
}

// Of ASCII; a NUL stands in no quoted one.
const QUOTED = /^"(?:[^"\\\t\n\r]|\\[^\n\r])*"@(.*)$/s
const ATOMS = /^((?:[0-9A-Za-z!#$%&'*+\-/=?^_`{|}~.]|\\.)+)@(.*)$/s

const isQuoted = (text: string): boolean => text.startsWith('"')

/** True for an address of mail. Source: Go's `parseRFC2821Mailbox`. */
export const isMailbox = (text: string): boolean => {
  const [local, domain] = isQuoted(text) ? ['', QUOTED.exec(text)?.[1]] : (ATOMS.exec(text)?.slice(1) ?? [])
  if (local === undefined || domain === undefined || (isQuoted(text) && text.includes('\0'))) return false
  const plain = local.replace(/\\(.)/gs, '$1')
  if (plain.startsWith('.') || plain.endsWith('.') || plain.includes('..')) return false
  return domain === '' || domain.split('.').every((label) => /^[!-~]+$/.test(label))
}
