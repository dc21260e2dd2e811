import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { setCookie } from 'hono/cookie'
import { randomText } from '../connections/random-text.ts'
import type { Failure } from '../failure.ts'
import { readBody } from '../http/body.ts'
import type { HttpEnv } from '../http/context.ts'
import { type Fields, fieldsOf, oneField } from '../http/fields-of.ts'
import { htmlResponse } from '../http/html.ts'
import { problem } from '../http/problem.ts'
import { PREFERENCES, readerOf, THEMES, zoneNamed } from '../http/reader.ts'
import { isOurs, type Site } from '../http/site.ts'
import { LOCALES } from '../words/words.ts'
import { Issuer } from './issuer.ts'
import { invitationBySecret } from './person-store.ts'
import { returnPath } from './return-path.ts'
import { OPERATOR_OWNER } from './role.ts'
import { endSession } from './session-store.ts'
import { beginSignIn, finishSignIn, isOpen } from './sign-in.ts'
import { invitationPage, signInPage, signInRefusedPage } from './sign-in-page.tsx'

const BROWSER = 'sign_in'
const YEAR_SECONDS = 31_536_000

/** Signing in and out, invitations, and what a reader prefers: all that needs no session yet. */
export function signInRoutes(site: Site): void {
  const { api, entrance, ports } = site
  const { app, frame } = api
  const { clock, hash, settings } = ports
  const { cookies } = entrance
  const issuer = settings.issuer === null ? null : new Issuer(settings.issuer, ports)
  const signInPorts = { ...ports, origin: settings.origin }
  const reader = (c: Context) => readerOf(c, clock.now())

  const refused = (c: Context<HttpEnv>, failure: Failure) => {
    const seen = reader(c)
    const { status } = problem(failure, seen.locale, { now: seen.now, requestId: frame.identify(c) })
    return htmlResponse(status, signInRefusedPage(seen, failure))
  }

  const begin = async (c: Context<HttpEnv>, returnTo: string, invitation: string | null) => {
    if (issuer === null) return refused(c, { kind: 'no_issuer' })
    const browser = cookies.get(c, BROWSER) ?? randomText(ports.random)
    const url = await beginSignIn(signInPorts, issuer, browser, returnTo, invitation)
    if (!url.ok) return refused(c, url.failure)
    cookies.set(c, BROWSER, browser)
    return c.redirect(url.value.href, 302)
  }

  app.get('/sign-in', frame.around, c => {
    const to = returnPath(c.req.query('return_to'))
    const left = c.req.query('left') !== undefined
    return htmlResponse(200, signInPage(reader(c), `/sign-in/start?return_to=${encodeURIComponent(to)}`, left))
  })

  app.get('/sign-in/start', frame.around, c => begin(c, returnPath(c.req.query('return_to')), null))

  app.get('/sign-in/callback', frame.around, async c => {
    if (issuer === null) return refused(c, { kind: 'no_issuer' })
    const returned = new URL(`${settings.origin}/sign-in/callback${new URL(c.req.url).search}`)
    const signedIn = await finishSignIn(signInPorts, issuer, cookies.get(c, BROWSER), returned)
    if (!signedIn.ok) return refused(c, signedIn.failure)
    const before = entrance.sessionOf(c)
    if (before !== null) await endSession(ports.db, hash(before)) // A new session never takes over an old one's secret.
    entrance.admit(c, signedIn.value.session)
    return c.redirect(signedIn.value.returnTo, 303)
  })

  app.get('/invite/:secret', frame.around, async c => {
    const invited = await invitationBySecret(ports.db, hash(c.req.param('secret')))
    if (!isOpen(invited, clock.now())) return refused(c, { kind: 'invitation_over' })
    const where = invited.tenantId === OPERATOR_OWNER ? null : invited.tenantName
    return htmlResponse(200, invitationPage(reader(c), where, invited.role, `${c.req.path}/start`))
  })

  app.get('/invite/:secret/start', frame.around, c => begin(c, '/', c.req.param('secret')))

  app.post('/sign-out', frame.around, async c => {
    const session = entrance.sessionOf(c)
    const fields = await sent(c)
    if (session !== null && fields !== null && oneField(fields, 'csrf') === entrance.csrfOf(session)) {
      await endSession(ports.db, hash(session))
      entrance.dismiss(c)
    }
    return c.redirect('/sign-in?left', 303)
  })

  app.post('/preferences', frame.around, async c => {
    const fields = await sent(c)
    if (fields === null || !isOurs(c, settings.origin)) return refused(c, { kind: 'form_outdated' })
    for (const [name, value] of Object.entries(preferencesIn(fields)))
      if (value !== undefined)
        setCookie(c, name, value, {
          path: '/',
          maxAge: YEAR_SECONDS,
          sameSite: 'Lax',
          secure: settings.origin.startsWith('https:'),
        })
    return c.redirect(returnPath(oneField(fields, 'return_to')), 303)
  })
}

async function sent(c: Context): Promise<Fields | null> {
  const body = await readBody(c.req.raw, 10_000)
  return body.ok ? fieldsOf(new TextDecoder().decode(body.value)) : null
}

/** What a form of preferences says, as far as it makes sense, by the cookie that keeps it. */
function preferencesIn(fields: Fields): Record<string, string | undefined> {
  const one = <T extends string>(name: string, of: readonly T[]) => z.enum(of).safeParse(oneField(fields, name)).data
  return {
    [PREFERENCES.locale]: one('locale', LOCALES),
    [PREFERENCES.theme]: one('theme', THEMES),
    [PREFERENCES.zone]: zoneNamed(oneField(fields, 'zone')) ?? undefined,
  }
}
