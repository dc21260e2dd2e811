import type { BookingWords } from '../booking-words.ts'
import { count } from './measures.ts'

const bookings = (amount: number): string => count(amount, 'boeking', 'boekingen')
const waiting = (amount: number): string => count(amount, 'boeking wacht', 'boekingen wachten')

export const booking: BookingWords = {
  title: 'Boekingen',
  list: {
    columns: {
      state: 'Staat',
      reference: 'Referentie',
      kind: 'Soort',
      integration: 'Koppeling',
      administration: 'Administratie',
      accepted: 'Aangenomen',
      why: 'Waarom',
    },
    andMore: amount => (amount === 1 ? 'Daarnaast ontbreekt nog iets.' : `Daarnaast ontbreken nog ${amount} dingen.`),
    counts: 'Boekingen per staat',
    all: 'Alle boekingen',
    moreThan: most => `meer dan ${most}`,
    filter: {
      title: 'Filter',
      state: 'Staat',
      integration: 'Koppeling',
      kind: 'Soort boeking',
      reference: 'Referentie',
      referenceHint: 'Het begin is genoeg.',
      exact: 'Precies deze referentie',
      since: 'Aangenomen vanaf',
      until: 'Aangenomen tot en met',
      any: 'alle',
      apply: 'Toon',
      clear: 'Wis het filter',
    },
    none: 'Er zijn nog geen boekingen. Een koppeling stuurt ze in via de API; maak dus eerst een koppeling en laat een gebruiker inloggen.',
    noneAction: 'Naar de koppelingen',
    noneHere: 'Met dit filter zijn er geen boekingen.',
  },
  waiting: {
    title: 'Wat er wacht',
    heading: {
      connection: amount => `${waiting(amount)} op een verbinding`,
      user_kind: amount => `${waiting(amount)} op een andere soort gebruiker`,
      app_scope: amount => `${waiting(amount)} op de app-registratie`,
      licence: amount => `${waiting(amount)} op de licentie`,
      administration: amount => `${waiting(amount)} op toegang tot de administratie`,
      right: amount => `${waiting(amount)} op één recht`,
    },
    more: amount =>
      `Er ${amount === 1 ? 'is' : 'zijn'} nog ${count(amount, 'oorzaak', 'oorzaken')}. Kies een koppeling in het filter om ze te zien.`,
    check: 'Controleer opnieuw',
    checkText: 'Zetel vraagt het pakket nu naar de rechten. Wat er mag, gaat daarna vanzelf.',
    toIntegration: 'Naar de koppeling',
  },
  several: {
    choose: 'Kies',
    chooseOne: reference => `Kies boeking ${reference}`,
    noneChosen: 'Kies eerst een of meer boekingen.',
    retryAll: amount => (amount === 1 ? 'Probeer deze opnieuw' : `Probeer deze ${amount} opnieuw`),
    retryAllText: 'Dit geldt voor alle boekingen die hieronder staan, en niet voor andere bladzijden.',
    retryChosen: 'Probeer gekozen opnieuw',
    cancelChosen: 'Annuleer gekozen',
    cancelChosenText:
      'Een geannuleerde boeking wordt niet meer geleverd. Dat is niet terug te draaien; wel kun je haar opnieuw insturen.',
    titles: { retry: 'Opnieuw geprobeerd', cancel: 'Geannuleerd' },
    succeeded: {
      retry: amount =>
        amount === 0
          ? 'Er gaat geen boeking opnieuw.'
          : `${bookings(amount)} ${amount === 1 ? 'gaat' : 'gaan'} opnieuw.`,
      cancel: amount =>
        amount === 0
          ? 'Er is geen boeking geannuleerd.'
          : `${bookings(amount)} ${amount === 1 ? 'is' : 'zijn'} geannuleerd.`,
    },
    failed: amount => `Bij ${bookings(amount)} kon het niet`,
    why: 'Waarom niet',
    back: 'Terug naar de lijst',
  },
  one: {
    title: reference => `Boeking ${reference}`,
    changed: 'De staat is intussen veranderd.',
    reload: 'Ververs de pagina om te zien wat je nu kunt doen.',
    notBefore: when => `Niet eerder dan ${when}.`,
    missing: 'Wat er ontbreekt',
    stillMissing: 'Dit ontbreekt nog steeds',
    doubts: 'Wat niet zeker was toen de boeking binnenkwam',
    manual: 'Handmatige controle',
    choices: 'Wat je kunt doen',
    retry: {
      held: {
        action: 'Controleer en probeer opnieuw',
        text: 'Zetel vraagt het pakket eerst opnieuw naar de rechten. De boeking gaat alleen als er niets meer in de weg staat.',
      },
      failed: {
        action: 'Probeer opnieuw',
        text: 'Zetel stuurt dezelfde inhoud nog eens, op haar oude plek in de rij. Keurt het pakket haar weer af, dan blijft ze mislukt.',
      },
      uncertain: {
        action: 'Zoek opnieuw',
        text: 'Zetel zoekt de boeking nu opnieuw op haar referentie. Pas als ze er echt niet staat, wordt ze nog eens gestuurd.',
      },
    },
    cancel: {
      title: 'Annuleren',
      action: 'Annuleer de boeking',
      text: 'De boeking wordt niet meer geleverd en komt niet in het pakket. Dat is niet terug te draaien; wel kun je haar opnieuw insturen.',
    },
    resolve: {
      title: 'Zeg of de boeking er staat',
      text: (reference, administration) =>
        `Zoek in het pakket op referentie ${reference}, in administratie ${administration}.`,
      question: 'Staat de boeking in het pakket?',
      there: { label: 'Ja, ze staat er', hint: 'Zetel noteert haar als geleverd en stuurt niets meer.' },
      notThere: {
        label: 'Nee, ze staat er niet',
        hint: 'Zetel stuurt haar opnieuw. Let op: staat ze er toch, dan is ze daarna dubbel geboekt.',
      },
      providerId: 'Id in het pakket',
      providerIdHint: 'Alleen als de boeking er staat; mag leeg blijven.',
      whichOne: 'Welke is de goede?',
      contradiction: 'Je gaf een id op, en zei dat de boeking er niet staat. Laat dit leeg, of kies dat ze er staat.',
      action: 'Leg vast',
    },
    byHand: {
      title: 'Wat zegt het scherm van het pakket?',
      text: 'Doe hetzelfde met de hand, als de gebruiker van deze koppeling. Verschijnt er een pop-up, neem de tekst dan letter voor letter over. Ze blijft bij deze boeking staan.',
      label: 'Tekst van het scherm',
      action: 'Bewaar de tekst',
    },
    attempts: 'Pogingen',
    noAttempts: 'Er is nog geen poging vastgelegd.',
    onlyLatest: (shown, all) => `De laatste ${shown} van ${count(all, 'poging', 'pogingen')}.`,
    attempt: {
      number: 'Nr.',
      at: 'Wanneer',
      outcome: 'Wat er gebeurde',
      status: 'HTTP-status',
      words: 'Wat het pakket zei',
    },
    facts: 'Gegevens',
    fact: {
      id: 'Id bij Zetel',
      idempotencyKey: 'Idempotency-Key',
      providerId: 'Id in het pakket',
      updated: 'Laatst veranderd',
      delivered: 'Geleverd',
      sent: 'Laatst verstuurd',
      tries: 'Keren verstuurd',
    },
    payload: 'Inhoud van de boeking',
    payloadText: 'Zo gaat de boeking naar het pakket.',
  },
  outcomes: {
    delivered: 'Verstuurd; het pakket heeft de boeking opgenomen.',
    refused: 'Verstuurd; het pakket keurde de inhoud af.',
    denied: 'Verstuurd; het pakket weigerde de boeking, want er ontbreekt een recht.',
    unauthorized: 'Verstuurd; het pakket nam de toegang niet aan. Er is niets geboekt.',
    rate_limited: 'Nog niet aangenomen: er moest even gewacht worden. Er is niets geboekt.',
    unclear: 'Verstuurd, maar er kwam geen duidelijk antwoord.',
    found: 'Gezocht op referentie, en gevonden: de boeking staat er.',
    not_found: 'Gezocht op referentie, en niet gevonden.',
    several_found: 'Gezocht op referentie: er staan er meer dan één.',
    look_up_unclear: 'Gezocht op referentie, zonder duidelijk antwoord.',
    interrupted: 'Het versturen werd onderbroken, dus het antwoord is niet bekend.',
    tried_by_hand: 'Met de hand geprobeerd in het pakket; dit zei het scherm.',
  },
  next: {
    held: 'Zet aan wat hieronder ontbreekt; de boeking gaat daarna vanzelf.',
    queued: 'Je hoeft niets te doen.',
    sending: 'Je hoeft niets te doen.',
    delivered: 'Je hoeft niets te doen.',
    uncertain: 'Kijk in het pakket of de boeking er staat, en geef dat hier aan.',
    failed: 'Verbeter de boeking en stuur haar opnieuw in.',
    cancelled: 'Is de boeking toch nodig, stuur haar dan opnieuw in.',
  },
}
