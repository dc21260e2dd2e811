import { failures } from './en/failures.ts'
import { fields } from './en/fields.ts'
import { measures } from './en/measures.ts'
import { pages } from './en/pages.ts'
import { rights } from './en/rights.ts'
import { states } from './en/states.ts'
import type { Words } from './words.ts'

/** Everything Zetel says in English. */
export const en: Words = { locale: 'en', problems: { failures, fields }, rights, states, pages, measures }
