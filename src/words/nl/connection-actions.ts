import type { ActionWords, EditWords } from '../connection-words.ts'
import { count } from './measures.ts'

export const connectionActions: ActionWords = {
  title: 'Wat je kunt doen',
  probe: {
    title: 'Rechten controleren',
    text: 'Zetel vraagt het pakket nu welke rechten en administraties er zijn. Wat daarop wachtte en nu mag, gaat meteen verder.',
    action: 'Controleer nu',
  },
  connect: {
    title: 'Koppelen',
    again: 'Opnieuw koppelen',
    text: 'Je krijgt een link die één keer werkt, zeven dagen lang. Stuur hem naar wie moet inloggen. Tot die tijd verandert er niets.',
    who: username =>
      username === null
        ? 'Wie inlogt, moet een gebruiker zijn die nog bij geen andere koppeling hoort.'
        : `Alleen '${username}' kan met deze link koppelen.`,
    action: 'Maak een koppellink',
    otherUser: 'Liever een andere gebruiker? Volg de stappen',
    made: 'De koppellink',
    madeText: until => `Deze link staat hier één keer en werkt tot ${until}. Bewaar hem nu, of verstuur hem meteen.`,
    back: 'Terug naar de koppeling',
  },
  transfer: {
    title: 'Gebruiker verplaatsen',
    text: username =>
      `'${username}' gaat met toegang en al naar een koppeling waar nog niemand zit. Deze zetel is daarna leeg; wat hier in de wachtrij staat, wordt vastgehouden.`,
    to: 'Naar welke koppeling',
    choose: 'Kies een koppeling',
    option: (label, administration) => `${label}, administratie ${administration}`,
    action: 'Verplaats de gebruiker',
    nowhere: 'Er is geen andere koppeling met een lege zetel bij dezelfde app-registratie.',
  },
  disconnect: {
    title: 'Verbinding losmaken',
    text: 'De zetel komt vrij en Zetel kan hier niets meer boeken. Op de volgende pagina lees je wat er gebeurt.',
    open: 'Losmaken',
    heading: label => `${label} losmaken`,
    happens: queued => [
      'De toegang wordt weggegooid en de zetel is vrij. Zetel vraagt het pakket daarna niets meer.',
      queued === 0
        ? 'Er staat nu niets in de wachtrij. Wat er nog bij komt, wordt vastgehouden tot er weer iemand is gekoppeld.'
        : `${count(queued, 'boeking', 'boekingen')} in de wachtrij ${queued === 1 ? 'wordt' : 'worden'} vastgehouden tot er weer iemand is gekoppeld.`,
      'De gebruikersnaam blijft bestaan en mag bij een andere koppeling gaan zitten.',
      'Dit is niet terug te draaien: wie weer wil koppelen, logt opnieuw in.',
    ],
    action: 'Maak de verbinding los',
  },
  end: {
    title: 'Koppeling stoppen',
    text: 'De koppeling verdwijnt uit alle lijsten en boekt nooit meer. Op de volgende pagina lees je wat er gebeurt.',
    open: 'Stoppen',
    heading: label => `${label} stoppen`,
    happens: [
      'De koppeling verdwijnt uit alle lijsten, en er kan niets meer naar worden ingestuurd.',
      'De boekingen en het logboek blijven bewaard.',
      'Dit is niet terug te draaien: wil je later weer koppelen, dan maak je een nieuwe koppeling.',
    ],
    action: 'Stop de koppeling',
    seated: 'Er zit nog een gebruiker op deze koppeling. Maak eerst de verbinding los, en stop haar daarna.',
    toDisconnect: 'Naar het losmaken',
    waiting: 'Bekijk wat er wacht',
  },
  confirm: {
    whatHappens: 'Wat er gebeurt',
    label: label => `Typ de naam van de koppeling: ${label}`,
    mismatch: 'Dit is niet de naam van deze koppeling.',
  },
}

export const integrationEdit: EditWords = {
  title: 'Koppeling wijzigen',
  heading: label => `${label} wijzigen`,
  text: 'De naam, de bron, wat er geboekt wordt en hoe. De administratie en de app-registratie liggen vast.',
  open: 'Wijzigen',
  label: 'Naam van de koppeling',
  source: 'Bron',
  sourceKind: 'Soort bron',
  sourceProvider: 'Systeem',
  sourceRef: 'Kenmerk',
  sourceRefHint: 'Hoe de bron zelf heet, zoals een webadres of een kassanummer',
  books: 'Wat deze koppeling boekt',
  booksHint: 'Zetel controleert de rechten die hiervoor nodig zijn.',
  strict: 'Streng',
  strictHint: 'Houd vast wat niet zeker mag, in plaats van het te proberen.',
  bookkeeping: 'Boekhouding',
  bookkeepingText:
    'Alleen nodig als de bron documenten aanlevert in plaats van kant-en-klare boekingen. Laat alles leeg als dat niet zo is.',
  journal: 'Dagboek',
  defaultCustomer: 'Debiteur als er geen is genoemd',
  defaultCustomerHint: 'Zoals het pakket hem kent; bij Exact Online een GUID',
  lines: 'Regels per btw-soort',
  linesText: 'Elke soort en elk percentage btw krijgt een rekening en een code. Een lege regel telt niet mee.',
  line: number => `Regel ${number}`,
  vatCategory: 'Btw-soort',
  vatCategoryHint: 'S, Z, E, AE of een andere code van UNCL5305',
  vatRate: 'Percentage',
  glAccount: 'Grootboekrekening',
  vatCode: 'Btw-code',
  save: 'Sla op',
}
