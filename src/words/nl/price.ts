import type { PriceWords } from '../price-words.ts'

export const price: PriceWords = {
  title: 'Prijzen',
  lead: 'Wat een gebruiker van het boekhoudpakket deze klant per maand kost. Het zetelplan rekent hiermee, ook voor gebruikers die nog gemaakt moeten worden.',
  own: 'Heeft een gebruikersnaam een eigen prijs, dan gaat die voor.',
  current: 'Wat er vandaag geldt',
  provider: 'Boekhoudpakket',
  kind: 'Soort gebruiker',
  price: 'Per maand',
  since: 'Sinds',
  noPrice: 'nog geen prijs',
  history: 'Alle prijzen',
  historyNone: 'Er is nog geen prijs vastgelegd.',
  from: 'Geldt vanaf',
  later: 'gaat nog in',
  noted: 'Vastgelegd',
  set: 'Een prijs vastleggen',
  setText:
    'De prijs geldt vanaf de eerste dag die je kiest; wat ervoor gold, blijft staan. Stond er voor precies die dag al een prijs, dan komt deze ervoor in de plaats.',
  validFrom: 'Eerste dag',
  validFromHint: 'Mag in het verleden of in de toekomst liggen',
  priceField: 'Prijs per maand, in euro’s',
  priceHint: 'Zoals 25 of 25,00',
  action: 'Leg deze prijs vast',
}
