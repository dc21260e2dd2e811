import { isTaken, runBatch } from '../../db/open.ts'
import type { Actor } from '../audit/audit.ts'
import { OPERATOR } from '../audit/store.ts'
import { secretPlace } from '../connections/secret.ts'
import type { Failure } from '../failure.ts'
import type { Api } from '../http/api.ts'
import { invalid } from '../http/input.ts'
import { newId, type ProviderAppId } from '../id.ts'
import { fail, ok, type Result } from '../result.ts'
import { reloadSeats } from '../seats/reload-seats.ts'
import { seatsOfApp } from '../seats/seat-read.ts'
import type { NewApp } from './app-form.ts'
import { type AppRow, appById, insertApp, updateSecret } from './app-store.ts'
import { baseUrlFrom } from './base-url.ts'

/** Register a provider app with its secret sealed; a client is registered once. */
export async function createApp(api: Api, body: NewApp, actor: Actor): Promise<Result<AppRow, Failure>> {
  const { clock, random, db, vault, settings } = api.ports
  const baseUrl = baseUrlFrom(body.base_url, settings.loopbackAllowed)
  if (baseUrl === null) return invalid({ pointer: '/base_url', message: { kind: 'not_an_origin' } })
  const app = {
    id: newId('app', clock, random),
    provider: body.provider,
    baseUrl,
    clientId: body.client_id,
    registration: body.registration,
    scopes: body.scopes,
    callsPerMinute: body.calls_per_minute,
    createdAt: clock.now(),
  }
  const sealedSecret = await vault.seal(secretPlace(app.provider, app.id), body.client_secret)
  const audit = api.audit(OPERATOR, actor, 'provider_app.created', app.id, about(app))
  try {
    await runBatch(db, [insertApp(db, { ...app, sealedSecret }), audit])
  } catch (error) {
    if (isTaken(error, 'provider_apps.client_id')) return fail({ kind: 'already_exists', what: 'provider_app' })
    throw error
  }
  return ok(app)
}

/** Put another client secret in the place of an app's own; its seats, which keep the old one in memory, read it anew. */
export async function replaceSecret(
  api: Api,
  id: ProviderAppId,
  secret: string,
  actor: Actor,
): Promise<Result<null, Failure>> {
  const { db, vault } = api.ports
  const app = await appById(db, id)
  if (app === null) return fail({ kind: 'not_found' })
  const sealed = await vault.seal(secretPlace(app.provider, app.id), secret)
  await runBatch(db, [
    updateSecret(db, id, sealed),
    api.audit(OPERATOR, actor, 'provider_app.secret_replaced', id, about(app)),
  ])
  await reloadSeats(api.ports, () => seatsOfApp(db, id))
  return ok(null)
}

const about = ({ provider, clientId }: AppRow) => ({ provider, client_id: clientId })
