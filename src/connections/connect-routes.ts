import { and, eq } from 'drizzle-orm'
import type { Context } from 'hono'
import { integrations } from '../../db/schema/seats.ts'
import type { Failure } from '../failure.ts'
import type { Api } from '../http/api.ts'
import type { HttpEnv } from '../http/context.ts'
import { Cookies } from '../http/cookies.ts'
import type { Html } from '../http/document.tsx'
import { htmlResponse } from '../http/html.ts'
import { problem } from '../http/problem.ts'
import type { IntegrationId, TenantId } from '../id.ts'
import { providerNamed } from '../providers/catalog.ts'
import { explain, explainWarning } from '../rights/remedy.ts'
import type { Judged } from '../seats/rpc.ts'
import { loadSeat } from '../seats/store.ts'
import { LOCALES, type Locale, wordsIn } from '../words/words.ts'
import { connectedPage } from './connected-page.tsx'
import type { ConnectLink } from './link-store.ts'
import { connectPage, refusedPage } from './page.tsx'
import { randomText } from './random-text.ts'
import { type Invitation, invitation, returnFrom, startSignIn } from './sign-in.ts'

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
    if (connected.ok) return htmlResponse(200, await success(link, connected.value, locale))
    return refused(c, connected.failure, locale, retryUrl, await otherLabel(link.tenantId, connected.failure))
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

  async function success(
    link: ConnectLink,
    { username, verdicts }: { username: string; verdicts: Judged[] },
    locale: Locale,
  ): Promise<Html> {
    const seat = await loadSeat(ports.db, link.tenantId, link.integrationId, 'target')
    if (seat === null) throw new Error(`The seat of ${link.integrationId} is gone`)
    const words = wordsIn(locale)
    const about = { registration: seat.app.registration, username, accountancy: null }
    return connectedPage({
      locale,
      integration: seat.integration.label,
      provider: providerNamed(seat.app.provider)?.definition.title ?? seat.app.provider,
      administration: { number: seat.administration.externalId, name: seat.administration.name },
      username,
      verdict: worst(verdicts),
      missing: once(verdicts.flatMap(judged => judged.missing)).map(missing => explain(missing, about, words)),
      doubts: once(verdicts.flatMap(judged => judged.doubts)).map(doubt => explain(doubt, about, words)),
      warnings: seat.connection.warnings.map(warning => explainWarning(warning, about, words)),
      checkUrl: null,
      doneUrl: seat.app.baseUrl,
    })
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

const worst = (verdicts: readonly Judged[]): Judged['verdict'] =>
  (['denied', 'unknown'] as const).find(verdict => verdicts.some(judged => judged.verdict === verdict)) ?? 'allowed'

/** Several booking kinds miss the same right: say it once. */
function once<T>(items: readonly T[]): T[] {
  return [...new Map(items.map(item => [JSON.stringify(item), item])).values()]
}
