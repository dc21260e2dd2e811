import type { FC } from 'hono/jsx'
import { blank } from '../http/attempt.ts'
import { Select } from '../http/form.tsx'
import { Ago, Empty, Icon, Pager, Verdict } from '../http/parts.tsx'
import type { Reader } from '../http/reader.ts'
import type { View } from '../http/view.ts'
import { ALL_PROVIDERS, providerNamed } from '../providers/catalog.ts'
import { sayHealth } from '../words/state-words.ts'
import { nextStep } from './next-step.ts'
import type { OverviewRow } from './overview-read.ts'
import type { Today } from './today-read.ts'
import { HEALTH_VERDICTS, type HealthVerdict } from './verdict.ts'

/** What was asked for in the address. */
export type Asked = { q: string; verdict: HealthVerdict | ''; provider: string; after: string }

export type OverviewProps = {
  reader: Reader
  asked: Asked
  counts: Record<HealthVerdict, number>
  today: Today
  rows: readonly OverviewRow[]
  /** The place after which the list goes on; null at its end. */
  next: string | null
}

/** Write an overview's address: what is asked for, and nothing that is not. */
export function overviewUrl(asked: Partial<Asked>): string {
  const given = Object.entries(asked).filter(([, value]) => value !== '')
  const query = new URLSearchParams(given).toString()
  return query === '' ? '/overview' : `/overview?${query}`
}

/** Show every connection, the worst first: is anything wrong, what exactly, and what to do now. */
export function overviewBody(props: OverviewProps): View['body'] {
  const { reader, asked, rows, next } = props
  const say = reader.words.overview
  const filtered = asked.q !== '' || asked.verdict !== '' || asked.provider !== ''
  return (
    <>
      <div
        id="counts"
        hx-get={overviewUrl(asked)}
        hx-trigger="every 15s"
        hx-select="#counts"
        hx-target="#counts"
        hx-swap="outerHTML"
      >
        <Counts {...props} />
        <TodayLine {...props} />
      </div>
      <Filter {...props} />
      <h2>{say.list}</h2>
      {rows.length === 0 ? (
        <Empty
          text={filtered ? say.nothing.text : say.empty.text}
          action={
            filtered ? { label: say.nothing.action, url: '/overview' } : { label: say.empty.action, url: '/tenants' }
          }
        />
      ) : (
        <ol class="tiles">
          {rows.map(row => (
            <Tile row={row} reader={reader} />
          ))}
        </ol>
      )}
      <Pager
        first={asked.after === '' ? null : overviewUrl({ ...asked, after: '' })}
        next={next === null ? null : overviewUrl({ ...asked, after: next })}
        reader={reader}
      />
    </>
  )
}

const Counts: FC<OverviewProps> = ({ reader, asked, counts }) => {
  const { overview } = reader.words
  const all = HEALTH_VERDICTS.reduce((sum, verdict) => sum + counts[verdict], 0)
  const here = (verdict: string) => (asked.verdict === verdict ? 'true' : undefined)
  return (
    <nav class="counts" aria-label={overview.counts}>
      {HEALTH_VERDICTS.map(verdict => (
        <a href={overviewUrl({ ...asked, verdict, after: '' })} aria-current={here(verdict)} class={verdict}>
          <Icon state={verdict} />
          {` ${overview.tiles[verdict](counts[verdict])}`}
        </a>
      ))}
      <a href={overviewUrl({ ...asked, verdict: '', after: '' })} aria-current={here('')}>
        {overview.all(all)}
      </a>
    </nav>
  )
}

const TodayLine: FC<OverviewProps> = ({ reader, today }) => {
  const { overview: say } = reader.words
  const parts = [
    say.delivered(today.delivered),
    say.held(today.held),
    ...(today.rightsMissing > 0 ? [say.rightsMissing(today.rightsMissing)] : []),
    ...(today.failed > 0 ? [say.failed(today.failed)] : []),
    ...(today.troubles > 0 ? [say.troubles(today.troubles)] : []),
  ]
  return <p class="muted">{`${say.today}: ${parts.join(' · ')}`}</p>
}

const Filter: FC<OverviewProps> = ({ reader, asked }) => {
  const { filter } = reader.words.overview
  const { verdicts } = reader.words.states
  const state = blank(asked)
  return (
    <form method="get" action="/overview" class="row" aria-label={filter.label}>
      <div class="field">
        <label for="f-q">{filter.search}</label>
        <input id="f-q" name="q" type="search" value={asked.q} aria-describedby="f-q-hint" />
        <p class="hint" id="f-q-hint">
          {filter.searchHint}
        </p>
      </div>
      <Select
        name="verdict"
        label={filter.verdict}
        state={state}
        blank={filter.any}
        options={HEALTH_VERDICTS.map(verdict => ({ value: verdict, label: verdicts[verdict].name }))}
      />
      <Select
        name="provider"
        label={filter.provider}
        state={state}
        blank={filter.any}
        options={ALL_PROVIDERS.map(({ definition }) => ({ value: definition.name, label: definition.title }))}
      />
      <button type="submit" class="button quiet">
        {filter.go}
      </button>
    </form>
  )
}

const Tile: FC<{ row: OverviewRow; reader: Reader }> = ({ row, reader }) => {
  const { overview, states } = reader.words
  const { tenantId, tenantName, integrationId, label, administration, health, since } = row
  const step = nextStep(row, health.reason)
  const provider = providerNamed(row.provider)?.definition.title ?? row.provider
  return (
    <li class={`tile ${health.verdict}-edge`}>
      <Verdict verdict={health.verdict} reader={reader} />
      <a href={`/t/${tenantId}`}>{tenantName}</a>
      <a href={`/t/${tenantId}/integrations/${integrationId}`}>{`${label} › ${provider} ${administration.number}`}</a>
      <span>
        {sayHealth(states, health.reason).text}
        {since !== null && (
          <span class="muted">
            {' '}
            <Ago at={since} reader={reader} />
          </span>
        )}
      </span>
      <a class="button quiet" href={step.url} aria-label={overview.stepFor(overview.steps[step.kind], label)}>
        {overview.steps[step.kind]}
      </a>
    </li>
  )
}
