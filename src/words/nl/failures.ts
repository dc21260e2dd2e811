import { TROUBLE_KINDS } from '../../connections/connection.ts'
import type { ProblemWords, Said } from '../problem-words.ts'
import { count, measures } from './measures.ts'
import { peopleFailures } from './people-failures.ts'
import { rights } from './rights.ts'
import { states } from './states.ts'

const said = (title: string, detail: string): Said => ({ title, detail })

const THINGS = { provider_app: 'app-registratie', administration: 'administratie', service_account: 'gebruikersnaam' }
const ASKED = { retry: 'opnieuw geprobeerd', cancel: 'geannuleerd', resolve: 'afgehandeld' }

const whyBroken = (cause: string): string => {
  const trouble = TROUBLE_KINDS.find(kind => kind === cause)
  return trouble === undefined ? '' : `${states.troubles[trouble].text} `
}

export const failures: ProblemWords['failures'] = {
  ...peopleFailures,
  unauthenticated: () =>
    said(
      'Geen geldige API-sleutel',
      "Dit verzoek heeft geen geldige API-sleutel. Zet de sleutel in de header 'Authorization', na het woord 'Bearer'.",
    ),
  scope_missing: ({ scope }) =>
    said(
      'De sleutel mag dit niet',
      `Deze API-sleutel heeft de scope '${scope}' niet. Gebruik een sleutel die hem wel heeft, of laat een beheerder er een maken.`,
    ),
  not_found: () =>
    said(
      'Niet gevonden',
      'Dit bestaat niet, of niet bij deze klant. Controleer het id en de sleutel waarmee je vraagt.',
    ),
  method_not_allowed: ({ allowed }) => said('Dit kan hier niet', `Op dit adres kan alleen: ${allowed.join(', ')}.`),
  malformed_json: () =>
    said(
      'Geen leesbare JSON',
      'De inhoud van dit verzoek is geen leesbare JSON. Controleer haken, komma’s en aanhalingstekens.',
    ),
  unsupported_media_type: () =>
    said('Ander soort inhoud verwacht', "Stuur JSON, met de header 'Content-Type: application/json'."),
  too_large: ({ atMostBytes }) =>
    said('Te groot', `Dit verzoek is te groot: hooguit ${measures.size(atMostBytes)}. Stuur het in kleinere delen.`),
  invalid: ({ errors }) =>
    said(
      'Gegevens kloppen niet',
      `Er ${errors.length === 1 ? 'is' : 'zijn'} ${count(errors.length, 'veld', 'velden')} niet goed. Bij elk staat wat er mis is; er is niets opgeslagen.`,
    ),
  idempotency_key_missing: () =>
    said(
      'Idempotency-Key ontbreekt',
      "Stuur een header 'Idempotency-Key' mee, voor elke boeking een eigen. Zo wordt een boeking nooit dubbel gemaakt.",
    ),
  idempotency_key_reused: () =>
    said(
      'Idempotency-Key al gebruikt',
      'Deze sleutel is eerder gebruikt voor een verzoek met een andere inhoud. Geef dit verzoek een eigen Idempotency-Key.',
    ),
  idempotency_key_in_use: () =>
    said(
      'Eerste verzoek loopt nog',
      'Het eerste verzoek met deze Idempotency-Key loopt nog. Vraag het over een paar seconden opnieuw.',
    ),
  already_exists: ({ what }) =>
    said('Bestaat al', `Deze ${THINGS[what]} bestaat al. Gebruik de bestaande, of wijzig die.`),
  integration_in_use: ({ waiting }) =>
    said(
      'Koppeling is nog in gebruik',
      `Er ${waiting === 1 ? 'wacht' : 'wachten'} nog ${count(waiting, 'boeking', 'boekingen')} op deze koppeling. Laat ze leveren of annuleer ze, en probeer het dan opnieuw.`,
    ),
  changed_meanwhile: () =>
    said(
      'Intussen veranderd',
      'Iemand anders heeft dit intussen veranderd. Haal het opnieuw op en probeer het nog eens.',
    ),
  user_already_seated: () =>
    said(
      'Gebruiker hoort al bij een andere koppeling',
      'Deze gebruiker wordt al door een andere koppeling gebruikt. Er is niets nieuws gekoppeld, en die koppeling blijft werken. Log in met een andere, ongebruikte gebruiker.',
    ),
  service_account_seated: () =>
    said(
      'Gebruikersnaam is bezet',
      'Deze gebruikersnaam hoort bij een andere koppeling. Kies een vrije gebruikersnaam, of maak hem eerst vrij.',
    ),
  seat_taken: () =>
    said(
      'Zetel is bezet',
      'Op deze koppeling zit al een gebruiker. Maak die eerst los, en koppel daarna de nieuwe gebruiker.',
    ),
  other_provider_app: () =>
    said(
      'Andere app-registratie',
      'De andere koppeling werkt met een andere app-registratie, en een toestemming geldt maar voor één app. Koppel die koppeling opnieuw met een koppellink.',
    ),
  wrong_user: ({ expected, signedIn }) =>
    said(
      'Andere gebruiker ingelogd',
      `Er is ingelogd als '${signedIn}', en deze koppeling vraagt om '${expected}'. Er is niets gekoppeld. Log opnieuw in, als '${expected}'.`,
    ),
  link_expired: () => said('Koppellink verlopen', 'Deze koppellink is verlopen. Vraag een nieuwe aan.'),
  link_used: () =>
    said(
      'Koppellink al gebruikt',
      'Met deze koppellink is al gekoppeld; hij werkt één keer. Vraag zo nodig een nieuwe aan.',
    ),
  state_invalid: () =>
    said(
      'Inlogpoging niet herkend',
      'Deze inlogpoging is niet in deze browser begonnen, of duurde te lang. Open de koppellink opnieuw en begin daar.',
    ),
  state_used: () =>
    said(
      'Inlogpoging al verwerkt',
      'Deze inlogpoging is al verwerkt. Open de koppellink opnieuw als je nog eens wilt koppelen.',
    ),
  consent_declined: ({ words }) =>
    said(
      'Geen toestemming gegeven',
      `Er is geen toestemming gegeven, dus er is niets gekoppeld. Open de koppellink opnieuw om alsnog te koppelen.${states.providerSaid(words)}`,
    ),
  code_refused: ({ words }) =>
    said(
      'Inloggen niet afgerond',
      `Het pakket nam de inlogcode niet aan; die geldt maar enkele minuten en maar één keer. Open de koppellink opnieuw en log nog eens in.${states.providerSaid(words)}`,
    ),
  identity_unreadable: () =>
    said(
      'Nog niet bekend wie er inlogde',
      'Het inloggen is gelukt, maar het pakket zei nog niet wie er inlogde. Zetel probeert het zelf opnieuw; je hoeft niets te doen.',
    ),
  consent_overtaken: () =>
    said(
      'Intussen opnieuw ingelogd',
      'Dezelfde gebruiker heeft op hetzelfde moment nog eens ingelogd, of de toestemming is meteen weer ingetrokken. Er is niets gekoppeld; log opnieuw in als een ander dat niet al deed.',
    ),
  not_connected: () =>
    said(
      'Niet gekoppeld',
      'Deze koppeling heeft geen verbinding. Maak een koppellink en laat een ongebruikte gebruiker inloggen.',
    ),
  reconnect_required: ({ cause }) =>
    said(
      'Opnieuw koppelen nodig',
      `De verbinding is verbroken. ${whyBroken(cause)}Maak een koppellink en laat dezelfde gebruiker opnieuw inloggen.`,
    ),
  provider_app_refused: ({ words }) =>
    said(
      'App-registratie geweigerd',
      `Het pakket weigert onze app-registratie. De beheerder van Zetel moet het client-id en het client-secret nakijken.${states.providerSaid(words)}`,
    ),
  provider_unreachable: (_, wait) =>
    said('Pakket niet bereikbaar', `Het boekhoudpakket geeft nu geen antwoord. Probeer het ${wait} opnieuw.`),
  provider_rate_limited: (_, wait) =>
    said(
      'Limiet van het pakket bereikt',
      `Het boekhoudpakket neemt nu geen verzoeken meer aan. Probeer het ${wait} opnieuw.`,
    ),
  provider_error_budget: (_, wait) =>
    said(
      'Even pauze na fouten',
      `Het boekhoudpakket blokkeert een app na te veel fouten. Zetel wacht daarom; probeer het ${wait} opnieuw.`,
    ),
  proxy_path_refused: ({ path }) =>
    said(
      'Dit pad mag niet',
      `Het pad '${path}' gaat niet naar de API van het pakket. Gebruik een pad onder het adres van de app.`,
    ),
  administration_out_of_reach: ({ administration }) =>
    said(
      'Administratie buiten bereik',
      `Administratie ${administration} hoort niet bij deze koppeling, dus Zetel stuurt daar niets heen. Gebruik de koppeling van die administratie, of geef gebruiker en app toegang.`,
    ),
  rights_missing: ({ missing }) =>
    said(
      'Rechten ontbreken',
      `Deze boeking kan niet, want dit staat in de weg: ${missing.map(one => `'${rights.name(one)}' in administratie ${one.administration}`).join('; ')}. Er is niets opgeslagen. Bij elk staat hoe je het oplost.`,
    ),
  transaction_state: ({ state, asked }) =>
    said(
      'Kan niet in deze staat',
      `Een boeking met staat '${states.transactions[state].name}' kan niet worden ${ASKED[asked]}. Haal de boeking op om te zien wat er wel kan.`,
    ),
  look_up_impossible: () =>
    said(
      'Niet terug te zoeken',
      'Deze soort boeking is in het pakket niet terug te zoeken. Kijk zelf in het pakket of ze er staat, en meld dat met ‘resolve’.',
    ),
  webhooks_full: ({ atMost }) =>
    said('Te veel webhooks', `Een klant heeft er hooguit ${atMost}. Verwijder er een die je niet meer gebruikt.`),
  webhook_disabled: () =>
    said(
      'Deze webhook staat uit',
      'Je systeem antwoordde met 410: het wil niets meer ontvangen. Verwijder de webhook en voeg hem opnieuw toe als dat toch moet.',
    ),
  database_unreachable: () =>
    said(
      'Zetel kan er nu niet bij',
      'De opslag van Zetel is nu niet bereikbaar. Er is niets veranderd; probeer het zo opnieuw.',
    ),
  unexpected: ({ requestId }) =>
    said(
      'Er ging iets mis',
      `Er ging iets mis bij Zetel. Probeer het opnieuw; blijft het misgaan, noem dan ${requestId} aan de beheerder.`,
    ),
}
