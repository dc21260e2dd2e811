import { and, asc, desc, eq, exists, gt, inArray, ne, not, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Db } from '../../db/open.ts'
import { audit } from '../../db/schema/health.ts'
import { administrations } from '../../db/schema/providers.ts'
import { integrations, seats, serviceAccounts } from '../../db/schema/seats.ts'
import type { Slice } from '../http/page.ts'
import type { ServiceAccountId, TenantId } from '../id.ts'
import type { ProviderName, UserKind } from '../providers/provider.ts'
import { type AccountRow, accountColumns } from './account-store.ts'
import { type Sat, SITTING_ACTIONS } from './sitting.ts'

/** What a list of accounts may be narrowed to. */
export type AccountFilter = {
  seat?: 'free' | 'seated' | undefined
  kind?: UserKind | undefined
  provider?: ProviderName | undefined
  /** A part of a username or an e-mail address. */
  q?: string | undefined
}

/** An account as a page shows it. */
export type AccountSeen = AccountRow & {
  seatLabel: string | null
  /** The username of another account with the same e-mail address (BAS-01). */
  sharesEmailWith: string | null
}

/** The integration of the longest-held seat of an account, as the account's own row tells. */
const ownSeat = (db: Db) =>
  db
    .select({ label: integrations.label })
    .from(seats)
    .innerJoin(integrations, and(eq(integrations.tenantId, seats.tenantId), eq(integrations.id, seats.integrationId)))
    .where(and(eq(seats.tenantId, serviceAccounts.tenantId), eq(seats.serviceAccountId, serviceAccounts.id)))
    .orderBy(seats.takenAt)
    .limit(1)

const other = alias(serviceAccounts, 'other')

const withSameEmail = (db: Db) =>
  db
    .select({ username: other.username })
    .from(other)
    .where(
      and(
        eq(other.tenantId, serviceAccounts.tenantId),
        ne(other.id, serviceAccounts.id),
        ne(other.email, ''),
        sql`lower(${other.email}) = lower(${serviceAccounts.email})`,
      ),
    )
    .orderBy(other.id)
    .limit(1)

const seen = (db: Db) => ({
  ...accountColumns,
  seatLabel: sql<string | null>`${ownSeat(db)}`.as('seat_label'),
  sharesEmailWith: sql<string | null>`${withSameEmail(db)}`.as('shares_email_with'),
})

/** A page of a tenant's accounts, in the order in which they were added. */
export const listSeen = (
  db: Db,
  tenant: TenantId,
  { seat, kind, provider, q }: AccountFilter,
  { after, limit }: Slice,
): Promise<AccountSeen[]> =>
  db
    .select(seen(db))
    .from(serviceAccounts)
    .where(
      and(
        eq(serviceAccounts.tenantId, tenant),
        after === null ? undefined : gt(serviceAccounts.id, after as ServiceAccountId),
        kind === undefined ? undefined : eq(serviceAccounts.kind, kind),
        provider === undefined ? undefined : eq(serviceAccounts.provider, provider),
        seat === 'seated' ? exists(ownSeat(db)) : seat === 'free' ? not(exists(ownSeat(db))) : undefined,
        matching(q),
      ),
    )
    .orderBy(asc(serviceAccounts.id))
    .limit(limit)

function matching(text = ''): SQL | undefined {
  if (text === '') return undefined
  const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
  return or(
    sql`${serviceAccounts.username} like ${pattern} escape '\\'`,
    sql`${serviceAccounts.email} like ${pattern} escape '\\'`,
  )
}

export type AccountInFull = { account: AccountSeen; history: Sat[]; names: Map<string, string> }

const MOST_HISTORY = 30

/** One account with where it sat, newest first, and the names of its administrations; null when the tenant has no such one. */
export async function accountInFull(db: Db, tenant: TenantId, id: ServiceAccountId): Promise<AccountInFull | null> {
  const isThis = and(eq(serviceAccounts.tenantId, tenant), eq(serviceAccounts.id, id))
  const [[account], entries, known] = await db.batch([
    db.select(seen(db)).from(serviceAccounts).where(isThis),
    sittings(db, tenant, id),
    db
      .select({ number: administrations.externalId, name: administrations.name })
      .from(administrations)
      .innerJoin(serviceAccounts, isThis)
      .where(
        and(
          eq(administrations.tenantId, tenant),
          eq(administrations.provider, serviceAccounts.provider),
          inArray(administrations.externalId, sql`(select value from json_each(${serviceAccounts.administrations}))`),
        ),
      ),
  ])
  if (account === undefined) return null
  const history = entries.flatMap(({ action, ...entry }): Sat[] => {
    const done = SITTING_ACTIONS.find(one => one === action)
    return done === undefined ? [] : [{ ...entry, action: done }]
  })
  return { account, history, names: new Map(known.map(({ number, name }) => [number, name])) }
}

const to = alias(integrations, 'moved_to')

/** What the audit log tells of an account: by the provider's id where both know it, else by its username. */
function sittings(db: Db, tenant: TenantId, id: ServiceAccountId) {
  const told = (name: string) => sql`json_extract(${audit.detail}, ${`$.${name}`})`
  const { providerUserId, username } = serviceAccounts
  return db
    .select({
      at: audit.at,
      action: audit.action,
      where: { id: integrations.id, label: integrations.label, endedAt: integrations.endedAt },
      to: { id: to.id, label: to.label, endedAt: to.endedAt },
    })
    .from(audit)
    .innerJoin(serviceAccounts, and(eq(serviceAccounts.tenantId, tenant), eq(serviceAccounts.id, id)))
    .leftJoin(integrations, and(eq(integrations.tenantId, tenant), sql`${integrations.id} = ${audit.subject}`))
    .leftJoin(to, and(eq(to.tenantId, tenant), eq(to.id, told('to_integration_id'))))
    .where(
      and(
        eq(audit.tenantId, tenant),
        inArray(audit.action, [...SITTING_ACTIONS]),
        sql`case when ${told('provider_user_id')} is null or ${providerUserId} is null
          then ${told('username')} = ${username}
          else ${told('provider_user_id')} = ${providerUserId} end`,
      ),
    )
    .orderBy(desc(audit.id))
    .limit(MOST_HISTORY)
}

/** Some of the administrations of a tenant, to choose from: at most as many as asked. */
export const someAdministrations = (db: Db, tenant: TenantId, limit: number) =>
  db
    .select({ number: administrations.externalId, name: administrations.name })
    .from(administrations)
    .where(eq(administrations.tenantId, tenant))
    .orderBy(asc(administrations.id))
    .limit(limit)
