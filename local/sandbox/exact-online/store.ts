import Database from 'libsql'

/** Rows by key, held in memory; what changed since the last flush is remembered for the file behind it. */
export class Table<T> {
  readonly name: string
  readonly #rows = new Map<string, T>()
  readonly #changed = new Set<string>()

  constructor(name: string) {
    this.name = name
  }

  get(key: string): T | undefined {
    return this.#rows.get(key)
  }

  has(key: string): boolean {
    return this.#rows.has(key)
  }

  /** Rows in the order they were first put. */
  values(): T[] {
    return [...this.#rows.values()]
  }

  put(key: string, row: T): T {
    this.#rows.set(key, row)
    this.#changed.add(key)
    return row
  }

  delete(key: string): void {
    if (this.#rows.delete(key)) this.#changed.add(key)
  }

  clear(): void {
    for (const key of this.#rows.keys()) this.#changed.add(key)
    this.#rows.clear()
  }

  /** Take a row from the file, as it was kept there. */
  load(key: string, row: T): void {
    this.#rows.set(key, row)
  }

  /** Hand out what changed as [key, row as JSON, or null when deleted], and forget the marks. */
  takeChanges(): [string, string | null][] {
    const changes = [...this.#changed].map((key): [string, string | null] => {
      const row = this.#rows.get(key)
      return [key, row === undefined ? null : JSON.stringify(row)]
    })
    this.#changed.clear()
    return changes
  }
}

/** Tables that live in memory, and in one SQLite file (WAL) too when a path is given. */
export class Store {
  readonly #file: Database.Database | null
  readonly #tables: Pick<Table<unknown>, 'name' | 'takeChanges' | 'clear'>[] = []

  constructor(path?: string) {
    this.#file = path === undefined ? null : new Database(path)
    this.#file?.pragma('journal_mode = WAL')
    this.#file?.pragma('synchronous = NORMAL')
    this.#file?.exec(
      'create table if not exists kept (place integer primary key, name text not null, key text not null, row text not null, unique (name, key))',
    )
  }

  /** Open a table, with the rows the file holds for it. */
  table<T>(name: string): Table<T> {
    const table = new Table<T>(name)
    const rows = this.#file?.prepare('select key, row from kept where name = ? order by place').all(name) ?? []
    for (const kept of rows as { key: string; row: string }[]) table.load(kept.key, JSON.parse(kept.row) as T)
    this.#tables.push(table)
    return table
  }

  /** Keep every change since the last flush, in one transaction: what is answered after it survives kill -9. */
  flush(): void {
    const changes = this.#tables.flatMap(table => table.takeChanges().map(change => [table.name, ...change] as const))
    if (this.#file === null || changes.length === 0) return
    const put = this.#file.prepare(
      'insert into kept (name, key, row) values (?, ?, ?) on conflict (name, key) do update set row = excluded.row',
    )
    const drop = this.#file.prepare('delete from kept where name = ? and key = ?')
    this.#file.exec('begin immediate')
    for (const [name, key, row] of changes) row === null ? drop.run(name, key) : put.run(name, key, row)
    this.#file.exec('commit')
  }

  /** Empty every table. */
  clear(): void {
    for (const table of this.#tables) table.clear()
  }

  close(): void {
    this.flush()
    this.#file?.close()
  }
}
