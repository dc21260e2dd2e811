import { sayLineFault } from '../account-words.ts'
import type { ProblemWords } from '../problem-words.ts'
import { accountLines } from './account-lines.ts'
import { measures } from './measures.ts'
import { webhook } from './webhook.ts'

export const fields: ProblemWords['fields'] = {
  mandatory: () => 'This field is mandatory.',
  not_an_object: () => 'This has to be an object.',
  not_a_list: () => 'This has to be a list.',
  empty: () => 'This must not be empty.',
  not_a_guid: () => 'This has to be a GUID, as Exact Online gives it.',
  not_a_number: () => 'This has to be a number, with at most two decimals if it is an amount.',
  too_long: ({ atMost }) => `This is too long: at most ${atMost} characters.`,
  unknown_mapping: ({ vatCategory, vatRate }) =>
    `This integration has no ledger account and VAT code for VAT category ${vatCategory} at ${vatRate}%. Add them under 'bookkeeping'.`,
  not_a_booking_kind_here: () =>
    'This integration does not book this kind, or not from a document. Choose another booking kind, or add it to the integration.',
  not_found_here: () => 'This customer has no such thing. Check the id.',
  no_bookkeeping: () =>
    "This integration does not say how a document is booked. Fill in 'bookkeeping', or send a 'payload'.",
  not_money: () => 'This has to be an amount in euros, from 0 to 1,000,000, such as 25 or 25.00.',
  not_a_day: () => 'This has to be a day that exists, as YYYY-MM-DD.',
  bad_line: ({ line, fault }) => `Line ${line}: ${sayLineFault(accountLines, fault)}`,
  too_many_lines: ({ atMost }) => `These are too many lines: at most ${atMost} at once.`,
  not_a_webhook_url: ({ why }) => webhook.faults[why],
  holds_twice: () => 'This holds something twice.',
  rate_twice: () => 'This maps one VAT category and rate twice.',
  not_printable: () => 'This holds characters that cannot be shown.',
  not_a_cursor: () => 'This is not a place in this list. Start the list again.',
  other_provider: () => 'This administration belongs to another package than the app.',
  either_payload_or_document: () => 'Give either a payload or a document.',
  not_visible_ascii: () => 'This has to be 1 to 255 visible ASCII characters.',
  not_an_origin: () => 'This has to be an https address without path, query or user.',
  not_an_administration_number: () => 'This is not how this package writes the number of an administration.',
  too_large: ({ atMostBytes }) => `This document is too large: at most ${measures.size(atMostBytes)}.`,
  too_complex: ({ what, atMost }) =>
    what === 'nesting'
      ? `This document is nested too deeply: at most ${atMost} levels.`
      : `An element of this document has too many attributes: at most ${atMost}.`,
  doctype: () => 'This document has a DOCTYPE. Take it out: an invoice does not need one and it is unsafe.',
  not_xml: ({ message }) => `This is not readable XML. The reader says: ${message}`,
  not_ubl: ({ root }) => `This is not a UBL invoice or credit note: it starts with ${root}.`,
  missing: ({ path }) => `The document lacks ${path}.`,
  repeated: ({ path }) => `${path} is there more than once, and may be there only once.`,
  not_a_date: ({ path, text }) => `${path} is not a date (YYYY-MM-DD): '${text}'.`,
  not_a_currency: ({ path, text }) => `${path} is not a currency code of three letters: '${text}'.`,
  not_an_amount: ({ path, text }) => `${path} is not an amount: '${text}'.`,
  not_a_rate: ({ path, text }) => `${path} is not a VAT rate: '${text}'.`,
  too_precise: ({ path, text, atMostDecimals }) =>
    `${path} has too many decimals: '${text}', and there may be ${atMostDecimals}.`,
  other_currency: ({ path, currency, documentCurrency }) =>
    `${path} is in ${currency}, while the document is in ${documentCurrency}.`,
  inconsistent: ({ path, stated, computed, computedFrom }) =>
    `${path} is ${stated}, but ${computedFrom} comes to ${computed}. Let the source make the document again.`,
  credits_twice: ({ path }) =>
    `This is an invoice with the code of a credit note and a negative total (${path}): it would credit twice.`,
}
