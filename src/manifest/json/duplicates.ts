import { isArray, isObject, type Json } from '../../json'
import type { Refusal } from '../refusal'
import { entriesAt, isListAt, isObjectAt, membersAt, skipString } from './scan'

/** How many keys a value holds. */
const keysIn = (value: Json): number => {
  let keys = 0
  if (isArray(value)) for (const entry of value) keys += typeof entry === 'object' ? keysIn(entry) : 0
  else if (isObject(value)) {
    for (const key in value) {
      keys += 1
      const member = value[key]
      if (typeof member === 'object') keys += keysIn(member)
    }
  }
  return keys
}

/**
 * Keys that stand twice in one object; JSON.parse silently keeps the last. Only a text with more keys than its value is
 * looked through.
 */
export const duplicateKeys = (text: string, from: number, keysWritten: number, value: Json): readonly Refusal[] => {
  if (keysIn(value) === keysWritten) return []
  const found: Refusal[] = []
  const visit = (at: number): void => {
    if (isListAt(text, at)) for (const entry of entriesAt(text, at)) visit(entry)
    if (!isObjectAt(text, at)) return
    const seen = new Set<string>()
    for (const { key, keyStart, valueStart } of membersAt(text, at)) {
      if (seen.has(key)) {
        found.push({ code: 'duplicate-key', data: { key }, start: keyStart, end: skipString(text, keyStart) })
      }
      seen.add(key)
      visit(valueStart)
    }
  }
  visit(from)
  return found
}
