import type { FC } from 'hono/jsx'
import { isLive } from '../connections/connection.ts'
import { blank, type FormState } from '../http/attempt.ts'
import { Choice, Form, type Option, Submit, Text } from '../http/form.tsx'
import type { View } from '../http/view.ts'
import { stepsForNewUser } from '../rights/remedy.ts'
import { sayObstacle } from '../words/onboarding-words.ts'
import { capital } from '../words/quotable.ts'
import { stepUrl } from './address.ts'
import type { Flow } from './onboarding-store.ts'
import { Onward, type StepVisit, stepView } from './step-page.tsx'
import type { Target } from './target-read.ts'
import type { Choosable } from './user-choice.ts'
import type { UserPlan } from './user-read.ts'

type UserProps = { visit: StepVisit; flow: Flow; state: FormState | null; target: Target; planned: UserPlan }

/** Ask who will sit on the seat: before any log-in starts, and never a user that is used already (EOL-11). */
export function userView(props: UserProps): View {
  const { visit, flow } = props
  const { onboarding: words, pages } = visit.reader.words
  const { connection } = flow
  const isConnected = connection !== null && isLive(connection.state)
  return stepView(
    visit,
    flow,
    'user',
    <>
      <p>
        <strong>{pages.connect.aDifferentUser}</strong>
      </p>
      {isConnected ? (
        <>
          <p>{words.user.chosen(connection.username ?? '')}</p>
          <Onward url={stepUrl(visit.tenant.id, flow.id, 'check')} label={words.next} />
        </>
      ) : (
        <Asking {...props} />
      )}
    </>,
  )
}

const Asking: FC<UserProps> = props => {
  const { visit, flow, target, planned } = props
  const { reader } = visit
  const { onboarding: words, states } = reader.words
  const { user: say } = words
  const state = props.state ?? blank({ account: preset(flow, planned) })
  return (
    <>
      <p>{planned.short > 0 ? `${say.lead} ${states.plan.short(planned.short)}` : say.lead}</p>
      <Form visit={visit} action={stepUrl(visit.tenant.id, flow.id, 'user')} state={state} class="choosing-user">
        <Choice name="account" label={say.account} state={state} options={optionsFor(props)} />
        <div class="new-user">
          <Text name="username" label={say.username} hint={say.usernameHint} state={state} />
          <Text name="email" label={say.email} hint={say.emailHint} type="email" state={state} />
        </div>
        <Submit label={words.next} />
      </Form>
      <Others {...props} />
      <h2>{say.how}</h2>
      <ol>
        {stepsForNewUser(target.administration.externalId, reader.words).map(step => (
          <li>{step}</li>
        ))}
      </ol>
    </>
  )
}

/** Who was chosen before, else whom the seat plan would take, else nobody. */
function preset({ integrationId, serviceAccountId }: Flow, { users, planned }: UserPlan): string | null {
  if (integrationId !== null && serviceAccountId === null) return 'anyone'
  const isFree = users.choosable.some(({ user }) => user.id === serviceAccountId)
  if (isFree) return serviceAccountId
  return planned ?? (users.choosable.length === 0 ? 'new' : null)
}

function optionsFor({ visit, planned }: UserProps): Option[] {
  const { onboarding: words } = visit.reader.words
  const { user: say } = words
  const isPlanned = ({ user }: Choosable) => user.id === planned.planned
  const existing = planned.users.choosable.toSorted((a, b) => Number(isPlanned(b)) - Number(isPlanned(a)))
  return [
    ...existing.map(one => ({ value: one.user.id, label: one.user.username, hint: hintFor(visit, one, planned) })),
    { value: 'new', label: say.make, hint: `${say.makeHint} ${capital(costOf(visit, planned.costOfNew))}.` },
    { value: 'anyone', label: say.anyone, hint: say.anyoneHint },
  ]
}

function hintFor(visit: StepVisit, { user, caution }: Choosable, planned: UserPlan): string {
  const { onboarding, rights, states } = visit.reader.words
  const facts = [
    rights.userKinds[user.kind],
    costOf(visit, planned.costOf(user)),
    ...(user.id === planned.planned ? [onboarding.user.planned] : []),
  ]
  const warning = caution === null ? '' : ` ${states.plan.cautions[caution]}`
  return `${capital(facts.join(' · '))}.${warning}`
}

function costOf({ reader }: StepVisit, cents: number | null): string {
  const { onboarding, measures } = reader.words
  return cents === null ? onboarding.user.noPrice : onboarding.user.each(measures.money(cents))
}

const Others: FC<UserProps> = ({ visit, planned }) => {
  const { onboarding: words } = visit.reader.words
  if (planned.users.others.length === 0) return null
  return (
    <>
      <h2>{words.user.others}</h2>
      <ul>
        {planned.users.others.map(({ user, obstacle }) => (
          <li>
            <strong>{user.username}</strong>
            {` ${sayObstacle(words, obstacle)}`}
          </li>
        ))}
      </ul>
    </>
  )
}
