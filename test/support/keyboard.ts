// A person without a mouse: everything is reached with Tab and arrows, and done with Enter and Space.
import type { WatchedPage } from './chrome.ts'

const MOST_TABS = 200

const isFocused = (page: WatchedPage, selector: string) =>
  page.evaluate<boolean>(`document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`)

/** Go to something with Tab; fails when Tab never gets there, or where the focus cannot be seen. */
export async function tabTo(page: WatchedPage, selector: string): Promise<void> {
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    if (await isFocused(page, selector)) {
      const outline = await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle')
      if (outline === 'none') throw new Error(`The focus on ${selector} cannot be seen`)
      return
    }
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never gets to ${selector} on ${page.url()}`)
}

/** Press what leads on, and wait for the page it leads to. */
export async function pressEnter(page: WatchedPage, selector: string): Promise<void> {
  await tabTo(page, selector)
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
}

/** Write into a field, over what stands there. */
export async function type(page: WatchedPage, selector: string, text: string): Promise<void> {
  await tabTo(page, selector)
  await page.keyboard.press('Control+A')
  await page.keyboard.type(text)
}

/** Tick a box. */
export async function tick(page: WatchedPage, selector: string): Promise<void> {
  await tabTo(page, selector)
  if (!(await page.isChecked(selector))) await page.keyboard.press('Space')
}

/** Choose one of a few: Tab gets to the group, arrows to the one. */
export async function choose(page: WatchedPage, group: string, value: string): Promise<void> {
  const wanted = `input[name="${group}"][value="${value}"]`
  await tabTo(page, `input[name="${group}"]`)
  for (let steps = 0; steps < MOST_TABS; steps++) {
    if (await page.isChecked(wanted)) return
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`Arrows never get to ${value} of ${group}`)
}

/** Choose one of a list that opens: arrows get to the one. */
export async function select(page: WatchedPage, selector: string, value: string): Promise<void> {
  await tabTo(page, selector)
  for (let steps = 0; steps < MOST_TABS; steps++) {
    if ((await page.inputValue(selector)) === value) return
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`Arrows never get to ${value} of ${selector}`)
}
