import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import type { DemoPerson } from './people.ts'

const STYLE = `
  :root { color-scheme: light dark; --ink: #1b2426; --muted: #55646a; --line: #c9d2d4; --surface: #fff; --accent: #0b6e6e; --on-accent: #fff; --broken: #a8231f }
  @media (prefers-color-scheme: dark) { :root { --ink: #e7eded; --muted: #a5b3b6; --line: #3b484b; --surface: #14191a; --accent: #5cc4bf; --on-accent: #0b1516; --broken: #ff8f87 } }
  body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--surface); margin: 0 auto; padding: 24px 16px; max-width: 60ch; overflow-wrap: anywhere }
  h1 { font-size: 28px; line-height: 1.25; margin: 0 0 16px }
  p { margin: 0 0 16px }
  .muted { color: var(--muted); font-size: 14px }
  .broken { color: var(--broken); font-weight: 600 }
  fieldset { border: 1px solid var(--line); border-radius: 6px; margin: 0 0 16px; padding: 8px 16px }
  legend { font-weight: 600; padding: 0 4px }
  label { display: flex; gap: 12px; align-items: baseline; padding: 8px 0; cursor: pointer }
  label .muted { display: block }
  button { font: inherit; min-height: 48px; margin: 0 8px 8px 0; padding: 8px 24px; border-radius: 6px; border: 1px solid var(--line); background: none; color: var(--ink); cursor: pointer }
  button[value='allow'] { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600 }
  :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }`

/** What goes with every page: no script, and nothing from elsewhere. Where the form leads is the client's to say. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; frame-ancestors 'none'`,
}

const TITLE = 'Aanmelden (lokaal)'

export type Choosing = {
  people: readonly DemoPerson[]
  /** Which app asked. */
  clientId: string
  /** Who stands chosen beforehand. */
  chosen: DemoPerson | undefined
  /** Whether the form came back without anybody in it. */
  isMissing: boolean
}

/** The page on which somebody chooses who signs in. */
export function choicePage({ people, clientId, chosen, isMissing }: Choosing): Promise<string> {
  const problem = 'Kies wie zich aanmeldt.'
  return page(
    isMissing ? `Fout: ${TITLE}` : TITLE,
    html`<h1>${TITLE}</h1>
    <p>Dit speelt het aanmelden bij een bedrijf na, alleen om Zetel lokaal te draaien en te testen. Een wachtwoord is niet nodig.</p>
    <form method="post">
      <fieldset ${isMissing ? raw('aria-describedby="problem"') : ''}>
        <legend>Wie meldt zich aan bij ${clientId}?</legend>
        ${isMissing ? html`<p class="broken" id="problem" role="alert">${problem}</p>` : ''}
        ${people.map(person => choice(person, person === chosen))}
      </fieldset>
      <button type="submit" name="decision" value="allow" data-primary>Aanmelden</button>
      <button type="submit" name="decision" value="deny" formnovalidate>Annuleren</button>
    </form>`,
  )
}

/** Say that a sign-in took too long, or belongs to another browser. */
export function expiredPage(): Promise<string> {
  return page(
    `Verlopen: ${TITLE}`,
    html`<h1>Deze aanmelding is verlopen</h1><p>Ga terug naar de app en meld je daar opnieuw aan.</p>`,
  )
}

/** Say what was wrong with a request that cannot be answered at the client, in OAuth's words. */
export function errorPage(error: string, description = ''): Promise<string> {
  return page(
    `Fout: ${TITLE}`,
    html`<h1>Aanmelden kan zo niet</h1>
    <p>De vraag van de app klopt niet. Ga terug naar de app en meld je daar opnieuw aan.</p>
    <p class="muted"><code lang="en">${error}${description && `: ${description}`}</code></p>`,
  )
}

const choice = ({ name, email, note }: DemoPerson, isChosen: boolean) =>
  html`<label><input type="radio" name="person" value="${email}" required ${isChosen ? 'checked' : ''} />
    <span>${name}<span class="muted">${email}, ${note}</span></span></label>`

async function page(title: string, body: ReturnType<typeof html>): Promise<string> {
  const whole = await html`<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${raw(STYLE)}</style></head><body><main>${body}</main></body></html>`
  return whole.toString()
}
