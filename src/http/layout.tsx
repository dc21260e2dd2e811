import { html } from 'hono/html'
import type { FC } from 'hono/jsx'
import { isOperator } from '../people/role.ts'
import type { Told } from '../words/site-words.ts'
import { ASSETS } from './asset-paths.ts'
import type { Html } from './document.tsx'
import type { Reader } from './reader.ts'
import { type Crumb, type Place, SETTINGS, type Setting, type View } from './view.ts'
import { type Anywhere, mayWrite } from './visit.ts'

/** htmx may neither write styles nor run texts as scripts: our pages forbid both. */
const HTMX = JSON.stringify({
  includeIndicatorStyles: false,
  allowEval: false,
  historyCacheSize: 0,
  selfRequestsOnly: true,
})

/** Put a page in its frame: the menus of who reads it, where they are, and what the page before wanted to tell. */
export function framedPage(seen: Anywhere, view: View, told: Told | null): Html {
  const { reader } = seen
  const { site } = reader.words
  return html`<!doctype html>${(
    <html lang={reader.locale} data-theme={reader.theme ?? undefined}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="referrer" content="no-referrer" />
        <meta name="htmx-config" content={HTMX} />
        <title>{`${view.title} · Zetel`}</title>
        <link rel="stylesheet" href={ASSETS.stylesheet} />
        <link rel="icon" href="data:," />
        <script src={ASSETS.htmx} defer />
        <script src={ASSETS.script} defer />
      </head>
      <body>
        <a class="skip" href="#content">
          {site.skip}
        </a>
        <Top seen={seen} view={view} />
        {seen.tenant !== null && <TenantMenu seen={seen} view={view} />}
        <main id="content">
          <Trail steps={view.trail ?? []} label={site.menus.trail} />
          <h1>{view.title}</h1>
          {told !== null && (
            <p class="told" role="status">
              {site.told[told]}
            </p>
          )}
          {view.setting === undefined ? (
            view.body
          ) : (
            <div class="with-side">
              <SettingsMenu seen={seen} view={view} />
              <div>{view.body}</div>
            </div>
          )}
        </main>
      </body>
    </html>
  )}`
}

const Top: FC<{ seen: Anywhere; view: View }> = ({ seen, view }) => {
  const { reader, person } = seen
  const { site } = reader.words
  const operator = isOperator(person)
  return (
    <header class="top">
      <a class="brand" href="/">
        Zetel
      </a>
      {operator && (
        <nav aria-label={site.menus.main}>
          <Entry here={view.place} place="overview" url="/overview" reader={reader} />
          <Entry here={view.place} place="tenants" url="/tenants" reader={reader} />
          <Entry here={view.place} place="apps" url="/provider-apps" reader={reader} />
          <Entry here={view.place} place="team" url="/team" reader={reader} />
        </nav>
      )}
      {operator && view.place !== 'overview' && (
        <search>
          <form class="search" method="get" action="/overview">
            <label class="unseen" for="search">
              {site.search.label}
            </label>
            <input id="search" name="q" type="search" placeholder={site.search.hint} />
            <button type="submit">{site.search.go}</button>
          </form>
        </search>
      )}
      <Preferences reader={reader} url={seen.url} />
      <details class="menu">
        <summary>{person.name}</summary>
        <ul>
          {[...seen.names].map(([id, name]) => (
            <li>
              <a href={`/t/${id}`}>{name}</a>
            </li>
          ))}
          <li>
            <a href="/account">{site.account}</a>
          </li>
          <li>
            <form method="post" action="/sign-out">
              <input type="hidden" name="csrf" value={seen.csrf} />
              <button class="link" type="submit">
                {site.signOut}
              </button>
            </form>
          </li>
        </ul>
      </details>
    </header>
  )
}

/** Language, and light or dark: forms, so that they work without scripts. */
const Preferences: FC<{ reader: Reader; url: string }> = ({ reader, url }) => {
  const { site } = reader.words
  const other = reader.locale === 'nl' ? 'en' : 'nl'
  const dark = reader.theme !== 'dark'
  return (
    <form class="preferences" method="post" action="/preferences">
      <input type="hidden" name="return_to" value={url} />
      <button class="link" type="submit" name="locale" value={other} lang={other}>
        {site.language}
      </button>
      <button class="link" type="submit" name="theme" value={dark ? 'dark' : 'light'}>
        {dark ? site.themes.dark : site.themes.light}
      </button>
    </form>
  )
}

const Entry: FC<{ here: Place | null; place: Place; url: string; reader: Reader }> = ({ here, place, url, reader }) => (
  <a href={url} aria-current={here === place ? 'page' : undefined}>
    {reader.words.site.places[place]}
  </a>
)

const TenantMenu: FC<{ seen: Anywhere; view: View }> = ({ seen, view }) => {
  const base = `/t/${seen.tenant?.id}`
  return (
    <nav class="tenant" aria-label={seen.reader.words.site.menus.tenant}>
      <strong>{seen.tenant?.name}</strong>
      <Entry here={view.place} place="seats" url={base} reader={seen.reader} />
      <Entry here={view.place} place="bookings" url={`${base}/transactions`} reader={seen.reader} />
      <Entry here={view.place} place="accounts" url={`${base}/service-accounts`} reader={seen.reader} />
      <Entry here={view.place} place="settings" url={`${base}/settings`} reader={seen.reader} />
    </nav>
  )
}

const SettingsMenu: FC<{ seen: Anywhere; view: View }> = ({ seen, view }) => {
  const { site } = seen.reader.words
  const urlOf = (setting: Setting) => `/t/${seen.tenant?.id}/settings${setting === 'general' ? '' : `/${setting}`}`
  return (
    <nav class="side" aria-label={site.menus.settings}>
      {SETTINGS.filter(setting => mayWrite(seen) || !ADMINISTRATORS.includes(setting)).map(setting => (
        <a href={urlOf(setting)} aria-current={view.setting === setting ? 'page' : undefined}>
          {site.settings[setting]}
        </a>
      ))}
    </nav>
  )
}

/** What only an administrator sees. */
const ADMINISTRATORS: readonly Setting[] = ['keys', 'webhooks']

const Trail: FC<{ steps: readonly Crumb[]; label: string }> = ({ steps, label }) =>
  steps.length === 0 ? null : (
    <nav class="trail" aria-label={label}>
      <ol>
        {steps.map(({ label: name, url }) => (
          <li>
            <a href={url}>{name}</a>
          </li>
        ))}
      </ol>
    </nav>
  )
