import { describe, expect, it } from 'vitest'
import { administrationOf } from '../../../src/providers/exact-online/administration.ts'

describe('paths', () => {
  it.each<[string, string | null]>([
    ['/api/v1/123/salesentry/SalesEntries', '123'],
    ['/api/v1/123', '123'],
    ["/api/v1/123/crm/Accounts(guid'3f2504e0-4f89-11d3-9a0c-0305e82c3301')?$select=ID", '123'],
    ['/api/v1/beta/123/project/Projects', '123'],
    ['/api/v1/current/Me', null],
    ['/api/v1/system/Users', null],
    ['/api/oauth2/token', null],
    ['/', null],
    ['/docs/XMLUpload.aspx?Topic=Invoices&_Division_=123', '123'],
    ['/docs/XMLDownload.aspx?_Division_=123&Topic=GLAccounts', '123'],
    ['/DOCS/xmldownload.ASPX?_division_=0123', '123'],
  ])('DIV-06 names the administration of %s', (path, administration) => {
    expect(administrationOf(path)).toBe(administration)
  })

  it.each([
    '/api/v1/%31%32%33/crm/Accounts',
    '/api/v1/456/../123/crm/Accounts',
    '/api/v1/456/%2e%2e/123/crm/Accounts',
    '//api//v1//123/crm/Accounts',
    '/api\\v1\\123\\crm/Accounts',
    '/api%2Fv1%2F123/crm/Accounts',
    '/API/V1/000123/crm/Accounts',
    'api/v1/123/crm/Accounts',
    '/docs/XMLUpload.aspx?%5FDivision%5F=%31%32%33',
  ])('DIV-06 is not deceived by %s', path => {
    expect(administrationOf(path)).toBe('123')
  })

  it.each([
    '/docs/XMLUpload.aspx?Topic=Invoices',
    '/docs/XMLUpload.aspx?_Division_=123&_Division_=456',
    '/api/v1/+123/crm/Accounts',
    '/api/v1/456%2F..%2F123/crm/Accounts',
  ])('DIV-13 names for %s an administration that nobody has', path => {
    expect(administrationOf(path)).not.toBeNull()
    expect(administrationOf(path)).not.toMatch(/^\d+$/)
  })
})
