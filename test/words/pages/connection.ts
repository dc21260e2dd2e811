import { CELLS } from '../../../src/connections/rights-matrix.ts'
import { SIGNAL_KINDS } from '../../../src/health/signal.ts'
import { WORST } from '../../../src/health/timeline.ts'
import { SOURCE_KINDS } from '../../../src/rights/right.ts'
import type { Words } from '../../../src/words/words.ts'

/** Sentences of the connection pages that need an example to be said. */
export const connectionSamples = ({ connection: say }: Words): string[] => {
  const { facts, meters, timeline, rights, history, actions, edit } = say
  const counts = { delivered: 1_234, failed: 1, held: 2, troubles: 1 }
  return [
    say.over('25 nov 2026'),
    ...SOURCE_KINDS.map(kind => facts.from(kind, 'shopify', 'shop.example')),
    ...[meters.tokenAge('3 min', '10 min'), meters.consentUntil('25 dec 2026', 30), meters.consentOver('25 dec 2026')],
    ...[meters.callsOf(12, 60), meters.waiting(1), meters.waiting(3), meters.errorsOf(3, 10)],
    ...[meters.paused('09:13'), meters.blocked('09:13')],
    ...WORST.map(worst => timeline.worst[worst]),
    ...[timeline.summary('25 nov 2026', counts), timeline.hoursOf('25 nov 2026')],
    ...CELLS.map(cell => rights.cells[cell]),
    ...[rights.administration('1001'), rights.more(1), rights.more(12)],
    ...SIGNAL_KINDS.flatMap(kind => [null, 'kassa1', 'Forbidden'].map(words => history.signals[kind](words))),
    ...[history.routine.refreshed(1), history.routine.refreshed(144), history.routine.probed(2)],
    history.between('25 nov 2026 09:00', '25 nov 2026 12:00'),
    ...[null, 'kassa1'].map(actions.connect.who),
    actions.connect.madeText('2 dec 2026 09:00'),
    ...[actions.transfer.text('kassa1'), actions.transfer.option('Webshop', '1001')],
    actions.disconnect.heading('Webshop'),
    ...[0, 1, 3].flatMap(actions.disconnect.happens),
    actions.end.heading('Webshop'),
    actions.confirm.label('Webshop'),
    ...[edit.heading('Webshop'), edit.line(1)],
  ]
}
