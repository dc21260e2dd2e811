import { definition } from './definition.ts'

/** Hash a text with FNV-1a 32 over its UTF-16 code units, low byte first, as 8 hexadecimal digits. Stable for ever: look-ups rest on it. */
const stableHash = (text: string): string => {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193)
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193)
  }
  return (hash >>> 0).toString(16).padStart(8, '0')
}

/** Fit a reference into `YourRef`, at most 30 characters: a longer one keeps its first 21 and ends in `~` and a hash of the whole (§5.3). */
export const fitReference = (reference: string): string => {
  const text = reference.toWellFormed()
  if (text.length <= definition.referenceCharacters) return text
  return `${text.slice(0, definition.referenceCharacters - 9).toWellFormed()}~${stableHash(text)}`
}
