import { bookingKind } from './booking-kinds.ts'
import { deleteBooking, postBooking, putBooking } from './bookings.ts'
import { type Caller, callerOf, holds } from './caller.ts'
import { noteAccessUse } from './chains.ts'
import { findByKey, getCollection, getOne } from './collections.ts'
import { type Endpoint, endpoints } from './endpoints.ts'
import { type Call, empty, type Reply } from './http.ts'
import { allDivisions, availableFeatures, me, ownDivisions, systemUsers, userHasRights } from './identity.ts'
import { errorKey, type Limits } from './limits.ts'
import { deleteMaster, postMaster, putMaster } from './masters.ts'
import type { Action } from './model.ts'
import { negotiated, refusal } from './odata.ts'
import { refusedBy } from './rights.ts'
import type { World } from './state.ts'
import { objectBody, type Written, written } from './writing.ts'

const pathShape = /^\/api\/v1\/(?:(\d+)\/)?([a-zA-Z]+\/[a-zA-Z]+)(?:\(guid'([^']+)'\))?$/
const withoutDivision = new Set(['current/Me', 'system/Users'])

interface Target {
  endpoint: Endpoint
  division: number | null
  id: string | null
}

interface Work {
  world: World
  call: Call
  caller: Caller
  target: Target
}

/** Answer one call under /api/v1: token, budgets, rights layers, and then the endpoint itself. */
export function answerApi(world: World, limits: Limits, call: Call): Reply {
  const caller = callerOf(world, call)
  const target = targetOf(call)
  const unauthorised = empty(401, { 'WWW-Authenticate': 'Bearer' })
  if (caller === null) return unauthorised
  const path = target?.endpoint.path ?? call.path
  const key = errorKey(caller.client.client_id, caller.user.username, target?.division ?? null, path)
  if (limits.isBlocked(key)) return refusal(429, '')
  const reply = holds(world, caller) ? admitted(world, limits, call, caller, target) : unauthorised
  limits.note(key, reply.status)
  return negotiated(call, reply, world.settings.atom_by_default)
}

function admitted(world: World, limits: Limits, call: Call, caller: Caller, target: Target | null): Reply {
  noteAccessUse(world, caller)
  if (target === null) return refusal(404, 'Resource not found.')
  const misplaced = misplacedDivision(target)
  if (misplaced !== null) return misplaced
  const bucket = bucketOf(world, caller, target)
  const admission = bucket === null ? { refused: null, headers: {} } : limits.admit(caller.client.client_id, bucket)
  if (admission.refused !== null) return admission.refused
  const reply = throughLayers({ world, call, caller, target })
  return { ...reply, headers: { ...reply.headers, ...admission.headers } }
}

function targetOf(call: Call): Target | null {
  const match = pathShape.exec(call.path)
  const endpoint = endpoints.get(match?.[2] ?? '')
  if (match === null || endpoint === undefined) return null
  return { endpoint, division: match[1] === undefined ? null : Number(match[1]), id: match[3] ?? null }
}

function misplacedDivision({ endpoint, division }: Target): Reply | null {
  const wantsNone = withoutDivision.has(endpoint.path)
  if (wantsNone && division !== null) return refusal(501, 'Not implemented')
  return !wantsNone && division === null ? refusal(404, 'Resource not found.') : null
}

function bucketOf(world: World, caller: Caller, { division }: Target): number | null {
  if (division !== null) return division
  return world.settings.me_bucket === 'current_division' ? caller.user.current_division : null
}

function throughLayers(work: Work): Reply {
  const { world, call, caller, target } = work
  const action = call.method === 'MERGE' ? 'PUT' : call.method
  if (!target.endpoint.actions.includes(action as Action)) return refusal(405, 'Method not allowed.')
  const ask = { world, caller, endpoint: target.endpoint, action: action as Action, division: target.division }
  return refusedBy(ask) ?? (action === 'GET' ? read(work) : write(work, action as Action))
}

function read({ world, call, caller, target }: Work): Reply {
  const division = target.division ?? caller.user.current_division
  switch (target.endpoint.path) {
    case 'current/Me':
      return me(world, caller)
    case 'system/Divisions':
      return ownDivisions(world, caller)
    case 'system/AllDivisions':
      return allDivisions(world, caller)
    case 'system/Users':
      return systemUsers(world)
    case 'system/AvailableFeatures':
      return availableFeatures(world)
    case 'users/UserHasRights':
      return userHasRights(world, call, caller, division)
  }
  if (target.id === null) return getCollection(world, call, target.endpoint, division)
  const record = findByKey(world, target.endpoint, division, target.id)
  return record === undefined ? refusal(404, 'Not found') : getOne(call, target.endpoint, record)
}

function write(work: Work, action: Action): Reply {
  const { world, call, target } = work
  if (action === 'POST') return target.id === null ? post(work) : refusal(405, 'Method not allowed.')
  const division = target.division ?? 0
  const record = target.id === null ? undefined : findByKey(world, target.endpoint, division, target.id)
  if (record === undefined) return refusal(404, 'Not found')
  if (action === 'DELETE') {
    return bookingKind(target.endpoint.path) === undefined ? deleteMaster(world, record) : deleteBooking(world, record)
  }
  const details = writeOf(work)
  if (details === null) return unreadableBody()
  const outcome =
    details.kind === undefined ? putMaster(details, record) : putBooking({ ...details, kind: details.kind }, record)
  return settle(call, target, outcome)
}

function post(work: Work): Reply {
  const details = writeOf(work)
  if (details === null) return unreadableBody()
  const outcome = details.kind === undefined ? postMaster(details) : postBooking({ ...details, kind: details.kind })
  return settle(work.call, work.target, outcome)
}

function writeOf({ world, call, caller, target }: Work) {
  const body = objectBody(call)
  if (body === null) return null
  const { path } = target.endpoint
  const shared = { world, division: target.division ?? 0, user: caller.user, client_id: caller.client.client_id, body }
  return { ...shared, endpoint: path, kind: bookingKind(path) }
}

function settle(call: Call, target: Target, outcome: Reply | Written): Reply {
  return 'record' in outcome ? written(call, outcome, target.endpoint.key) : outcome
}

function unreadableBody(): Reply {
  return refusal(400, 'Bad Request - Error in processing request stream.')
}
