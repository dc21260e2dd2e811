import type { AccountWords } from '../account-words.ts'
import { count, measures } from './measures.ts'

export const account: AccountWords = {
  title: 'Gebruikersnamen',
  lead: 'Elke koppeling boekt als een gebruiker van het boekhoudpakket. Hier staat wie dat zijn, wie er nog vrij is en wat ze kosten.',
  none: 'Er zijn nog geen gebruikersnamen. Voeg de gebruikers toe die alleen voor koppelingen zijn gemaakt; wie via een koppellink inlogt, komt hier vanzelf bij.',
  noneFound: 'Geen gebruikersnaam past bij dit filter.',
  showAll: 'Toon alle gebruikersnamen',
  add: {
    title: 'Gebruikersnaam toevoegen',
    text: 'Dit legt vast welke gebruiker er in het boekhoudpakket is. Er wordt daar niets gemaakt of veranderd.',
    action: 'Voeg deze gebruikersnaam toe',
  },
  several: {
    title: 'Meerdere gebruikersnamen toevoegen',
    text: most =>
      `Alles wordt toegevoegd, of niets: klopt er één regel niet, dan staat erbij welke en verandert er niets. Hooguit ${most} regels.`,
    lines: 'Gebruikersnamen en e-mailadressen',
    linesHint:
      'Op elke regel één: kassa1; kassa1@winkel.nl. Een komma of tab mag ook, dus plakken uit een rekenblad kan.',
    wrong: amount => `${count(amount, 'regel klopt', 'regels kloppen')} niet; bij de lijst staat wat er mis is.`,
    nothingMade: 'Er is niets toegevoegd. Dit klopt nog niet:',
    action: 'Voeg alle regels toe',
  },
  change: {
    title: 'Wijzigen',
    text: 'Dit verandert wat Zetel van de gebruiker weet. In het boekhoudpakket verandert er niets.',
    action: 'Sla de wijziging op',
    meanwhile:
      'Hierboven staat hoe het nu is; hieronder staat nog wat jij typte. Sla je dat op, dan geldt dat in plaats van wat er nu staat.',
  },
  filter: {
    label: 'Filter',
    seat: 'Zetel',
    seats: { free: 'vrij', seated: 'op een koppeling' },
    all: 'alle',
    search: 'Zoek op gebruikersnaam of e-mailadres',
    action: 'Filter',
  },
  fields: {
    username: 'Gebruikersnaam',
    usernameHint: 'Zoals de gebruiker in het boekhoudpakket heet',
    email: 'E-mailadres',
    emailHint: 'Liefst een adres dat niemand anders gebruikt',
    provider: 'Boekhoudpakket',
    kind: 'Soort gebruiker',
    roles: 'Rollen',
    rolesHint: 'Mag leeg blijven; op elke regel één',
    administrations: 'Administraties',
    administrationsHint:
      'De nummers waar deze gebruiker bij hoort te kunnen; leeg als je dat niet weet. Op elke regel één.',
    administrationsKnown: some => `Bekend bij deze klant: ${some}.`,
    price: 'Eigen prijs per maand, in euro’s',
    priceHint: 'Zoals 25 of 25,00. Leeg: dan geldt de prijs van dit soort gebruikers.',
    providerUser: 'Nummer in het pakket',
    since: 'Bekend sinds',
  },
  seat: 'Zetel',
  free: 'vrij',
  andMore: amount => `en nog ${measures.number(amount)}`,
  perMonth: 'Per maand',
  ownPrice: 'eigen prijs',
  kindPrice: 'prijs van dit soort gebruikers',
  noPrice: 'onbekend',
  toPrices: 'Leg vast wat dit soort gebruikers kost',
  sharedEmail: 'gedeeld adres',
  sharedEmailWith: username => `met ${username}`,
  sharedEmailText: username =>
    `Ook ${username} heeft dit e-mailadres. Met een eigen adres kan het wachtwoord van elke gebruiker apart worden hersteld.`,
  clientUser: {
    mark: 'let op: clientgebruiker (MijnKantoor)',
    text: 'Afgeraden: de rechten zijn zeer beperkt, en zo’n gebruiker werkt niet volledig samen met de API.',
    title: 'Clientgebruiker: twee oplossingen',
    more: 'Bekijk de oplossingen',
    where: 'Hier vind je dat in het pakket:',
  },
  history: {
    title: 'Op welke zetels',
    none: 'Deze gebruiker zat nog op geen enkele koppeling.',
    when: 'Wanneer',
    what: 'Wat',
    where: 'Koppeling',
    actions: {
      'connection.active': 'ging zitten',
      'connection.ended': 'maakte de zetel vrij',
      'connection.transferred': 'verhuisde',
    },
  },
}
