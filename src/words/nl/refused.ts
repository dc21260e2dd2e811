import { USERS_SCREEN } from '../../providers/exact-online/screens.ts'
import type { RefusalWords } from '../page-words.ts'
import { states } from './states.ts'

const NEW_LINK = 'Vraag wie je de link stuurde om een nieuwe koppellink.'

export const refused: RefusalWords = {
  user_already_seated: (_, other) => ({
    title: 'Deze gebruiker hoort al bij een andere koppeling',
    happened:
      other === null
        ? 'Er is niets nieuws gekoppeld. De oudere koppeling blijft gewoon werken.'
        : `Deze gebruiker zit op de koppeling '${other}'. Er is niets nieuws gekoppeld, en '${other}' blijft gewoon werken.`,
    next: `Elke koppeling heeft een eigen gebruiker nodig. Log opnieuw in met een andere gebruiker, die nog nergens voor wordt gebruikt. Bestaat die nog niet? Maak een nieuwe kantoorgebruiker via ${USERS_SCREEN}.`,
    action: 'Opnieuw proberen met een andere gebruiker',
  }),
  wrong_user: ({ expected, signedIn }) => ({
    title: 'Dit is een andere gebruiker',
    happened: `Je bent ingelogd als '${signedIn}', en deze koppeling vraagt om '${expected}'. Er is niets gekoppeld.`,
    next: `Log opnieuw in, als '${expected}'. Vult je browser vanzelf een andere gebruiker in, open de link dan in een privévenster.`,
    action: `Inloggen als ${expected}`,
  }),
  consent_declined: ({ words }) => ({
    title: 'Er is geen toestemming gegeven',
    happened: `Er is niets gekoppeld en niets veranderd.${states.providerSaid(words)}`,
    next: 'Wil je toch koppelen, begin dan opnieuw en geef toestemming.',
    action: 'Opnieuw beginnen',
  }),
  link_expired: () => ({
    title: 'Deze koppellink is verlopen',
    happened: 'Een koppellink werkt maar een beperkte tijd. Er is niets gekoppeld.',
    next: NEW_LINK,
    action: 'Nieuwe link openen',
  }),
  link_used: () => ({
    title: 'Deze koppellink is al gebruikt',
    happened: 'Een koppellink werkt één keer, en met deze is al gekoppeld. Die verbinding blijft gewoon bestaan.',
    next: `Wil je opnieuw koppelen? ${NEW_LINK}`,
    action: 'Nieuwe link openen',
  }),
  state_invalid: () => ({
    title: 'Deze inlogpoging herkennen we niet',
    happened: 'Het inloggen is niet in deze browser begonnen, of duurde te lang. Er is niets gekoppeld.',
    next: 'Open de koppellink opnieuw, en rond het inloggen in dezelfde browser af.',
    action: 'Opnieuw beginnen',
  }),
  state_used: () => ({
    title: 'Deze inlogpoging is al verwerkt',
    happened: 'Deze pagina is een tweede keer geopend. De eerste keer geldt; er is niets dubbel gekoppeld.',
    next: 'Wil je nog eens inloggen, open dan de koppellink opnieuw.',
    action: 'Opnieuw beginnen',
  }),
  identity_unreadable: () => ({
    title: 'Bijna klaar',
    happened: 'Het inloggen is gelukt, maar het pakket zei nog niet wie er inlogde.',
    next: 'Zetel probeert het zelf opnieuw. Je hoeft niets te doen; kijk over een minuut of het gelukt is.',
    action: 'Kijken of het gelukt is',
  }),
  consent_overtaken: () => ({
    title: 'Er is intussen opnieuw ingelogd',
    happened:
      'Dezelfde gebruiker heeft op hetzelfde moment nog eens ingelogd, of de toestemming is meteen weer ingetrokken. Er is niets gekoppeld.',
    next: 'Kijk of een ander de koppeling net heeft gemaakt. Zo niet, log dan opnieuw in.',
    action: 'Opnieuw inloggen',
  }),
  provider_unreachable: () => ({
    title: 'Het boekhoudpakket geeft geen antwoord',
    happened: 'Het inloggen kon niet worden afgerond. Er is niets gekoppeld.',
    next: 'Wacht een paar minuten en begin dan opnieuw.',
    action: 'Opnieuw beginnen',
  }),
  code_refused: ({ words }) => ({
    title: 'Het inloggen is niet afgerond',
    happened: `Het pakket nam de inlogcode niet aan; die geldt maar enkele minuten. Er is niets gekoppeld.${states.providerSaid(words)}`,
    next: 'Begin opnieuw, en rond het inloggen in één keer af.',
    action: 'Opnieuw beginnen',
  }),
  provider_app_refused: ({ words }) => ({
    title: 'Het pakket weigert onze app',
    happened: `Dit ligt niet aan jou, maar aan de registratie van de app. Er is niets gekoppeld.${states.providerSaid(words)}`,
    next: 'Meld het aan wie je de link stuurde. Begin opnieuw als het is opgelost.',
    action: 'Opnieuw beginnen',
  }),
}
