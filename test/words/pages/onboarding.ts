import { isId } from '../../../src/id.ts'
import type { ConsentProgress } from '../../../src/onboarding/consent-progress.ts'
import type { Obstacle } from '../../../src/onboarding/user-choice.ts'
import { sayObstacle, sayProgress } from '../../../src/words/onboarding-words.ts'
import type { Words } from '../../../src/words/words.ts'

const id = 'int_01k1zq3g8s6e0r5y7w2v4t9xbn'
if (!isId('int', id)) throw new Error(id)

const OBSTACLES: Obstacle[] = [
  { kind: 'sits_on', label: 'Kassa 1' },
  { kind: 'in_use' },
  { kind: 'promised', label: 'Kassa 2' },
  { kind: 'out_of_reach', administration: '1001' },
]

const PROGRESS: ConsentProgress[] = [
  { kind: 'no_link' },
  { kind: 'waiting', until: 0 },
  { kind: 'signing_in' },
  { kind: 'working' },
  { kind: 'connected', username: 'kassa1' },
  { kind: 'connected', username: null },
  { kind: 'seated', username: 'kassa1', on: { id, label: 'Kassa 1' } },
  { kind: 'wrong_user', username: 'kassa1', expected: 'kassa2' },
  { kind: 'in_use', username: 'kassa1' },
  { kind: 'nothing_came' },
  { kind: 'used' },
  { kind: 'expired', at: 0 },
]

/** Sentences of the onboarding pages that need an example to be said. */
export function onboardingSamples({ onboarding: words }: Words): string[] {
  const { user, link, start, check, test, done } = words
  const about = { label: 'Webshop B', provider: 'Exact Online', url: 'https://zetel.test/connect/x', until: '1 mei' }
  return [
    start.discardThis('Webshop B'),
    words.progress(3, 9),
    words.rights.lead('1001'),
    user.chosen('kassa1'),
    user.each('€ 12,00'),
    user.nameTaken('kassa1'),
    user.emailTaken('kassa1'),
    ...OBSTACLES.flatMap(one => [sayObstacle(words, one), user.refused('kassa1', one)]),
    link.forUser('kassa1'),
    link.onceText('1 mei'),
    link.onSeat('Kassa 1'),
    link.subject(about.label, about.provider),
    ...[null, 'kassa1'].map(username => link.body({ ...about, username })),
    ...PROGRESS.map(one => sayProgress(words, one, '1 mei')),
    check.lead('kassa1'),
    check.kinds('X'),
    test.outcome('X'),
    done.lead('Webshop B', 'kassa1'),
  ]
}
