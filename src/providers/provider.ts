import type { Result } from '../result.ts'
import type { Action, BookingKind, Cause, Layer, Need, Right } from '../rights/right.ts'
import type { SalesDocument } from '../transactions/document.ts'

/** JSON as a provider takes it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

/** A call to a provider: `path` is below the app's base URL and starts with a slash, with its query. */
export type ProviderRequest = { method: Action; path: string; headers?: Record<string, string>; body?: string }

/** A provider's whole answer: header names in lower case, the body as text whatever it holds. */
export type ProviderAnswer = { status: number; headers: Record<string, string>; body: string }

/** Who consented, as the provider names them; `userId` is in its one normal form and is what seats are keyed on. */
export type Identity = {
  userId: string
  username: string
  email: string
  kind: UserKind
  /** The administration the user last worked in: a starting point for asking, never a key. */
  currentAdministration: string | null
}

export const USER_KINDS = ['full_user', 'client_user', 'starter_user', 'self_service_user', 'unknown'] as const
export type UserKind = (typeof USER_KINDS)[number]

/** What the provider's refusal or silence means, read from body and headers rather than from the status. */
export type Diagnosis =
  /** The provider did what was asked. */
  | { kind: 'fine' }
  /** A right, scope, licence, user or administration is in the way; `derived` when only guessed from the attempted action (EOL-04). */
  | { kind: 'denied'; layer: Layer; cause: Cause; derived: boolean; words: string }
  /** The access token is not honoured. */
  | { kind: 'unauthorized'; words: string }
  /** Asked too much; `until` is when to ask again in Unix ms, null when the provider did not say. */
  | { kind: 'rate_limited'; until: number | null; words: string }
  /** The content is refused for good, in the provider's own words, whatever the status (Exact sends these as 500 too). */
  | { kind: 'refused'; words: string }
  /** It cannot be told what happened: a gateway's error page, a bare 5xx, an unreadable answer. */
  | { kind: 'unclear'; words: string }

/** The token endpoint's answer, told apart by body and header and not by status (P8). */
export type TokenDiagnosis =
  | { kind: 'too_early'; words: string }
  | { kind: 'dead'; cause: 'reused' | 'expired' | 'broken_chain' | 'revoked'; words: string }
  | { kind: 'code_refused'; words: string }
  | { kind: 'app_refused'; words: string }
  | { kind: 'rate_limited'; until: number | null; words: string }
  | { kind: 'unclear'; words: string }

/** What an answer's headers say of the rate budget; times in Unix ms, null where not said. */
export type RateReading = {
  minute: { limit: number; remaining: number; resetAt: number } | null
  day: { limit: number; remaining: number; resetAt: number } | null
}

/** How one `document` becomes a booking: journal and customer as the provider keys them, an account and VAT code per VAT category and rate. */
export type Bookkeeping = {
  journal: string
  default_customer: string
  lines: { vat_category: string; vat_rate: string; gl_account: string; vat_code: string }[]
}

/** A field that is missing or wrong: `pointer` is an RFC 6901 JSON Pointer below the booking's payload. */
export type FieldError = { pointer: string; message: FieldMessage }
export type FieldMessage =
  | { kind: 'mandatory' }
  | { kind: 'not_an_object' }
  | { kind: 'not_a_list' }
  | { kind: 'empty' }
  | { kind: 'not_a_guid' }
  | { kind: 'not_a_number' }
  | { kind: 'too_long'; atMost: number }
  | { kind: 'unknown_mapping'; vatCategory: string; vatRate: string }

/** A booking ready to be sent: the payload as it will go, and by which field and value it can be found again (null: it cannot be, P47). */
export type PreparedBooking = { payload: JsonObject; lookUp: LookUp | null }
export type LookUp = { field: string; value: string }

/** What a person reads on the provider's own screens, per cause: literal menu paths, never translated. */
export type ScreenPath = string

/** What differs between providers and can be said as data; every unproven figure says so beside it. */
export type Definition = {
  name: ProviderName
  title: string
  /** Where its accounts live, by ISO country: for forms and documentation; an app's own `base_url` decides. */
  hosts: Record<string, string>
  oauth: {
    authorizePath: string
    tokenPath: string
    /** Fixed parameters of the authorize request. */
    authorizeParams: Record<string, string>
    pkce: boolean
    clientAuthentication: 'body' | 'basic'
    /** Lives of code and access token in seconds, when the answer does not say. */
    codeSeconds: number
    accessSeconds: number
    /** A refresh is refused earlier than this many seconds before the access token ends. */
    refreshLeadSeconds: number
    /** A refresh token dies after this many days without use. */
    refreshIdleDays: number
  }
  /** What may sit on one seat only. */
  seatRule: 'user'
  /** How an administration's number or code is written; all of it. */
  administrationForm: RegExp
  limits: { perMinute: number; perDay: number; errorsPerHour: number }
  /** A booking may stay invisible to look-ups for this long; only then does "not found" mean "not there". */
  lookUpSettleSeconds: number
  /** Bookings a person can find back by this field, at most so many characters. */
  referenceCharacters: number
}

export const PROVIDER_NAMES = ['exact-online'] as const
export type ProviderName = (typeof PROVIDER_NAMES)[number]

/**
 * A system at the other end. All functions are pure: they make requests and read answers; sending is the seat's.
 * `administration` is always the provider's own number or code.
 */
export type Provider = {
  definition: Definition
  /** List every right that bookings of this kind need, writes first; null for a kind it does not know: fail closed (EOL-01). */
  needs(kind: BookingKind): readonly Need[] | null

  /** Check a payload's mandatory fields and put the reference where a look-up finds it. */
  prepare(kind: BookingKind, reference: string, payload: JsonObject): Result<PreparedBooking, FieldError[]>
  /** Turn a sales document into this provider's payload; a VAT category and rate without a mapping is named. */
  fromDocument(document: SalesDocument, bookkeeping: Bookkeeping): Result<JsonObject, FieldError[]>
  /** Check that bookkeeping names things as this provider keys them; pointers are below the bookkeeping. */
  checkBookkeeping(bookkeeping: Bookkeeping): FieldError[]

  /** Ask who the access token belongs to. */
  whoAmI(): ProviderRequest
  readIdentity(answer: ProviderAnswer): Identity | null
  /** Ask which administrations the user and the app reach together; `near` is any administration to start from. */
  reach(near: string): ProviderRequest
  /** Give the reachable administrations' numbers, and the next page's request; null when the provider gave no usable answer. */
  readReach(answer: ProviderAnswer): { administrations: string[]; next: ProviderRequest | null } | null
  /** Ask whether the user holds one right in one administration. */
  right(right: Right, administration: string): ProviderRequest
  /** Read that answer; anything but a clear yes or no is `unknown`, never "no". */
  readRight(answer: ProviderAnswer): 'yes' | 'no' | 'unknown'

  write(kind: BookingKind, administration: string, payload: JsonObject): ProviderRequest
  /** Read a booking's id from a successful answer; null when there is none to be found in it. */
  readWritten(kind: BookingKind, answer: ProviderAnswer): string | null
  lookUp(kind: BookingKind, administration: string, by: LookUp): ProviderRequest
  /**
   * Give the ids of the bookings found that were not made before `since` (Unix ms), for somebody else may have used the
   * same reference; null when the answer cannot be read, which never means "not there".
   */
  readLookUp(kind: BookingKind, answer: ProviderAnswer, since: number): string[] | null

  diagnose(request: { method: Action; path: string }, answer: ProviderAnswer): Diagnosis
  diagnoseToken(answer: ProviderAnswer): TokenDiagnosis
  readRates(headers: Record<string, string>): RateReading
  /** Name the administration a raw path below the base URL works in, REST or XML (DIV-06); null when it works in none. */
  administrationOf(path: string): string | null
}
