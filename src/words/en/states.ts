import { quotable } from '../quotable.ts'
import type { WhatNext } from '../sentences.ts'
import type { StateWords } from '../state-words.ts'
import { count } from './measures.ts'

const what = (text: string, next: string): WhatNext => ({ text, next })

const providerSaid = (words: string): string => {
  const quoted = quotable(words)
  return quoted === null ? '' : ` The accounting package said: “${quoted}”`
}

const NOTHING = 'You need not do anything.'
const AGAIN = 'Make a connect link and let the same user sign in again.'

const troubles: StateWords['troubles'] = {
  token_unclear: what(
    'The accounting package gave no clear answer when Zetel wanted to renew the access.',
    'Zetel tries again by itself; you need not do anything.',
  ),
  access_refused: what(
    'The accounting package refuses the access before its time. Probably the consent was withdrawn.',
    'Zetel tries once more shortly. If it stays wrong, connect again.',
  ),
  app_refused: what(
    'The accounting package refuses our app registration.',
    "Zetel's operator has to check the client id and client secret.",
  ),
  consent_revoked: what('The consent was withdrawn.', AGAIN),
  chain_expired: what('The access was not used for too long and has expired.', AGAIN),
  chain_reused: what('The accounting package was given an old key and closed the access because of it.', AGAIN),
  chain_broken: what(
    'The accounting package no longer knows our access. This happens when the same user connects again elsewhere.',
    'Find out where else this user is used, and then let it sign in here again.',
  ),
  chain_lost: what(
    'Because of a failure at Zetel it is not certain whether the last key was used, and the accounting package no longer takes it.',
    AGAIN,
  ),
}

const reasons: StateWords['reasons'] = {
  refused: ({ words }) =>
    what(
      `The accounting package refuses the content of this booking.${providerSaid(words)}`,
      'Correct the booking and send it in again.',
    ),
  looking: () =>
    what(
      "The accounting package's answer was lost. Zetel looks the booking up by its reference, so that it is not made twice.",
      NOTHING,
    ),
  no_look_up: () =>
    what(
      "The accounting package's answer was lost, and this kind of booking cannot be looked up.",
      'Look in the accounting package whether the booking is there, and say so here. Zetel never just sends it again.',
    ),
  several_found: ({ ids }) =>
    what(
      `The accounting package has ${count(ids.length, 'booking', 'bookings')} with this reference.`,
      'Look in the accounting package which is the right one, and say so here.',
    ),
  too_many_attempts: ({ attempts, words }) =>
    what(
      `After ${count(attempts, 'attempt', 'attempts')} it is still not clear whether the booking is there.${providerSaid(words)}`,
      'Look in the accounting package whether the booking is there, and say so here.',
    ),
  waiting: reason => what(WAITING[reason.for], 'Zetel goes on by itself; you need not do anything.'),
  resolved: ({ by }) => what(`Resolved by ${by}.`, NOTHING),
}

const WAITING = {
  rate_limit: 'The limit of the accounting package is reached.',
  error_budget: 'Zetel waits a while, because the accounting package blocks an app after too many errors.',
  provider: 'The accounting package cannot be reached now.',
}

export const states: StateWords = {
  connections: {
    pending: { name: 'not connected yet', text: 'Nobody has signed in yet.' },
    active: { name: 'active', text: 'The connection works.' },
    degraded: { name: 'faltering', text: 'The connection does not work as it should; Zetel tries by itself.' },
    reconnect_required: { name: 'connect again', text: 'The connection is broken; someone has to sign in again.' },
    ended: { name: 'ended', text: 'The connection has ended; the seat is free.' },
  },
  transactions: {
    held: { name: 'held', text: 'Waits for a right, and then goes on by itself.' },
    queued: { name: 'queued', text: 'Will be delivered by itself.' },
    sending: { name: 'being sent', text: 'Is on its way to the accounting package.' },
    delivered: { name: 'delivered', text: 'Is in the accounting package.' },
    uncertain: { name: 'uncertain', text: 'It is not certain whether the booking is in the accounting package.' },
    failed: { name: 'failed', text: 'The accounting package refused the booking.' },
    cancelled: { name: 'cancelled', text: 'Will not be delivered.' },
  },
  reasons,
  troubles,
  providerSaid,
  verdicts: {
    healthy: { name: 'healthy', text: 'Everything works.' },
    attention: { name: 'attention', text: 'It works, but someone has to look at it.' },
    broken: { name: 'broken', text: 'Nothing can be booked now.' },
    unknown: { name: 'unknown', text: 'Too little is known yet to say anything.' },
  },
  health: {
    not_connected: () => what('Nobody has signed in yet.', 'Make a connect link and let an unused user sign in.'),
    ended: () => what('The connection has ended.', 'Make a connect link if this integration is to book again.'),
    reconnect_required: ({ trouble }) =>
      trouble === null ? what('The connection is broken.', AGAIN) : troubles[trouble],
    degraded: ({ trouble }) =>
      trouble === null
        ? what('The connection falters.', 'Zetel tries again by itself; you need not do anything.')
        : troubles[trouble],
    held: reason =>
      what(
        `Held: ${count(reason.count, 'booking waits', 'bookings wait')} for a right.`,
        'Look which right is missing and give it; the bookings then go on by themselves.',
      ),
    uncertain: reason =>
      what(
        `It is not certain whether ${count(reason.count, 'booking is', 'bookings are')} in the accounting package.`,
        'Zetel looks them up by itself where it can. If one says that it waits for you, look in the accounting package.',
      ),
    failed: reason =>
      what(
        `The accounting package refused ${count(reason.count, 'booking', 'bookings')}.`,
        'Read with each booking what the accounting package said, correct it and send it again.',
      ),
    rights_missing: () =>
      what(
        'The user lacks rights that this integration needs.',
        'Look which rights are missing, and give them in the accounting package.',
      ),
    administration_not_granted: ({ administration }) =>
      what(
        `The app cannot reach administration ${administration}.`,
        "Give the app that administration under 'Administraties beheren'.",
      ),
    client_user: () =>
      what(
        "The connected user is a client user ('clientgebruiker (MijnKantoor)'), with very limited rights.",
        "Connect an office user ('kantoorgebruiker') instead of this user.",
      ),
    not_probed: () =>
      what('The rights have not been checked yet.', 'Zetel does so by itself; look again in a few minutes.'),
    fine: () => what('Healthy: the connection works and the rights are there.', NOTHING),
  },
  plan: {
    short: amount => (amount === 0 ? 'There are enough users.' : `${count(amount, 'user', 'users')} short.`),
    how: { seated: 'sits there already', reuse: 'free user', new_user: 'new user needed' },
    cautions: {
      client_user:
        "This is a client user ('clientgebruiker (MijnKantoor)'): advised against, with very limited rights.",
      administration_unproven: 'It is not certain yet whether this user can reach the administration.',
    },
  },
}
