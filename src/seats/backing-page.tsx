import type { FC } from 'hono/jsx'
import { nextStep } from '../health/next-step.ts'
import { cursorText } from '../health/overview-cursor.ts'
import { HEALTH_VERDICTS } from '../health/verdict.ts'
import { Empty, Mark, Pager } from '../http/parts.tsx'
import type { View } from '../http/view.ts'
import { mayWrite, type Visit } from '../http/visit.ts'
import type { TenantId } from '../id.ts'
import { sayHealth } from '../words/state-words.ts'
import type { Words } from '../words/words.ts'
import { Picture } from './backing-picture.tsx'
import type { BackingRead } from './backing-read.ts'
import { guidedFlow, sayRows, sayUnseated } from './backing-said.ts'
import { BackingTable } from './backing-table.tsx'

export type BackingProps = {
  visit: Pick<Visit, 'reader' | 'role'>
  tenant: TenantId
  read: BackingRead
  /** As the page was asked for; null for the first one. */
  after: string | null
}

/** Users on no seat are a side matter: so many are named, the others stand on the page of service accounts. */
const UNSEATED = 8

/** Show who backs what: how it is, what to do now, and the picture. */
export function backingBody(props: BackingProps): View['body'] {
  const { visit, tenant, read, after } = props
  const { words } = visit.reader
  const base = `/t/${tenant}`
  if (read.rows.length === 0 && after === null) return <Nothing {...props} />
  const url = after === null ? base : addressOf(base, after)
  return (
    <>
      <Now {...props} />
      {mayWrite(visit) && <Ways {...props} />}
      {/* What stands between the parts that refresh themselves keeps the focus; links inside them get it back by their id. */}
      <div
        id="backing"
        class="backing"
        hx-get={url}
        hx-trigger="every 15s"
        hx-select="#backing"
        hx-target="#backing"
        hx-swap="outerHTML"
        hx-select-oob="#backing-now"
      >
        <Drawn {...props} />
      </div>
      <Pager
        first={after === null ? null : base}
        next={read.next === null ? null : addressOf(base, cursorText(read.next))}
        reader={visit.reader}
      />
      {read.unseated.length > UNSEATED && (
        <p>
          <a href={`${base}/service-accounts`}>{words.tenant.unseated.more(read.unseated.length - UNSEATED)}</a>
        </p>
      )}
    </>
  )
}

const addressOf = (base: string, after: string): string => `${base}?after=${encodeURIComponent(after)}`

const Drawn: FC<BackingProps> = ({ visit, tenant, read }) => {
  const { words } = visit.reader
  const saying = { words, tenant, mayWrite: mayWrite(visit) }
  const rows = sayRows(read, saying)
  const unseated = sayUnseated({ ...read, unseated: read.unseated.slice(0, UNSEATED) }, saying)
  if (rows.length === 0) return <p class="muted">{words.tenant.noMore}</p>
  return (
    <>
      <Picture rows={rows} unseated={unseated} words={words} />
      <BackingTable rows={rows} unseated={unseated} say={words.tenant} />
    </>
  )
}

/** How it is in one sentence, whether users are short, and the next step of the worst. */
const Now: FC<BackingProps> = props => {
  const { visit, read } = props
  const { words } = visit.reader
  return (
    <div id="backing-now">
      <Counts read={read} words={words} />
      <p>
        {read.short > 0 ? (
          <Mark state="attention" word={words.states.plan.short(read.short)} />
        ) : (
          words.states.plan.short(0)
        )}
        {read.free > 0 && ` ${words.tenant.free(read.free)}`}
        <Cost read={read} words={words} />
      </p>
      <Worst {...props} />
    </div>
  )
}

const Counts: FC<{ read: BackingRead; words: Words }> = ({ read: { counts }, words }) => {
  const all = HEALTH_VERDICTS.reduce((sum, verdict) => sum + counts[verdict], 0)
  const there = HEALTH_VERDICTS.filter(verdict => counts[verdict] > 0)
  return (
    <p class="lead">
      {`${words.tenant.integrations(all)}: `}
      {there.map((verdict, at) => (
        <>
          {at > 0 && ', '}
          <Mark
            state={verdict}
            word={`${words.measures.number(counts[verdict])} ${words.states.verdicts[verdict].name}`}
          />
        </>
      ))}
      .
    </p>
  )
}

const Cost: FC<{ read: BackingRead; words: Words }> = ({ read: { monthlyCost }, words }) =>
  monthlyCost.knownCents === 0 ? null : (
    <span>{` ${words.tenant.cost(words.measures.money(monthlyCost.knownCents), monthlyCost.usersWithoutPrice)}`}</span>
  )

/** The worst comes first, so it is known on the first page only. */
const Worst: FC<BackingProps> = ({ visit, tenant, read, after }) => {
  const { words } = visit.reader
  const [worst] = read.rows
  if (after !== null || worst === undefined || worst.health.verdict === 'healthy') return null
  const { integrationId, label, health } = worst
  const { text, next } = sayHealth(words.states, health.reason)
  const { kind, url } = nextStep({ tenantId: tenant, integrationId }, health.reason)
  const step = words.overview.steps[kind]
  return (
    <section class="panel">
      <p>
        <strong>{`${words.tenant.first}: `}</strong>
        <a id="backing-worst" href={`/t/${tenant}/integrations/${integrationId}`}>
          {label}
        </a>
        {`. ${text} ${next}`}
      </p>
      {mayWrite(visit) && (
        <a id="backing-step" class="button quiet" href={url} aria-label={words.overview.stepFor(step, label)}>
          {step}
        </a>
      )}
    </section>
  )
}

const Ways: FC<BackingProps> = ({ visit, tenant, read: { unfinished } }) => {
  const say = visit.reader.words.tenant
  return (
    <p>
      <a class="button" data-primary="true" href={guidedFlow(tenant)}>
        {say.newIntegration}
      </a>
      {unfinished > 0 && (
        <a class="button quiet" href={guidedFlow(tenant)}>
          {say.unfinished(unfinished)}
        </a>
      )}
    </p>
  )
}

const Nothing: FC<BackingProps> = props => {
  const { visit, tenant, read } = props
  const { empty, newIntegration } = visit.reader.words.tenant
  if (!mayWrite(visit)) return <Empty text={empty.viewer} />
  if (read.unfinished === 0)
    return <Empty text={empty.admin} action={{ label: newIntegration, url: guidedFlow(tenant) }} />
  return (
    <>
      <Empty text={empty.admin} />
      <Ways {...props} />
    </>
  )
}
