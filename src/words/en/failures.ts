import { TROUBLE_KINDS } from '../../connections/connection.ts'
import type { ProblemWords, Said } from '../problem-words.ts'
import { count, measures } from './measures.ts'
import { peopleFailures } from './people-failures.ts'
import { rights } from './rights.ts'
import { states } from './states.ts'

const said = (title: string, detail: string): Said => ({ title, detail })

const THINGS = { provider_app: 'app registration', administration: 'administration', service_account: 'user name' }
const ASKED = { retry: 'retried', cancel: 'cancelled', resolve: 'resolved' }

const whyBroken = (cause: string): string => {
  const trouble = TROUBLE_KINDS.find(kind => kind === cause)
  return trouble === undefined ? '' : `${states.troubles[trouble].text} `
}

export const failures: ProblemWords['failures'] = {
  ...peopleFailures,
  unauthenticated: () =>
    said(
      'No valid API key',
      "This request has no valid API key. Put the key in the header 'Authorization', after the word 'Bearer'.",
    ),
  scope_missing: ({ scope }) =>
    said(
      'The key may not do this',
      `This API key lacks the scope '${scope}'. Use a key that has it, or let an administrator make one.`,
    ),
  not_found: () =>
    said('Not found', 'This does not exist, or not at this customer. Check the id and the key you ask with.'),
  method_not_allowed: ({ allowed }) => said('Not possible here', `This address takes only: ${allowed.join(', ')}.`),
  malformed_json: () =>
    said('Not readable JSON', 'The body of this request is not readable JSON. Check brackets, commas and quotes.'),
  unsupported_media_type: () =>
    said('Another kind of content expected', "Send JSON, with the header 'Content-Type: application/json'."),
  too_large: ({ atMostBytes }) =>
    said('Too large', `This request is too large: at most ${measures.size(atMostBytes)}. Send it in smaller parts.`),
  invalid: ({ errors }) =>
    said(
      'Something is not right',
      `${count(errors.length, 'field is', 'fields are')} not right. Each says what is wrong; nothing was stored.`,
    ),
  idempotency_key_missing: () =>
    said(
      'Idempotency-Key is missing',
      "Send a header 'Idempotency-Key', a different one for every booking. That way no booking is ever made twice.",
    ),
  idempotency_key_reused: () =>
    said(
      'Idempotency-Key already used',
      'This key was used before, for a request with other content. Give this request an Idempotency-Key of its own.',
    ),
  idempotency_key_in_use: () =>
    said(
      'The first request is still running',
      'The first request with this Idempotency-Key is still running. Ask again in a few seconds.',
    ),
  already_exists: ({ what }) =>
    said('Already there', `This ${THINGS[what]} already exists. Use that one, or change it.`),
  integration_in_use: ({ waiting }) =>
    said(
      'The integration is still in use',
      `${count(waiting, 'booking is', 'bookings are')} still waiting at this integration. Let them be delivered or cancel them, then try again.`,
    ),
  changed_meanwhile: () =>
    said('Changed meanwhile', 'Someone else has changed this meanwhile. Fetch it again and try once more.'),
  user_already_seated: () =>
    said(
      'The user belongs to another integration',
      'This user is already used by another integration. Nothing new was connected, and that integration goes on working. Sign in with another, unused user.',
    ),
  service_account_seated: () =>
    said(
      'The user name is taken',
      'This user name belongs to another integration. Choose a free user name, or free it first.',
    ),
  seat_taken: () =>
    said(
      'The seat is taken',
      'A user already sits on this integration. Disconnect that one first, then connect the new user.',
    ),
  other_provider_app: () =>
    said(
      'Another app registration',
      'The other integration works with another app registration, and a consent holds for one app only. Connect that integration anew with a connect link.',
    ),
  wrong_user: ({ expected, signedIn }) =>
    said(
      'Another user signed in',
      `'${signedIn}' signed in, and this integration asks for '${expected}'. Nothing was connected. Sign in again, as '${expected}'.`,
    ),
  link_expired: () => said('Connect link expired', 'This connect link has expired. Ask for a new one.'),
  link_used: () =>
    said(
      'Connect link already used',
      'This connect link has been used; it works once. Ask for a new one if you need it.',
    ),
  state_invalid: () =>
    said(
      'Sign-in not recognised',
      'This sign-in was not started in this browser, or took too long. Open the connect link again and start there.',
    ),
  state_used: () =>
    said('Sign-in already handled', 'This sign-in has been handled. Open the connect link again to connect once more.'),
  consent_declined: ({ words }) =>
    said(
      'No consent was given',
      `No consent was given, so nothing was connected. Open the connect link again to connect after all.${states.providerSaid(words)}`,
    ),
  code_refused: ({ words }) =>
    said(
      'Sign-in not completed',
      `The accounting package did not take the sign-in code; it is good for a few minutes and only once. Open the connect link again and sign in once more.${states.providerSaid(words)}`,
    ),
  identity_unreadable: () =>
    said(
      'Not yet known who signed in',
      'The sign-in worked, but the accounting package has not yet said who signed in. Zetel tries again by itself; you need not do anything.',
    ),
  consent_overtaken: () =>
    said(
      'Signed in again meanwhile',
      'The same user signed in once more at the same moment, or consent was withdrawn at once. Nothing was connected; sign in again if nobody else has.',
    ),
  not_connected: () =>
    said('Not connected', 'This integration has no connection. Make a connect link and let an unused user sign in.'),
  reconnect_required: ({ cause }) =>
    said(
      'Has to be connected again',
      `The connection is broken. ${whyBroken(cause)}Make a connect link and let the same user sign in again.`,
    ),
  provider_app_refused: ({ words }) =>
    said(
      'App registration refused',
      `The accounting package refuses our app registration. Zetel's operator has to check the client id and client secret.${states.providerSaid(words)}`,
    ),
  provider_unreachable: (_, wait) =>
    said('Accounting package not reachable', `The accounting package does not answer now. Try again ${wait}.`),
  provider_rate_limited: (_, wait) =>
    said(
      'Limit of the accounting package reached',
      `The accounting package takes no more requests now. Try again ${wait}.`,
    ),
  provider_error_budget: (_, wait) =>
    said(
      'A pause after errors',
      `The accounting package blocks an app after too many errors. So Zetel waits; try again ${wait}.`,
    ),
  proxy_path_refused: ({ path }) =>
    said(
      'This path is not allowed',
      `The path '${path}' does not lead to the API of the accounting package. Use a path below the app's address.`,
    ),
  administration_out_of_reach: ({ administration }) =>
    said(
      'Administration out of reach',
      `Administration ${administration} does not belong to this integration, so Zetel sends nothing there. Use the integration of that administration, or give user and app access.`,
    ),
  rights_missing: ({ missing }) =>
    said(
      'Rights are missing',
      `This booking cannot be made, because of this: ${missing.map(one => `'${rights.name(one)}' in administration ${one.administration}`).join('; ')}. Nothing was stored. Each says how to mend it.`,
    ),
  transaction_state: ({ state, asked }) =>
    said(
      'Not possible in this state',
      `A booking with state '${states.transactions[state].name}' cannot be ${ASKED[asked]}. Fetch the booking to see what can be done.`,
    ),
  look_up_impossible: () =>
    said(
      'Cannot be looked up',
      "This kind of booking cannot be looked up in the accounting package. Look there yourself whether it is there, and say so with 'resolve'.",
    ),
  webhooks_full: ({ atMost }) =>
    said('Too many webhooks', `A customer has at most ${atMost}. Remove one that you no longer use.`),
  webhook_disabled: () =>
    said(
      'This webhook is off',
      'Your system answered 410: it wants to receive nothing any more. Remove the webhook and add it again if it should after all.',
    ),
  database_unreachable: () =>
    said('Zetel cannot work now', "Zetel's storage cannot be reached now. Nothing was changed; try again shortly."),
  unexpected: ({ requestId }) =>
    said(
      'Something went wrong',
      `Something went wrong at Zetel. Try again; if it keeps going wrong, mention ${requestId} to the operator.`,
    ),
}
