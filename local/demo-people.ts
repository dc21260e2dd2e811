import { createHash } from 'node:crypto'
import { createClient } from '@libsql/client/web'

/** Someone of the demo, as the local issuer names them, and what they are in a tenant. */
export type DemoMember = { subject: string; name: string; email: string; role: 'admin' | 'viewer' }

/** Make demo people members of a tenant before their first sign-in; who is a member already stays as they are. */
export async function layDemoMembers(
  database: { url: string; authToken: string },
  issuer: string,
  tenant: string,
  people: readonly DemoMember[],
): Promise<void> {
  const client = createClient(database)
  try {
    await client.batch(
      people.flatMap(({ subject, name, email, role }) => {
        const id = `per_${createHash('sha256').update(`${issuer} ${subject}`).digest('hex').slice(0, 26)}`
        return [
          {
            sql: `insert into people (id, issuer, subject, name, email, created_at) values (?, ?, ?, ?, ?, ?)
                  on conflict do nothing`,
            args: [id, issuer, subject, name, email, Date.now()],
          },
          {
            sql: `insert into members (tenant_id, person_id, role, created_at)
                  select ?, id, ?, ? from people where issuer = ? and subject = ? on conflict do nothing`,
            args: [tenant, role, Date.now(), issuer, subject],
          },
        ]
      }),
      'write',
    )
  } finally {
    client.close()
  }
}
