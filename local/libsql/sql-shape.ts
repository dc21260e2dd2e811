// What the server must know of a SQL text without running it: where its statements end, the verb of each, and its
// parameters in SQLite's numbering. A scanner of tokens, not a parser: SQLite itself still judges the text.

export type SqlShape = {
  /** The text of this one statement, without its semicolon. */
  sql: string
  /** First keyword in capitals; for `WITH …` the keyword of the statement that uses it. */
  verb: string
  /** One entry per parameter index: its name with prefix (`:a`, `?2`), or null for a bare `?`. */
  params: (string | null)[]
}

const TOKEN =
  /\s+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|\?\d*|[:@$#][\w$\u0080-\uffff]+|[\w\u0080-\uffff][\w$\u0080-\uffff]*|[\s\S]/g
const BLANK = /^(?:\s|--|\/\*)/
const WORD = /^[\w\u0080-\uffff]/
const AFTER_WITH = new Set(['SELECT', 'VALUES', 'INSERT', 'REPLACE', 'UPDATE', 'DELETE'])
const CACHED_TEXTS = 2_000
const LONGEST_CACHED_TEXT = 10_000

const cache = new Map<string, SqlShape[]>()

/** Split a SQL text into its statements; a text of blanks and comments has none. */
export function shapesOf(text: string): SqlShape[] {
  const known = cache.get(text)
  if (known) return known
  const shapes = scan(text)
  if (cache.size >= CACHED_TEXTS) cache.clear()
  if (text.length <= LONGEST_CACHED_TEXT) cache.set(text, shapes)
  return shapes
}

function scan(text: string): SqlShape[] {
  const shapes: SqlShape[] = []
  let statement = new Statement()
  for (const match of text.matchAll(TOKEN)) {
    const token = match[0]
    if (BLANK.test(token)) continue
    if (token === ';' && statement.endsHere()) {
      if (statement.start >= 0) shapes.push(statement.shape(text.slice(statement.start, match.index)))
      statement = new Statement()
    } else statement.take(token, match.index)
  }
  if (statement.start >= 0) shapes.push(statement.shape(text.slice(statement.start).trimEnd()))
  return shapes
}

class Statement {
  start = -1
  #words: string[] = []
  #verb = ''
  #depth = 0
  #last = ''
  #beforeLast = ''
  #params: (string | null)[] = []

  take(token: string, at: number) {
    if (this.start < 0) this.start = at
    if (token === '(') this.#depth++
    if (token === ')') this.#depth--
    if (WORD.test(token)) this.#word(token.toUpperCase())
    else if (/^(?:\?|[:@$#].)/.test(token)) this.#param(token)
    this.#beforeLast = this.#last
    this.#last = token.toUpperCase()
  }

  // A trigger's body has semicolons of its own: it ends where sqlite3_complete() says, at `; END ;`.
  endsHere(): boolean {
    const isTrigger = this.#words[0] === 'CREATE' && this.#words.slice(1, 3).includes('TRIGGER')
    return !isTrigger || (this.#last === 'END' && this.#beforeLast === ';')
  }

  shape(sql: string): SqlShape {
    return { sql, verb: this.#verb, params: this.#params }
  }

  #word(word: string) {
    if (this.#words.length < 3) this.#words.push(word)
    if (this.#verb === '') this.#verb = word
    else if (this.#verb === 'WITH' && this.#depth === 0 && AFTER_WITH.has(word)) this.#verb = word
  }

  #param(token: string) {
    if (token === '?') this.#params.push(null)
    else if (token[0] === '?') this.#numbered(Number(token.slice(1)), token)
    else if (!this.#params.includes(token)) this.#params.push(token)
  }

  #numbered(index: number, token: string) {
    while (this.#params.length < Math.min(index, 32_766)) this.#params.push(null)
    this.#params[index - 1] = token
  }
}
