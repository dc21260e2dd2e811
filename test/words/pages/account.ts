import type { LineFault } from '../../../src/seats/account-lines.ts'
import { sayField } from '../../../src/words/problem-words.ts'
import type { Words } from '../../../src/words/words.ts'

const FAULTS: LineFault[] = [
  { kind: 'no_username' },
  { kind: 'no_email' },
  { kind: 'too_many_parts' },
  { kind: 'not_a_username' },
  { kind: 'not_an_email', text: 'kassa1' },
  { kind: 'twice', username: 'kassa1', first: 2 },
  { kind: 'exists', username: 'kassa1' },
]

/** Sentences of the account pages that need an example to be said. */
export const accountSamples = ({ account, problems }: Words): string[] => [
  account.several.text(200),
  ...[1, 3].map(account.several.wrong),
  account.fields.administrationsKnown('1001 De Fietsenwinkel BV'),
  account.andMore(12),
  account.sharedEmailWith('kassa2'),
  account.sharedEmailText('kassa2'),
  ...FAULTS.map(fault => sayField(problems, { kind: 'bad_line', line: 3, fault })),
]
