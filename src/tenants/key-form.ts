import { z } from '@hono/zod-openapi'
import { distinct, line } from '../http/fields.ts'
import { SCOPES } from './api-key.ts'

export const Scopes = distinct(z.enum(SCOPES), SCOPES.length)

export const NewKey = z.strictObject({ label: line(200), scopes: Scopes.min(1) }).openapi('NewApiKey')
export type NewKey = z.infer<typeof NewKey>
