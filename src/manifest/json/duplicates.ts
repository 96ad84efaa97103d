import type { Refusal } from '../refusal'
import { entriesAt, isListAt, isObjectAt, keyOf, membersAt } from './scan'

/** Keys that stand twice in one object; JSON.parse silently keeps the last. */
export const duplicateKeys = (text: string, from: number): readonly Refusal[] => {
  const found: Refusal[] = []
  const visit = (at: number): void => {
    if (isListAt(text, at)) for (const entry of entriesAt(text, at)) visit(entry)
    if (!isObjectAt(text, at)) return
    const seen = new Set<string>()
    for (const member of membersAt(text, at)) {
      const key = keyOf(text, member)
      if (seen.has(key)) {
        found.push({ code: 'duplicate-key', data: { key }, start: member.keyStart, end: member.keyEnd })
      }
      seen.add(key)
      visit(member.valueStart)
    }
  }
  visit(from)
  return found
}
