import { and, asc, desc, eq, lt, lte, or, sql } from 'drizzle-orm'
import type { Db, Statement } from '../../db/open.ts'
import { prices } from '../../db/schema/prices.ts'
import type { TenantId } from '../id.ts'
import type { PriceCursor } from './cursor.ts'
import type { Price } from './price.ts'

export type PriceRow = typeof prices.$inferSelect

/** Set a price; one that was set for the same day is replaced. */
export const upsertPrice = (db: Db, tenant: TenantId, price: Omit<PriceRow, 'tenantId'>): Statement =>
  db
    .insert(prices)
    .values({ tenantId: tenant, ...price })
    .onConflictDoUpdate({
      target: [prices.tenantId, prices.provider, prices.userKind, prices.validFrom],
      set: { monthlyCents: price.monthlyCents, createdAt: price.createdAt },
    })

/** The prices that can matter on a day: of each provider and kind the newest that has begun. */
export const pricesInForce = (db: Db, tenant: TenantId, day: string): Promise<Price[]> =>
  db
    .select({
      provider: prices.provider,
      userKind: prices.userKind,
      validFrom: sql<string>`max(${prices.validFrom})`,
      monthlyCents: prices.monthlyCents, // SQLite takes it from the row of the maximum.
    })
    .from(prices)
    .where(and(eq(prices.tenantId, tenant), lte(prices.validFrom, day)))
    .groupBy(prices.provider, prices.userKind)

/** Every price there was and will be, the newest day first. */
export const listPrices = (db: Db, tenant: TenantId, after: PriceCursor | null, limit: number): Promise<PriceRow[]> =>
  db
    .select()
    .from(prices)
    .where(and(eq(prices.tenantId, tenant), after === null ? undefined : beyond(after)))
    .orderBy(desc(prices.validFrom), asc(prices.provider), asc(prices.userKind))
    .limit(limit)

const beyond = ({ validFrom, provider, userKind }: PriceCursor) =>
  or(
    lt(prices.validFrom, validFrom),
    and(eq(prices.validFrom, validFrom), sql`(${prices.provider}, ${prices.userKind}) > (${provider}, ${userKind})`),
  )
