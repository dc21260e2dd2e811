import type { PeopleWords } from '../people-words.ts'
import { count } from './measures.ts'
import { site } from './site.ts'

export const people: PeopleWords = {
  signIn: {
    title: 'Inloggen',
    text: 'Log in met het account van je organisatie. Zetel ziet je wachtwoord niet.',
    action: 'Inloggen',
    connectLink: 'Kreeg je een koppellink? Open die; inloggen bij Zetel is daarvoor niet nodig.',
    left: 'Je bent uitgelogd.',
  },
  invitation: {
    title: where => `Uitnodiging voor ${where}`,
    text: (where, role) => `Je wordt lid van ${where}, als ${site.roles[role]}. ${site.roleTexts[role]}`,
    action: 'Inloggen en lid worden',
    ofOperator: 'het team van Zetel',
  },
  nothingYet: {
    title: 'Je hebt nog geen toegang',
    text: name => `Je bent ingelogd als ${name}, maar je bent nog nergens lid van.`,
    next: 'Vraag een beheerder van je organisatie om een uitnodiging, en open de link die je krijgt.',
  },
  account: {
    title: 'Je account',
    name: 'Naam',
    email: 'E-mailadres',
    memberOf: 'Lid van',
    sessions: amount => `Je bent ingelogd in ${count(amount, 'browser', 'browsers')}.`,
    everywhere: 'Overal uitloggen',
    everywhereText: 'Dit beëindigt elke sessie van jou, ook deze. Je logt daarna opnieuw in.',
    zone: 'Tijdzone',
    zoneText: zone => `Tijden staan in de zone ${zone}.`,
    zoneAction: 'Tijdzone opslaan',
  },
  members: {
    title: 'Leden',
    lead: 'Wie er mag kijken en wie er mag wijzigen.',
    name: 'Naam',
    email: 'E-mailadres',
    role: 'Rol',
    since: 'Lid sinds',
    change: 'Rol opslaan',
    remove: 'Verwijderen',
    removeText: name => `${name} kan er daarna meteen niet meer bij.`,
    you: 'jij',
    invite: 'Iemand uitnodigen',
    inviteText: 'Je krijgt een link die één keer werkt, zeven dagen lang. Stuur hem zelf naar wie je uitnodigt.',
    label: 'Voor wie',
    labelHint: 'Alleen voor jezelf, zodat je weet voor wie de link is',
    makeLink: 'Maak een uitnodiging',
    linkTitle: 'De uitnodiging',
    linkText: 'Deze link staat hier één keer. Wie hem opent en inlogt, is lid.',
    open: 'Nog niet gebruikte uitnodigingen',
    openNone: 'Er staan geen uitnodigingen open.',
    expires: when => `geldig tot ${when}`,
    withdraw: 'Intrekken',
  },
}
