import { setTimeout as delay } from 'node:timers/promises'
import type { Api } from './api.ts'
import { consentAs, type Exact } from './demo-exact.ts'

export type Made = { id: string }
export type Missing = { layer: string; reason: string; remedy: { text: string; path: string } }
export type Accepted = Made & { state: string; missing: Missing[] }
export type Connection = {
  state: string
  service_account: { username: string } | null
  trouble: { text: string; next_step: string } | null
  warnings: { text: string }[]
  health: { verdict: string; reason: string }
}

/** What the demo has made so far, and how it does things. */
export type Stage = {
  api: Api
  exact: Exact
  clientId: string
  /** Path of the tenant. */
  base: string
  integration(label: string): Promise<Made>
  submit(to: Made, reference: string): Promise<Accepted>
  settled(of: Made, state: string, count: number): Promise<(Accepted & { reference: string })[]>
  say(line: string): void
}

const B_SHOP = 'b.shop@fietsenwinkel.example'
const PSP = 'psp@fietsenwinkel.example'
const DAY_MS = 86_400_000

/** Play five ways in which a connection goes wrong; each ends in its own diagnosis with its own remedy. */
export async function playTroubles(stage: Stage, b: Made, delivered: number): Promise<void> {
  await stage.exact.minuteLimit(null) // All of this in one minute is more than Exact would take of one app.
  try {
    await scopeRemoved(stage, b, delivered)
    await clientUser(stage)
    await bareForbidden(stage)
    await consentRevoked(stage)
    await chainExpired(stage)
  } finally {
    await stage.exact.tokensLive(600)
    await stage.exact.minuteLimit(60)
    await stage.exact.modules(['financial', 'sales', 'logistics', 'crm'])
  }
}

export const connectAs = async ({ api, base }: Pick<Stage, 'api' | 'base'>, to: Made, username: string) =>
  consentAs((await api.post<{ url: string }>(`${base}/integrations/${to.id}/connect-links`)).url, username)

export const connectionOf = ({ api, base }: Pick<Stage, 'api' | 'base'>, of: Made): Promise<Connection> =>
  api.get<Connection>(`${base}/integrations/${of.id}/connection`)

async function scopeRemoved(stage: Stage, b: Made, delivered: number): Promise<void> {
  const { exact, clientId, submit, settled, say, api, base } = stage
  await exact.grantScope(B_SHOP, clientId, [2044])
  await submit(b, 'B-scope')
  const [held] = await settled(b, 'held', 1)
  say(`Administration 1001 was taken from the app: ${why(held?.missing)}`)
  await exact.grantScope(B_SHOP, clientId, 'all')
  await api.post(`${base}/transactions/${held?.id}/retry`)
  await settled(b, 'delivered', delivered + 1)
  say('Given back, it went after all')
}

async function clientUser(stage: Stage): Promise<void> {
  const c = await stage.integration('Webshop C')
  await connectAs(stage, c, 'client@fietsenwinkel.example')
  const { state, missing } = await stage.submit(c, 'C-client')
  stage.say(`A client user sits on Webshop C; its invoice is ${state}: ${why(missing)}`)
}

async function bareForbidden(stage: Stage): Promise<void> {
  const { exact, settled, say, api, base } = stage
  const d = await stage.integration('Webshop D')
  await connectAs(stage, d, 'kassa1@fietsenwinkel.example')
  await exact.modules(['sales', 'logistics', 'crm'])
  await stage.submit(d, 'D-module')
  const [held] = await settled(d, 'held', 1)
  say(`Exact said only "Forbidden" to Webshop D: ${why(held?.missing)}`)
  await exact.modules(['financial', 'sales', 'logistics', 'crm'])
  await api.post(`${base}/transactions/${held?.id}/retry`)
  await settled(d, 'delivered', 1)
  say('With the module back, it went after all')
}

async function consentRevoked(stage: Stage): Promise<void> {
  const { exact, api, base, clientId, say } = stage
  await exact.tokensLive(33) // Fresh for three seconds, then due: ten minutes in short.
  const e = await stage.integration('Webshop E')
  await connectAs(stage, e, PSP)
  await exact.revoke(PSP, clientId)
  await api.get(`${base}/integrations/${e.id}/proxy/current/Me`).catch(() => undefined) // The provider's own 401.
  say(`Consent was revoked: ${trouble(await connectionOf(stage, e))}`)
  while ((await connectionOf(stage, e)).state !== 'reconnect_required') await delay(200)
  say(`… and once Exact takes a refresh: ${trouble(await connectionOf(stage, e))}`)
  await api.delete(`${base}/integrations/${e.id}/connection`)
}

async function chainExpired(stage: Stage): Promise<void> {
  const { exact, api, base, say } = stage
  await exact.tokensLive(30)
  const f = await stage.integration('Webshop F')
  await connectAs(stage, f, PSP)
  await exact.moveClock(31 * DAY_MS)
  try {
    await api.get(`${base}/integrations/${f.id}/token`).catch(() => undefined) // Refused: that is what is played.
  } finally {
    await exact.moveClock(-31 * DAY_MS)
  }
  say(`Nobody used Webshop F for 31 days: ${trouble(await connectionOf(stage, f))}`)
}

const why = (missing: readonly Missing[] = []): string =>
  `${missing[0]?.reason ?? ''} → ${missing[0]?.remedy.path || missing[0]?.remedy.text}`

const trouble = ({ state, trouble }: Connection): string =>
  `${state}. ${trouble?.text ?? ''} ${trouble?.next_step ?? ''}`
