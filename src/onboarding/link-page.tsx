import type { FC } from 'hono/jsx'
import { blank, type FormState } from '../http/attempt.ts'
import { Choice, Form, Submit } from '../http/form.tsx'
import { Copyable } from '../http/parts.tsx'
import type { View } from '../http/view.ts'
import type { AccountRow } from '../seats/account-store.ts'
import { sayProgress } from '../words/onboarding-words.ts'
import { LOCALES, wordsIn } from '../words/words.ts'
import { stepUrl } from './address.ts'
import { type ConsentProgress, isGoingOn, type Wanted, wantedNow } from './consent-progress.ts'
import { mailto } from './mail.ts'
import type { Flow } from './onboarding-store.ts'
import { Qr } from './qr.tsx'
import type { ShownLink } from './shown-link.ts'
import { Onward, type StepVisit, stepView } from './step-page.tsx'

export type LinkProps = {
  visit: StepVisit
  flow: Flow
  state: FormState | null
  provider: string
  /** The user that is asked for; null for whoever opens the link. */
  account: AccountRow | null
  progress: ConsentProgress
  /** A link just made, which is shown this once. */
  shown: ShownLink | null
}

/** Give the link to the person who holds the user, and show how their sign-in goes. */
export function linkView(props: LinkProps): View {
  const { visit, flow, account, shown } = props
  const { link: say } = visit.reader.words.onboarding
  return stepView(
    visit,
    flow,
    'link',
    <>
      <p>{account === null ? say.forAnyone : say.forUser(account.username)}</p>
      {shown !== null && <Once {...props} shown={shown} />}
      {flow.connectLinkId !== null && <Standing {...props} />}
      <On {...props} />
      <Making {...props} />
    </>,
  )
}

/** The header in which a page that refreshes a part of itself says what the rest of it wants. */
export const WANTED_HEADER = 'zetel-wanted'

const wantedBy = ({ progress, shown }: LinkProps): Wanted => wantedNow(progress, shown !== null)

const Once: FC<LinkProps & { shown: ShownLink }> = props => {
  const { visit, shown } = props
  const { onboarding, measures } = visit.reader.words
  const { link: say } = onboarding
  return (
    <section class="told standing">
      <h2>{say.once}</h2>
      <p>{say.onceText(measures.moment(shown.expiresAt, visit.reader.zone))}</p>
      <p>
        <Copyable text={shown.url} reader={visit.reader} label={say.address} />
      </p>
      <p>
        <a
          class={wantedBy(props) === 'mail' ? 'button' : 'button quiet'}
          data-primary={wantedBy(props) === 'mail' ? 'true' : undefined}
          href={messageFor(props)}
        >
          {say.mail}
        </a>
        <span class="hint">{say.mailText}</span>
      </p>
      <p>{say.qrText}</p>
      <Qr text={shown.url} title={say.qr} />
    </section>
  )
}

/** The message speaks the language of the link: it is for the other person. */
function messageFor({ visit, flow, provider, account, shown }: LinkProps & { shown: ShownLink }): string {
  const { onboarding, measures } = wordsIn(shown.locale)
  const label = flow.draft.source?.label ?? ''
  const until = measures.moment(shown.expiresAt, visit.reader.zone)
  const about = { label, provider, url: shown.url, until, username: account?.username ?? null }
  return mailto({
    to: account?.email ?? null,
    subject: onboarding.link.subject(label, provider),
    body: onboarding.link.body(about),
  })
}

/** How it stands; it looks again by itself while somebody is still to sign in. */
const Standing: FC<LinkProps> = props => {
  const { visit, flow, progress } = props
  const { onboarding: words, measures } = visit.reader.words
  const at = progress.kind === 'waiting' ? progress.until : progress.kind === 'expired' ? progress.at : 0
  const live = isGoingOn(progress)
    ? {
        'hx-get': stepUrl(visit.tenant.id, flow.id, 'link'),
        'hx-trigger': 'every 3s',
        'hx-select': '#progress',
        'hx-target': '#progress',
        'hx-swap': 'outerHTML',
        'hx-headers': JSON.stringify({ [WANTED_HEADER]: wantedBy(props) }),
      }
    : {}
  const isBusy = progress.kind === 'signing_in' || progress.kind === 'working'
  return (
    <section id="progress" class="panel standing" data-state={progress.kind} {...live}>
      <h2>{words.link.state}</h2>
      <p class={isBusy ? 'waiting' : undefined}>
        {sayProgress(words, progress, measures.moment(at, visit.reader.zone))}
      </p>
    </section>
  )
}

/** The way on, where there is one; outside what refreshes itself, for it holds the focus. */
const On: FC<LinkProps> = props => {
  const { visit, flow, progress } = props
  const { link: say } = visit.reader.words.onboarding
  const wanted = wantedBy(props)
  if (wanted === 'check') return <Onward url={stepUrl(visit.tenant.id, flow.id, 'check')} label={say.toCheck} />
  if (wanted !== 'user') return null
  return (
    <>
      <Onward url={stepUrl(visit.tenant.id, flow.id, 'user')} label={say.otherUser} />
      {progress.kind === 'seated' && (
        <p>
          <a href={`/t/${visit.tenant.id}/integrations/${progress.on.id}`}>{say.onSeat(progress.on.label)}</a>
        </p>
      )}
    </>
  )
}

const Making: FC<LinkProps> = props => {
  const { visit, flow } = props
  const { link: say } = visit.reader.words.onboarding
  const state = props.state ?? blank({ locale: visit.tenant.locale })
  const isFirst = flow.connectLinkId === null
  return (
    <Form visit={visit} action={stepUrl(visit.tenant.id, flow.id, 'link')} state={state}>
      {!isFirst && <h2>{say.makeNew}</h2>}
      <Choice
        name="locale"
        label={say.locale}
        state={state}
        options={LOCALES.map(locale => ({ value: locale, label: say.languages[locale] }))}
      />
      <p>{isFirst ? say.makeText : say.makeNewText}</p>
      <Submit label={isFirst ? say.make : say.makeNew} kind={wantedBy(props) === 'make' ? 'primary' : 'quiet'} />
    </Form>
  )
}
