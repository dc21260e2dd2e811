import type { ReferenceWords } from '../reference-words.ts'

export const reference: ReferenceWords = {
  title: "Zetel's API",
  lead: 'Whatever you do here on pages, a program can do as well.',
  key: 'Send an API key with every call. An administrator makes one under Settings › API keys.',
  errors:
    'What is refused comes as application/problem+json (RFC 9457): a code that never changes, and a sentence in your own language (Accept-Language).',
  idempotency:
    'Send an Idempotency-Key with whatever changes something. The same key with the same content gives the first answer again.',
  lists: 'Lists come in parts: ?limit= (1 to 200) and ?cursor= with the next_cursor of the part before.',
  document: 'The description as OpenAPI 3.1',
  resources: 'Resources',
  start: 'Overview of the API',
  open: 'Without a key.',
  parameters: 'Parameters',
  body: 'Body',
  answer: status => `Answer ${status}`,
  nothing: 'No content.',
  refusals: 'Refusals',
  field: 'Field',
  type: 'Type',
  where: 'Where',
  notes: 'Notes',
  required: 'required',
  example: 'Example',
}
