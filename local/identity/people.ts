/** Somebody who can sign in at the local issuer. */
export type DemoPerson = {
  /** Never changes and never goes to somebody else; the issuer and this together are who a person is. */
  sub: string
  name: string
  /** What the person is found by when signing in; one person has it. */
  email: string
  emailVerified: boolean
  /** What tells this person from the others, for who chooses (Dutch). */
  note: string
}

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  {
    sub: 'anna-de-vries',
    name: 'Anna de Vries',
    email: 'anna@zetel.example',
    emailVerified: true,
    note: 'beheert Zetel voor alle klanten',
  },
  {
    sub: 'bas-smit',
    name: 'Bas Smit',
    email: 'bas@bakkerijsmit.example',
    emailVerified: true,
    note: 'beheerder bij Bakkerij Smit',
  },
  {
    sub: 'vera-visser',
    name: 'Vera Visser',
    email: 'vera@bakkerijsmit.example',
    emailVerified: true,
    note: 'kijkt mee bij Bakkerij Smit',
  },
  {
    sub: 'noor-noord',
    name: 'Noor Noord',
    email: 'noor@studionoord.example',
    emailVerified: true,
    note: 'heeft nog nergens toegang',
  },
  {
    sub: 'ursula-bos',
    name: 'Ursula Bos',
    email: 'unverified@zetel.example',
    emailVerified: false,
    note: 'e-mailadres niet bevestigd',
  },
]

/** Find who has an e-mail address, in capitals or not. */
export function personWith(people: readonly DemoPerson[], email: unknown): DemoPerson | undefined {
  if (typeof email !== 'string') return undefined
  return people.find(person => person.email.toLowerCase() === email.trim().toLowerCase())
}
