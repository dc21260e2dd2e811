import { join } from 'node:path'
import { createClient } from '@libsql/client/web'
import { migrate as run } from 'drizzle-orm/libsql/migrator'
import { drizzle } from 'drizzle-orm/libsql/web'

/** Bring a database up to the newest schema; a second run changes nothing. Node only: the migrator reads files. */
export async function migrate(url: string, authToken?: string): Promise<void> {
  const client = createClient({ url, ...(authToken ? { authToken } : {}) })
  try {
    await run(drizzle({ client }), { migrationsFolder: join(import.meta.dirname, 'migrations') })
  } finally {
    client.close()
  }
}

if (process.argv[1] === import.meta.filename) {
  const url = process.argv[2] ?? process.env.ZETEL_DATABASE_URL
  if (url === undefined)
    throw new Error('Give the database: npm run migrate -- <libsql url>, or set ZETEL_DATABASE_URL')
  await migrate(url, process.env.ZETEL_DATABASE_TOKEN)
  console.log(`Migrated ${new URL(url).host}`)
}
