import { and, count, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { providerApps } from '../../db/schema/providers.ts'
import { integrations } from '../../db/schema/seats.ts'
import { tenants } from '../../db/schema/tenants.ts'
import type { Slice } from '../http/page.ts'
import { isId } from '../id.ts'
import type { TenantRow } from './store.ts'

/** A tenant, with how many integrations it has that have not ended. */
export type TenantInList = TenantRow & { integrations: number }

export type TenantList = { rows: TenantInList[]; apps: number }

/** Read a slice of the tenants by name, and how many provider apps there are: all of the operator's page in one round trip. */
export async function readTenants(db: Db, search: string | null, { after, limit }: Slice): Promise<TenantList> {
  const { id, name, locale, createdAt } = tenants
  const [rows, apps] = await db.batch([
    db
      .select({ id, name, locale, createdAt, integrations: counted })
      .from(tenants)
      .where(and(search === null ? undefined : matching(search), after === null ? undefined : behind(after)))
      .orderBy(sql`${name} collate nocase`, id)
      .limit(limit),
    db.select({ count: count() }).from(providerApps),
  ])
  return { rows, apps: apps[0]?.count ?? 0 }
}

const counted = sql<number>`(select count(*) from ${integrations} where ${and(eq(integrations.tenantId, tenants.id), isNull(integrations.endedAt))})`

/** Tenants behind another one in the order of names. */
const behind = (after: string): SQL =>
  sql`(${tenants.name} collate nocase, ${tenants.id}) > (select name collate nocase, id from ${tenants} where id = ${after})`

const matching = (search: string): SQL =>
  isId('ten', search) ? eq(tenants.id, search) : sql`${tenants.name} glob ${holding(search)}`

/** A GLOB for whatever holds this text: each letter in both its forms, for SQLite folds ASCII only; all else as itself. */
const holding = (text: string): string => `*${[...text].map(eitherForm).join('')}*`

function eitherForm(character: string): string {
  const forms = [character.toLowerCase(), character.toUpperCase()]
  const hasTwo = forms[0] !== forms[1] && forms.every(form => [...form].length === 1)
  if (hasTwo) return `[${forms.join('')}]`
  return '*?['.includes(character) ? `[${character}]` : character
}
