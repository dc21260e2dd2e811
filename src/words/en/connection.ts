import type { ConnectionWords } from '../connection-words.ts'
import { quotable } from '../quotable.ts'
import { connectionActions as actions, integrationEdit as edit } from './connection-actions.ts'
import { count, measures } from './measures.ts'
import { rights } from './rights.ts'
import { states } from './states.ts'

const said = (text: string) => (words: string | null) => `${text}${states.providerSaid(words ?? '')}`

const connected = (words: string | null): string => {
  const username = quotable(words ?? '')
  return username === null ? 'Someone signed in.' : `Signed in as '${username}'.`
}

export const connection: ConnectionWords = {
  over: when => `This integration was ended on ${when}. Nothing is booked through it any more.`,
  began: 'Began',
  nextLinks: {
    connect: 'Go to connecting',
    rights: 'See the rights',
    bookings: 'See the bookings',
    warnings: 'See how to mend it',
  },
  warnings: 'Good to know',
  facts: {
    title: 'Who and where',
    user: 'Service account',
    nobody: 'Nobody sits on this seat.',
    userKind: 'Kind of user',
    administration: 'Administration',
    app: 'Provider app',
    registrations: { published: 'published', self_registered: 'self-registered' },
    source: 'Source',
    from: (kind, provider, reference) => `${rights.sourceKinds[kind]} ${provider}, ${reference}`,
    connectedAt: 'Connected on',
    books: 'Books',
    strict: 'Strict',
    isStrict: 'Yes: what is not certain to be allowed is held.',
    isNotStrict: 'No: what is not certain to be allowed goes, with that doubt noted.',
  },
  meters: {
    title: 'Access and limits',
    token: 'Access token',
    tokenAge: (age, life) => `${age} old; lives for ${life}.`,
    tokenOver: 'Expired; Zetel renews it when it is next used.',
    tokenNone: 'There is no token: nobody is connected.',
    consent: 'Consent',
    consentUntil: (day, days) => `Stays valid until ${day}: ${count(days, 'day', 'days')} after the last use.`,
    consentOver: day => `Expired on ${day} for want of use.`,
    consentNone: 'There is no valid consent.',
    calls: 'Calls in the last minute',
    callsOf: (sent, perMinute) => `${measures.number(sent)} of ${measures.number(perMinute)}.`,
    waiting: amount => `${count(amount, 'call waits', 'calls wait')} for a turn.`,
    paused: until => `No calls until ${until}: the limit of the accounting package is reached.`,
    errors: 'Refused calls in the last hour',
    errorsOf: (amount, most) => `${measures.number(amount)} of ${measures.number(most)}.`,
    noErrors: 'None.',
    blocked: until =>
      `Zetel does not ask this again until ${until}, for after more errors the accounting package blocks the app.`,
    unknown: 'Not known: the seat does not answer now.',
  },
  timeline: {
    title: 'The last 30 days',
    hint: 'One bar for each day; choose one to see its hours.',
    day: 'Day',
    hour: 'Hour',
    columns: { delivered: 'Delivered', failed: 'Failed', held: 'Held', troubles: 'Troubles' },
    worst: { broken: 'trouble', attention: 'held or failed', healthy: 'all delivered', none: 'nothing to do' },
    summary: (when, counts) =>
      `${when}: ${measures.number(counts.delivered)} delivered, ${measures.number(counts.failed)} failed, ${measures.number(counts.held)} held, ${count(counts.troubles, 'trouble', 'troubles')}`,
    hoursOf: day => `The hours of ${day}`,
  },
  rights: {
    title: 'Rights',
    lead: 'What the bookings of this integration need, and whether it is there.',
    right: 'Right',
    neededFor: 'Needed for',
    administration: number => `Administration ${number}`,
    cells: { yes: 'is there', no: 'is missing', unknown: 'not certain', closed: 'not connected' },
    more: amount =>
      `User and app also reach ${count(amount, 'other administration', 'other administrations')} not shown here.`,
    checked: 'Checked:',
    neverChecked: 'The rights have not been checked yet.',
  },
  queue: {
    title: 'Queue',
    empty: 'Nothing waits.',
    state: 'State',
    count: 'Count',
    oldest: 'Oldest',
    lately: 'in the last 24 hours',
    all: 'All bookings of this integration',
  },
  recent: {
    title: 'Latest bookings',
    empty: 'Nothing has been sent in yet. As soon as the integration offers a booking, it stands here.',
    state: 'State',
    reference: 'Reference',
    kind: 'Kind',
    accepted: 'Received',
    reason: 'Reason',
  },
  history: {
    title: 'History',
    empty: 'Nothing has happened yet: nobody has signed in.',
    when: 'When',
    what: 'What happened',
    signals: {
      connected,
      adopted: () =>
        'The same user signed in for another integration; this one took over the fresh access and goes on working.',
      refreshed: () => 'The access was renewed.',
      refresh_unclear: said('The accounting package gave no clear answer when the access was to be renewed.'),
      access_refused: said('The accounting package refused the access before its time.'),
      app_refused: said('The accounting package refused our app registration.'),
      reconnect_required: said('The connection broke; someone has to sign in again.'),
      recovered: () => 'The connection works again.',
      probed: () => 'The rights were checked.',
      rights_lost: said('Rights are missing that were there before or are needed.'),
      rights_restored: () => 'All rights are there again.',
      disconnected: () => 'The connection was ended.',
      transferred: () => 'The user was moved to another integration.',
    },
    routine: {
      refreshed: amount => `access renewed: ${count(amount, 'time', 'times')}`,
      probed: amount => `rights checked: ${count(amount, 'time', 'times')}`,
    },
    between: (since, until) => `${since} to ${until}`,
  },
  actions,
  edit,
}
