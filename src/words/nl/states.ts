import { quotable } from '../quotable.ts'
import type { WhatNext } from '../sentences.ts'
import type { StateWords } from '../state-words.ts'
import { count } from './measures.ts'

const what = (text: string, next: string): WhatNext => ({ text, next })

const providerSaid = (words: string): string => {
  const quoted = quotable(words)
  return quoted === null ? '' : ` Het pakket zei: “${quoted}”`
}

const NOTHING = 'Je hoeft niets te doen.'
const AGAIN = 'Maak een koppellink en laat dezelfde gebruiker opnieuw inloggen.'

const troubles: StateWords['troubles'] = {
  token_unclear: what(
    'Het pakket gaf geen duidelijk antwoord toen Zetel de toegang wilde verlengen.',
    'Zetel probeert het zelf opnieuw; je hoeft niets te doen.',
  ),
  access_refused: what(
    'Het pakket weigert de toegang eerder dan afgesproken. Waarschijnlijk is de toestemming ingetrokken.',
    'Zetel probeert het zo nog één keer. Blijft het mis, koppel dan opnieuw.',
  ),
  app_refused: what(
    'Het pakket weigert onze app-registratie.',
    'De beheerder van Zetel moet het client-id en het client-secret nakijken.',
  ),
  consent_revoked: what('De toestemming is ingetrokken.', AGAIN),
  chain_expired: what('De toegang is te lang niet gebruikt en daardoor verlopen.', AGAIN),
  chain_reused: what('Het pakket kreeg een oude sleutel en sloot daarom de toegang af.', AGAIN),
  chain_broken: what(
    'Het pakket kent onze toegang niet meer. Dat gebeurt als dezelfde gebruiker ergens anders opnieuw koppelt.',
    'Kijk waar deze gebruiker nog meer wordt gebruikt, en laat hem daarna hier opnieuw inloggen.',
  ),
  chain_lost: what(
    'Door een storing bij Zetel is niet zeker of de laatste sleutel is gebruikt, en het pakket neemt hem niet meer aan.',
    AGAIN,
  ),
}

const reasons: StateWords['reasons'] = {
  refused: ({ words }) =>
    what(
      `Het pakket keurt de inhoud van deze boeking af.${providerSaid(words)}`,
      'Verbeter de boeking en stuur haar opnieuw in.',
    ),
  looking: () =>
    what(
      'Het antwoord van het pakket ging verloren. Zetel zoekt de boeking op haar referentie, zodat ze niet dubbel komt.',
      NOTHING,
    ),
  no_look_up: () =>
    what(
      'Het antwoord van het pakket ging verloren, en deze soort boeking is niet terug te zoeken.',
      'Kijk in het pakket of de boeking er staat, en geef dat hier aan. Zetel stuurt haar nooit zomaar nog eens.',
    ),
  several_found: ({ ids }) =>
    what(
      `Er staan ${count(ids.length, 'boeking', 'boekingen')} met deze referentie in het pakket.`,
      'Kijk in het pakket welke de goede is, en geef dat hier aan.',
    ),
  too_many_attempts: ({ attempts, words }) =>
    what(
      `Na ${count(attempts, 'poging', 'pogingen')} is nog steeds niet duidelijk of de boeking er staat.${providerSaid(words)}`,
      'Kijk in het pakket of de boeking er staat, en geef dat hier aan.',
    ),
  waiting: reason => what(WAITING[reason.for], 'Zetel gaat vanzelf verder; je hoeft niets te doen.'),
  resolved: ({ by }) => what(`Afgehandeld door ${by}.`, NOTHING),
}

const WAITING = {
  rate_limit: 'De limiet van het pakket is bereikt.',
  error_budget: 'Zetel wacht even, omdat het pakket een app na te veel fouten blokkeert.',
  provider: 'Het pakket is nu niet bereikbaar.',
}

export const states: StateWords = {
  connections: {
    pending: { name: 'nog niet gekoppeld', text: 'Er heeft nog niemand ingelogd.' },
    active: { name: 'actief', text: 'De verbinding werkt.' },
    degraded: { name: 'hapert', text: 'De verbinding werkt niet zoals het hoort; Zetel probeert het zelf.' },
    reconnect_required: { name: 'opnieuw koppelen', text: 'De verbinding is verbroken; iemand moet opnieuw inloggen.' },
    ended: { name: 'beëindigd', text: 'De verbinding is beëindigd; de zetel is vrij.' },
  },
  transactions: {
    held: { name: 'vastgehouden', text: 'Wacht op een recht, en gaat daarna vanzelf verder.' },
    queued: { name: 'in de wachtrij', text: 'Wordt vanzelf geleverd.' },
    sending: { name: 'wordt verstuurd', text: 'Is onderweg naar het pakket.' },
    delivered: { name: 'geleverd', text: 'Staat in het pakket.' },
    uncertain: { name: 'onzeker', text: 'Het is niet zeker of de boeking in het pakket staat.' },
    failed: { name: 'mislukt', text: 'Het pakket keurde de boeking af.' },
    cancelled: { name: 'geannuleerd', text: 'Wordt niet geleverd.' },
  },
  reasons,
  troubles,
  providerSaid,
  verdicts: {
    healthy: { name: 'gezond', text: 'Alles werkt.' },
    attention: { name: 'let op', text: 'Het werkt, maar er moet naar gekeken worden.' },
    broken: { name: 'verbroken', text: 'Er kan nu niets geboekt worden.' },
    unknown: { name: 'onbekend', text: 'Er is nog te weinig bekend om iets te zeggen.' },
  },
  health: {
    not_connected: () =>
      what('Er heeft nog niemand ingelogd.', 'Maak een koppellink en laat een ongebruikte gebruiker inloggen.'),
    ended: () => what('De verbinding is beëindigd.', 'Maak een koppellink als deze koppeling weer moet boeken.'),
    reconnect_required: ({ trouble }) =>
      trouble === null ? what('De verbinding is verbroken.', AGAIN) : troubles[trouble],
    degraded: ({ trouble }) =>
      trouble === null
        ? what('De verbinding hapert.', 'Zetel probeert het zelf opnieuw; je hoeft niets te doen.')
        : troubles[trouble],
    held: reason =>
      what(
        `Vastgehouden: ${count(reason.count, 'boeking wacht', 'boekingen wachten')} op een recht.`,
        'Bekijk welk recht ontbreekt en zet het aan; de boekingen gaan daarna vanzelf verder.',
      ),
    uncertain: reason =>
      what(
        `Van ${count(reason.count, 'boeking', 'boekingen')} is niet zeker of ze in het pakket ${reason.count === 1 ? 'staat' : 'staan'}.`,
        'Zetel zoekt ze zelf terug waar dat kan. Staat er dat ze op jou wachten, kijk dan in het pakket.',
      ),
    failed: reason =>
      what(
        `Het pakket keurde ${count(reason.count, 'boeking', 'boekingen')} af.`,
        'Lees bij elke boeking wat het pakket zei, verbeter haar en stuur haar opnieuw.',
      ),
    rights_missing: () =>
      what(
        'De gebruiker heeft niet alle rechten die deze koppeling nodig heeft.',
        'Bekijk welke rechten ontbreken, en zet ze aan in het pakket.',
      ),
    administration_not_granted: ({ administration }) =>
      what(
        `De app kan niet bij administratie ${administration}.`,
        "Geef de app die administratie bij 'Administraties beheren'.",
      ),
    client_user: () =>
      what(
        'De gekoppelde gebruiker is een clientgebruiker (MijnKantoor), met zeer beperkte rechten.',
        'Koppel een kantoorgebruiker in plaats van deze gebruiker.',
      ),
    not_probed: () =>
      what('De rechten zijn nog niet gecontroleerd.', 'Zetel doet dat vanzelf; kijk over een paar minuten nog eens.'),
    fine: () => what('Gezond: de verbinding werkt en de rechten zijn er.', NOTHING),
  },
  plan: {
    short: amount =>
      amount === 0 ? 'Er zijn genoeg gebruikers.' : `${count(amount, 'gebruiker', 'gebruikers')} tekort.`,
    how: { seated: 'zit er al', reuse: 'vrije gebruiker', new_user: 'nieuwe gebruiker nodig' },
    cautions: {
      client_user: 'Dit is een clientgebruiker (MijnKantoor): afgeraden, met zeer beperkte rechten.',
      administration_unproven: 'Het is nog niet zeker of deze gebruiker bij de administratie kan.',
    },
  },
}
