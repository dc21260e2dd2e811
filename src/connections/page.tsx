import type { Failure } from '../failure.ts'
import { document, type Html } from '../http/document.tsx'
import { Facts } from '../http/parts.tsx'
import type { BookingKind } from '../rights/right.ts'
import { REFUSAL_PAGES, type Refusal, type RefusalPage } from '../words/page-words.ts'
import { sayFailure } from '../words/problem-words.ts'
import { say } from '../words/sentences.ts'
import { type Locale, wordsIn } from '../words/words.ts'

/** The page behind a connect link. Labels and names are shown as they are, escaped. */
export type ConnectPageProps = {
  locale: Locale
  tenant: string
  /** The integration's label. */
  integration: string
  /** The provider's title, such as 'Exact Online'. */
  provider: string
  administration: { number: string; name: string }
  registration: 'published' | 'self_registered'
  bookingKinds: readonly BookingKind[]
  /** The user name that has to sign in; null when the link names nobody. */
  username: string | null
  /** User names of the same tenant that sit on other integrations, and so must not be used (EOL-11). */
  seatedUsernames: readonly string[]
  /** Where the provider's log-in starts. */
  startUrl: string
  /** This page in the other language. */
  languageUrl: string
}

/** Show what will be connected, who has to sign in and who must not, before the provider's log-in starts (EOL-11). */
export function connectPage(props: ConnectPageProps): Html {
  const { locale, integration, provider, administration, username, seatedUsernames } = props
  const { pages, rights } = wordsIn(locale)
  const text = pages.connect
  const facts: [string, string][] = [
    [text.facts.tenant, props.tenant],
    [text.facts.integration, integration],
    [text.facts.provider, provider],
    [text.facts.administration, named(administration)],
  ]
  const otherLanguage = { label: pages.otherLanguage, locale: other(locale), url: props.languageUrl }
  return document(
    { locale, title: text.title(integration, provider), otherLanguage },
    <>
      <Facts facts={facts} />
      <h2>{text.whoSignsIn}</h2>
      <p>
        <strong>{text.aDifferentUser}</strong>
      </p>
      <p>{username === null ? text.anUnusedUser : text.onlyThisUser(username)}</p>
      {seatedUsernames.length > 0 && (
        <>
          <p>{text.notTheseUsers}</p>
          <ul>
            {seatedUsernames.map(seated => (
              <li>{seated}</li>
            ))}
          </ul>
        </>
      )}
      <h2>{text.whatIsAsked}</h2>
      <p>{text.consent(provider, administration.number)}</p>
      <p>{text.reach[props.registration](administration.number)}</p>
      {props.bookingKinds.length > 0 && (
        <p>{`${text.bookings} ${props.bookingKinds.map(kind => rights.bookingKinds[kind]).join(', ')}.`}</p>
      )}
      <Primary url={props.startUrl} label={text.start(provider)} />
      <p class="muted">{text.whatHappens(provider)}</p>
    </>,
  )
}

export type RefusedPageProps = {
  failure: Failure
  locale: Locale
  /** Where to try again; null when this link is over. */
  retryUrl: string | null
  /** The label of the integration on which the user sits; never shown when that is another tenant's. */
  otherLabel: string | null
}

/** Say why nothing was connected, and the one thing to do now. Its status is that of `problem(failure, …)`. */
export function refusedPage({ failure, locale, retryUrl, otherLabel }: RefusedPageProps): Html {
  const { pages } = wordsIn(locale)
  const { title, happened, next, action } = refusalOf(failure, locale, otherLabel)
  return document(
    { locale, title, otherLanguage: null },
    <>
      <p>{happened}</p>
      {next !== '' && <p>{next}</p>}
      <Primary url={retryUrl ?? '/'} label={retryUrl === null ? pages.toStart : action} />
      <p class="muted">
        {`${pages.code}: `}
        <code>{failure.kind}</code>
      </p>
    </>,
  )
}

/** The one thing to do on a page; there is exactly one. */
export const Primary = ({ url, label }: { url: string; label: string }) => (
  <a class="button" data-primary="true" href={url}>
    {label}
  </a>
)

/** An administration as people know it: its number, and its name if it has another. */
const named = ({ number, name }: ConnectPageProps['administration']): string =>
  name === '' || name === number ? number : `${number} · ${name}`

const other = (locale: Locale): Locale => (locale === 'nl' ? 'en' : 'nl')

type Own = Extract<Failure, { kind: RefusalPage }>

const hasPage = (failure: Failure): failure is Own => REFUSAL_PAGES.some(kind => kind === failure.kind)

function refusalOf(failure: Failure, locale: Locale, otherLabel: string | null): Refusal {
  const { pages, problems, measures } = wordsIn(locale)
  if (!hasPage(failure)) {
    const { title, detail } = sayFailure(problems, failure, measures.wait(60))
    return { title, happened: detail, next: '', action: pages.tryAgain }
  }
  const elsewhere = failure.kind === 'user_already_seated' && failure.seatedAt === 'another_tenant'
  return say<Own, RefusalPage, Refusal, [string | null]>(
    pages.refused,
    failure.kind,
    failure,
    elsewhere ? null : otherLabel,
  )
}
