import type { Reply } from './http.ts'
import type { User } from './model.ts'
import { refusal } from './odata.ts'
import type { World } from './state.ts'

const dutch: Record<string, string> = {
  Customer: 'Klant',
  OrderedBy: 'Besteld door',
  Journal: 'Dagboek',
  JournalCode: 'Dagboek',
  AmountFC: 'Bedrag',
  GLAccount: 'Grootboekrekening',
  VATCode: 'Btw-code',
  Item: 'Artikel',
  Name: 'Naam',
  Description: 'Omschrijving',
  EntryNumber: 'Boekstuknummer',
  YourRef: 'Uw referentie',
}

/** A refusal of the content of a write, in the user's language. */
export interface ContentRefusals {
  mandatory(property: string): Reply
  unknownReference(property: string): Reply
  exists(property: string): Reply
  tooLong(property: string, length: number): Reply
  unknownProperty(property: string): Reply
  unreadable(property: string): Reply
  business(message: string): Reply
}

/** The refusals of content for one user: mandatory 400 by setting, business 500, an unreadable request 400. */
export function contentRefusals(world: World, user: User): ContentRefusals {
  const inDutch = user.language === 'nl'
  const name = (property: string) => (inDutch ? (dutch[property] ?? property) : property)
  const stream = 'Bad Request - Error in processing request stream.'
  const business = (message: string) => refusal(500, message)
  return {
    mandatory: property =>
      refusal(world.settings.mandatory_status, `${inDutch ? 'Verplicht' : 'Mandatory'}: ${name(property)}`),
    unknownReference: property =>
      business(`${inDutch ? 'Ongeldige verwijzing' : 'Invalid reference'}: ${name(property)}`),
    exists: property => business(`${inDutch ? 'Bestaat reeds' : 'Already exists'}: ${name(property)}`),
    tooLong: (property, length) => business(`${inDutch ? 'Te lang' : 'Too long'}: ${name(property)} (${length})`),
    unknownProperty: property => refusal(400, `${stream} The property name '${property}' is not valid here.`),
    unreadable: property =>
      refusal(400, `${stream} Error encountered in converting the value of property '${property}'.`),
    business,
  }
}
