import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Http, startHttp } from '../support/http.ts'
import { signIn } from '../support/people.ts'
import { addTenant } from '../support/tenancy.ts'

let http: Http
beforeAll(async () => {
  http = await startHttp()
})
afterAll(() => http.close())

describe('smoke', () => {
  it('works', async () => {
    const tenant = await addTenant(http)
    const admin = await signIn(http, 'admin', tenant.id)
    const page = await admin.open(`/t/${tenant.id}/settings/members`)
    console.log(page.status, page.html)
    const made = await admin.send(`/t/${tenant.id}/settings/members`, {
      label: 'Piet',
      role: 'viewer',
      form_key: 'abc',
    })
    expect(made.status).toBe(200)
    const wrong = await admin.send(`/t/${tenant.id}/settings/members`, { role: 'viewer' })
    console.log(wrong.status, wrong.html.slice(wrong.html.indexOf('problems')))
  })
})
