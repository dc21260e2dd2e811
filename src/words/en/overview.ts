import type { OverviewWords } from '../overview-words.ts'
import { count } from './measures.ts'

export const overview: OverviewWords = {
  title: 'Overview',
  tiles: {
    broken: amount => `${count(amount, 'broken', 'broken')}`,
    attention: amount => `${count(amount, 'needs attention', 'need attention')}`,
    unknown: amount => `${count(amount, 'unknown', 'unknown')}`,
    healthy: amount => `${count(amount, 'healthy', 'healthy')}`,
  },
  all: amount => count(amount, 'integration', 'integrations'),
  counts: 'How things are',
  today: 'Today',
  delivered: amount => `${count(amount, 'booking', 'bookings')} delivered`,
  held: amount => `${count(amount, 'booking', 'bookings')} held`,
  failed: amount => `${count(amount, 'booking', 'bookings')} refused`,
  troubles: amount => `${count(amount, 'trouble', 'troubles')}`,
  rightsMissing: amount => `${count(amount, 'right is', 'rights are')} missing`,
  filter: {
    label: 'Filter',
    search: 'Search',
    searchHint: 'Customer, integration, user, administration, the beginning of a reference, or an id',
    verdict: 'How it is',
    any: 'all',
    provider: 'Package',
    go: 'Show',
    clear: 'Clear the filter',
  },
  list: 'Integrations, the worst first',
  steps: {
    connect: 'Connect',
    reconnect: 'Connect again',
    waiting: 'See what waits',
    look: 'Look',
  },
  stepFor: (step, label) => `${step}: ${label}`,
  empty: {
    text: 'There are no integrations yet. Begin with a customer, and make the first integration there.',
    action: 'To the customers',
  },
  nothing: { text: 'No integration fits this filter.', action: 'Show all integrations' },
}
