import type { TenantWords } from '../tenant-words.ts'
import { count } from './measures.ts'

export const tenant: TenantWords = {
  title: 'Wie zit waar',
  integrations: amount => count(amount, 'koppeling', 'koppelingen'),
  first: 'Eerst dit',
  free: amount => `${count(amount, 'vrije gebruiker', 'vrije gebruikers')}.`,
  cost: (money, without) =>
    without === 0
      ? `De gebruikers die nodig zijn, kosten samen ${money} per maand.`
      : `De gebruikers die nodig zijn, kosten samen minstens ${money} per maand; van ${without} is de prijs nog niet bekend.`,
  newIntegration: 'Nieuwe koppeling',
  unfinished: amount => `${count(amount, 'nieuwe koppeling', 'nieuwe koppelingen')} nog afmaken`,
  empty: {
    admin:
      'Er is nog geen koppeling. Begin met een nieuwe koppeling: Zetel vraagt wat je koppelt, welke gebruiker daarvoor nodig is en welke rechten die krijgt.',
    viewer: 'Er is nog geen koppeling. Een beheerder van deze klant kan er een maken.',
  },
  noMore: 'Hierna komen geen koppelingen meer.',
  picture: 'Tekening van wie waar zit. Hetzelfde staat in de tabel erna.',
  table: 'Koppelingen met hun zetel en gebruiker',
  columns: { source: 'Bron', state: 'Toestand', seat: 'Zetel', account: 'Gebruikersnaam', ways: 'Verder' },
  seat: { taken: 'bezet', empty: 'leeg' },
  short: '1 gebruiker tekort',
  make: name => (name === null ? 'maak een eigen gebruiker' : `maak '${name}@…'`),
  steps: 'Stappen',
  fits: 'vrij, past op deze zetel',
  cautions: { client_user: 'let op: clientgebruiker', administration_unproven: 'let op: toegang niet zeker' },
  unseated: {
    title: 'Op geen zetel',
    spare: 'vrij, nu nergens nodig',
    noAccess: administrations => `geen toegang tot ${administrations}`,
    elsewhere: 'zit al op een andere zetel',
    more: amount => `Nog ${count(amount, 'gebruiker', 'gebruikers')} op geen zetel`,
  },
}
