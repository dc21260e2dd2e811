/** How much of a provider's words is repeated to people. */
const MOST = 300

/** Answers that say nothing: repeating them would only pass the riddle on (EOL-04). */
const SAYS_NOTHING = /^(forbidden|http 403|403( forbidden)?|access[_ ]denied|unauthorized)?[\s.!]*$/i

/** Give a provider's words as they may be shown: one line, not too long; null when they say nothing, such as a bare "Forbidden". */
export function quotable(words: string): string | null {
  const line = words.replace(/[\s\p{Cc}]+/gu, ' ').trim()
  if (SAYS_NOTHING.test(line)) return null
  return line.length > MOST ? `${line.slice(0, MOST - 1).toWellFormed()}…` : line
}

/** Begin a sentence with a capital. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
