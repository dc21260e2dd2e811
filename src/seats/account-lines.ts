import { Email, Username } from './account-form.ts'

/** What is wrong with one line of a list of new service accounts. */
export type LineFault =
  | { kind: 'no_username' }
  | { kind: 'no_email' }
  | { kind: 'too_many_parts' }
  | { kind: 'not_a_username' }
  | { kind: 'not_an_email'; text: string }
  /** `first`: the number of the line on which it stands already. */
  | { kind: 'twice'; username: string; first: number }
  | { kind: 'exists'; username: string }

/** A line that can be taken, by its number in what was typed (from 1). */
export type AccountLine = { line: number; username: string; email: string }
export type BadLine = { line: number; fault: LineFault }

/** As many accounts as are made at once, at most. */
export const MOST_LINES = 200

/** How much of a wrong address is repeated. */
const MOST_REPEATED = 60

/** Tell usernames apart as packages do: capitals make no difference. */
export const nameKey = (username: string): string => username.toLowerCase()

/** Read `username; email`, one on a line, with a semicolon, tab or comma between; empty lines are passed over. */
export function readLines(text: string): { lines: AccountLine[]; bad: BadLine[] } {
  const lines: AccountLine[] = []
  const bad: BadLine[] = []
  const seen = new Map<string, number>()
  for (const [at, raw] of text.split(/\r\n|\r|\n/).entries()) {
    if (raw.trim() === '') continue
    const line = at + 1
    const [username = '', email = '', ...more] = partsOf(raw)
    const first = seen.get(nameKey(username))
    const fault = faultOf(username, email, more.length > 0, first)
    if (first === undefined) seen.set(nameKey(username), line)
    if (fault === null) lines.push({ line, username, email })
    else bad.push({ line, fault })
  }
  return { lines, bad }
}

/** A name may hold a comma, so that one separates only where nothing better does; spreadsheets leave separators at the end. */
const partsOf = (raw: string): string[] => {
  const separator = ['\t', ';'].find(one => raw.trim().includes(one)) ?? ','
  const parts = raw.split(separator).map(part => part.trim())
  while (parts.length > 2 && parts.at(-1) === '') parts.pop()
  return parts
}

function faultOf(username: string, email: string, more: boolean, first: number | undefined): LineFault | null {
  if (more) return { kind: 'too_many_parts' }
  if (username === '') return { kind: 'no_username' }
  if (email === '') return { kind: 'no_email' }
  if (!Username.safeParse(username).success) return { kind: 'not_a_username' }
  if (!Email.safeParse(email).success)
    return { kind: 'not_an_email', text: email.slice(0, MOST_REPEATED).toWellFormed() }
  return first === undefined ? null : { kind: 'twice', username, first }
}
