import type { ScreenPath } from '../provider.ts'

/** Join the names of screens as people read them; the names stay as Exact Online writes them, in every language. */
const path = (...screens: string[]): ScreenPath => screens.join(' › ')

const USERS = ['Administratienaam', 'Stamgegevens', 'Gebruikers', 'Overzicht']

/** Where access to administrations ('toegang') is set, by the user or for the user (EOL-08). */
export const ACCESS_SCREEN = path('Gebruikersnaam', 'Mijn Exact Online', 'Rechten', 'Administratie: Toegangsrechten')

/** Where users are made and listed (EOL-08). */
export const USERS_SCREEN = path(...USERS)

/** Where the rights inside an administration ('rechten') are set (EOL-08). `user` is a name, or what to call the user. */
export const rightsScreen = (user: string): ScreenPath => path(...USERS, user, 'Rechten')

/** Where a published app is given administrations (DIV-08). `app` is what to call the app. */
export const appScreen = (app: string): ScreenPath =>
  path('Administratiemenu', 'Import/Export', 'Overige: Appmachtigingen', app, 'Administraties beheren')
