import axeCore, { type AxeResults, type RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** A line such as `color-contrast (serious) .muted: Elements must meet minimum color contrast ratio thresholds`. */
export type Violation = string

const RULES: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
}

/** Let axe judge the page as it stands, whatever its CSP; a line for every element at fault. The page must allow scripts. */
export async function axe(page: Page): Promise<Violation[]> {
  await page.evaluate(axeCore.source)
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(RULES)})`)
  return violations.flatMap(({ id, impact, help, nodes }) =>
    nodes.map(node => `${id} (${impact}) ${node.target.flat().join(' ')}: ${help}`),
  )
}

/** Fail with what axe has against the page. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await axe(page), `what axe has against ${page.url()}`).toEqual([])
}
