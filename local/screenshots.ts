import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { Api } from './api.ts'
import { startChrome } from './chrome.ts'
import { startZetel } from './zetel.ts'

// Plays the demo on a Zetel of its own and takes pictures of its main pages for the README.

const PORT = 8790
const OUT = join(import.meta.dirname, '..', 'docs', 'screenshots')
const OPERATOR = 'anna@zetel.example'

type Listed = { data: { id: string; name: string; label: string }[] }
type Shot = { name: string; width: number; open(page: Page): Promise<unknown> }

const data = await mkdtemp(join(tmpdir(), 'zetel-pictures-'))
const zetel = await startZetel({ data, port: PORT, demoData: true })
try {
  const demo = join(import.meta.dirname, 'demo.ts')
  await promisify(execFile)(process.execPath, [demo, '--data', data, '--port', String(PORT)])
  await mkdir(OUT, { recursive: true })
  for (const shot of await shots(new Api(zetel.url, zetel.operatorKey))) await take(shot)
} finally {
  await zetel.stop()
  await rm(data, { recursive: true, force: true })
}

/** The pages as the demo leaves them. */
async function shots(api: Api): Promise<Shot[]> {
  const tenants = await api.get<Listed>('/v1/tenants')
  const tenant = tenants.data.find(({ name }) => name.startsWith('De Fietsenwinkel'))?.id ?? ''
  const base = `/v1/tenants/${tenant}/integrations`
  const { data: integrations } = await api.get<Listed>(base)
  const idOf = (label: string): string => integrations.find(one => one.label === label)?.id ?? ''
  const { url: link } = await api.post<{ url: string }>(`${base}/${idOf('Webshop E')}/connect-links`)
  const page = (path: string) => (page: Page) => page.goto(`${zetel.url}${path}`)
  return [
    { name: 'overview', width: 1280, open: page('/overview') },
    { name: 'tenant', width: 1280, open: page(`/t/${tenant}`) },
    { name: 'connection', width: 1280, open: page(`/t/${tenant}/integrations/${idOf('Webshop B')}`) },
    { name: 'transactions', width: 1280, open: page(`/t/${tenant}/transactions?state=held`) },
    { name: 'onboarding', width: 1280, open: at => onboard(at, `${zetel.url}/t/${tenant}/onboarding`) },
    { name: 'connect-link', width: 390, open: at => at.goto(link) },
  ]
}

async function take({ name, width, open }: Shot): Promise<void> {
  const browser = await startChrome()
  try {
    const page = await browser.newPage({ viewport: { width, height: 800 }, locale: 'nl-NL' })
    await signIn(page)
    await open(page)
    await page.screenshot({ path: join(OUT, `${name}.png`), fullPage: true })
    console.log(`docs/screenshots/${name}.png`)
  } finally {
    await browser.close()
  }
}

async function signIn(page: Page): Promise<void> {
  await page.goto(`${zetel.url}/sign-in`)
  await page.click('[data-primary]')
  await page.check(`input[value="${OPERATOR}"]`)
  await page.click('[data-primary]')
  await page.waitForURL(`${zetel.url}/overview`)
}

/** Answer the guided flow's questions up to the seat plan. */
async function onboard(page: Page, start: string): Promise<void> {
  const onward = () => Promise.all([page.waitForNavigation(), page.click('main [data-primary]')])
  await page.goto(start)
  await onward()
  await page.check('input[name="kind"][value="webshop"]')
  await page.fill('#f-provider', 'woocommerce')
  await page.fill('#f-label', 'Webshop België')
  await page.fill('#f-ref', 'be.fietsenwinkel.example')
  await onward()
  await page.locator('input[name="provider_app_id"]').last().check()
  await page.selectOption('#f-administration_id', { index: 1 })
  await onward()
  await page.check('input[name="kinds[]"][value="sales-entry"]')
  await onward()
  await onward()
}
