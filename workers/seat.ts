import { DurableObject } from 'cloudflare:workers'
import { isDatabaseDown } from '../db/open.ts'
import type { Failure } from '../src/failure.ts'
import type { IntegrationId } from '../src/id.ts'
import { fail, type Result } from '../src/result.ts'
import { Keeper } from '../src/seats/keeper.ts'
import type { SeatRpc } from '../src/seats/rpc.ts'
import type { Env } from './env.ts'
import { report, retryAlarm, seatPorts } from './wire.ts'

type Arguments<Method extends keyof SeatRpc> = Parameters<SeatRpc[Method]>

/** One seat as a Durable Object: globally single, woken by its alarm. It only translates; `Keeper` keeps the seat. */
export class SeatObject extends DurableObject<Env> implements SeatRpc {
  readonly #ready: Promise<Keeper>

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    const [integration = '', end] = (ctx.id.name ?? '').split(':')
    this.#ready = seatPorts(env, ctx).then(
      ports => new Keeper(ports, integration as IntegrationId, end === 'source' ? 'source' : 'target'),
    )
  }

  token(...args: Arguments<'token'>) {
    return this.#ask(keeper => keeper.token(...args))
  }

  consent(...args: Arguments<'consent'>) {
    return this.#ask(keeper => keeper.consent(...args))
  }

  preflight(...args: Arguments<'preflight'>) {
    return this.#ask(keeper => keeper.preflight(...args))
  }

  submit(...args: Arguments<'submit'>) {
    return this.#ask(keeper => keeper.submit(...args))
  }

  decide(...args: Arguments<'decide'>) {
    return this.#ask(keeper => keeper.decide(...args))
  }

  probe(...args: Arguments<'probe'>) {
    return this.#ask(keeper => keeper.probe(...args))
  }

  proxy(...args: Arguments<'proxy'>) {
    return this.#ask(keeper => keeper.proxy(...args))
  }

  disconnect(...args: Arguments<'disconnect'>) {
    return this.#ask(keeper => keeper.disconnect(...args))
  }

  transfer(...args: Arguments<'transfer'>) {
    return this.#ask(keeper => keeper.transfer(...args))
  }

  meters(...args: Arguments<'meters'>) {
    return this.#ask(keeper => keeper.meters(...args))
  }

  async adopt(...args: Arguments<'adopt'>): Promise<boolean> {
    return (await this.#ready).adopt(...args)
  }

  async reload(...args: Arguments<'reload'>): Promise<void> {
    return (await this.#ready).reload(...args)
  }

  async wake(...args: Arguments<'wake'>): Promise<void> {
    return (await this.#ready).wake(...args)
  }

  /** Never throws: after six failures the platform would stop calling. */
  override async alarm(): Promise<void> {
    try {
      await (await this.#ready).alarm()
    } catch (error) {
      report('alarm', error)
      await retryAlarm(this.ctx)
    }
  }

  async #ask<T>(run: (keeper: Keeper) => Promise<Result<T, Failure>>): Promise<Result<T, Failure>> {
    try {
      return await run(await this.#ready)
    } catch (error) {
      report('seat', error)
      if (isDatabaseDown(error)) return fail({ kind: 'database_unreachable' })
      throw new Error('The seat failed; its log says why')
    }
  }
}
