import type { FormState } from '../http/attempt.ts'
import { Form, Submit, Text } from '../http/form.tsx'
import { Copyable, Facts, Moment } from '../http/parts.tsx'
import type { Reader } from '../http/reader.ts'
import type { View } from '../http/view.ts'
import type { Visit } from '../http/visit.ts'
import type { AppInUse } from './app-store.ts'
import { providerNamed } from './catalog.ts'

/** One provider app; `redirect` is the address to be entered at the provider. */
export type AppProps = {
  visit: Pick<Visit, 'csrf' | 'formKey' | 'reader'>
  app: AppInUse
  redirect: string
  state: FormState
}

export const titleOf = (provider: string): string => providerNamed(provider)?.definition.title ?? provider

/** How many calls a minute an app may make: what was said of it, else what its provider usually allows. */
export function callsOf({ provider, callsPerMinute }: AppInUse, { words }: Reader): string {
  const { setting, measures } = words
  const usual = providerNamed(provider)?.definition.limits.perMinute
  if (callsPerMinute !== null) return measures.number(callsPerMinute)
  return usual === undefined ? words.site.none : setting.apps.usual(measures.number(usual))
}

/** Show what is known of a provider app, and what replaces its secret. */
export function appBody({ visit, app, redirect, state }: AppProps): View['body'] {
  const { reader } = visit
  const say = reader.words.setting.apps
  return (
    <>
      <Facts
        facts={[
          [say.provider, titleOf(app.provider)],
          [say.baseUrl, app.baseUrl],
          [say.clientId, <Copyable text={app.clientId} reader={reader} />],
          [say.registration, `${say.registrations[app.registration]}. ${say.registrationTexts[app.registration]}`],
          [say.scopes, app.scopes.join(', ') || say.noScopes],
          [say.callsPerMinute, callsOf(app, reader)],
          [say.used, say.integrations(app.used)],
          [say.made, <Moment at={app.createdAt} reader={reader} />],
          ['Id', <Copyable text={app.id} reader={reader} />],
        ]}
      />
      <Redirect redirect={redirect} visit={visit} />
      <h2>{say.replace}</h2>
      <Form visit={visit} action={`/provider-apps/${app.id}/client-secret`} state={state}>
        <p>{say.replaceText(app.used)}</p>
        <Text
          name="client_secret"
          label={say.secret}
          hint={say.secretHint}
          state={state}
          type="password"
          autocomplete="new-password"
          required
        />
        <Submit label={say.replaceAction} />
      </Form>
    </>
  )
}

export const Redirect = ({ redirect, visit: { reader } }: Pick<AppProps, 'redirect' | 'visit'>) => {
  const say = reader.words.setting.apps
  return (
    <section class="panel">
      <h2>{say.redirect}</h2>
      <p>{say.redirectText}</p>
      <p>
        <Copyable text={redirect} reader={reader} label={say.redirect} />
      </p>
    </section>
  )
}
