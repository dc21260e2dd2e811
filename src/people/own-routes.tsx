import { blank } from '../http/attempt.ts'
import { Form, Submit, Text } from '../http/form.tsx'
import { Facts } from '../http/parts.tsx'
import type { Site } from '../http/site.ts'
import type { View } from '../http/view.ts'
import type { Visit } from '../http/visit.ts'
import { ok } from '../result.ts'
import { isOperator } from './role.ts'
import { ABSOLUTE_LIMIT } from './session.ts'
import { countSessions, endSessionsOf } from './session-store.ts'

/** The start, which leads everyone to where they work, and one's own account. */
export function ownPages(site: Site): void {
  const { db, clock } = site.ports

  site.page({ path: '/', may: 'member' }, async visit => {
    const [only] = visit.names.keys()
    if (isOperator(visit.person)) return ok({ to: '/overview' })
    return ok(only === undefined ? nothingYet(visit) : { to: `/t/${only}` })
  })

  site.page({ path: '/account', may: 'member' }, async visit =>
    ok(account(visit, await countSessions(db, visit.person.id, clock.now() - ABSOLUTE_LIMIT))),
  )

  site.form({ path: '/account/sign-out-everywhere', may: 'member' }, async visit => {
    await endSessionsOf(db, visit.person.id)
    site.entrance.dismiss(visit.c)
    return ok({ to: '/sign-in?left' })
  })
}

function nothingYet({ person, reader }: Visit): View {
  const { nothingYet: say } = reader.words.people
  return {
    title: say.title,
    place: null,
    body: (
      <>
        <p>{say.text(person.email || person.name)}</p>
        <p>{say.next}</p>
      </>
    ),
  }
}

function account(visit: Visit, sessions: number): View {
  const { person, reader, names } = visit
  const { people, site } = reader.words
  const say = people.account
  const memberOf = person.memberships.map(
    ({ owner, role }) =>
      `${owner === 'operator' ? people.invitation.ofOperator : names.get(owner)} (${site.roles[role]})`,
  )
  return {
    title: say.title,
    place: null,
    body: (
      <>
        <Facts
          facts={[
            [say.name, person.name],
            [say.email, person.email],
            [say.memberOf, memberOf.join(', ') || site.none],
          ]}
        />
        <h2>{say.zone}</h2>
        <p>{say.zoneText(reader.zone)}</p>
        <form method="post" action="/preferences">
          <input type="hidden" name="return_to" value="/account" />
          <Text name="zone" label={say.zone} state={blank({ zone: reader.zone })} />
          <Submit label={say.zoneAction} kind="quiet" />
        </form>
        <h2>{say.everywhere}</h2>
        <p>{say.sessions(sessions)}</p>
        <p>{say.everywhereText}</p>
        <Form visit={visit} action="/account/sign-out-everywhere">
          <Submit label={say.everywhere} kind="danger" />
        </Form>
      </>
    ),
  }
}
