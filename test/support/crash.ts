import type { IntegrationId } from '../../src/id.ts'
import type { Seats, Touch } from './seats.ts'

/** Write down everything a keeper does outside itself while something runs. */
export async function touchesOf(
  seats: Seats,
  integration: IntegrationId,
  run: () => Promise<unknown>,
): Promise<string[]> {
  const seen: string[] = []
  seats.watch = touch => {
    if (touch.integration === integration) seen.push(nameOf(touch))
  }
  await run()
  seats.watch = null
  return seen
}

/** Begin something and kill its keeper at the so-manieth thing it does; resolves once it is dead or done. */
export async function killAt(
  seats: Seats,
  integration: IntegrationId,
  at: number,
  run: () => Promise<unknown>,
): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  let seen = 0
  seats.watch = touch => {
    if (touch.integration !== integration) return
    if (seen === at) {
      seats.kill(integration)
      resolve(nameOf(touch))
    }
    seen += 1
  }
  const named = await Promise.race([promise, run().then(() => 'done')])
  seats.watch = null
  return named
}

const nameOf = ({ when, what, about }: Touch): string => {
  const place = about.startsWith('http') ? new URL(about).pathname : about.startsWith('{') ? 'batch' : about
  return `${when} ${what} ${place}`.trim()
}
