import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { errors, type Provider } from 'oidc-provider'
import { choicePage, expiredPage, PAGE_HEADERS } from './page.ts'
import { type DemoPerson, personWith } from './people.ts'

/** Where somebody chooses who signs in; the name of the sign-in follows it. */
export const CHOICE_PATH = '/aanmelden/'

const NO_MERGE = { mergeWithLastSubmission: false }

/** Show the choice, or take it and send the browser on: signed in, or with access_denied. */
export async function answerChoice(
  provider: Provider,
  people: readonly DemoPerson[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { params } = await provider.interactionDetails(request, response)
    const form = new URLSearchParams(request.method === 'POST' ? await text(request) : '')
    if (form.get('decision') === 'deny') return await deny(provider, request, response)
    const person = personWith(people, form.get('person'))
    if (person) return await signIn(provider, person, request, response)
    const isMissing = request.method === 'POST'
    const chosen = personWith(people, params.login_hint)
    const page = await choicePage({ people, clientId: String(params.client_id), chosen, isMissing })
    send(response, isMissing ? 422 : 200, page)
  } catch (error) {
    if (!(error instanceof errors.SessionNotFound)) throw error
    send(response, 400, await expiredPage())
  }
}

function deny(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refusal = { error: 'access_denied', error_description: 'The person cancelled the sign-in' }
  return provider.interactionFinished(request, response, refusal, NO_MERGE)
}

function signIn(provider: Provider, person: DemoPerson, request: IncomingMessage, response: ServerResponse) {
  const result = { login: { accountId: person.sub, remember: false }, consent: {}, select_account: {} }
  return provider.interactionFinished(request, response, result, NO_MERGE)
}

function send(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, { ...PAGE_HEADERS, 'content-length': Buffer.byteLength(page) })
  response.end(page)
}
