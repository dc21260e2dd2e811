import type { Bookkeeping, FieldError } from '../provider.ts'

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

const guid = (pointer: string, value: string): FieldError[] =>
  GUID.test(value) ? [] : [{ pointer, message: { kind: 'not_a_guid' } }]

/** Exact keys customers and general ledger accounts by GUID, journals and VAT codes by their own code (§5.1, A). */
export const checkBookkeeping = ({ default_customer, lines }: Bookkeeping): FieldError[] => [
  ...guid('/default_customer', default_customer),
  ...lines.flatMap((line, at) => guid(`/lines/${at}/gl_account`, line.gl_account)),
]
