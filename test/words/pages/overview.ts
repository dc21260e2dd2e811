import type { Words } from '../../../src/words/words.ts'

/** Sentences of the overview pages that need an example to be said. */
export const overviewSamples = ({ overview }: Words): string[] =>
  [0, 1, 2].flatMap(amount => [
    ...Object.values(overview.tiles).map(tile => tile(amount)),
    ...[overview.all, overview.delivered, overview.held, overview.failed].map(say => say(amount)),
    ...[overview.troubles, overview.rightsMissing].map(say => say(amount)),
    overview.stepFor(overview.steps.look, 'Webshop'),
  ])
