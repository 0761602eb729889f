import { expect, test } from 'vitest'
import { type LevelSpec, movedLevel, nextLevel, nextSundayNight, pagesTogether, roundsOf, targetKey, targetOf } from './policy.ts'

const level = (after: string, schedule: string): LevelSpec => ({ after, notify: [{ schedule }] })

test('a level that moves up is paged at the minute of its new place', () => {
  const levels = [level('0m', 'primary'), level('5m', 'secondary'), level('15m', 'managers')]
  expect(movedLevel(levels, 2, 0)).toEqual([level('0m', 'managers'), level('5m', 'primary'), level('15m', 'secondary')])
})

test('a level more keeps the last distance', () => {
  expect(nextLevel([]).after).toBe('0m')
  expect(nextLevel([level('0m', 'primary')]).after).toBe('5m')
  expect(nextLevel([level('0m', 'primary'), level('10m', 'secondary')]).after).toBe('20m')
})

test('the next round begins a last distance after the last level, and not before a round is over', () => {
  const levels = [level('0m', 'primary'), level('5m', 'secondary')]
  const catchAll = { notify: [{ team: 'sre' }] }
  expect(roundsOf({ levels, repeat: 2, catchAll })).toEqual({ roundMs: 600_000, catchAllMs: 1_800_000 })
  expect(roundsOf({ levels, round: '30m', catchAll })).toEqual({ roundMs: 1_800_000, catchAllMs: 1_800_000 })
  expect(roundsOf({ levels: [], repeat: 3, catchAll })).toEqual({ roundMs: 0, catchAllMs: 0 })
})

test('a target is one value of a field, and back', () => {
  for (const target of [{ person: 'ada' }, { schedule: 'night' }, { team: 'sre' }, { admins: true as const }])
    expect(targetOf(targetKey(target))).toEqual(target)
})

test('pages of one person at one moment are one line', () => {
  const page = (at: number, person: string, channel: string) => ({ at, person, displayName: person, contact: channel, channel })
  expect(pagesTogether([page(0, 'ada', 'ntfy'), page(0, 'ada', 'email'), page(60, 'ada', 'ntfy')])).toEqual([
    { at: 0, person: 'ada', displayName: 'ada', channels: ['ntfy', 'email'] },
    { at: 60, person: 'ada', displayName: 'ada', channels: ['ntfy'] },
  ])
})

test.each([
  ['2026-11-21T12:00', '2026-11-22T03:11'],
  ['2026-11-22T12:00', '2026-11-29T03:11'],
  ['2026-12-30T12:00', '2027-01-03T03:11'],
])('seen from %s the hardest hour is %s', (today, night) => {
  expect(nextSundayNight(new Date(today))).toBe(night)
})
