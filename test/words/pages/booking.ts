import { LAYERS } from '../../../src/rights/right.ts'
import type { Words } from '../../../src/words/words.ts'

/** Sentences of the booking pages that need an example to be said. */
export function bookingSamples({ booking }: Words): string[] {
  const { list, waiting, several, one } = booking
  return [
    ...LAYERS.flatMap(layer => [1, 214].map(waiting.heading[layer])),
    ...[1, 2].flatMap(amount => [list.andMore(amount), waiting.more(amount), several.retryAll(amount)]),
    list.moreThan('10.000'),
    several.chooseOne('F-1'),
    ...[0, 1, 2].flatMap(amount => [several.succeeded.retry(amount), several.succeeded.cancel(amount)]),
    ...[1, 2].map(several.failed),
    one.title('F-1'),
    one.notBefore('14 aug 2026, 14:00'),
    one.resolve.text('F-1', '1001'),
    one.onlyLatest(50, 2_880),
  ]
}
