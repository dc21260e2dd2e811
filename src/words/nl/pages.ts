import { ACCESS_SCREEN, USERS_SCREEN } from '../../providers/exact-online/screens.ts'
import type { PageWords } from '../page-words.ts'
import { refused } from './refused.ts'

const newUser = `Bestaat zo'n gebruiker nog niet? Maak hem via ${USERS_SCREEN}, als kantoorgebruiker, en geef hem toegang via ${ACCESS_SCREEN}.`

export const pages: PageWords = {
  otherLanguage: 'In English',
  connect: {
    title: (integration, provider) => `${integration} koppelen met ${provider}`,
    facts: { tenant: 'Klant', integration: 'Koppeling', provider: 'Pakket', administration: 'Administratie' },
    whoSignsIn: 'Wie moet er inloggen',
    onlyThisUser: username => `Log straks in als '${username}'. Met een andere gebruiker gaat het koppelen niet door.`,
    anUnusedUser: `Log straks in met een gebruiker die alleen voor deze koppeling is. ${newUser}`,
    aDifferentUser:
      'Elke koppeling heeft een eigen gebruiker nodig: een andere dan bij de overige koppelingen, die nog nergens voor wordt gebruikt. Met een gebruiker die al koppelt, wordt er niets gekoppeld.',
    notTheseUsers: 'Log niet in met deze gebruikers, want ze horen al bij een andere koppeling:',
    whatIsAsked: 'Wat er gevraagd wordt',
    consent: (provider, administration) =>
      `${provider} vraagt of de app mag boeken en lezen namens deze gebruiker, in administratie ${administration}.`,
    reach: {
      published: administration =>
        `Vraagt Exact Online om welke administraties het gaat? Kies dan in elk geval ${administration}. Bij veel rechten staat die keuze onderaan: scrol naar het einde.`,
      self_registered: () =>
        'Dit is een zelf geregistreerde app: er is geen keuze van administraties. De app komt bij alles waar deze gebruiker bij komt.',
    },
    bookings: 'Deze koppeling boekt:',
    whatHappens: provider =>
      `Je gaat nu naar ${provider} om in te loggen en toestemming te geven. Daarna kom je hier terug. Zetel ziet je wachtwoord niet.`,
    start: provider => `Inloggen bij ${provider}`,
  },
  connected: {
    title: integration => `${integration} is gekoppeld`,
    lead: (username, provider) => `Gekoppeld als gebruiker '${username}' van ${provider}.`,
    verdicts: {
      allowed: administration =>
        `Alles is in orde: deze gebruiker heeft alle rechten in administratie ${administration}.`,
      denied: administration =>
        `Er is nog iets nodig: in administratie ${administration} ontbreken rechten. Boekingen die ze nodig hebben, worden vastgehouden en gaan vanzelf verder zodra het recht er is.`,
      unknown: administration =>
        `De rechten in administratie ${administration} zijn nog niet allemaal bekend. Zetel vraagt ze zelf opnieuw op.`,
    },
    access: administration => `Toegang tot administratie ${administration}`,
    rights: administration => `Rechten in administratie ${administration}`,
    checks: { fine: 'in orde', missing: 'ontbreekt', unknown: 'onbekend' },
    whatIsMissing: 'Wat er ontbreekt',
    whatIsUnknown: 'Wat nog niet zeker is',
    warnings: 'Goed om te weten',
    howToMend: 'Zo los je het op',
    checkAgain: 'Rechten opnieuw controleren',
    done: 'Klaar',
  },
  refused,
  toStart: 'Naar de startpagina',
  tryAgain: 'Opnieuw proberen',
  code: 'Code',
}
