import type { StepWords } from '../right-words.ts'

/** 'Verkoopboekingen aanmaken' within a sentence; 'BTW-codes' stays as it is. */
const within = (right: string): string =>
  /^[A-Z]{2}/.test(right) ? right : right.charAt(0).toLowerCase() + right.slice(1)

/** `null`: the one that the integration books into. */
const named = (administration: string | null): string =>
  administration === null ? 'deze administratie' : `administratie ${administration}`

export const steps: StepWords = {
  connectAgain: user => `Open een nieuwe koppellink en laat ${user} inloggen.`,
  connectUnused: 'Open een koppellink en laat een gebruiker inloggen die nog bij geen andere koppeling hoort.',
  unblock: (user, screen) => `Open ${screen} en maak ${user} weer actief; let ook op de einddatum.`,
  setAccess: ({ user, administration }, screen) =>
    `Toegang: open ${screen} en zet administratie ${administration} aan voor ${user}.`,
  setRights: ({ user, right, administration }, screen) =>
    `Rechten: ga in administratie ${administration} naar ${screen} en zet '${right}' aan voor ${user}.`,
  newOfficeUser: (administration, screen) =>
    `Oplossing 1: maak een nieuwe kantoorgebruiker (${screen}) en beperk de toegang tot alleen ${named(administration)}.`,
  existingOfficeUser: administration =>
    `Oplossing 2: gebruik een bestaande kantoorgebruiker met toegang tot ${named(administration)}, die nog bij geen andere koppeling hoort.`,
  accountancyLicence: (administration, screen, sure) =>
    `${sure ? 'Dit is een accountancylicentie, dus' : 'Is het een accountancylicentie, dan'} moet die kantoorgebruiker ook toegang krijgen tot ${named(administration)} van de klant: open ${screen} en zet haar aan.`,
  registerScope: right => `Voeg in de app-registratie bij Exact Online de scope toe die hoort bij '${right}'.`,
  approveScope:
    'Wacht tot Exact de wijziging heeft goedgekeurd; tot dan geldt de oude registratie. Controleer de rechten daarna opnieuw.',
  renewLicence: 'Laat de eigenaar van de licentie bij Exact nagaan waarom zij is geblokkeerd of verlopen.',
  checkModule: ({ right, administration }) =>
    `Ga na of de licentie van administratie ${administration} de module bevat waar '${right}' bij hoort.`,
  openApp: screen =>
    `Open ${screen}. Het Administratiemenu staat linksboven in de blauwe balk; Appmachtigingen staat in de groep 'Overige'.`,
  grant: administration => `Zet administratie ${administration} in de lijst van de app en sla op.`,
  belowTheFold:
    'Heeft de app veel scopes, dan staan de administraties onder de rand van het scherm: scrol helemaal naar beneden.',
  allAdministrations:
    "Had de app eerst 'Alle administraties', dan staan ze allemaal in de linker lijst: wat je niet kiest, raakt de app kwijt.",
  newOnesNoLongerAdded:
    'Let op: na een keuze met de hand komen nieuwe administraties er misschien niet meer vanzelf bij.',
  linkedEntrepreneurs: sure =>
    sure
      ? 'Let op: dit is een accountancyabonnement met gekoppelde ondernemers. Een wijziging kan ook hen raken; stem haar eerst met hen af.'
      : 'Is dit een accountancyabonnement met gekoppelde ondernemers? Dan kan een wijziging ook hen raken; stem haar eerst met hen af.',
  selfRegistered:
    'Een andere weg is een zelf geregistreerde app. Het gevolg: die slaat de keuze van administraties over en komt bij elke administratie in het abonnement, en bij elke administratie die een gekoppelde ondernemer aan de accountant heeft gegeven.',
  otherBookingKind: 'Kies een boekingssoort uit de lijst van deze koppeling.',
  probe: ({ user, right, administration }) => [
    `Handmatige controle: log in bij Exact Online als ${user} en open administratie ${administration}.`,
    `Doe daar hetzelfde: ${within(right)}.`,
    'Komt er een pop-up? Noteer de tekst letter voor letter en leg die vast bij deze weigering.',
    `Lukt het daar wel? Dan ligt het niet aan de rechten van ${user}, maar aan de app, de licentie of de Appmachtigingen.`,
  ],
  checkAgain: 'Laat Zetel daarna de rechten opnieuw controleren. Wat erop wacht, gaat dan vanzelf verder.',
  newUser: (administration, screens) => [
    `Open ${screens.users} en maak een nieuwe kantoorgebruiker (een volledige gebruiker, geen clientgebruiker) met een eigen e-mailadres.`,
    `Open ${screens.access} en geef die gebruiker toegang tot alleen administratie ${administration}.`,
    `Open ${screens.rights} en zet de rechten aan die de koppeling nodig heeft.`,
    'Log één keer in bij Exact Online als de nieuwe gebruiker, zodat de inlog werkt.',
    'Open de koppellink en log in als de nieuwe gebruiker. Gebruik hem verder nergens voor.',
  ],
}
