import type { Failure } from '../failure.ts'
import type { FormState } from '../http/attempt.ts'
import type { Site } from '../http/site.ts'
import type { View } from '../http/view.ts'
import { ok, type Result } from '../result.ts'
import { accountById } from '../seats/account-store.ts'
import { stepUrl } from './address.ts'
import { chooseUser, UserForm } from './choose-user.ts'
import { wantedNow } from './consent-progress.ts'
import { giveLink, LinkForm } from './give-link.ts'
import { linkView, WANTED_HEADER } from './link-page.tsx'
import type { Flow } from './onboarding-store.ts'
import { readProgress } from './progress-read.ts'
import { packLink, type ShownLink, unpackLink } from './shown-link.ts'
import type { StepVisit } from './step-page.tsx'
import { actOnStep, type Showing, showStep } from './step-routes.ts'
import { targetOf } from './target-read.ts'
import { userView } from './user-page.tsx'
import { readUsers } from './user-read.ts'

/** The cookie that takes a link from the form that made it to the page that shows it, once. */
const SHOWN = 'shown_link'
const SHOWN_SECONDS = 60

/** The questions on the way to a seat that is taken: which user, and their sign-in by a link. */
export function connectSteps(site: Site): void {
  const { api, ports, entrance } = site

  const user: Showing = {
    step: 'user',
    show: async (visit, flow, state) => {
      const target = await targetOf(ports.db, visit.tenant.id, flow.draft)
      const planned = await readUsers(ports.db, visit.tenant.id, flow, target, ports.clock.now())
      return ok(userView({ visit, flow, state, target, planned }))
    },
  }
  showStep(site, user)
  actOnStep(site, user, {
    body: UserForm,
    act: ({ tenant, body, actor, reader }, flow) =>
      chooseUser(api, tenant.id, flow, body, actor, reader.words.onboarding),
  })

  /** Take the note of a link that was just made, if it is this flow's. */
  const takeShown = ({ c }: StepVisit, flow: Flow): ShownLink | null => {
    const note = entrance.cookies.get(c, SHOWN)
    if (note === null) return null
    entrance.cookies.drop(c, SHOWN)
    const shown = unpackLink(note, `${ports.settings.origin}/connect`)
    return shown?.id === flow.connectLinkId ? shown : null
  }

  const showLink = async (visit: StepVisit, flow: Flow, state: FormState | null): Promise<Result<View, Failure>> => {
    const { db, clock } = ports
    const { c, tenant } = visit
    const isPolling = c.req.header('hx-request') === 'true'
    const [{ provider }, account, progress] = await Promise.all([
      targetOf(db, tenant.id, flow.draft),
      flow.serviceAccountId === null ? null : accountById(db, tenant.id, flow.serviceAccountId),
      readProgress(db, tenant.id, flow, clock.now()),
    ])
    const wanted = wantedNow(progress, false)
    const isElse = (wanted === 'check' || wanted === 'user') && c.req.header(WANTED_HEADER) !== wanted
    // What is to be done next stands outside the part that polls: then the whole page is another.
    if (isPolling && isElse) c.header('hx-redirect', stepUrl(tenant.id, flow.id, 'link'))
    const shown = isPolling ? null : takeShown(visit, flow)
    return ok(linkView({ visit, flow, state, provider: provider.definition.title, account, progress, shown }))
  }

  const link: Showing = { step: 'link', show: showLink }
  showStep(site, link)
  actOnStep(site, link, {
    body: LinkForm,
    act: async ({ c, tenant, body: { locale }, actor }, flow) => {
      const made = await giveLink(api, tenant.id, flow, locale, actor)
      if (!made.ok) return made
      entrance.cookies.set(c, SHOWN, packLink({ ...made.value, locale }), SHOWN_SECONDS)
      return ok({ to: stepUrl(tenant.id, flow.id, 'link') })
    },
  })
}
