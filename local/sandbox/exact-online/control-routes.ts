import { z } from 'zod'
import { type Control, UnknownName } from './control.ts'
import { inputs } from './control-inputs.ts'
import { faultSchema } from './faults.ts'
import { type Call, json, type Reply } from './http.ts'
import { awaitSchema } from './request-log.ts'
import { settingsPatch } from './settings.ts'

type Route = (control: Control, body: unknown, call: Call) => unknown

const routes: Record<string, Route> = {
  'GET state': control => control.state(),
  'PATCH settings': (control, body) => control.settings(settingsPatch.parse(body)),
  'POST users': (control, body) => control.users(inputs.user.parse(body)),
  'POST rights': (control, body) => control.rights(inputs.right.parse(body)),
  'POST divisions-access': (control, body) => control.divisionsAccess(inputs.access.parse(body)),
  'POST divisions': (control, body) => control.divisions(inputs.division.parse(body)),
  'POST records': (control, body) => control.records(inputs.record.parse(body)),
  'POST grant-scope': (control, body) => control.grantScope(inputs.grantScope.parse(body)),
  'POST clients': (control, body) => control.clients(inputs.client.parse(body)),
  'POST modules': (control, body) => control.modules(inputs.modules.parse(body)),
  'POST block': (control, body) => control.block(inputs.block.parse(body)),
  'POST revoke': (control, body) => control.revoke(inputs.revoke.parse(body)),
  'POST clock': (control, body) => control.clock(inputs.clock.parse(body)),
  'POST consent': (control, body) => control.consent(inputs.consent.parse(body)),
  'GET ledger': (control, _, call) => control.ledger(inputs.ledger.parse(Object.fromEntries(call.query))),
  'GET log': (control, _, call) => control.log(Number(call.query.get('since') ?? 0)),
  'GET chains': control => control.chains(),
  'GET faults': control => control.listFaults(),
  'POST faults': (control, body) => control.faults(faultSchema.parse(body)),
  'DELETE faults': control => control.clearFaults(),
  'POST release': (control, body) => control.release(inputs.release.parse(body)),
  'POST await': (control, body) => control.awaitRequests(awaitSchema.parse(body)),
  'POST reset': control => control.reset(),
}

/** Answer a call under /_control/. */
export async function answerControl(control: Control, call: Call): Promise<Reply> {
  const route = routes[`${call.method} ${call.path.slice('/_control/'.length)}`]
  if (route === undefined) return json(404, { error: 'no such control call', calls: Object.keys(routes) })
  try {
    const body: unknown = call.body === '' ? {} : JSON.parse(call.body)
    return json(200, (await route(control, body, call)) ?? { ok: true })
  } catch (problem) {
    if (problem instanceof UnknownName) return json(404, { error: problem.message })
    if (problem instanceof z.ZodError) return json(400, { error: z.prettifyError(problem) })
    if (problem instanceof SyntaxError) return json(400, { error: 'the body is not JSON' })
    throw problem
  }
}
