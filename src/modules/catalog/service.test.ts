import { describe, expect, test } from 'vitest'
import { groupOf, type ServiceSpec, urgencyOf } from './service.ts'

describe('urgency', () => {
  const cases: [said: ServiceSpec['urgency'], byRank: string][] = [
    [undefined, 'high high low low low'],
    ['by-severity', 'high high low low low'],
    ['high', 'high high high high high'],
    ['low', 'low low low low low'],
  ]
  test.each(cases)('a service that says %s', (urgency, byRank) => {
    const service = urgency === undefined ? {} : { urgency }
    expect([1, 2, 3, 4, 5].map((rank) => urgencyOf(rank, service)).join(' ')).toBe(byRank)
  })

  test('an incident of no service goes by its severity', () => {
    expect(urgencyOf(2, undefined)).toBe('high')
    expect(urgencyOf(3, undefined)).toBe('low')
  })
})

describe('grouping', () => {
  const by = (...labels: string[]): ServiceSpec => ({ grouping: { by: labels } })
  const keyOf = (service: ServiceSpec | undefined, labels: Record<string, string>, identity = 'one') =>
    groupOf(service, labels, identity).key

  test('without a grouping each alert is on its own, under its identity', () => {
    expect(keyOf({}, { alertname: 'Disk' }, 'one')).not.toBe(keyOf({}, { alertname: 'Disk' }, 'two'))
    expect(keyOf(undefined, {}, 'one')).toBe(keyOf({}, { other: 'x' }, 'one'))
  })

  test('equal values of the labels are one group, whatever else differs', () => {
    const service = by('alertname', 'region')
    const one = groupOf(service, { alertname: 'Disk', region: 'eu', host: 'db-1' }, 'one')
    const two = groupOf(service, { region: 'eu', host: 'db-2', alertname: 'Disk' }, 'two')
    expect(two).toEqual(one)
    expect(one.by).toEqual([
      ['alertname', 'Disk'],
      ['region', 'eu'],
    ])
    expect(keyOf(service, { alertname: 'Disk', region: 'us' })).not.toBe(one.key)
  })

  test('a missing label counts as empty, and so does an empty one', () => {
    const service = by('alertname', 'region')
    expect(keyOf(service, { alertname: 'Disk' }, 'one')).toBe(keyOf(service, { alertname: 'Disk', region: '' }, 'two'))
    expect(keyOf(service, { alertname: 'Disk' })).not.toBe(keyOf(service, { region: 'Disk' }))
  })

  test('with none of the labels each alert is on its own', () => {
    const service = by('alertname', 'region')
    expect(keyOf(service, { host: 'db-1' }, 'one')).not.toBe(keyOf(service, { host: 'db-1' }, 'two'))
    expect(groupOf(service, { alertname: '' }, 'one')).toEqual(groupOf(undefined, {}, 'one'))
  })

  test('by: all folds everything of the service', () => {
    const service: ServiceSpec = { grouping: { by: 'all' } }
    expect(keyOf(service, { alertname: 'Disk' }, 'one')).toBe(keyOf(service, {}, 'two'))
    expect(groupOf(service, {}, 'one').by).toEqual([])
  })

  test('values cannot be put together so that two groups look like one', () => {
    const service = by('a', 'b')
    expect(keyOf(service, { a: 'x","y', b: '' })).not.toBe(keyOf(service, { a: 'x', b: 'y' }))
    expect(keyOf(service, { a: '1', b: '12' })).not.toBe(keyOf(service, { a: '11', b: '2' }))
  })
})
