import type { FC } from 'hono/jsx'
import { Mark } from '../http/parts.tsx'
import type { Reader } from '../http/reader.ts'
import { costOfUser, type PriceOf } from '../prices/price.ts'
import type { AccountSeen } from './account-read.ts'

/** `brief`: in a table, where there is little room. */
type Props = { account: AccountSeen; reader: Reader; base: string; brief?: boolean }

/** The kind of a user; a client user with what that means and the way to the remedies (EOL-06). */
export const Kind: FC<Pick<Props, 'account' | 'reader'> & { remedies: string }> = ({ account, reader, remedies }) => {
  const { account: say, rights } = reader.words
  if (account.kind !== 'client_user') return <>{rights.userKinds[account.kind]}</>
  return (
    <>
      <Mark state="attention" word={say.clientUser.mark} />
      <span class="hint">{say.clientUser.text}</span>
      <a href={remedies}>{say.clientUser.more}</a>
    </>
  )
}

/** The address, and who else has it. */
export const Email: FC<Omit<Props, 'base'>> = ({ account, reader, brief = false }) => {
  const { account: say, site } = reader.words
  if (account.email === '') return <span class="muted">{site.none}</span>
  return (
    <>
      {account.email}
      {account.sharesEmailWith !== null && (
        <span class="hint">
          <Mark state="attention" word={say.sharedEmail} />
          {` ${(brief ? say.sharedEmailWith : say.sharedEmailText)(account.sharesEmailWith)}`}
        </span>
      )}
    </>
  )
}

/** The integration on whose seat it sits; `base` is the tenant's address. */
export const SeatOf: FC<Props> = ({ account, reader, base }) =>
  account.seat === null ? (
    <span>{reader.words.account.free}</span>
  ) : (
    <a href={`${base}/integrations/${account.seat}`}>{account.seatLabel ?? account.seat}</a>
  )

/** What it costs a month, and by which price. */
export const Price: FC<Omit<Props, 'base'> & { priceOf: PriceOf }> = ({ account, reader, priceOf, brief = false }) => {
  const { account: say, measures } = reader.words
  const cents = costOfUser(account, priceOf)
  if (cents === null) return <span class="muted">{say.noPrice}</span>
  return (
    <>
      {measures.money(cents)}
      {account.monthlyPriceCents !== null && <span class="hint">{say.ownPrice}</span>}
      {account.monthlyPriceCents === null && !brief && <span class="hint">{say.kindPrice}</span>}
    </>
  )
}
