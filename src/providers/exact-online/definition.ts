import type { Definition } from '../provider.ts'

/**
 * Say what is peculiar to Exact Online as data. Every figure names who forces it, with the section and evidence grade of
 * providers/exact-online.md (A Exact's own text, A* its generated reference, B live test, C vendor or client, U unverified).
 */
export const definition: Definition = {
  name: 'exact-online',
  title: 'Exact Online',
  // Exact: an account answers on its own country's host only (§1.1; NL A, the rest C). One connector says `.us`: U, so left out.
  hosts: {
    NL: 'https://start.exactonline.nl',
    BE: 'https://start.exactonline.be',
    DE: 'https://start.exactonline.de',
    GB: 'https://start.exactonline.co.uk',
    US: 'https://start.exactonline.com',
    ES: 'https://start.exactonline.es',
    FR: 'https://start.exactonline.fr',
  },
  oauth: {
    authorizePath: '/api/oauth2/auth', // Exact (§1.1, A)
    tokenPath: '/api/oauth2/token', // Exact (§1.1, A)
    // Exact: without it whoever is logged in there is connected silently (§1.2, A). No scope: it is fixed on the app (§1.2, C).
    authorizeParams: { force_login: '1' },
    pkce: false, // nobody was found sending it; unproven, so not relied on (§1.2, U)
    clientAuthentication: 'body', // Exact documents the form; Basic apparently works too (§1.3, A; Basic U)
    codeSeconds: 180, // Exact: 3 minutes, single use (§1.2, A)
    accessSeconds: 600, // Exact: fixed, whatever its use; `expires_in` comes as the text "600" (§1.3, A)
    refreshLeadSeconds: 30, // Exact: not before 570 s after the token was received, else access_denied (§1.4, A)
    refreshIdleDays: 30, // Exact: unused for 30 days is dead (§1.3, A)
  },
  // Exact: one live token chain per app and user (§1.5, C: two independent vendors, not in Exact's own text).
  seatRule: 'user',
  administrationForm: /^[1-9]\d{0,9}$/, // Exact: a division is a whole number without leading zeros, as it stands in every path (§2, A*)
  limits: {
    perMinute: 60, // Exact: per app and company (§4, C)
    perDay: 5_000, // Exact: per app and company; older apps have more (§4, C; shared between apps or not: U)
    errorsPerHour: 10, // Exact: per key, user, company and endpoint; then the key is blocked for an hour (§4, C)
  },
  lookUpSettleSeconds: 120, // ours: nobody says how far lists lag; the worst case of promise 46 (U)
  referenceCharacters: 30, // S-HUB budgets 30 for YourRef, another client says 40 for invoices (§5.3, C; U)
}
