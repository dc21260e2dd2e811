import { failures } from './nl/failures.ts'
import { fields } from './nl/fields.ts'
import { measures } from './nl/measures.ts'
import { pages } from './nl/pages.ts'
import { rights } from './nl/rights.ts'
import { states } from './nl/states.ts'
import type { Words } from './words.ts'

/** Everything Zetel says in Dutch. */
export const nl: Words = { locale: 'nl', problems: { failures, fields }, rights, states, pages, measures }
