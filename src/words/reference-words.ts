/** What stands around the API reference; the calls themselves are told in English, as the document does. */
export type ReferenceWords = {
  title: string
  lead: string
  key: string
  errors: string
  idempotency: string
  lists: string
  document: string
  resources: string
  start: string
  open: string
  parameters: string
  body: string
  answer(status: string): string
  nothing: string
  refusals: string
  field: string
  type: string
  where: string
  notes: string
  required: string
  example: string
}
