import { eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/libsql/web'
import { blob, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { describe, expect, it } from 'vitest'
import { useLibsqlServer } from './libsql-fixture.ts'

const local = useLibsqlServer()

describe('drizzle', () => {
  const notes = sqliteTable('notes', {
    id: integer('id').primaryKey({ autoIncrement: true }),
    body: text('body').notNull().unique(),
    data: blob('data', { mode: 'buffer' }),
    seen: integer('seen', { mode: 'boolean' }).notNull().default(false),
    at: integer('at', { mode: 'timestamp_ms' }),
  })
  const table =
    'CREATE TABLE notes (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL UNIQUE, data BLOB, seen INTEGER NOT NULL DEFAULT 0, at INTEGER)'

  it('writes and reads rows, prepared or not', async () => {
    await local.client.execute(table)
    const db = drizzle(local.client)
    const at = new Date(1_700_000_000_000)
    const note = { id: 1, body: 'één', data: Buffer.from([0, 1]), seen: true, at }
    expect(await db.insert(notes).values(note).returning()).toEqual([note])
    expect(await db.select().from(notes).where(eq(notes.body, 'één')).prepare().all()).toEqual([note])
  })

  it('leaves nothing of a failing batch or transaction', async () => {
    await local.client.execute(table)
    const db = drizzle(local.client)
    const insert = () => db.insert(notes).values({ body: 'same' })
    await expect(db.batch([insert(), insert()])).rejects.toThrow()
    await expect(
      db.transaction(async tx => {
        await tx.insert(notes).values({ body: 'one' })
        await tx.transaction(inner => inner.insert(notes).values({ body: 'two' }))
        tx.rollback()
      }),
    ).rejects.toThrow('Rollback')
    expect(await db.$count(notes)).toBe(0)
    await db.transaction(tx => tx.insert(notes).values({ body: 'kept' }))
    expect(await db.$count(notes)).toBe(1)
  })
})
