import { and, desc, eq, lt } from 'drizzle-orm'
import type { Db, Statement } from '../../db/open.ts'
import { audit } from '../../db/schema/health.ts'
import type { AuditId, TenantId } from '../id.ts'
import type { Actor, AuditAction } from './audit.ts'

export type AuditEntry = {
  id: AuditId
  at: number
  actor: Actor
  action: AuditAction
  subject: string
  detail: Record<string, string | number | boolean | null>
}

/** Entries of the operator itself stand under this owner. */
export const OPERATOR = 'operator'

export const insertAudit = (db: Db, tenant: TenantId | typeof OPERATOR, entry: AuditEntry): Statement =>
  db.insert(audit).values({ tenantId: tenant, ...entry })

/** Newest first, from before `cursor`. */
export const listAudit = (db: Db, tenant: TenantId, limit: number, cursor: string | null) =>
  db
    .select()
    .from(audit)
    .where(and(eq(audit.tenantId, tenant), cursor === null ? undefined : lt(audit.id, cursor as AuditId)))
    .orderBy(desc(audit.id))
    .limit(limit)
