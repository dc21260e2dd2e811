import type { OverviewWords } from '../overview-words.ts'
import { count } from './measures.ts'

export const overview: OverviewWords = {
  title: 'Overzicht',
  tiles: {
    broken: amount => `${count(amount, 'verbroken', 'verbroken')}`,
    attention: amount => `${count(amount, 'let op', 'let op')}`,
    unknown: amount => `${count(amount, 'onbekend', 'onbekend')}`,
    healthy: amount => `${count(amount, 'gezond', 'gezond')}`,
  },
  all: amount => count(amount, 'koppeling', 'koppelingen'),
  counts: 'Hoe het staat',
  today: 'Vandaag',
  delivered: amount => `${count(amount, 'boeking', 'boekingen')} geleverd`,
  held: amount => `${count(amount, 'boeking', 'boekingen')} vastgehouden`,
  failed: amount => `${count(amount, 'boeking', 'boekingen')} geweigerd`,
  troubles: amount => `${count(amount, 'storing', 'storingen')}`,
  rightsMissing: amount => (amount === 1 ? '1 recht ontbreekt' : `${count(amount, 'recht', 'rechten')} ontbreken`),
  filter: {
    label: 'Filter',
    search: 'Zoek',
    searchHint: 'Klant, koppeling, gebruiker, administratie, begin van een referentie, of een id',
    verdict: 'Hoe het staat',
    any: 'alles',
    provider: 'Pakket',
    go: 'Toon',
    clear: 'Wis het filter',
  },
  list: 'Koppelingen, de slechtste eerst',
  steps: {
    connect: 'Koppelen',
    reconnect: 'Opnieuw koppelen',
    waiting: 'Bekijk wat er wacht',
    look: 'Bekijk',
  },
  stepFor: (step, label) => `${step}: ${label}`,
  empty: {
    text: 'Er zijn nog geen koppelingen. Begin met een klant, en maak daar de eerste koppeling.',
    action: 'Naar de klanten',
  },
  nothing: { text: 'Geen koppeling past bij dit filter.', action: 'Toon alle koppelingen' },
}
