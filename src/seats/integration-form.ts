import { z } from '@hono/zod-openapi'
import { rfc3339 } from '../clock.ts'
import type { SchemaFault } from '../failure.ts'
import { distinct, given, id, line, moment, reference } from '../http/fields.ts'
import { BOOKING_KINDS, SOURCE_KINDS } from '../rights/right.ts'
import type { IntegrationChange, IntegrationRow } from './integration-store.ts'

const RATE = /^(100|\d{1,2})(\.\d{1,6})?$/

/** One rate, one spelling: `21`, `21.0` and 21 are the same. */
const vatRate = z
  .union([z.string(), z.number()])
  .transform(rate => String(rate).trim())
  .pipe(z.string().regex(RATE))
  .transform(rate => String(Number(rate)))
  .openapi({ type: 'string', example: '21' })

const BookkeepingIn = z
  .strictObject({
    journal: line(60),
    default_customer: line(60),
    lines: z
      .array(
        z.strictObject({
          /** UNCL5305: `S`, `Z`, `E`, `AE`, … */
          vat_category: z.string().regex(/^[A-Z]{1,3}$/),
          vat_rate: vatRate,
          gl_account: line(60),
          vat_code: line(60),
        }),
      )
      .max(200)
      .refine(lines => new Set(lines.map(line => `${line.vat_category} ${line.vat_rate}`)).size === lines.length, {
        error: 'rate_twice' satisfies SchemaFault,
      }),
  })
  .openapi('NewBookkeeping')

const bookkeepingLine = { vat_category: z.string(), vat_rate: z.string(), gl_account: z.string(), vat_code: z.string() }
const Bookkeeping = z
  .strictObject({ journal: z.string(), default_customer: z.string(), lines: z.array(z.strictObject(bookkeepingLine)) })
  .openapi('Bookkeeping')

const Source = z.strictObject({ kind: z.enum(SOURCE_KINDS), provider: line(100), ref: line(200) })
const bookingKinds = distinct(z.enum(BOOKING_KINDS), BOOKING_KINDS.length).min(1)

export const NewIntegration = z
  .strictObject({
    label: line(200),
    source: Source,
    target: z.strictObject({ provider_app_id: reference('app'), administration_id: reference('adm') }),
    booking_kinds: bookingKinds,
    strict: z.boolean().default(false),
    bookkeeping: BookkeepingIn.nullable().default(null),
  })
  .openapi('NewIntegration')
export type NewIntegration = z.infer<typeof NewIntegration>

export const IntegrationPatch = z
  .strictObject({
    label: line(200),
    source: Source.partial(),
    booking_kinds: bookingKinds,
    strict: z.boolean(),
    bookkeeping: BookkeepingIn.nullable(),
  })
  .partial()
  .openapi('IntegrationPatch')
export type IntegrationPatch = z.infer<typeof IntegrationPatch>

export const Integration = z
  .strictObject({
    id: id('int'),
    label: z.string(),
    source: z.strictObject({ kind: z.enum(SOURCE_KINDS), provider: z.string(), ref: z.string() }),
    target: z.strictObject({ provider_app_id: id('app'), administration_id: id('adm') }),
    booking_kinds: z.array(z.enum(BOOKING_KINDS)),
    strict: z.boolean(),
    bookkeeping: Bookkeeping.nullable(),
    created_at: moment,
  })
  .openapi('Integration')
export type Integration = z.infer<typeof Integration>

export const shown = (row: Omit<IntegrationRow, 'tenantId'>): Integration => ({
  id: row.id,
  label: row.label,
  source: { kind: row.sourceKind, provider: row.sourceProvider, ref: row.sourceRef },
  target: { provider_app_id: row.providerAppId, administration_id: row.administrationId },
  booking_kinds: [...row.bookingKinds],
  strict: row.strict,
  bookkeeping: row.bookkeeping,
  created_at: rfc3339(row.createdAt),
})

/** What a patch changes, in the columns' names; `source` is merged field by field (RFC 7396). */
export const changeFrom = ({
  label,
  strict,
  bookkeeping,
  booking_kinds,
  source,
}: IntegrationPatch): IntegrationChange =>
  given({
    label,
    strict,
    bookkeeping,
    bookingKinds: booking_kinds,
    sourceKind: source?.kind,
    sourceProvider: source?.provider,
    sourceRef: source?.ref,
  })
