import { expect, test } from 'vitest'
import { links } from '../../links.ts'
import { type AlertFilter, readAlertFilter, withoutLabel } from './filter.ts'

const sent = (filter: AlertFilter) => readAlertFilter(Object.fromEntries(new URL(links.alerts(filter), 'http://tocsin.test').searchParams))

test('a filter survives being sent as a link, whatever its labels hold', () => {
  const filter: AlertFilter = {
    status: 'all',
    severity: ['1'],
    service: ['mail'],
    integration: ['prometheus', 'grafana'],
    label: ['region=eu-1,eu-2', 'query=a=b&c'],
    key: 'db-1/disk full',
    q: 'disk',
    since: '24h',
  }
  expect(sent(filter)).toEqual(filter)
  expect(sent(withoutLabel(filter, 'query=a=b&c')).label).toEqual(['region=eu-1,eu-2'])
  expect(withoutLabel({ status: 'open', label: ['a=b'] }, 'a=b')).not.toHaveProperty('label')
})

test('an address that makes no sense shows what fires', () => {
  expect(readAlertFilter({ status: 'loud', label: 'nothing', severity: '', key: 1 })).toEqual({ status: 'open' })
  expect(links.alerts()).toBe('/alerts')
  expect(links.alert('alr_9')).toBe('/a/alr_9')
  expect(links.alert('alr_9', 'payload')).toBe('/a/alr_9?tab=payload')
})
