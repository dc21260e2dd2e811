import { Primary } from '../connections/page.tsx'
import type { Failure } from '../failure.ts'
import { document, type Html } from '../http/document.tsx'
import type { Reader } from '../http/reader.ts'
import { sayFailure } from '../words/problem-words.ts'
import type { Role } from './role.ts'

const page = (reader: Reader, title: string, body: Parameters<typeof document>[1]): Html =>
  document({ locale: reader.locale, title, otherLanguage: null }, body)

/** Ask someone to sign in; `left` says that they have just signed out. */
export function signInPage(reader: Reader, startUrl: string, left: boolean): Html {
  const { people, reference } = reader.words
  return page(
    reader,
    people.signIn.title,
    <>
      {left && <p role="status">{people.signIn.left}</p>}
      <p>{people.signIn.text}</p>
      <Primary url={startUrl} label={people.signIn.action} />
      <p class="muted">{people.signIn.connectLink}</p>
      <p>
        <a href="/docs">{reference.title}</a>
      </p>
    </>,
  )
}

/** Tell what an invitation makes of whoever takes it. */
export function invitationPage(reader: Reader, where: string | null, role: Role, startUrl: string): Html {
  const { invitation } = reader.words.people
  const place = where ?? invitation.ofOperator
  return page(
    reader,
    invitation.title(place),
    <>
      <p>{invitation.text(place, role)}</p>
      <Primary url={startUrl} label={invitation.action} />
    </>,
  )
}

/** Say why nobody was signed in, and the one thing to do now. */
export function signInRefusedPage(reader: Reader, failure: Failure): Html {
  const { words } = reader
  const { title, detail } = sayFailure(words.problems, failure, words.measures.wait(15))
  return page(
    reader,
    title,
    <>
      <p>{detail}</p>
      <Primary url="/sign-in" label={words.people.signIn.action} />
      <p class="muted">
        {`${words.pages.code}: `}
        <code>{failure.kind}</code>
      </p>
    </>,
  )
}
