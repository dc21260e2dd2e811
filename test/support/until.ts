import { setTimeout as delay } from 'node:timers/promises'

/** Wait until something is so, looking often; fail when it takes longer than a person would wait. */
export async function until(isSo: () => Promise<boolean> | boolean, withinMs = 20_000): Promise<void> {
  const end = Date.now() + withinMs
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`Still not so after ${withinMs} ms: ${isSo}`)
    await delay(20)
  }
}
