import type { PeopleFailures, Said } from '../problem-words.ts'
import { quotable } from '../quotable.ts'
import { site } from './site.ts'

const said = (title: string, detail: string): Said => ({ title, detail })

const issuerSaid = (words: string): string => {
  const quoted = quotable(words)
  return quoted === null ? '' : ` De inlogdienst zei: “${quoted}”`
}

export const peopleFailures: PeopleFailures = {
  sign_in_over: () =>
    said(
      'Inloggen is verlopen',
      'Deze inlogpoging is al gebruikt, duurde te lang, of begon in een andere browser. Begin opnieuw met inloggen.',
    ),
  sign_in_declined: ({ words }) =>
    said('Niet ingelogd', `Het inloggen is afgebroken. Begin opnieuw als je toch wilt inloggen.${issuerSaid(words)}`),
  sign_in_refused: ({ words }) =>
    said(
      'Inloggen is niet gelukt',
      `Het antwoord van de inlogdienst klopt niet, dus niemand is ingelogd. Begin opnieuw; blijft het misgaan, vraag dan de beheerder van Zetel.${issuerSaid(words)}`,
    ),
  issuer_unreachable: (_, wait) =>
    said('Inlogdienst niet bereikbaar', `De inlogdienst geeft nu geen antwoord. Probeer het ${wait} opnieuw.`),
  no_issuer: () =>
    said(
      'Inloggen staat niet aan',
      'Bij deze Zetel is geen inlogdienst ingesteld. De beheerder van Zetel doet dat met ZETEL_ISSUER.',
    ),
  invitation_over: () =>
    said(
      'Deze uitnodiging werkt niet meer',
      'De uitnodiging is al gebruikt, ingetrokken of verlopen. Vraag wie je de link stuurde om een nieuwe.',
    ),
  role_missing: ({ role }) =>
    said('Dit mag je niet', `Hiervoor moet je ${site.roles[role]} zijn. Vraag iemand die dat is, of vraag om die rol.`),
  form_outdated: () =>
    said(
      'Deze pagina was te oud',
      'Het formulier hoort niet bij je huidige sessie, dus er is niets veranderd. Ga terug, ververs de pagina en probeer het opnieuw.',
    ),
  last_admin: () =>
    said(
      'De laatste beheerder blijft',
      'Zonder beheerder kan niemand deze klant nog beheren. Maak eerst iemand anders beheerder.',
    ),
}
