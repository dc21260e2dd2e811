import { z } from '@hono/zod-openapi'
import { rfc3339 } from '../clock.ts'
import { id, line, moment } from '../http/fields.ts'
import { LOCALES } from '../words/words.ts'
import type { TenantRow } from './store.ts'

const fields = { name: line(200), locale: z.enum(LOCALES) }

export const NewTenant = z.strictObject(fields).openapi('NewTenant')
export type NewTenant = z.infer<typeof NewTenant>

export const TenantPatch = z.strictObject(fields).partial().openapi('TenantPatch')
export type TenantPatch = z.infer<typeof TenantPatch>

export const Tenant = z
  .strictObject({ id: id('ten'), name: z.string(), locale: z.enum(LOCALES), created_at: moment })
  .openapi('Tenant')

export const shown = (row: TenantRow): z.infer<typeof Tenant> => ({
  id: row.id,
  name: row.name,
  locale: row.locale,
  created_at: rfc3339(row.createdAt),
})
