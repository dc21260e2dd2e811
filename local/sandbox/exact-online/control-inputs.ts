import { z } from 'zod'

const divisions = z.union([z.literal('all'), z.array(z.number().int())])
const username = z.string().min(1)
const client_id = z.string().min(1)

/** What each control call takes. */
export const inputs = {
  /** A user to add, or the properties of one to change. */
  user: z.strictObject({
    username,
    user_id: z.guid().optional(),
    full_name: z.string().optional(),
    language: z.enum(['nl', 'en']).optional(),
    kind: z.enum(['full', 'client']).optional(),
    current_division: z.number().int().optional(),
    divisions: z.array(z.number().int()).optional(),
  }),
  /** Give or take a right; no division means every company, '*' every endpoint or every action. */
  right: z.strictObject({
    username,
    division: z.number().int().optional(),
    endpoint: z.string(),
    action: z.enum(['GET', 'POST', 'PUT', 'DELETE', '*']).default('*'),
    allowed: z.boolean(),
  }),
  access: z.strictObject({ username, division: z.number().int(), allowed: z.boolean() }),
  grantScope: z.strictObject({ username, client_id, divisions }),
  client: z.strictObject({
    client_id,
    client_secret: z.string().optional(),
    scopes: z.array(z.string()).nullable().optional(),
    registration: z.enum(['published', 'self_registered']).optional(),
  }),
  modules: z.strictObject({ modules: z.array(z.string()) }),
  block: z.strictObject({ username, reason: z.string().nullable() }),
  revoke: z.strictObject({ username, client_id }),
  clock: z.strictObject({ advance_ms: z.number() }),
  consent: z.strictObject({
    username,
    client_id,
    redirect_uri: z.url(),
    state: z.string().optional(),
    divisions: divisions.optional(),
  }),
  division: z.strictObject({
    code: z.number().int().positive(),
    name: z.string(),
    country: z.string().default('NL'),
    vat_number: z.string().default(''),
    main: z.boolean().default(false),
  }),
  /** Master data to add or replace, found by its Code when it has one. */
  record: z.strictObject({
    division: z.number().int(),
    endpoint: z.string(),
    data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  }),
  ledger: z.strictObject({ kind: z.enum(['booking', 'master', 'all']).default('booking') }),
  release: z.strictObject({ id: z.string().optional() }),
}

export type Input<K extends keyof typeof inputs> = z.input<(typeof inputs)[K]>
