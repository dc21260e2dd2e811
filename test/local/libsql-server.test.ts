import { join } from 'node:path'
import { createClient } from '@libsql/client/web'
import { describe, expect, it } from 'vitest'
import { startLibsqlServer } from '../../local/libsql-server.ts'
import { execute, refusalOf, useLibsqlServer } from './libsql-fixture.ts'

const local = useLibsqlServer()

describe('streams', () => {
  it('runs scripts with triggers, comments and semicolons in strings', async () => {
    await local.client.executeMultiple(`
      CREATE TABLE t (v TEXT); -- a comment; with a semicolon
      CREATE TABLE log (v TEXT);
      CREATE TRIGGER copy AFTER INSERT ON t BEGIN
        INSERT INTO log VALUES (CASE WHEN new.v = ';' THEN 'semi' ELSE 'other' END);
        INSERT INTO log VALUES ('again');
      END;
      /* and ; another */ INSERT INTO t VALUES (';'); INSERT INTO t VALUES ('END;')`)
    expect([await local.count(), await local.count('log')]).toEqual([2, 4])
  })

  it('stops a script at the first statement that fails', async () => {
    const script = 'CREATE TABLE t (v); INSERT INTO t VALUES (1); SELEC; INSERT INTO t VALUES (2)'
    expect((await refusalOf(local.client.executeMultiple(script))).code).toBe('SQL_PARSE_ERROR')
    expect(await local.count()).toBe(1)
  })

  it('describes a statement without running it', async () => {
    await local.client.execute('CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)')
    const describeSql = (sql: string) => ({ type: 'describe', sql })
    const { body } = await local.pipeline([
      describeSql('SELECT id, v AS w FROM t WHERE id = ? AND v = :v'),
      describeSql("INSERT INTO t(v) VALUES ('a')"),
      describeSql('EXPLAIN SELECT 1'),
      { type: 'close' },
    ])
    const [select, insert, explain] = body.results.map(each => each.response?.result)
    expect(select).toEqual({
      params: [{ name: null }, { name: ':v' }],
      cols: [
        { name: 'id', decltype: 'INTEGER' },
        { name: 'w', decltype: 'TEXT' },
      ],
      is_explain: false,
      is_readonly: true,
    })
    expect(insert).toMatchObject({ cols: [], is_readonly: false })
    expect(explain).toMatchObject({ is_explain: true })
    expect(await local.count()).toBe(0)
  })

  it('keeps stored SQL for the stream, until it is closed', async () => {
    const byId = { type: 'execute', stmt: { sql_id: 1 } }
    const first = await local.pipeline([{ type: 'store_sql', sql_id: 1, sql: 'SELECT 42' }, byId])
    expect(first.body.results[1].response.result.rows).toEqual([[{ type: 'integer', value: '42' }]])
    const second = await local.pipeline(
      [byId, { type: 'close_sql', sql_id: 1 }, byId, { type: 'close' }],
      first.body.baton,
    )
    expect(second.body.results.map(each => each.type)).toEqual(['ok', 'ok', 'error', 'ok'])
    expect(second.body.baton).toBeNull()
  })

  it('tells whether a transaction is open', async () => {
    const ask = { type: 'get_autocommit' }
    const { body } = await local.pipeline([ask, execute('BEGIN'), ask, { type: 'close' }, ask], undefined, 'v3')
    const [outside, , inside, , afterClose] = body.results
    expect([outside.response.is_autocommit, inside.response.is_autocommit]).toEqual([true, false])
    expect(afterClose.error.code).toBe('STREAM_CLOSED')
  })

  it('sends no rows to who wants none', async () => {
    const { body } = await local.pipeline([
      { type: 'execute', stmt: { sql: 'SELECT 1 AS a', want_rows: false } },
      { type: 'close' },
    ])
    expect(body.results[0].response.result).toMatchObject({ rows: [], cols: [{ name: 'a' }] })
  })

  it('refuses a baton that was used or never given', async () => {
    const { body } = await local.pipeline([execute('BEGIN')])
    const used = body.baton
    const next = await local.pipeline([execute('SELECT 1')], used)
    expect((await local.pipeline([execute('SELECT 1')], used)).body.code).toBe('BATON_REUSED')
    expect((await local.pipeline([execute('SELECT 1')], 'foreign.baton')).status).toBe(400)
    expect((await local.pipeline([{ type: 'close' }], next.body.baton)).status).toBe(200)
  })
})

describe('HTTP', () => {
  it('offers JSON in v2 and v3, and no protobuf', async () => {
    const statuses = ['/v2', '/v3', '/v3-protobuf', '/'].map(
      async path => (await fetch(local.server.url + path)).status,
    )
    expect(await Promise.all(statuses)).toEqual([200, 200, 404, 404])
  })

  it.each([
    ['{"requests": [', 'what is not JSON'],
    ['[]', 'an array'],
    ['{}', 'no requests'],
    ['{"requests": [{"type": "drop"}]}', 'an unknown request'],
    ['{"requests": [{"type": "execute", "stmt": {}}]}', 'a statement without SQL'],
    [
      '{"requests": [{"type": "execute", "stmt": {"sql": "SELECT ?", "args": [{"type": "integer", "value": 1}]}}]}',
      'a bare integer',
    ],
    [
      `{"requests": [{"type": "execute", "stmt": {"sql": "SELECT ?", "args": [{"type": "integer", "value": "${2n ** 63n}"}]}}]}`,
      'an integer of 65 bits',
    ],
  ])('answers 400 to %s (%s)', async body => {
    expect(await local.post(body)).toMatchObject({ status: 400, body: { code: 'HRANA_BODY_MALFORMED' } })
  })

  it('refuses a body that is too large', async () => {
    await local.restart({ bodyLimitBytes: 1_000 })
    expect((await local.pipeline([execute(`SELECT '${'x'.repeat(1_000_000)}'`)])).status).toBe(413)
  })

  it('refuses who brings no token or a wrong one', async () => {
    await local.restart({ authToken: 'right' })
    const withToken = (authToken?: string) =>
      createClient({ url: local.server.url, ...(authToken ? { authToken } : {}) })
    expect((await withToken('right').execute('SELECT 1')).rows).toHaveLength(1)
    for (const token of [undefined, 'wrong']) {
      const refusal = await refusalOf(withToken(token).execute('SELECT 1'))
      expect([refusal.code, refusal.message]).toEqual(['SERVER_ERROR', expect.stringContaining('401')])
    }
  })

  it('rejects with EADDRINUSE when the port is taken', async () => {
    const second = startLibsqlServer({ file: join(local.folder, 'other.db'), port: local.server.port })
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })
})
