import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diagnose } from '../../../src/providers/exact-online/errors.ts'
import type { Action } from '../../../src/rights/right.ts'
import { answer, HTML, odataError } from './answers.ts'

const post = { method: 'POST' as Action, path: '/api/v1/123/salesentry/SalesEntries' }
const said = (status: number, value: string, headers = {}) => diagnose(post, answer(status, odataError(value), headers))
const kind = (status: number, body: unknown, method: Action = 'POST') =>
  diagnose({ ...post, method }, answer(status, body)).kind

describe('denials', () => {
  it.each([
    [403, 'Forbidden'],
    [403, ''],
    [500, 'Forbidden'],
    [400, 'forbidden'],
  ])('EOL-04 derives the missing right from a bare %i "%s"', (status, value) => {
    expect(said(status, value)).toMatchObject({
      kind: 'denied',
      layer: 'right',
      cause: 'right_derived',
      derived: true,
    })
  })

  it.each([
    'Forbidden - User division is not within division scope.',
    'Forbidden - User division is not within division scope',
    'FORBIDDEN - USER DIVISION IS NOT WITHIN DIVISION SCOPE',
    'itgeneor228: no access',
    'Fout itgeneor060',
    'itgenoda060',
    '(itgeneor321) Company not available',
  ])('DIV-07 tells the division scope from a missing right: %s', value => {
    const scope = { kind: 'denied', layer: 'administration', cause: 'division_out_of_scope', derived: false }
    for (const status of [403, 400, 500]) expect(said(status, value)).toEqual({ ...scope, words: value })
    expect(diagnose(post, answer(403, value))).toEqual({ ...scope, words: value })
    expect(diagnose(post, answer(403, odataError('Forbidden'), { reason: value }))).toMatchObject(scope)
  })

  it('DIV-07 finds the code in the error code as well', () => {
    const body = { error: { code: 'itgeneor228', message: { lang: '', value: 'Forbidden' } } }
    expect(diagnose(post, answer(403, body))).toMatchObject({ cause: 'division_out_of_scope', words: 'Forbidden' })
  })

  it.each([
    [
      "Forbidden - Application Scope Violated. Cannot read 'organization.administration' scope.",
      'app_scope',
      'app_scope_missing',
    ],
    ["Forbidden - Customer's license expired.", 'licence', 'licence_expired'],
    [
      'Your One Exact Identity account is configured for multiple users. API Connections do not support this type of account.',
      'connection',
      'provider_refuses_connection',
    ],
  ])('DIV-01 names the layer behind "%s"', (value, layer, cause) => {
    expect(said(403, value)).toEqual({ kind: 'denied', layer, cause, derived: false, words: value })
  })

  it('reads an apostrophe that the provider escapes', () => {
    const body = '{"error":{"code":"","message":{"lang":"","value":"Forbidden - Customer\\u0027s license expired."}}}'
    expect(diagnose(post, answer(403, body))).toMatchObject({ cause: 'licence_expired' })
  })

  it.each([
    ['BlockedUser', 'connection', 'user_blocked'],
    ['InactiveUser', 'connection', 'user_blocked'],
    ['BlockedCustomer', 'licence', 'licence_expired'],
    ['LicenseExpired', 'licence', 'licence_expired'],
    ['DivisionBlocked', 'administration', 'administration_out_of_reach'],
    ['NoDivisionAccess: no access', 'administration', 'administration_out_of_reach'],
  ])('DIV-01 takes the Reason header %s at its word', (reason, layer, cause) => {
    expect(said(403, 'Forbidden', { reason })).toMatchObject({ kind: 'denied', layer, cause, derived: false })
  })
})

describe('refusals', () => {
  it.each([400, 404, 409, 500, 501])('P56 takes a business refusal sent as %i for final, in its own words', status => {
    const words = 'Invalid journal. The journal must be a cash journal.'
    expect(said(status, words)).toEqual({ kind: 'refused', words })
  })

  it.each<[number, unknown]>([
    [500, ''],
    [500, HTML],
    [500, odataError('  ')],
    [500, { fault: { faultstring: 'Failed to execute the ExtractVariables: ExtractAccessToken' } }],
    [500, odataError('Failed to execute the ExtractVariables: ExtractAccessToken')],
    [500, '{"error":{"message":{"value":"Inval'],
    [404, HTML],
    [404, ''],
    [400, ''],
    [302, ''],
    [408, odataError('Too broad')],
    [502, odataError('Bad gateway')],
    [503, HTML],
    [504, ''],
    [200, HTML],
    [200, ''],
    [201, '{"d":{"EntryID":"3f25'],
    [201, '{"d":"a","d"}'],
    [200, odataError('Forbidden')],
    [200, 'OK'],
  ])('P46 cannot tell what %i with %j did', (status, body) => {
    expect(kind(status, body)).toBe('unclear')
  })

  it('is unauthorized on 401, whatever the body', () => {
    expect(kind(401, '')).toBe('unauthorized')
    expect(kind(401, odataError('Unauthorized'))).toBe('unauthorized')
  })

  it('is fine with what a success looks like', () => {
    expect(kind(201, { d: { EntryID: 'x' } })).toBe('fine')
    expect(kind(200, { d: { results: [] } }, 'GET')).toBe('fine')
    expect(kind(204, '', 'PUT')).toBe('fine')
    expect(kind(200, '', 'DELETE')).toBe('fine')
    expect(kind(200, '<?xml version="1.0"?><eExact/>', 'GET')).toBe('fine')
    expect(kind(200, '<?xml version="1.0"?><!DOCTYPE html><html/>', 'GET')).toBe('unclear')
  })

  it('never throws, and calls nothing but a 2xx fine', () => {
    const bodies = fc.oneof(
      fc.string(),
      fc.json(),
      fc.jsonValue().map(error => JSON.stringify({ error })),
    )
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), bodies, (status, body) => {
        const found = diagnose(post, answer(status, body))
        if (found.kind === 'fine') expect(Math.floor(status / 100)).toBe(2)
        else expect(found.words).not.toBe('')
      }),
    )
  })
})
