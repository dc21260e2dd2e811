import type { Words } from '../../../src/words/words.ts'

/** Sentences of the setting pages that need an example to be said. */
export const settingSamples = ({ setting: { tenants, keys, log, apps } }: Words): string[] => [
  tenants.notFound('bakker'),
  keys.revokeText('webshop'),
  log.actors.key('webshop'),
  log.allOf('Webshop'),
  apps.callsPerMinuteHint('Exact Online: 60'),
  apps.usual('60'),
  ...[0, 1, 2].flatMap(count => [apps.integrations(count), apps.replaceText(count)]),
]
