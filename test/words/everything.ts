import { exactOnline } from '../../src/providers/exact-online/exact-online.ts'
import { explain, explainWarning, manualProbe, type Remedy, stepsForNewUser } from '../../src/rights/remedy.ts'
import { type Action, BOOKING_KINDS, type NeedPurpose } from '../../src/rights/right.ts'
import { sayFailure, sayField } from '../../src/words/problem-words.ts'
import { sayHealth, sayReason } from '../../src/words/state-words.ts'
import type { Words } from '../../src/words/words.ts'
import { accountSamples } from './pages/account.ts'
import { bookingSamples } from './pages/booking.ts'
import { connectionSamples } from './pages/connection.ts'
import { onboardingSamples } from './pages/onboarding.ts'
import { overviewSamples } from './pages/overview.ts'
import { peopleSamples } from './pages/people.ts'
import { priceSamples } from './pages/price.ts'
import { referenceSamples } from './pages/reference.ts'
import { settingSamples } from './pages/setting.ts'
import { tenantSamples } from './pages/tenant.ts'
import { webhookSamples } from './pages/webhook.ts'
import { ALL_FAILURES, FAILURES, FIELD_MESSAGES, HEALTH, MISSINGS, REASONS, WARNINGS } from './samples.ts'

const inRemedy = ({ text, path, paths, steps }: Remedy): string[] => [
  text,
  ...(path === '' ? [] : [path]),
  ...paths,
  ...steps,
]

const leaves = (tree: unknown): string[] => {
  if (typeof tree === 'string') return [tree]
  return typeof tree === 'object' && tree !== null ? Object.values(tree).flatMap(leaves) : []
}

const ABOUT = [true, false, null].flatMap(accountancy =>
  [null, 'kassa1'].map(username => ({ registration: 'published' as const, username, accountancy })),
)

const ACTIONS: Action[] = ['GET', 'POST', 'PUT', 'DELETE']

/** The rights that bookings need, each with its purpose. */
export const NEEDS: { resource: string; purpose: NeedPurpose }[] = BOOKING_KINDS.flatMap(kind => [
  ...(exactOnline.needs(kind) ?? []),
])

const PAGE_SAMPLES: readonly ((words: Words) => string[])[] = [
  accountSamples,
  bookingSamples,
  connectionSamples,
  onboardingSamples,
  overviewSamples,
  peopleSamples,
  priceSamples,
  referenceSamples,
  settingSamples,
  tenantSamples,
  webhookSamples,
]

/** Every sentence of the catalogue that needs no more than an example to be said. */
export function everything(words: Words): string[] {
  const { connect, connected } = words.pages
  const anyone = { user: words.rights.user('kassa1'), right: 'X', administration: '1001' }
  return [
    ...leaves(words).filter(text => text !== words.locale),
    ...ALL_FAILURES.flatMap(failure => Object.values(sayFailure(words.problems, failure, words.measures.wait(30)))),
    ...FIELD_MESSAGES.map(message => sayField(words.problems, message)),
    ...ABOUT.flatMap(about =>
      MISSINGS.flatMap(one => {
        const { reason, remedy } = explain(one, about, words)
        return [reason, ...inRemedy(remedy), ...manualProbe(one, about, words)]
      }),
    ),
    ...ABOUT.flatMap(about =>
      WARNINGS.flatMap(one => {
        const { reason, remedy } = explainWarning(one, about, words)
        return [reason, ...inRemedy(remedy)]
      }),
    ),
    ...stepsForNewUser('1001', words),
    ...Object.values(words.rights.unknownBooking(anyone)),
    ...NEEDS.flatMap(({ resource }) => ACTIONS.map(action => words.rights.name({ resource, action }))),
    ...REASONS.flatMap(reason => Object.values(sayReason(words.states, reason))),
    ...HEALTH.flatMap(reason => Object.values(sayHealth(words.states, reason))),
    ...[0, 1, 2].map(words.states.plan.short),
    ...[999, 60_000, 3 * 3_600_000, 9 * 86_400_000].map(words.measures.ago),
    ...refusals(words),
    ...PAGE_SAMPLES.flatMap(samples => samples(words)),
    ...[
      connect.title('Webshop', 'Exact Online'),
      connect.onlyThisUser('kassa1'),
      connect.consent('Exact Online', '1001'),
    ],
    ...[connect.reach.published('1001'), connect.reach.self_registered('1001'), connect.whatHappens('Exact Online')],
    ...[
      connected.title('Webshop'),
      connected.lead('kassa1', 'Exact Online'),
      connected.access('1001'),
      connected.rights('1001'),
    ],
    ...Object.values(connected.verdicts).map(verdict => verdict('1001')),
  ]
}

function refusals({ pages: { refused } }: Words): string[] {
  const other = 'Kassa 1'
  return [null, other].flatMap(label => [
    ...Object.values(refused.user_already_seated(FAILURES.user_already_seated, label)),
    ...Object.values(refused.wrong_user(FAILURES.wrong_user, label)),
    ...Object.values(refused.consent_declined(FAILURES.consent_declined, label)),
    ...Object.values(refused.link_expired(FAILURES.link_expired, label)),
    ...Object.values(refused.link_used(FAILURES.link_used, label)),
    ...Object.values(refused.state_invalid(FAILURES.state_invalid, label)),
    ...Object.values(refused.state_used(FAILURES.state_used, label)),
    ...Object.values(refused.identity_unreadable(FAILURES.identity_unreadable, label)),
    ...Object.values(refused.provider_unreachable(FAILURES.provider_unreachable, label)),
    ...Object.values(refused.code_refused(FAILURES.code_refused, label)),
    ...Object.values(refused.provider_app_refused(FAILURES.provider_app_refused, label)),
  ])
}
