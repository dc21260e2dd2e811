import { sayLineFault } from '../account-words.ts'
import type { ProblemWords } from '../problem-words.ts'
import { accountLines } from './account-lines.ts'
import { measures } from './measures.ts'
import { webhook } from './webhook.ts'

export const fields: ProblemWords['fields'] = {
  mandatory: () => 'Dit veld is verplicht.',
  not_an_object: () => 'Hier hoort een object te staan.',
  not_a_list: () => 'Hier hoort een lijst te staan.',
  empty: () => 'Dit mag niet leeg zijn.',
  not_a_guid: () => 'Hier hoort een GUID te staan, zoals Exact Online die geeft.',
  not_a_number: () => 'Hier hoort een getal te staan, met hooguit twee decimalen als het een bedrag is.',
  too_long: ({ atMost }) => `Dit is te lang: hooguit ${atMost} tekens.`,
  unknown_mapping: ({ vatCategory, vatRate }) =>
    `Voor btw-categorie ${vatCategory} met ${vatRate}% staat er geen grootboekrekening en btw-code bij deze koppeling. Voeg die toe bij 'bookkeeping'.`,
  not_a_booking_kind_here: () =>
    'Deze koppeling boekt deze soort niet, of niet vanuit een document. Kies een andere boekingssoort, of voeg hem toe aan de koppeling.',
  not_found_here: () => 'Dit bestaat niet bij deze klant. Controleer het id.',
  no_bookkeeping: () =>
    "Bij deze koppeling staat niet hoe een document geboekt wordt. Vul 'bookkeeping' in, of stuur een 'payload'.",
  not_money: () => 'Hier hoort een bedrag in euro’s te staan, van 0 tot 1.000.000, zoals 25 of 25,00.',
  not_a_day: () => 'Hier hoort een dag te staan die bestaat, als JJJJ-MM-DD.',
  bad_line: ({ line, fault }) => `Regel ${line}: ${sayLineFault(accountLines, fault)}`,
  too_many_lines: ({ atMost }) => `Dit zijn te veel regels: hooguit ${atMost} in één keer.`,
  not_a_webhook_url: ({ why }) => webhook.faults[why],
  holds_twice: () => 'Hier staat iets twee keer in.',
  rate_twice: () => 'Hier staat één btw-categorie met één tarief twee keer in.',
  not_printable: () => 'Hier staan tekens in die niet te tonen zijn.',
  not_a_cursor: () => 'Dit is geen plek in deze lijst. Begin de lijst opnieuw.',
  other_provider: () => 'Deze administratie hoort bij een ander pakket dan de app.',
  either_payload_or_document: () => 'Geef óf een payload, óf een document.',
  not_visible_ascii: () => 'Hier horen 1 tot 255 zichtbare ASCII-tekens te staan.',
  not_an_origin: () => 'Hier hoort een https-adres te staan, zonder pad, vraagteken of gebruiker.',
  not_an_administration_number: () => 'Zo ziet een nummer van een administratie er bij dit pakket niet uit.',
  too_large: ({ atMostBytes }) => `Dit document is te groot: hooguit ${measures.size(atMostBytes)}.`,
  too_complex: ({ what, atMost }) =>
    what === 'nesting'
      ? `Dit document is te diep genest: hooguit ${atMost} niveaus.`
      : `Een element in dit document heeft te veel attributen: hooguit ${atMost}.`,
  doctype: () => 'Dit document bevat een DOCTYPE. Haal die weg: een factuur heeft hem niet nodig en hij is onveilig.',
  not_xml: ({ message }) => `Dit is geen leesbare XML. De lezer zegt: ${message}`,
  not_ubl: ({ root }) => `Dit is geen UBL-factuur of -creditnota: het begint met ${root}.`,
  missing: ({ path }) => `In het document ontbreekt ${path}.`,
  repeated: ({ path }) => `${path} staat er meer dan één keer, en dat mag maar één keer.`,
  not_a_date: ({ path, text }) => `${path} is geen datum (JJJJ-MM-DD): '${text}'.`,
  not_a_currency: ({ path, text }) => `${path} is geen valutacode van drie letters: '${text}'.`,
  not_an_amount: ({ path, text }) => `${path} is geen bedrag: '${text}'.`,
  not_a_rate: ({ path, text }) => `${path} is geen btw-percentage: '${text}'.`,
  too_precise: ({ path, text, atMostDecimals }) =>
    `${path} heeft te veel decimalen: '${text}', en het mogen er ${atMostDecimals} zijn.`,
  other_currency: ({ path, currency, documentCurrency }) =>
    `${path} is in ${currency}, terwijl het document in ${documentCurrency} is.`,
  inconsistent: ({ path, stated, computed, computedFrom }) =>
    `${path} is ${stated}, maar uit ${computedFrom} komt ${computed}. Laat de bron het document opnieuw maken.`,
  credits_twice: ({ path }) =>
    `Dit is een factuur met de code van een creditnota en een negatief totaal (${path}): dat zou twee keer crediteren.`,
}
