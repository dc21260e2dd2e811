import type { Client, Transaction } from '@libsql/client/web'
import { beforeEach, describe, expect, it } from 'vitest'
import { execute, range, refusalOf, useLibsqlServer } from './libsql-fixture.ts'

const local = useLibsqlServer()

describe('batches', () => {
  beforeEach(() =>
    local.client.executeMultiple('CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); CREATE TABLE log (v)'),
  )

  it.each(['write', 'deferred'] as const)('leaves nothing of a failing %s batch', async mode => {
    const statements = ["INSERT INTO t VALUES (1, 'a')", "INSERT INTO log VALUES ('a')", 'INSERT INTO t VALUES (1, 2)']
    const refusal = await refusalOf(local.client.batch(statements, mode))
    expect([refusal.code, 'statementIndex' in refusal && refusal.statementIndex]).toEqual(['SQLITE_CONSTRAINT', 2])
    expect([await local.count(), await local.count('log')]).toEqual([0, 0])
  })

  it('lets 50 concurrent write batches all succeed', async () => {
    const add = (id: number) => ({ sql: 'INSERT INTO t VALUES (?, ?)', args: [id, `row ${id}`] })
    await Promise.all(range(50).map(n => local.client.batch([add(2 * n), add(2 * n + 1)], 'write')))
    expect(await local.count()).toBe(100)
  })

  it('evaluates every kind of condition', async () => {
    const step = (sql: string, condition?: object) => ({ stmt: { sql }, condition })
    const ok = (at: number) => ({ type: 'ok', step: at })
    const error = (at: number) => ({ type: 'error', step: at })
    const autocommit = { type: 'is_autocommit' }
    const steps = [
      step('BEGIN IMMEDIATE', autocommit),
      step('SELEC'),
      step('SELECT 1', { type: 'and', conds: [ok(0), error(1), { type: 'not', cond: autocommit }] }),
      step('SELECT 1', { type: 'or', conds: [ok(1), error(0)] }),
      step('ROLLBACK', { type: 'not', cond: ok(3) }),
    ]
    const { body } = await local.pipeline([{ type: 'batch', batch: { steps } }, { type: 'close' }], undefined, 'v3')
    const { step_results, step_errors } = body.results[0].response.result
    expect(step_results.map(Boolean)).toEqual([true, false, true, false, true])
    expect(step_errors.map(Boolean)).toEqual([false, true, false, false, false])
    const forward = { steps: [step('SELECT 1', ok(4))] }
    const refused = await local.pipeline([{ type: 'batch', batch: forward }, { type: 'close' }])
    expect(refused.body.results[0].error.code).toBe('BATCH_COND_BAD_STEP')
  })

  it('turns foreign keys off for the length of a migration only', async () => {
    await local.client.execute('CREATE TABLE child (t INTEGER REFERENCES t(id))')
    await local.client.migrate(['INSERT INTO child VALUES (9)'])
    expect((await refusalOf(local.client.execute('INSERT INTO child VALUES (9)'))).code).toBe('SQLITE_CONSTRAINT')
  })
})

describe('interactive transactions', () => {
  beforeEach(() => local.client.executeMultiple('CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (0)'))

  const increment = async () => {
    const transaction = await local.client.transaction('write')
    const n = Number((await transaction.execute('SELECT n FROM t')).rows[0]?.n)
    await transaction.execute({ sql: 'UPDATE t SET n = ?', args: [n + 1] })
    await transaction.commit()
  }
  const current = async (reader: Client | Transaction = local.client) =>
    (await reader.execute('SELECT n FROM t')).rows[0]?.n

  it('lets 20 concurrent ones wait their turn, each seeing what the one before it left', async () => {
    await Promise.all(range(20).map(increment))
    expect(await current()).toBe(20)
  })

  it('keeps what is not committed apart from everyone else, who may read meanwhile', async () => {
    const transaction = await local.client.transaction('write')
    await transaction.execute('UPDATE t SET n = 5')
    expect([await current(), await current(transaction)]).toEqual([0, 5])
    await transaction.rollback()
    expect(await current()).toBe(0)
  })

  it.each(['UPDATE t SET n = n + 1', 'UPDATE t SET n = n + 1 RETURNING n'])('lets %j wait for one', async sql => {
    const transaction = await local.client.transaction('write')
    await transaction.execute('UPDATE t SET n = 5')
    const waiting = range(20).map(() => local.client.execute(sql))
    await transaction.commit()
    await Promise.all(waiting)
    expect(await current()).toBe(25)
  })

  it('takes scripts and batches within one', async () => {
    const transaction = await local.client.transaction('write')
    await transaction.executeMultiple('UPDATE t SET n = n + 1; UPDATE t SET n = n + 1')
    await transaction.batch(['UPDATE t SET n = n + 1', 'SELECT 1'])
    await transaction.commit()
    expect(await current()).toBe(3)
  })

  it('refuses at once to write on what has changed since it was read', async () => {
    const transaction = await local.client.transaction('deferred')
    await current(transaction)
    await local.client.execute('UPDATE t SET n = 7')
    expect((await refusalOf(transaction.execute('UPDATE t SET n = 1 RETURNING n'))).code).toBe('SQLITE_BUSY')
    await transaction.rollback()
    await local.client.execute('UPDATE t SET n = 8 RETURNING n')
    expect(await current()).toBe(8)
  })

  it('refuses with SQLITE_BUSY who waited too long', async () => {
    await local.restart({ busyWaitMs: 50 })
    const transaction = await local.client.transaction('write')
    await transaction.execute('UPDATE t SET n = 5')
    expect((await refusalOf(local.client.execute('UPDATE t SET n = 1'))).code).toBe('SQLITE_BUSY')
    expect((await refusalOf(local.client.batch(['UPDATE t SET n = 2'], 'write'))).code).toBe('SQLITE_BUSY')
    await transaction.commit()
    expect(await current()).toBe(5)
  })

  it('rolls back and closes an idle one, and lets those it held up pass', async () => {
    await local.restart({ streamIdleMs: 50 })
    const transaction = await local.client.transaction('write')
    await transaction.execute('UPDATE t SET n = 5')
    await local.client.execute('UPDATE t SET n = n + 1')
    expect(await current()).toBe(1)
    expect((await refusalOf(transaction.execute('SELECT 1'))).code).toBe('STREAM_EXPIRED')
  })

  it('rolls back one whose local.client left while it waited for the lock', async () => {
    const holder = await local.client.transaction('write')
    await holder.execute('UPDATE t SET n = 5')
    const leaving = new AbortController()
    const body = JSON.stringify({ requests: [execute('BEGIN IMMEDIATE')] })
    const left = fetch(`${local.server.url}/v2/pipeline`, { method: 'POST', body, signal: leaving.signal })
    await local.client.execute('SELECT 1')
    leaving.abort()
    await expect(left).rejects.toThrow('abort')
    await local.client.execute('SELECT 1')
    await holder.commit()
    await local.client.execute('UPDATE t SET n = n + 1')
    expect(await current()).toBe(6)
  })

  it('lets nobody write what a server that is closed had open', async () => {
    const transaction = await local.client.transaction('write')
    await transaction.execute('UPDATE t SET n = 5')
    await local.restart({})
    await increment()
    expect(await current()).toBe(1)
  })
})
