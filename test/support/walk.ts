// Every page of the dashboard by its path, and what one meets on each of them.
import { expect } from 'vitest'
import type { Locale } from '../../src/words/words.ts'
import { expectAccessible } from './axe.ts'
import type { WatchedPage } from './chrome.ts'
import type { Dashboard } from './dashboard.ts'

/** The most that a page may transfer, everything it needs included. */
export const PAGE_BUDGET_BYTES = 100_000

/** Sign in at the local issuer by its page, as a person would, and come back. */
export async function signInAs({ product }: Dashboard, page: WatchedPage, email: string): Promise<void> {
  await page.goto(`${product.url}/sign-in`)
  await page.click('[data-primary]')
  await page.check(`input[value="${email}"]`)
  await page.click('[data-primary]')
  await page.waitForURL(`${product.url}/**`)
}

/** Choose the language in the frame of the page. */
export async function speak(page: WatchedPage, locale: Locale): Promise<void> {
  if ((await page.getAttribute('html', 'lang')) !== locale) {
    await page.click(`button[name="locale"][value="${locale}"]`)
    await page.waitForSelector(`html[lang="${locale}"]`)
  }
}

/** By how many pixels the page scrolls sideways. */
export const sideways = (page: WatchedPage) =>
  page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')

/** Hold what is true of every page: language, width, weight, policy, nothing from elsewhere, and what axe finds. */
export async function expectSound(page: WatchedPage, locale: Locale): Promise<void> {
  const at = new URL(page.url()).pathname
  expect(await page.getAttribute('html', 'lang'), at).toBe(locale)
  expect(await page.locator('h1').count(), at).toBe(1)
  expect(await page.locator('[data-primary]').count(), at).toBeLessThanOrEqual(1)
  expect(await sideways(page), `${at} scrolls sideways`).toBeLessThanOrEqual(0)
  await expectAccessible(page)
  expect(page.watch.transferred(), at).toBeGreaterThan(0)
  expect(page.watch.transferred(), at).toBeLessThanOrEqual(PAGE_BUDGET_BYTES)
  expect(page.watch, at).toMatchObject({ strays: [], violations: [], errors: [] })
}
