import { expect, test } from 'vitest'
import { MINUTE } from '../../../kernel/time.ts'
import { byTrouble, matches, type ServiceRow, strokesOf } from './service-row.ts'

const NOW = 1_000_000 * MINUTE

function service(name: string, over: Partial<ServiceRow> = {}): ServiceRow {
  return { name, title: name, open: 0, unacknowledged: 0, lastHour: [], integrationCount: 1, missing: [], usedBy: 0, ...over }
}

test('the worst comes first, then what nobody has, then what misses something, then by name', () => {
  const rows = [
    service('quiet'),
    service('calm'),
    service('ownerless', { missing: ['owner'] }),
    service('held', { open: 1, worst: 2 }),
    service('ringing', { open: 1, worst: 2, unacknowledged: 1 }),
    service('down', { open: 1, worst: 1 }),
  ]
  expect(rows.sort(byTrouble).map(({ name }) => name)).toEqual(['down', 'ringing', 'held', 'ownerless', 'calm', 'quiet'])
})

test('an hour is thirty strokes, each as bad as the worst that was open in it', () => {
  const lastHour: ServiceRow['lastHour'] = [
    { severity: 3, from: NOW - 90 * MINUTE, until: NOW - 50 * MINUTE },
    { severity: 2, from: NOW - 11 * MINUTE },
    { severity: 1, from: NOW - 3 * MINUTE },
  ]
  const strokes = strokesOf({ lastHour }, NOW)
  expect(strokes).toHaveLength(30)
  expect(strokes.map((rank) => rank ?? '.').join('')).toBe('33333...................222211')
})

test('every word has to be found, wherever it stands', () => {
  const row = service('api-gateway', { team: 'platform', description: 'Call the API' })
  expect(matches(row, 'CALL plat')).toBe(true)
  expect(matches(row, 'call payments')).toBe(false)
  expect(matches(row, '')).toBe(true)
})
