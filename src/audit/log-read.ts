import { and, desc, eq, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/sqlite-core'
import type { Db } from '../../db/open.ts'
import { audit } from '../../db/schema/health.ts'
import { people } from '../../db/schema/people.ts'
import { administrations } from '../../db/schema/providers.ts'
import { integrations, serviceAccounts } from '../../db/schema/seats.ts'
import { apiKeys } from '../../db/schema/tenants.ts'
import type { Slice } from '../http/page.ts'
import type { AuditId, TenantId } from '../id.ts'
import type { AuditAction } from './audit.ts'

export type LogRow = typeof audit.$inferSelect
export type LogFilter = { action: AuditAction | null; subject: string | null }

/** A key that acted: of the tenant, or of the operator. */
export type LogKey = { id: string; label: string; prefix: string; ofOperator: boolean }

/** Entries, newest first, with the names of what they speak of, by id. */
export type Log = { rows: LogRow[]; keys: ReadonlyMap<string, LogKey>; names: ReadonlyMap<string, string> }

/**
 * Read a slice of a tenant's log with all the names it needs, in one round trip. A person is named only because they stand
 * in this tenant's log: they were a member of it, or of the operator, when that was written.
 */
export async function readLog(db: Db, tenant: TenantId, filter: LogFilter, slice: Slice): Promise<Log> {
  const seen = named(tenant, filter, slice)
  const of = (id: SQL): SQL => sql`${id} in (${seen})`
  const [rows, keys, names] = await db.batch([
    db
      .select()
      .from(audit)
      .where(here(tenant, filter, slice))
      .orderBy(desc(audit.id))
      .limit(slice.limit),
    db
      .select({ id: apiKeys.id, label: apiKeys.label, prefix: apiKeys.prefix, tenant: apiKeys.tenantId })
      .from(apiKeys)
      .where(and(or(eq(apiKeys.tenantId, tenant), isNull(apiKeys.tenantId)), of(sql`${apiKeys.id}`))),
    unionAll(
      db
        .select({ id: sql<string>`${people.id}`, name: people.name })
        .from(people)
        .where(of(sql`${people.id}`)),
      db
        .select({ id: sql<string>`${integrations.id}`, name: integrations.label })
        .from(integrations)
        .where(and(eq(integrations.tenantId, tenant), of(sql`${integrations.id}`))),
      db
        .select({ id: sql<string>`${serviceAccounts.id}`, name: serviceAccounts.username })
        .from(serviceAccounts)
        .where(and(eq(serviceAccounts.tenantId, tenant), of(sql`${serviceAccounts.id}`))),
      db
        .select({ id: sql<string>`${administrations.id}`, name: administrations.name })
        .from(administrations)
        .where(and(eq(administrations.tenantId, tenant), of(sql`${administrations.id}`))),
    ),
  ])
  return {
    rows,
    keys: new Map(keys.map(({ tenant: owner, ...key }) => [key.id, { ...key, ofOperator: owner === null }])),
    names: new Map(names.map(({ id, name }) => [id, name])),
  }
}

const here = (tenant: TenantId, { action, subject }: LogFilter, { after }: Slice): SQL | undefined =>
  and(
    eq(audit.tenantId, tenant),
    action === null ? undefined : eq(audit.action, action),
    subject === null ? undefined : eq(audit.subject, subject),
    after === null ? undefined : lt(audit.id, after as AuditId),
  )

/** The ids of all that a slice speaks of: who acted, and on what. */
const named = (tenant: TenantId, filter: LogFilter, slice: Slice): SQL => {
  const page = sql`(select ${audit.actor}, ${audit.subject} from ${audit} where ${here(tenant, filter, slice)} order by ${audit.id} desc limit ${slice.limit})`
  return sql`select substr(actor, instr(actor, ':') + 1) from ${page} union select subject from ${page}`
}
