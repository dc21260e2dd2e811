import type { LineWords } from '../account-words.ts'

export const accountLines: LineWords = {
  no_username: () => 'de gebruikersnaam ontbreekt.',
  no_email: () => 'het e-mailadres ontbreekt.',
  too_many_parts: () => 'hier staat meer dan een gebruikersnaam en een e-mailadres.',
  not_a_username: () => 'deze gebruikersnaam is langer dan 200 tekens, of bevat tekens die niet te tonen zijn.',
  not_an_email: ({ text }) => `“${text}” is geen e-mailadres.`,
  twice: ({ username, first }) => `“${username}” staat ook op regel ${first}.`,
  exists: ({ username }) => `“${username}” bestaat al bij deze klant.`,
}
