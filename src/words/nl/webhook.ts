import type { WebhookWords } from '../webhook-words.ts'

export const webhook: WebhookWords = {
  title: 'Webhooks',
  lead: 'Zetel stuurt een bericht naar je eigen systeem zodra er iets verandert.',
  receiving:
    'Elk bericht is ondertekend zoals Standard Webhooks het voorschrijft: controleer dat met een bibliotheek. Een bericht kan vaker komen, met steeds hetzelfde webhook-id, en de volgorde ligt niet vast. Er staan id’s en referenties in, geen persoonsgegevens.',
  none: 'Er is nog geen webhook. Voeg hieronder het adres toe waarop je systeem berichten ontvangt.',
  address: 'Adres',
  addressHint: 'Begint met https:// en is vanaf het internet te bereiken',
  asked: 'Gebeurtenissen',
  askedHint: 'Kies niets om alles te horen, ook wat er later bij komt',
  all: 'alles',
  state: 'Stand',
  states: {
    nothing_yet: 'nog niets verstuurd',
    receives: 'ontvangt',
    trying: 'wordt opnieuw geprobeerd',
    given_up: 'opgegeven',
    disabled: 'staat uit',
  },
  last: 'Laatste bericht',
  answered: status => `antwoord ${status}`,
  noAnswer: 'geen antwoord',
  add: 'Webhook toevoegen',
  addText:
    'Vanaf dan gaat elke gekozen gebeurtenis naar dit adres. Wat er al gebeurd is, wordt niet alsnog gestuurd. Je krijgt het geheim waarmee je de handtekening controleert.',
  madeTitle: 'Het geheim van de webhook',
  madeText: 'Zet dit geheim in je systeem. Het staat hier één keer; daarna kan ook Zetel het je niet meer tonen.',
  remove: 'Verwijderen',
  removeText: host =>
    `Er gaat daarna niets meer naar ${host}, ook niet wat nog onderweg is, en de lijst van berichten verdwijnt.`,
  events: {
    'connection.active': {
      name: 'verbinding werkt',
      text: 'Iemand heeft ingelogd, of een haperende verbinding doet het weer.',
    },
    'connection.degraded': {
      name: 'verbinding hapert',
      text: 'Het pakket geeft nu geen toegang; Zetel probeert het zelf.',
    },
    'connection.reconnect_required': {
      name: 'opnieuw koppelen',
      text: 'Iemand moet opnieuw inloggen; tot dan wordt er niets geboekt.',
    },
    'connection.ended': {
      name: 'verbinding beëindigd',
      text: 'De zetel is vrij; wat in de wachtrij stond, wordt vastgehouden.',
    },
    'connection.adopted': {
      name: 'gebruiker logde elders in',
      text: 'De gebruiker van deze koppeling logde in voor een andere; de nieuwe toegang is hier overgenomen.',
    },
    'rights.lost': { name: 'recht kwijt', text: 'Een recht dat boekingen nodig hebben, is er niet meer.' },
    'rights.restored': { name: 'recht terug', text: 'Alle rechten die boekingen nodig hebben, zijn er weer.' },
    'transaction.held': { name: 'boeking vastgehouden', text: 'Een boeking wacht op een recht of op een verbinding.' },
    'transaction.released': {
      name: 'boeking vrijgegeven',
      text: 'Niets houdt de boeking meer tegen; ze gaat vanzelf verder.',
    },
    'transaction.delivered': { name: 'boeking geleverd', text: 'De boeking staat in het pakket.' },
    'transaction.uncertain': {
      name: 'boeking onzeker',
      text: 'Het antwoord ging verloren; Zetel zoekt de boeking op, of vraagt het aan jou.',
    },
    'transaction.failed': { name: 'boeking mislukt', text: 'Het pakket keurt de inhoud van de boeking af.' },
  },
  since: 'Toegevoegd',
  disabled: when =>
    `Deze webhook staat uit: op ${when} antwoordde je systeem met 410, en dat betekent dat het niets meer wil ontvangen. Verwijder hem en voeg hem opnieuw toe als dat toch moet.`,
  told: 'Berichten',
  toldText:
    'Alleen een antwoord van 200 tot en met 299 telt als aangekomen. Zetel probeert elk bericht tien keer, verdeeld over ruim drie dagen, en geeft het dan op.',
  toldNone: 'Er is nog niets gebeurd waar deze webhook van hoort. Het eerste bericht komt hier vanzelf te staan.',
  event: 'Gebeurtenis',
  happened: 'Gebeurd',
  attempts: 'Pogingen',
  deliveries: {
    due: 'onderweg',
    retrying: 'wordt opnieuw geprobeerd',
    delivered: 'aangekomen',
    given_up: 'opgegeven',
  },
  next: when => `vanaf ${when}`,
  replay: 'Stuur opnieuw',
  replayText:
    'Opnieuw sturen gaat binnen een minuut, met hetzelfde webhook-id; ook wat al aangekomen is, komt dan nog eens.',
  faults: {
    unreadable: 'Dit is geen adres dat Zetel kan lezen. Schrijf het als https://naam/pad.',
    not_https: 'Dit adres moet met https:// beginnen.',
    port: 'Dit adres mag geen poortnummer hebben: berichten gaan alleen naar poort 443.',
    userinfo:
      'Haal de gebruiker en het wachtwoord uit het adres: de handtekening bewijst dat het bericht van Zetel komt.',
    ip_address: 'Geef een naam op in plaats van een IP-adres.',
    not_public:
      'Deze naam bestaat alleen binnen een eigen netwerk. Geef een naam op die vanaf het internet te bereiken is.',
    trailing_dot: 'Haal de punt aan het eind van de naam weg.',
    own: 'Dit is het adres van Zetel zelf. Geef het adres van je eigen systeem op.',
  },
}
