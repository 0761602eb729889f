import { expect, test } from 'vitest'
import { links } from '../../links.ts'
import { type IncidentFilter, readFilter, toggled } from './filter.ts'

const sent = (filter: IncidentFilter) => readFilter(Object.fromEntries(new URL(links.incidents(filter), 'http://tocsin.test').searchParams))

test('a filter survives being sent as a link', () => {
  const filter: IncidentFilter = {
    status: 'resolved',
    severity: ['1', '2'],
    service: ['api-gateway'],
    team: ['payments', 'core'],
    urgency: ['high'],
    has: ['ada'],
    since: '7d',
    q: 'disk & db=1, “full”',
    after: '120',
  }
  expect(sent(filter)).toEqual(filter)
})

test('an address that makes no sense shows what is open', () => {
  expect(readFilter({ status: 'everything', after: 3, severity: 7, since: 'ever', q: '  ', team: ',' })).toEqual({ status: 'open' })
})

test('what is open needs no words in the address', () => {
  expect(links.incidents({ status: 'open' })).toBe('/incidents')
  expect(links.incident('INC-142', { tab: 'timeline' })).toBe('/i/142')
  expect(links.incident('INC-142', { tab: 'alerts', alert: 'alr_9' })).toBe('/i/142?tab=alerts&alert=alr_9')
})

test('a picked value comes and goes, and the list begins anew', () => {
  const picked = toggled({ status: 'open', after: '50' } as IncidentFilter, 'team', 'core')
  expect(links.incidents(picked)).toBe('/incidents?team=core')
  expect(links.incidents(toggled(picked, 'team', 'mail'))).toBe('/incidents?team=core%2Cmail')
  expect(links.incidents(toggled(picked, 'team', 'core'))).toBe('/incidents')
})
