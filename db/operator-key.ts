import { createHash, randomBytes } from 'node:crypto'
import { createClient } from '@libsql/client/web'

/** Let a key act as the operator, who reaches all tenants; a key that is known already stays as it is. */
export async function makeOperatorKey(url: string, authToken: string | undefined, key: string): Promise<void> {
  const client = createClient({ url, ...(authToken ? { authToken } : {}) })
  const hash = createHash('sha256').update(key).digest('hex')
  try {
    await client.execute({
      sql: `insert into api_keys (id, tenant_id, label, hash, prefix, scopes, created_at)
            values (?, null, 'operator', ?, ?, ?, ?) on conflict (hash) do nothing`,
      args: [
        `key_${hash.slice(0, 26)}`,
        hash,
        key.slice(0, 12),
        JSON.stringify(['admin', 'read', 'token', 'transactions', 'write']),
        Date.now(),
      ],
    })
  } finally {
    client.close()
  }
}

if (process.argv[1] === import.meta.filename) {
  const url = process.argv[2] ?? process.env.ZETEL_DATABASE_URL
  if (url === undefined)
    throw new Error('Give the database: npm run operator-key -- <libsql url>, or set ZETEL_DATABASE_URL')
  const key = `zetel_${randomBytes(32).toString('base64url')}`
  await makeOperatorKey(url, process.env.ZETEL_DATABASE_TOKEN, key)
  console.log(`Operator key, shown once: ${key}`)
}
