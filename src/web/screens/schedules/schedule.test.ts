import { expect, test } from 'vitest'
import { DAY, HOUR } from '../../../kernel/time.ts'
import { blankSchedule, dayOf, loadOf, midnights, newLayer, onTheWall, type Shift, usableZone } from './schedule.ts'

const at = (text: string) => Date.parse(text)

test('the day on which clocks go back has 25 hours', () => {
  const days = midnights(dayOf(at('2026-10-24T12:00:00Z'), 'Europe/Berlin'), 2, 'Europe/Berlin')
  expect(days.slice(1).map((day, i) => (day - days[i]!) / HOUR)).toEqual([24, 25])
})

test('an instant is told as the clocks of the schedule show it', () => {
  expect(onTheWall(at('2026-01-05T08:00:00Z'), 'Europe/Berlin')).toBe('2026-01-05T09:00')
})

test('a zone that is still being typed is taken as UTC', () => {
  expect([usableZone('Europe/Berlin'), usableZone('Europe/Berl'), usableZone(undefined)]).toEqual(['Europe/Berlin', 'UTC', 'UTC'])
})

test('a new schedule has somebody on call at once, and each further layer its own name', () => {
  const schedule = blankSchedule(new Date(2026, 10, 21), 'UTC')
  expect(schedule.layers).toEqual([{ name: 'weekly', users: [], start: '2026-11-09T09:00', turn: '1w' }])
  expect(newLayer(schedule.layers, new Date(2026, 10, 21)).name).toBe('layer-2')
})

test('time on call is told by person, gaps left out', () => {
  const shift = (displayName: string | null, from: number, until: number): Shift => ({
    gap: displayName === null,
    outsideHours: false,
    person: displayName,
    displayName,
    from: from * DAY,
    until: until * DAY,
    whyKind: null,
    layer: null,
  })
  expect(loadOf([shift('Ada', 0, 1), shift('Lin', 1, 4), shift(null, 4, 5), shift('Ada', 5, 5.5)])).toEqual([
    { displayName: 'Lin', ms: 3 * DAY, share: 3 / 4.5 },
    { displayName: 'Ada', ms: 1.5 * DAY, share: 1.5 / 4.5 },
  ])
})
