import type { Cell } from '../connections/rights-matrix.ts'
import type { SignalKind } from '../health/signal.ts'
import type { Counts, Worst } from '../health/timeline.ts'
import type { SourceKind } from '../rights/right.ts'
import type { ProviderApp } from '../seats/seat.ts'

/** A place in time, in words: "25 nov 2026", or with the hour. */
type When = string

/** What stands on the page of an integration and its connection, and on those of its actions. */
export type ConnectionWords = {
  /** The integration has ended, and is only looked back upon. */
  over(when: When): string
  /** Before how long ago something went wrong. */
  began: string
  /** Where the next step is taken. */
  nextLinks: { connect: string; rights: string; bookings: string; warnings: string }
  warnings: string
  facts: {
    title: string
    user: string
    nobody: string
    userKind: string
    administration: string
    app: string
    registrations: Record<ProviderApp['registration'], string>
    source: string
    from(kind: SourceKind, provider: string, reference: string): string
    connectedAt: string
    books: string
    strict: string
    isStrict: string
    isNotStrict: string
  }
  meters: {
    title: string
    token: string
    /** How old an access token is, and how long it lives. */
    tokenAge(age: string, life: string): string
    tokenOver: string
    tokenNone: string
    consent: string
    consentUntil(day: When, days: number): string
    consentOver(day: When): string
    consentNone: string
    calls: string
    callsOf(sent: number, perMinute: number): string
    waiting(count: number): string
    paused(until: When): string
    errors: string
    errorsOf(count: number, most: number): string
    noErrors: string
    blocked(until: When): string
    unknown: string
  }
  timeline: {
    title: string
    hint: string
    day: string
    hour: string
    columns: Record<keyof Counts, string>
    worst: Record<Worst, string>
    /** What a day or an hour brought, all in one line. */
    summary(when: When, counts: Counts): string
    hoursOf(day: When): string
  }
  rights: {
    title: string
    lead: string
    right: string
    neededFor: string
    administration(number: string): string
    cells: Record<Cell, string>
    more(count: number): string
    checked: string
    neverChecked: string
  }
  queue: { title: string; empty: string; state: string; count: string; oldest: string; lately: string; all: string }
  recent: {
    title: string
    empty: string
    state: string
    reference: string
    kind: string
    accepted: string
    reason: string
  }
  history: {
    title: string
    empty: string
    when: string
    what: string
    /** `words` are a username for who connected, else the provider's own. */
    signals: Record<SignalKind, (words: string | null) => string>
    routine: { refreshed(count: number): string; probed(count: number): string }
    /** Between two moments. */
    between(since: When, until: When): string
  }
  actions: ActionWords
  edit: EditWords
}

/** What can be done, with what will happen. */
export type ActionWords = {
  title: string
  probe: { title: string; text: string; action: string }
  connect: {
    title: string
    again: string
    text: string
    /** The present user's name, or null when any unused one will do. */
    who(username: string | null): string
    action: string
    otherUser: string
    made: string
    madeText(until: When): string
    back: string
  }
  transfer: {
    title: string
    text(username: string): string
    to: string
    choose: string
    option(label: string, administration: string): string
    action: string
    nowhere: string
  }
  disconnect: {
    title: string
    text: string
    open: string
    heading(label: string): string
    /** What will happen, in order; `queued` is what is in the queue now. */
    happens(queued: number): string[]
    action: string
  }
  end: {
    title: string
    text: string
    open: string
    heading(label: string): string
    happens: string[]
    action: string
    seated: string
    toDisconnect: string
    waiting: string
  }
  /** What cannot be undone asks for the name of the thing. */
  confirm: { whatHappens: string; label(label: string): string; mismatch: string }
}

/** The form on which an integration is changed. */
export type EditWords = {
  title: string
  heading(label: string): string
  text: string
  open: string
  label: string
  source: string
  sourceKind: string
  sourceProvider: string
  sourceRef: string
  sourceRefHint: string
  books: string
  booksHint: string
  strict: string
  strictHint: string
  bookkeeping: string
  bookkeepingText: string
  journal: string
  defaultCustomer: string
  defaultCustomerHint: string
  lines: string
  linesText: string
  line(number: number): string
  vatCategory: string
  vatCategoryHint: string
  vatRate: string
  glAccount: string
  vatCode: string
  save: string
}
