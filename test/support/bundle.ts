import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { build } from '../../local/build.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the Worker's bundle. */
    bundle: string
  }
}

/** Bundle the Worker once for all tests of a run that run it in workerd; two runs side by side have each their own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'zetel-bundle-'))
  project.provide('bundle', await build('workers/main.ts', folder))
  return () => rm(folder, { recursive: true, force: true })
}
