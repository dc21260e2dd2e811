import { isLive } from '../connections/connection.ts'
import type { Need } from './right.ts'
import { LAYERS, type Layer, type Missing, type Verdict } from './right.ts'
import { observed, type Standing } from './standing.ts'

type Finding = { missing: Missing; weight: 'refused' | 'doubted' }

/**
 * Judge one booking before it is queued: ask every layer about every right it needs and report all that refuse (DIV-01).
 * `needs` is null for a kind the provider does not know: that is denied (EOL-01, fail closed). `administration` is the
 * provider's own number. Anything refused makes `denied`; otherwise anything unproven makes `unknown`.
 */
export function preflight(standing: Standing, needs: readonly Need[] | null, administration: string): Verdict {
  if (needs === null || needs.length === 0) return closed(administration)
  const findings = LAYERS.flatMap(layer => needs.flatMap(need => ask[layer](standing, need, administration)))
  const missing = once(findings.filter(finding => finding.weight === 'refused').map(finding => finding.missing))
  const doubts = once(findings.filter(finding => finding.weight === 'doubted').map(finding => finding.missing))
  const verdict = missing.length > 0 ? 'denied' : doubts.length > 0 ? 'unknown' : 'allowed'
  return { verdict, missing, doubts }
}

const closed = (administration: string): Verdict => ({
  verdict: 'denied',
  missing: [{ layer: 'right', resource: '*', action: 'POST', administration, cause: 'right_unproven' }],
  doubts: [],
})

type Ask = (standing: Standing, need: Need, administration: string) => Finding[]

const finding = (
  layer: Layer,
  cause: Missing['cause'],
  need: Need,
  administration: string,
  weight: Finding['weight'],
  words?: string,
): Finding => ({
  weight,
  missing: {
    layer,
    resource: need.resource,
    action: need.action,
    administration,
    cause,
    ...(words === undefined ? {} : { words }),
  },
})

const isWrite = (need: Need): boolean => need.action !== 'GET'

const ask: Record<Layer, Ask> = {
  connection(standing, need, administration) {
    const seen = met('connection', standing, need, administration)
    if (isLive(standing.state)) return seen
    const cause = standing.state === 'reconnect_required' ? 'reconnect_required' : 'not_connected'
    return [finding('connection', cause, need, administration, 'refused'), ...seen]
  },

  user_kind(standing, need, administration) {
    if (standing.userKind !== 'client_user' || !isWrite(need)) return met('user_kind', standing, need, administration)
    const weight = refuses(standing, need, administration) ? 'refused' : 'doubted'
    return [finding('user_kind', 'client_user', need, administration, weight)]
  },

  app_scope(standing, need, administration) {
    const seen = met('app_scope', standing, need, administration)
    if (seen.length > 0 || !isWrite(need) || standing.appScopes.length === 0 || need.scopes.length === 0) return seen
    const covered = need.scopes.some(scope => standing.appScopes.includes(scope))
    return covered ? [] : [finding('app_scope', 'app_scope_doubtful', need, administration, 'doubted')]
  },

  licence(standing, need, administration) {
    const seen = met('licence', standing, need, administration)
    if (seen.length > 0 || !rightIsThere(standing, need, administration)) return seen
    return [finding('licence', 'licence_module', need, administration, 'refused')]
  },

  administration(standing, need, administration) {
    const seen = met('administration', standing, need, administration)
    if (seen.length > 0) return seen
    if (standing.reach === null)
      return isLive(standing.state)
        ? [finding('administration', 'administration_unproven', need, administration, 'doubted')]
        : []
    if (standing.reach.includes(administration)) return []
    const cause = standing.registration === 'published' ? 'division_out_of_scope' : 'administration_out_of_reach'
    return [finding('administration', cause, need, administration, 'refused')]
  },

  right(standing, need, administration) {
    const known = observed(standing.rights, administration, need)?.observation ?? null
    if (known?.by === 'delivery') {
      if (known.probed === 'no') return [finding('right', 'right_missing', need, administration, 'refused')]
      return rightIsThere(standing, need, administration) ? [] : met('right', standing, need, administration)
    }
    if (known?.answer === 'no') return [finding('right', 'right_missing', need, administration, 'refused')]
    if (known?.answer === 'yes' || !isLive(standing.state)) return []
    return [finding('right', 'right_unproven', need, administration, 'doubted')]
  },
}

/** What a refused booking taught about this layer. */
function met(layer: Layer, standing: Standing, need: Need, administration: string): Finding[] {
  const known = observed(standing.rights, administration, need)?.observation
  if (known?.by !== 'delivery' || known.layer !== layer) return []
  return [finding(layer, known.cause, need, administration, 'refused', known.words)]
}

/**
 * Tell whether a bare refusal cannot come from the user's right, because the provider says that it is there: then the
 * module, or another layer above it, is in the way (exact-online.md 2.3).
 */
function rightIsThere(standing: Standing, need: Need, administration: string): boolean {
  const known = observed(standing.rights, administration, need)?.observation
  return known?.by === 'delivery' && known.cause === 'right_derived' && known.probed === 'yes'
}

const refuses = (standing: Standing, need: Need, administration: string): boolean => {
  const known = observed(standing.rights, administration, need)?.observation
  return known !== undefined && (known.by === 'delivery' || known.answer === 'no')
}

/** A layer that refuses every right alike says so once, on the first (the write); rights are named one by one. */
function once(missing: Missing[]): Missing[] {
  const said = new Set<string>()
  return missing.filter(one => {
    const key = one.layer === 'right' ? `${one.cause} ${one.action} ${one.resource}` : `${one.layer} ${one.cause}`
    return said.has(key) ? false : said.add(key) !== undefined
  })
}
