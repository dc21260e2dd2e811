import type { ReferenceWords } from '../reference-words.ts'

export const reference: ReferenceWords = {
  title: 'De API van Zetel',
  lead: 'Alles wat je hier op pagina’s doet, kan een programma ook. De aanroepen zelf staan er in het Engels.',
  key: 'Stuur bij elke aanroep een API-sleutel mee. Een beheerder maakt hem bij Instellingen › API-sleutels.',
  errors:
    'Wat geweigerd wordt, komt als application/problem+json (RFC 9457): een code die nooit verandert, en een zin in je eigen taal (Accept-Language).',
  idempotency:
    'Geef bij alles wat iets verandert een Idempotency-Key mee. Dezelfde sleutel met dezelfde inhoud geeft het eerste antwoord nog eens.',
  lists: 'Lijsten komen in delen: ?limit= (1 tot 200) en ?cursor= met de next_cursor van het vorige deel.',
  document: 'De beschrijving als OpenAPI 3.1',
  resources: 'Onderdelen',
  start: 'Overzicht van de API',
  open: 'Zonder sleutel.',
  parameters: 'Parameters',
  body: 'Inhoud',
  answer: status => `Antwoord ${status}`,
  nothing: 'Geen inhoud.',
  refusals: 'Weigeringen',
  field: 'Veld',
  type: 'Soort',
  where: 'Waar',
  notes: 'Bijzonderheden',
  required: 'verplicht',
  example: 'Voorbeeld',
}
