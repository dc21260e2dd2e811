import type { HealthVerdict } from '../health/verdict.ts'
import type { TenantId } from '../id.ts'
import { providerNamed } from '../providers/catalog.ts'
import type { SourceKind } from '../rights/right.ts'
import { sayHealth } from '../words/state-words.ts'
import type { Words } from '../words/words.ts'
import type { Backed, Backer, Backing, Unfit } from './backing.ts'

/** Someone on the right, or the lack of someone; `more` is a whole sentence about it. */
export type SaidUser = {
  /** Unique on the page but for a user who sits on several seats. */
  id: string
  url: string | null
  name: string
  about: string
  more: string | null
  warned: boolean
}

/** A row in words: what picture and table both say. */
export type SaidRow = {
  id: string
  url: string
  label: string
  sourceKind: SourceKind
  about: string
  verdict: HealthVerdict
  state: string
  /** Why it is not well; null where all is well. */
  reason: string | null
  seat: { kind: Backed['kind']; provider: string; about: string }
  user: SaidUser
}

/** What the words depend on besides the facts: whose page it is, and whether its reader may change things. */
export type Saying = { words: Words; tenant: TenantId; mayWrite: boolean }

/** Give the address of the guided flow that adds an integration and its user. */
export const guidedFlow = (tenant: TenantId): string => `/t/${tenant}/onboarding`

/** Say who backs what, once for the picture and the table. */
export const sayRows = ({ rows }: Backing, saying: Saying): SaidRow[] =>
  rows.map(row => {
    const { words, tenant } = saying
    const { verdict, reason } = row.health
    const { taken, empty } = words.tenant.seat
    return {
      id: row.integrationId,
      url: `/t/${tenant}/integrations/${row.integrationId}`,
      label: row.label,
      sourceKind: row.sourceKind,
      about: `${words.rights.sourceKinds[row.sourceKind]} · ${row.sourceProvider}`,
      verdict,
      state: words.states.verdicts[verdict].name,
      reason: verdict === 'healthy' ? null : sayHealth(words.states, reason).text,
      seat: {
        kind: row.seat.kind,
        provider: providerNamed(row.provider)?.definition.title ?? row.provider,
        about: `${row.administration.number} · ${row.seat.kind === 'taken' ? taken : empty}`,
      },
      user: sayUser(row.seat, row.integrationId, saying),
    }
  })

/** Say which users sit on none of the tenant's seats, and why. */
export const sayUnseated = ({ unseated }: Backing, { words, tenant }: Saying): SaidUser[] =>
  unseated.map(({ why, ...user }) => ({
    ...sayBacker(user, tenant, words),
    about: user.caution === null ? sayWhy(why, words) : `${sayWhy(why, words)}; ${words.tenant.cautions[user.caution]}`,
  }))

function sayUser(seat: Backed, integration: string, { words, tenant, mayWrite }: Saying): SaidUser {
  const { short, make, fits, cautions } = words.tenant
  if (seat.kind === 'short') {
    const url = mayWrite ? guidedFlow(tenant) : null
    return { id: `short-${integration}`, url, name: short, about: make(seat.name), more: null, warned: true }
  }
  const said = sayBacker(seat.by, tenant, words)
  if (seat.kind === 'taken') return said
  const { caution } = seat.by
  const about = caution === null ? fits : `${fits}; ${cautions[caution]}`
  return { ...said, about }
}

function sayBacker({ id, username, kind, caution }: Backer, tenant: TenantId, words: Words): SaidUser {
  return {
    id,
    url: `/t/${tenant}/service-accounts/${id}`,
    name: username,
    about: caution === null ? words.rights.userKinds[kind] : words.tenant.cautions[caution],
    more: caution === null ? null : words.states.plan.cautions[caution],
    warned: caution !== null,
  }
}

/** As many administrations as one line has room for. */
const MOST_NAMED = 3

function sayWhy(why: Unfit, { tenant: { unseated } }: Words): string {
  if (why.kind === 'spare') return unseated.spare
  if (why.kind === 'elsewhere') return unseated.elsewhere
  const { administrations } = why
  const named = administrations.slice(0, MOST_NAMED).join(', ')
  return unseated.noAccess(administrations.length > MOST_NAMED ? `${named}, …` : named)
}
