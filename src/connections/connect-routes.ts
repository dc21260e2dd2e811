import { and, eq } from 'drizzle-orm'
import type { Context } from 'hono'
import { integrations } from '../../db/schema/seats.ts'
import type { Failure } from '../failure.ts'
import type { Api } from '../http/api.ts'
import type { HttpEnv } from '../http/context.ts'
import { Cookies } from '../http/cookies.ts'
import { htmlResponse } from '../http/html.ts'
import { problem } from '../http/problem.ts'
import type { IntegrationId, TenantId } from '../id.ts'
import { providerNamed } from '../providers/catalog.ts'
import { LOCALES, type Locale } from '../words/words.ts'
import { judgeAgain, resultPage } from './connect-result.ts'
import { connectPage, refusedPage } from './page.tsx'
import { randomText } from './random-text.ts'
import { type Invitation, invitation, madeBy, returnFrom, startSignIn } from './sign-in.ts'

/** The pages a person meets while connecting: the link, the way to the provider, and the way back. */
export function connectRoutes(api: Api): void {
  const { app, frame, ports } = api
  const { around } = frame
  const cookies = new Cookies(ports.settings.origin)

  app.get('/connect/:secret', around, async c => {
    const secret = c.req.param('secret')
    const invited = await invitation(ports, secret)
    const locale = localeFor(c, invited.ok ? invited.value.link.locale : null)
    return invited.ok
      ? htmlResponse(200, connectPage(invitationProps(invited.value, secret, locale)))
      : refused(c, invited.failure, locale)
  })

  app.get('/connect/:secret/start', around, async c => {
    const secret = c.req.param('secret')
    const invited = await invitation(ports, secret)
    if (!invited.ok) return refused(c, invited.failure, localeFor(c, null))
    const browser = cookies.get(c, 'browser') ?? randomText(ports.random)
    cookies.set(c, 'browser', browser)
    cookies.set(c, 'link', secret)
    return c.redirect(await startSignIn(ports, invited.value, browser), 302)
  })

  app.get('/oauth/callback', around, async c => {
    const { state = '', code, error, error_description: words = '' } = c.req.query()
    const back = await returnFrom(ports, state, cookies.get(c, 'browser'))
    if (!back.ok) return refused(c, back.failure, localeFor(c, null))
    const link = back.value
    const locale = localeFor(c, link.locale)
    const secret = cookies.get(c, 'link')
    const retryUrl = secret !== null && ports.hash(secret) === link.secretHash ? `/connect/${secret}` : null
    if (code === undefined || error !== undefined)
      return refused(c, { kind: 'consent_declined', words: words || (error ?? '') }, locale, retryUrl)
    const connected = await ports.seatOf(link.integrationId).consent(link.tenantId, link.id, code)
    const checkUrl = retryUrl === null ? null : `${retryUrl}/check`
    if (connected.ok) return htmlResponse(200, await resultPage(ports, link, connected.value, locale, checkUrl))
    return refused(c, connected.failure, locale, retryUrl, await otherLabel(link.tenantId, connected.failure))
  })

  app.get('/connect/:secret/check', around, async c => {
    const secret = c.req.param('secret')
    const made = await madeBy(ports, secret, cookies.get(c, 'browser'))
    if (!made.ok) return refused(c, made.failure, localeFor(c, null))
    const link = made.value
    const locale = localeFor(c, link.locale)
    const judged = await judgeAgain(ports, link)
    if (!judged.ok) return refused(c, judged.failure, locale)
    return htmlResponse(200, await resultPage(ports, link, judged.value, locale, `/connect/${secret}/check`))
  })

  const refused = (
    c: Context<HttpEnv>,
    failure: Failure,
    locale: Locale,
    retryUrl: string | null = null,
    label: string | null = null,
  ) => {
    const { status } = problem(failure, locale, { now: ports.clock.now(), requestId: frame.identify(c) })
    return htmlResponse(status, refusedPage({ failure, locale, retryUrl, otherLabel: label }))
  }

  async function otherLabel(tenant: TenantId, failure: Failure): Promise<string | null> {
    if (failure.kind !== 'user_already_seated' || failure.seatedAt === 'another_tenant') return null
    return labelOf(tenant, failure.seatedAt)
  }

  async function labelOf(tenant: TenantId, integration: IntegrationId): Promise<string | null> {
    const [row] = await ports.db
      .select({ label: integrations.label })
      .from(integrations)
      .where(and(eq(integrations.tenantId, tenant), eq(integrations.id, integration)))
    return row?.label ?? null
  }
}

/** The language asked for in the address, else the link's own, else the browser's wish. */
function localeFor(c: Context, links: Locale | null): Locale {
  const asked = LOCALES.find(locale => locale === c.req.query('locale'))
  return asked ?? links ?? (c.req.header('accept-language')?.trim().toLowerCase().startsWith('nl') ? 'nl' : 'en')
}

function invitationProps({ seat, tenantName, expected, taken }: Invitation, secret: string, locale: Locale) {
  return {
    locale,
    tenant: tenantName,
    integration: seat.integration.label,
    provider: providerNamed(seat.app.provider)?.definition.title ?? seat.app.provider,
    administration: { number: seat.administration.externalId, name: seat.administration.name },
    registration: seat.app.registration,
    bookingKinds: seat.integration.bookingKinds,
    username: expected,
    seatedUsernames: taken,
    startUrl: `/connect/${secret}/start`,
    languageUrl: `/connect/${secret}?locale=${locale === 'nl' ? 'en' : 'nl'}`,
  }
}
