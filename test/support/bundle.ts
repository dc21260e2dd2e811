import { build } from '../../local/build.ts'

/** Bundle the Worker once for all tests that run it in workerd. */
export default async function setup(): Promise<void> {
  await build()
}
