import type { PriceWords } from '../price-words.ts'

export const price: PriceWords = {
  title: 'Prices',
  lead: 'What a user of the accounting package costs this customer a month. The seat plan reckons with it, also for users that have yet to be made.',
  own: 'If a service account has a price of its own, that comes first.',
  current: 'What holds today',
  provider: 'Accounting package',
  kind: 'Kind of user',
  price: 'A month',
  since: 'Since',
  noPrice: 'no price yet',
  history: 'All prices',
  historyNone: 'No price has been set yet.',
  from: 'Holds from',
  later: 'still to begin',
  noted: 'Noted',
  set: 'Set a price',
  setText:
    'The price holds from the first day that you choose; what held before stays as it was. If there was a price for that very day, this one takes its place.',
  validFrom: 'First day',
  validFromHint: 'May lie in the past or in the future',
  priceField: 'Price a month, in euros',
  priceHint: 'Such as 25 or 25.00',
  action: 'Set this price',
}
