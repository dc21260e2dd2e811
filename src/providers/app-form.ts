import { z } from '@hono/zod-openapi'
import { rfc3339 } from '../clock.ts'
import { distinct, id, line, moment } from '../http/fields.ts'
import type { AppRow } from './app-store.ts'
import { PROVIDER_NAMES } from './provider.ts'

export const REGISTRATIONS = ['published', 'self_registered'] as const
export type Registration = (typeof REGISTRATIONS)[number]

const fields = {
  provider: z.enum(PROVIDER_NAMES),
  client_id: line(300),
  registration: z.enum(REGISTRATIONS),
  scopes: distinct(line(200), 200),
}
const MOST_CALLS = 10_000
const callsPerMinute = z.number().int().min(1).max(MOST_CALLS).nullable()
const secret = line(1_000).openapi({ writeOnly: true })

export const NewApp = z
  .strictObject({
    ...fields,
    base_url: z.string().max(300).openapi({ example: 'https://start.exactonline.nl' }),
    client_secret: secret,
    calls_per_minute: callsPerMinute.default(null),
  })
  .openapi('NewProviderApp')
export type NewApp = z.infer<typeof NewApp>

export const NewSecret = z.strictObject({ client_secret: secret }).openapi('NewClientSecret')

/** The same as a form sends it: numbers as text, and scopes in one field, apart by commas, spaces or lines. */
export const AppFields = NewApp.extend({
  scopes: z.preprocess(apart, fields.scopes),
  calls_per_minute: z.coerce.number().int().min(1).max(MOST_CALLS).nullable().default(null),
})

function apart(scopes: unknown): unknown {
  if (scopes === undefined) return []
  return typeof scopes === 'string' ? [...new Set(scopes.split(/[\s,]+/).filter(scope => scope !== ''))] : scopes
}

export const App = z
  .strictObject({
    id: id('app'),
    ...fields,
    base_url: z.string(),
    calls_per_minute: callsPerMinute,
    created_at: moment,
  })
  .openapi('ProviderApp')

export const shown = (row: AppRow): z.infer<typeof App> => ({
  id: row.id,
  provider: row.provider,
  base_url: row.baseUrl,
  client_id: row.clientId,
  registration: row.registration,
  scopes: [...row.scopes],
  calls_per_minute: row.callsPerMinute,
  created_at: rfc3339(row.createdAt),
})
