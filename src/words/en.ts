import { account } from './en/account.ts'
import { booking } from './en/booking.ts'
import { connection } from './en/connection.ts'
import { failures } from './en/failures.ts'
import { fields } from './en/fields.ts'
import { measures } from './en/measures.ts'
import { onboarding } from './en/onboarding.ts'
import { overview } from './en/overview.ts'
import { pages } from './en/pages.ts'
import { people } from './en/people.ts'
import { price } from './en/price.ts'
import { reference } from './en/reference.ts'
import { rights } from './en/rights.ts'
import { setting } from './en/setting.ts'
import { site } from './en/site.ts'
import { states } from './en/states.ts'
import { tenant } from './en/tenant.ts'
import { webhook } from './en/webhook.ts'
import type { Words } from './words.ts'

/** Everything Zetel says in English. */
export const en: Words = {
  locale: 'en',
  problems: { failures, fields },
  rights,
  states,
  pages,
  measures,
  account,
  booking,
  connection,
  onboarding,
  overview,
  people,
  reference,
  setting,
  site,
  tenant,
  webhook,
  price,
}
