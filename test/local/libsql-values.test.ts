import { createClient } from '@libsql/client/web'
import { beforeEach, describe, expect, it } from 'vitest'
import { refusalOf, useLibsqlServer } from './libsql-fixture.ts'

const local = useLibsqlServer()

describe('values and arguments', () => {
  it('gives every type back as it was written', async () => {
    const exact = createClient({ url: local.server.url, intMode: 'bigint' })
    const row = [null, 2n ** 53n + 1n, -(2n ** 63n), 2n ** 63n - 1n, 1.5, 2, 'Łódź 😀 \u{2028}', '', true]
    const { rows } = await exact.execute({ sql: `SELECT ${row.map(() => '?').join()}`, args: row })
    expect(Array.from({ length: row.length }, (_, index) => rows[0]?.[index])).toEqual([...row.slice(0, 8), 1n])
  })

  it.each([[[]], [[0]], [[0, 255]], [[1, 2, 3]]])('gives the blob %j back, whatever its padding', async bytes => {
    const { rows } = await local.client.execute({
      sql: 'SELECT ? AS b, typeof(?1) AS t',
      args: [new Uint8Array(bytes)],
    })
    expect(new Uint8Array(rows[0]?.b as ArrayBuffer)).toEqual(new Uint8Array(bytes))
    expect(rows[0]?.t).toBe('blob')
  })

  it('binds names with each prefix, repeated or not, and nulls among them', async () => {
    const args = { a: 1, b: 'two', c: null }
    const { rows } = await local.client.execute({
      sql: "SELECT :a AS a, @b AS b, $c AS c, :a + 1 AS d, ':x' AS e",
      args,
    })
    expect({ ...rows[0] }).toEqual({ a: 1, b: 'two', c: null, d: 2, e: ':x' })
    const prefixed = await local.client.execute({ sql: 'SELECT :a AS a', args: { ':a': 7 } })
    expect(prefixed.rows[0]?.a).toBe(7)
  })

  it('refuses too few and too many arguments, also when the statement ran before with enough', async () => {
    await local.client.execute({ sql: 'SELECT ?, ?', args: [1, 2] })
    expect((await refusalOf(local.client.execute({ sql: 'SELECT ?, ?', args: [1] }))).code).toBe('ARGS_INVALID')
    expect((await refusalOf(local.client.execute({ sql: 'SELECT ?, ?', args: [1, 2, 3] }))).code).toBe('ARGS_INVALID')
    expect((await refusalOf(local.client.execute({ sql: 'SELECT :a', args: { b: 1 } }))).code).toBe('ARGS_INVALID')
  })

  it('counts affected rows and names the last rowid, exactly beyond 2^53', async () => {
    await local.client.execute('CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)')
    const big = 2n ** 53n + 1n
    const inserted = await local.client.execute({ sql: 'INSERT INTO t VALUES (?, ?), (1, ?)', args: [5, 'a', 'b'] })
    expect(inserted.rowsAffected).toBe(2)
    expect((await local.client.execute({ sql: 'INSERT INTO t VALUES (?, NULL)', args: [big] })).lastInsertRowid).toBe(
      big,
    )
    expect((await local.client.execute("UPDATE t SET v = 'c' WHERE id < 9 RETURNING id")).rowsAffected).toBe(2)
    const returned = await local.client.execute("INSERT INTO t(v) VALUES ('x') RETURNING v")
    expect([returned.rowsAffected, returned.lastInsertRowid]).toEqual([1, big + 1n])
    const selected = await local.client.execute('WITH w AS (SELECT 1 AS n) SELECT n FROM w')
    expect([selected.rowsAffected, selected.lastInsertRowid]).toEqual([0, undefined])
  })

  it('names columns and their declared types, and follows a change of the schema', async () => {
    await local.client.execute('CREATE TABLE t (id INTEGER PRIMARY KEY, v BOOLEAN)')
    const before = await local.client.execute('SELECT *, 1 AS v FROM t')
    expect([before.columns, before.columnTypes]).toEqual([
      ['id', 'v', 'v'],
      ['INTEGER', 'BOOLEAN', ''],
    ])
    await local.client.execute('ALTER TABLE t RENAME COLUMN v TO w')
    expect((await local.client.execute('SELECT *, 1 AS v FROM t')).columns).toEqual(['id', 'w', 'v'])
  })
})

describe('refusals', () => {
  beforeEach(() => local.client.executeMultiple('CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT UNIQUE NOT NULL)'))

  it('calls a unique violation by the code and words of Turso', async () => {
    await local.client.execute("INSERT INTO t VALUES (1, 'a')")
    const refusal = await refusalOf(local.client.execute("INSERT INTO t VALUES (2, 'a')"))
    expect(refusal.code).toBe('SQLITE_CONSTRAINT')
    expect(refusal.message).toBe('SQLITE_CONSTRAINT: SQLite error: UNIQUE constraint failed: t.v')
    expect((await refusalOf(local.client.execute("INSERT INTO t VALUES (2, 'a') RETURNING id"))).code).toBe(
      refusal.code,
    )
    expect(await local.count()).toBe(1)
  })

  it('enforces foreign keys', async () => {
    await local.client.execute('CREATE TABLE child (t INTEGER REFERENCES t(id))')
    expect((await refusalOf(local.client.execute('INSERT INTO child VALUES (9)'))).message).toContain('FOREIGN KEY')
  })

  it.each([
    ['SELEC 1', 'SQL_PARSE_ERROR'],
    ['SELECT * FROM nowhere', 'SQLITE_UNKNOWN'],
    ['SELECT missing FROM t', 'SQL_INPUT_ERROR'],
    ['-- nothing', 'SQL_NO_STATEMENT'],
    ['SELECT 1; SELECT 2', 'SQL_MANY_STATEMENTS'],
  ])('refuses %j with %s', async (sql, code) => {
    expect((await refusalOf(local.client.execute(sql))).code).toBe(code)
  })

  it('refuses a write in a read transaction', async () => {
    const reading = await local.client.transaction('read')
    expect((await refusalOf(reading.execute("INSERT INTO t VALUES (1, 'a')"))).code).toBe('SQLITE_READONLY')
    reading.close()
  })
})
