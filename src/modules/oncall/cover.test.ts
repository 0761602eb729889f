import { describe, expect, test } from 'vitest'
import { DAY, HOUR } from '../../kernel/time.ts'
import { absenceAt, coverOf } from './cover.ts'
import type { ScheduleSpec } from './schedule.ts'

const monday = Date.parse('2026-11-16T07:00:00Z')
const weekly: ScheduleSpec = {
  timeZone: 'Europe/Berlin',
  layers: [{ name: 'weekly', users: ['ada', 'lin'], start: '2026-11-02T09:00', turn: '1w' }],
}
const office: ScheduleSpec = {
  timeZone: 'Europe/Berlin',
  layers: [{ ...weekly.layers[0]!, restrictions: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', until: '18:00' }] }],
}

const letters = (schedule: ScheduleSpec, days: number) => coverOf(schedule, monday, days).days.map(({ cover }) => cover)

describe('the next days', () => {
  test('have somebody all the time, and say who: both on the day of a handoff', () => {
    const { days, gaps } = coverOf(weekly, monday, 9)
    expect(days.map(({ cover }) => cover)).toEqual(Array(9).fill('whole'))
    expect(days[0]).toEqual({ date: '2026-11-16', cover: 'whole', people: ['lin', 'ada'] })
    expect(days[1]?.people).toEqual(['ada'])
    expect(gaps).toEqual([])
  })

  test('office hours leave out nights and weekends, and that is no gap', () => {
    expect(letters(office, 7)).toEqual(['part', 'part', 'part', 'part', 'part', 'none', 'none'])
    expect(coverOf(office, monday, 7).gaps).toEqual([])
  })

  test('a rotation that stops leaves a gap, also where it had hours', () => {
    const ending = { ...office, layers: [{ ...office.layers[0]!, end: '2026-11-18T12:00' }] }
    const { days, gaps } = coverOf(ending, monday, 4)
    expect(days.map(({ cover }) => cover)).toEqual(['part', 'part', 'gap', 'gap'])
    expect(gaps).toEqual([{ gap: true, from: Date.parse('2026-11-18T11:00:00Z'), until: Date.parse('2026-11-19T23:00:00Z') }])
  })

  test('a gap between two layers is found to the hour, and an override fills it', () => {
    const gapped: ScheduleSpec = {
      timeZone: 'UTC',
      layers: [
        { name: 'first', users: ['ada'], start: '2026-11-01T00:00', turn: '1w', end: '2026-11-17T06:00' },
        { name: 'second', users: ['lin'], start: '2026-11-18T07:00', turn: '1w' },
      ],
    }
    expect(coverOf(gapped, monday, 4).gaps.map(({ from, until }) => (until - from) / HOUR)).toEqual([25])
    const filled = [{ user: 'kim', from: '2026-11-17T06:00', until: '2026-11-18T07:00' }]
    expect(coverOf(gapped, monday, 4, filled).gaps).toEqual([])
  })

  test('the day of a clock change is whole with its 25 hours', () => {
    const october = Date.parse('2026-10-24T22:00:00Z')
    const always = { ...weekly, layers: [{ ...weekly.layers[0]!, start: '2026-01-05T09:00' }] }
    expect(coverOf(always, october, 2).days.map(({ date, cover }) => [date, cover])).toEqual([
      ['2026-10-25', 'whole'],
      ['2026-10-26', 'whole'],
    ])
  })

  test('turns of seconds are not counted for ever: what lies beyond is unknown', () => {
    const spinning = { ...weekly, layers: [{ ...weekly.layers[0]!, turn: '10s' }] }
    expect(letters(spinning, 3)).toEqual(['unknown', 'unknown', 'unknown'])
  })
})

test('nobody at night is on purpose where the schedule has hours, and a gap where it has none', () => {
  expect(absenceAt(office, Date.parse('2026-11-17T02:00:00Z'))).toBe('outside-hours')
  expect(absenceAt({ ...weekly, layers: [] }, monday)).toBe('gap')
  expect(absenceAt({ ...office, layers: [{ ...office.layers[0]!, users: [] }] }, monday + DAY)).toBe('gap')
})
