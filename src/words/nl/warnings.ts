import type { RightWords } from '../right-words.ts'

export const warnings: RightWords['warnings'] = {
  client_user: () => ({
    reason:
      'De gekoppelde gebruiker is een clientgebruiker (MijnKantoor). Dat raden we af: de rechten zijn zeer beperkt en zo’n gebruiker werkt niet volledig samen met de API.',
    remedy:
      'Er zijn twee oplossingen: een nieuwe kantoorgebruiker met toegang tot alleen deze administratie, of een bestaande kantoorgebruiker.',
  }),
  rights_missing: () => ({
    reason: 'De gekoppelde gebruiker heeft niet alle rechten die de boekingen van deze koppeling nodig hebben.',
    remedy:
      'Bekijk welke rechten ontbreken en zet ze aan in Exact Online. Wat daarop wacht, gaat daarna vanzelf verder.',
  }),
  user_signed_in_elsewhere: () => ({
    reason:
      'De gebruiker van deze koppeling heeft ook ingelogd voor een andere koppeling. Deze koppeling werkt gewoon door; de andere is niet gekoppeld.',
    remedy: 'Geef de andere koppeling een eigen, ongebruikte gebruiker.',
  }),
  administration_not_granted: ({ administration }) => ({
    reason: `De gebruiker hoort administratie ${administration} te hebben, maar de app kan er niet bij.`,
    remedy: `Geef de app administratie ${administration}, bij 'Administraties beheren'. Het Administratiemenu staat linksboven in de blauwe balk; Appmachtigingen staat in de groep 'Overige'.`,
  }),
  administrations_picked_by_hand: () => ({
    reason:
      'Iemand heeft met de hand gekozen welke administraties de app mag gebruiken. Nieuwe administraties komen er dan misschien niet meer vanzelf bij.',
    remedy:
      "Kijk bij 'Administraties beheren' of elke administratie die de koppelingen nodig hebben, in de lijst staat.",
  }),
}
