import type { ConnectionWords } from '../connection-words.ts'
import { quotable } from '../quotable.ts'
import { connectionActions as actions, integrationEdit as edit } from './connection-actions.ts'
import { count, measures } from './measures.ts'
import { rights } from './rights.ts'
import { states } from './states.ts'

const said = (text: string) => (words: string | null) => `${text}${states.providerSaid(words ?? '')}`

const connected = (words: string | null): string => {
  const username = quotable(words ?? '')
  return username === null ? 'Er is ingelogd.' : `Ingelogd als '${username}'.`
}

export const connection: ConnectionWords = {
  over: when => `Deze koppeling is gestopt op ${when}. Er wordt niets meer mee geboekt.`,
  began: 'Begon',
  nextLinks: {
    connect: 'Naar het koppelen',
    rights: 'Bekijk de rechten',
    bookings: 'Bekijk de boekingen',
    warnings: 'Bekijk hoe je het oplost',
  },
  warnings: 'Goed om te weten',
  facts: {
    title: 'Wie en waar',
    user: 'Gebruikersnaam',
    nobody: 'Er zit niemand op deze zetel.',
    userKind: 'Soort gebruiker',
    administration: 'Administratie',
    app: 'App-registratie',
    registrations: { published: 'gepubliceerd', self_registered: 'zelf geregistreerd' },
    source: 'Bron',
    from: (kind, provider, reference) => `${rights.sourceKinds[kind]} ${provider}, ${reference}`,
    connectedAt: 'Gekoppeld op',
    books: 'Boekt',
    strict: 'Streng',
    isStrict: 'Ja: wat niet zeker mag, wordt vastgehouden.',
    isNotStrict: 'Nee: wat niet zeker mag, gaat met die twijfel erbij.',
  },
  meters: {
    title: 'Toegang en limieten',
    token: 'Toegangssleutel',
    tokenAge: (age, life) => `${age} oud; leeft ${life}.`,
    tokenOver: 'Verlopen; Zetel vernieuwt hem bij het volgende gebruik.',
    tokenNone: 'Er is geen sleutel: er is niemand gekoppeld.',
    consent: 'Toestemming',
    consentUntil: (day, days) => `Blijft geldig tot ${day}: ${count(days, 'dag', 'dagen')} na het laatste gebruik.`,
    consentOver: day => `Zonder gebruik verlopen op ${day}.`,
    consentNone: 'Er is geen geldige toestemming.',
    calls: 'Verzoeken in de laatste minuut',
    callsOf: (sent, perMinute) => `${measures.number(sent)} van ${measures.number(perMinute)}.`,
    waiting: amount => `${count(amount, 'verzoek wacht', 'verzoeken wachten')} op een beurt.`,
    paused: until => `Geen verzoeken tot ${until}: de limiet van het pakket is bereikt.`,
    errors: 'Geweigerde verzoeken in het laatste uur',
    errorsOf: (amount, most) => `${measures.number(amount)} van ${measures.number(most)}.`,
    noErrors: 'Geen.',
    blocked: until => `Zetel vraagt dit niet meer tot ${until}, want bij nog meer fouten blokkeert het pakket de app.`,
    unknown: 'Niet bekend: de zetel geeft nu geen antwoord.',
  },
  timeline: {
    title: 'De laatste 30 dagen',
    hint: 'Een staaf per dag; kies er een om de uren te zien.',
    day: 'Dag',
    hour: 'Uur',
    columns: { delivered: 'Geleverd', failed: 'Mislukt', held: 'Vastgehouden', troubles: 'Storingen' },
    worst: {
      broken: 'storing',
      attention: 'vastgehouden of mislukt',
      healthy: 'alles geleverd',
      none: 'niets te doen',
    },
    summary: (when, counts) =>
      `${when}: ${measures.number(counts.delivered)} geleverd, ${measures.number(counts.failed)} mislukt, ${measures.number(counts.held)} vastgehouden, ${count(counts.troubles, 'storing', 'storingen')}`,
    hoursOf: day => `De uren van ${day}`,
  },
  rights: {
    title: 'Rechten',
    lead: 'Wat de boekingen van deze koppeling nodig hebben, en of het er is.',
    right: 'Recht',
    neededFor: 'Nodig voor',
    administration: number => `Administratie ${number}`,
    cells: { yes: 'is er', no: 'ontbreekt', unknown: 'niet zeker', closed: 'niet gekoppeld' },
    more: amount =>
      `Gebruiker en app komen ook bij ${count(amount, 'andere administratie', 'andere administraties')} die hier niet ${amount === 1 ? 'staat' : 'staan'}.`,
    checked: 'Gecontroleerd:',
    neverChecked: 'De rechten zijn nog niet gecontroleerd.',
  },
  queue: {
    title: 'Wachtrij',
    empty: 'Er wacht niets.',
    state: 'Staat',
    count: 'Aantal',
    oldest: 'Oudste',
    lately: 'in het laatste etmaal',
    all: 'Alle boekingen van deze koppeling',
  },
  recent: {
    title: 'Laatste boekingen',
    empty: 'Er is nog niets ingestuurd. Zodra de koppeling een boeking aanbiedt, staat zij hier.',
    state: 'Staat',
    reference: 'Referentie',
    kind: 'Soort',
    accepted: 'Ontvangen',
    reason: 'Reden',
  },
  history: {
    title: 'Geschiedenis',
    empty: 'Er is nog niets gebeurd: er heeft nog niemand ingelogd.',
    when: 'Wanneer',
    what: 'Wat er gebeurde',
    signals: {
      connected,
      adopted: () =>
        'Dezelfde gebruiker logde in voor een andere koppeling; deze koppeling nam de verse toegang over en werkt door.',
      refreshed: () => 'De toegang is verlengd.',
      refresh_unclear: said('Het pakket gaf geen duidelijk antwoord bij het verlengen van de toegang.'),
      access_refused: said('Het pakket weigerde de toegang eerder dan afgesproken.'),
      app_refused: said('Het pakket weigerde onze app-registratie.'),
      reconnect_required: said('De verbinding brak; er moet opnieuw iemand inloggen.'),
      recovered: () => 'De verbinding werkt weer.',
      probed: () => 'De rechten zijn gecontroleerd.',
      rights_lost: said('Er ontbreken rechten die er eerst waren of nodig zijn.'),
      rights_restored: () => 'Alle rechten zijn er weer.',
      disconnected: () => 'De verbinding is losgemaakt.',
      transferred: () => 'De gebruiker is verplaatst naar een andere koppeling.',
    },
    routine: {
      refreshed: amount => `toegang verlengd: ${count(amount, 'keer', 'keer')}`,
      probed: amount => `rechten gecontroleerd: ${count(amount, 'keer', 'keer')}`,
    },
    between: (since, until) => `${since} tot ${until}`,
  },
  actions,
  edit,
}
