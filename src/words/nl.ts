import { account } from './nl/account.ts'
import { booking } from './nl/booking.ts'
import { connection } from './nl/connection.ts'
import { failures } from './nl/failures.ts'
import { fields } from './nl/fields.ts'
import { measures } from './nl/measures.ts'
import { onboarding } from './nl/onboarding.ts'
import { overview } from './nl/overview.ts'
import { pages } from './nl/pages.ts'
import { people } from './nl/people.ts'
import { price } from './nl/price.ts'
import { reference } from './nl/reference.ts'
import { rights } from './nl/rights.ts'
import { setting } from './nl/setting.ts'
import { site } from './nl/site.ts'
import { states } from './nl/states.ts'
import { tenant } from './nl/tenant.ts'
import { webhook } from './nl/webhook.ts'
import type { Words } from './words.ts'

/** Everything Zetel says in Dutch. */
export const nl: Words = {
  locale: 'nl',
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
