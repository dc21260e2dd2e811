import { capital } from '../quotable.ts'
import type { RightSeen, RightWords } from '../right-words.ts'

const inHere = ({ right, administration }: RightSeen): string => `'${right}' in administratie ${administration}`

export const unknownBooking: RightWords['unknownBooking'] = ({ administration }) => ({
  reason: `Zetel weet niet welke rechten deze soort boeking in administratie ${administration} nodig heeft, en boekt haar daarom niet.`,
  remedy: 'Kies een boekingssoort die Zetel voor dit pakket kent.',
})

export const causes: RightWords['causes'] = {
  not_connected: seen => ({
    reason: `Deze koppeling is niet verbonden, dus ${inHere(seen)} kan nu niet.`,
    remedy: 'Maak een koppellink en laat een ongebruikte gebruiker inloggen.',
  }),
  reconnect_required: seen => ({
    reason: `De verbinding is verbroken, dus ${inHere(seen)} kan nu niet.`,
    remedy: `Maak een koppellink en laat ${seen.user} opnieuw inloggen.`,
  }),
  provider_refuses_connection: seen => ({
    reason: `Exact Online staat voor ${seen.user} geen verbinding toe, dus ${inHere(seen)} kan niet. Meestal hangen er dan meer gebruikers aan één inlog (One Exact Identity).`,
    remedy: 'Gebruik een aparte gebruiker met een eigen e-mailadres, alleen voor deze koppeling.',
  }),
  user_blocked: seen => ({
    reason: `${capital(seen.user)} is in Exact Online geblokkeerd of niet actief, dus ${inHere(seen)} kan niet.`,
    remedy: `Laat een beheerder ${seen.user} in Exact Online weer actief maken.`,
  }),
  client_user: seen => ({
    reason: `${capital(seen.user)} is een clientgebruiker (MijnKantoor). Zo'n gebruiker heeft zeer beperkte rechten en werkt niet volledig samen met de API, dus op ${inHere(seen)} kun je niet rekenen.`,
    remedy: `Een clientgebruiker raden we af. Er zijn twee oplossingen: een nieuwe kantoorgebruiker met toegang tot alleen administratie ${seen.administration}, of een bestaande kantoorgebruiker.`,
  }),
  app_scope_missing: seen => ({
    reason: `De app is bij Exact Online niet geregistreerd voor ${inHere(seen)}: in de app-registratie ontbreekt de scope.`,
    remedy: `Voeg de scope toe aan de app-registratie. Aan de rechten van ${seen.user} hoeft hiervoor niets te veranderen.`,
  }),
  app_scope_doubtful: seen => ({
    reason: `Het is niet zeker of de app-registratie ${inHere(seen)} dekt: de scope die daarbij hoort, staat er niet in.`,
    remedy: 'Kijk de scopes van de app-registratie na, en vul ze zo nodig aan.',
  }),
  licence_expired: seen => ({
    reason: `De licentie van Exact Online is verlopen of geblokkeerd, dus ${inHere(seen)} kan niet.`,
    remedy: 'Laat de eigenaar van de licentie contact opnemen met Exact.',
  }),
  licence_module: seen => ({
    reason: `Exact Online weigerde ${inHere(seen)}, terwijl ${seen.user} dat recht wel heeft. Waarschijnlijk zit de module niet in de licentie. Dat is afgeleid: Exact Online zei niet waarom.`,
    remedy: 'Laat de eigenaar van de licentie nagaan of de module erin zit, en neem haar zo nodig erbij.',
  }),
  division_out_of_scope: seen => ({
    reason: `De app mag niet in administratie ${seen.administration}, dus ${inHere(seen)} kan niet. Dit gaat over de app, niet over de rechten van ${seen.user}.`,
    remedy: `Geef de app administratie ${seen.administration}, bij 'Administraties beheren'. Het Administratiemenu staat linksboven in de blauwe balk; Appmachtigingen staat in de groep 'Overige'.`,
  }),
  administration_out_of_reach: seen => ({
    reason: `${capital(seen.user)} heeft geen toegang tot administratie ${seen.administration}, of die administratie is geblokkeerd. Daarom kan ${inHere(seen)} niet.`,
    remedy: `Geef ${seen.user} toegang tot administratie ${seen.administration}, en kijk of de administratie zelf actief is.`,
  }),
  administration_unproven: seen => ({
    reason: `Zetel weet nog niet of ${seen.user} toegang heeft tot administratie ${seen.administration}. Daarom is ${inHere(seen)} onzeker.`,
    remedy: 'Kijk de toegang na in Exact Online; Zetel vraagt het ook zelf opnieuw.',
  }),
  right_missing: seen => ({
    reason: `${capital(seen.user)} heeft het recht ${inHere(seen)} niet.`,
    remedy: `Geef ${seen.user} het recht '${seen.right}' in administratie ${seen.administration}.`,
  }),
  right_derived: seen => ({
    reason: `Exact Online weigerde ${inHere(seen)} zonder te zeggen waarom. Waarschijnlijk heeft ${seen.user} dit recht niet. Dat is afgeleid uit wat er geboekt werd.`,
    remedy: `Geef ${seen.user} het recht '${seen.right}' in administratie ${seen.administration}. Helpt dat niet, doe dan de handmatige controle.`,
  }),
  right_unproven: seen => ({
    reason: `Het is niet bekend of ${seen.user} het recht ${inHere(seen)} heeft: Exact Online gaf daar geen antwoord op.`,
    remedy: `Kijk na of ${seen.user} het recht '${seen.right}' in administratie ${seen.administration} heeft.`,
  }),
}
