import type { Client, Division, LedgerRow, User } from './model.ts'
import { asText } from './money.ts'

const style = `
  :root { color-scheme: light dark; --ink: #1b2426; --muted: #55646a; --line: #c9d2d4; --surface: #fff; --accent: #0b6e6e; --on-accent: #fff }
  @media (prefers-color-scheme: dark) { :root { --ink: #e7eded; --muted: #a5b3b6; --line: #3b484b; --surface: #14191a; --accent: #5cc4bf; --on-accent: #0b1516 } }
  body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--surface); margin: 0 auto; padding: 24px 16px; max-width: 72ch }
  body.wide { max-width: 120ch }
  h1 { font-size: 28px; line-height: 1.25; margin: 0 0 16px } h2 { font-size: 20px; margin: 24px 0 8px }
  p.note { color: var(--muted); font-size: 14px }
  fieldset { border: 1px solid var(--line); border-radius: 6px; margin: 0 0 16px; padding: 12px 16px }
  label { display: block; padding: 4px 0 } a { color: var(--accent) }
  button { font: inherit; padding: 8px 16px; border-radius: 6px; border: 1px solid var(--line); background: none; color: var(--ink) }
  button[data-primary] { background: var(--accent); border-color: var(--accent); color: var(--on-accent) }
  table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums }
  th, td { text-align: left; padding: 4px 8px; border-bottom: 1px solid var(--line); vertical-align: top } .n { text-align: right }
  del { color: var(--muted) }
  @media (max-width: 640px) { table { display: block; overflow-x: auto } }`

interface ConsentAsk {
  client_id: string
  redirect_uri: string
  state: string | undefined
  client: Client
  users: readonly User[]
  divisions: readonly Division[]
}

/** The page on which a user signs in and lets the app in. */
export function consentPage(ask: ConsentAsk): string {
  const users = ask.users.map((user, index) => userChoice(user, index === 0)).join('')
  return document(
    'Toestemming geven',
    `<h1>Toestemming geven</h1>
    <p>De app <strong>${text(ask.client_id)}</strong> vraagt toegang tot Exact Online (sandbox).</p>
    <form method="post" action="/api/oauth2/auth">
      ${hidden('client_id', ask.client_id)}${hidden('redirect_uri', ask.redirect_uri)}${ask.state === undefined ? '' : hidden('state', ask.state)}
      <fieldset><legend>Inloggen als (sign in as)</legend>${users}</fieldset>
      ${ask.client.registration === 'published' ? divisionChoice(ask.divisions) : ''}
      <button type="submit" name="decision" value="allow" data-primary>Toestaan</button>
      <button type="submit" name="decision" value="deny">Weigeren</button>
    </form>`,
  )
}

/** What went wrong, on a page. */
export function errorPage(message: string): string {
  return document('Fout', `<h1>Dit kan niet</h1><p>${text(message)}</p>`)
}

/** What stands here, who lives in it, and where to look. */
export function homePage(users: readonly User[], divisions: readonly Division[], bookings: number): string {
  const names = users.map(
    user =>
      `<tr><td>${text(user.username)}</td><td>${user.kind === 'full' ? 'volledige gebruiker' : 'clientgebruiker (MijnKantoor)'}</td><td>${user.divisions.join(', ')}</td><td>${text(user.block_reason ?? '')}</td></tr>`,
  )
  const companies = divisions.map(
    division =>
      `<tr><td class="n">${division.code}</td><td>${text(division.name)}</td><td>${text(division.country)}</td></tr>`,
  )
  return document(
    'Exact Online (sandbox)',
    `<h1>Exact Online (sandbox)</h1>
    <p>This plays Exact Online for local runs and tests. Nothing here reaches the real one.</p>
    <ul><li><a href="/ledger">What was booked</a> (${bookings})</li><li><a href="/_control/state">State</a></li>
    <li><a href="/_control/log">Requests</a></li><li><a href="/_control/chains">Token chains</a></li></ul>
    <h2>Users</h2><table><thead><tr><th>User</th><th>Kind</th><th>Companies</th><th>Blocked</th></tr></thead><tbody>${names.join('')}</tbody></table>
    <h2>Companies</h2><table><thead><tr><th class="n">Code</th><th>Name</th><th>Country</th></tr></thead><tbody>${companies.join('')}</tbody></table>`,
  )
}

/** What was booked, newest first, with totals per currency. */
export function ledgerPage(rows: readonly LedgerRow[]): string {
  const standing = rows.filter(row => row.deleted_at === null)
  const totals = [...Map.groupBy(standing, row => row.currency)].map(([currency, booked]) => {
    const sum = (pick: (row: LedgerRow) => number) => asText(booked.reduce((total, row) => total + pick(row), 0))
    return `<tr><th colspan="7">Totaal ${text(currency)} (${booked.length})</th><th class="n">${sum(row => row.excl_cents)}</th><th class="n">${sum(row => row.vat_cents)}</th><th class="n">${sum(row => row.incl_cents)}</th></tr>`
  })
  const head =
    '<th class="n">#</th><th>Ontvangen</th><th>Administratie</th><th>Soort</th><th>Dagboek</th><th>Referentie</th><th>Gebruiker</th><th class="n">Excl.</th><th class="n">Btw</th><th class="n">Incl.</th>'
  return document(
    'Geboekt',
    `<h1>Geboekt</h1><p class="note"><a href="/">Exact Online (sandbox)</a></p>
    <table><thead><tr>${head}</tr></thead><tbody>${rows.toReversed().map(ledgerLine).join('')}</tbody><tfoot>${totals.join('')}</tfoot></table>`,
    'wide',
  )
}

function ledgerLine(row: LedgerRow): string {
  const cells = [row.received_at, String(row.division), row.endpoint, row.journal ?? '', row.your_ref ?? '', row.user]
  const amounts = [row.excl_cents, row.vat_cents, row.incl_cents].map(cents => `<td class="n">${asText(cents)}</td>`)
  const number =
    row.deleted_at === null ? String(row.seq) : `<del title="verwijderd ${text(row.deleted_at)}">${row.seq}</del>`
  return `<tr><td class="n">${number}</td>${cells.map(cell => `<td>${text(cell)}</td>`).join('')}${amounts.join('')}</tr>`
}

function userChoice(user: User, checked: boolean): string {
  const kind = user.kind === 'client' ? ', clientgebruiker (MijnKantoor)' : ''
  return `<label><input type="radio" name="username" value="${text(user.username)}" required${checked ? ' checked' : ''}> ${text(user.full_name)} (${text(user.username)}${kind})</label>`
}

function divisionChoice(divisions: readonly Division[]): string {
  const boxes = divisions.map(
    division =>
      `<label><input type="checkbox" name="division" value="${division.code}"> ${division.code} ${text(division.name)}</label>`,
  )
  return `<fieldset><legend>Administraties (companies)</legend>
    <label><input type="radio" name="divisions" value="all" checked> Alle administraties, ook toekomstige</label>
    <label><input type="radio" name="divisions" value="list"> Alleen deze:</label>${boxes.join('')}</fieldset>`
}

function hidden(name: string, value: string): string {
  return `<input type="hidden" name="${name}" value="${text(value)}">`
}

function text(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

function document(title: string, body: string, width = ''): string {
  return `<!doctype html><html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${style}</style></head><body class="${width}"><main>${body}</main></body></html>`
}
