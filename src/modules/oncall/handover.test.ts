import { describe, expect, test } from 'vitest'
import { type Handover, handoverOf, handoverText, startingAt } from './handover.ts'
import { whoIsOnCall } from './rota.ts'
import type { LayerSpec, ScheduleSpec } from './schedule.ts'

const now = Date.parse('2026-11-29T12:00:00Z')

function rota(users: string, over: Partial<LayerSpec> = {}): ScheduleSpec {
  return { timeZone: 'Europe/Berlin', layers: [{ name: 'w', users: users.split(' '), start: '2026-01-05T09:00', turn: '7d', ...over }] }
}

function moved(before: ScheduleSpec, after: ScheduleSpec, at = now): Handover | undefined {
  return handoverOf({ spec: before, overrides: [] }, { spec: after, overrides: [] }, at)
}

const onCall = (spec: ScheduleSpec, at = now) => whoIsOnCall(spec, at)
const four = rota('mia noa oli pia')
const five = rota('mia noa oli pia quin')

describe('one more person at the end of a rotation', () => {
  test('hands the pager over at once, and says so', () => {
    const handover = moved(four, five)!
    expect(handoverText(handover)).toBe('on call now changes from oli to noa; 6 of the next 6 shifts change')
  })

  test('does not, from the start that is offered; who is new comes last', () => {
    const kept = startingAt(five, moved(four, five)!.keepTurn)
    expect(kept.layers[0]!.start).toBe('2026-02-02T09:00')
    expect(onCall(kept)).toMatchObject({ user: 'oli', until: onCall(four)!.until })
    expect(handoverText(moved(four, kept)!)).toBe('on call now stays oli; 4 of the next 6 shifts change')
    const week = (n: number) => onCall(kept, now + n * 7 * 86_400_000)!.user
    expect([0, 1, 2, 3, 4, 5].map(week)).toEqual(['oli', 'pia', 'quin', 'mia', 'noa', 'oli'])
  })
})

test.each([
  ['one person fewer', rota('mia oli pia')],
  ['another order', rota('pia oli noa mia')],
  ['one in front', rota('quin mia noa oli pia')],
  ['some twice', rota('mia oli noa oli pia')],
  ['longer turns', rota('mia noa oli pia', { turn: '14d' })],
  ['another hour', rota('mia noa oli pia quin', { start: '2026-01-05T17:00' })],
  ['a start of today', rota('noa mia oli pia', { start: '2026-11-29T00:00' })],
  ['a start to come', rota('mia noa oli pia', { start: '2026-12-07T09:00' })],
  ['turns of hours', rota('mia noa oli pia quin', { turn: '36h' })],
])('the turn can be kept: %s', (_, after) => {
  const { user } = onCall(four)!
  const { keepTurn } = moved(four, after) ?? { keepTurn: [] }
  expect(onCall(startingAt(after, keepTurn))!.user).toBe(user)
})

test('across a change of clocks, in any order of magnitude', () => {
  for (let days = 0; days < 400; days += 3) {
    const at = now + days * 86_400_000
    const handover = moved(four, five, at)
    if (!handover) continue
    const kept = startingAt(five, handover.keepTurn)
    expect(onCall(kept, at)).toMatchObject({ user: onCall(four, at)!.user, until: onCall(four, at)!.until })
  }
})

test('whoever is taken out loses the pager, and there is nothing to keep', () => {
  expect(moved(four, rota('mia noa pia'))).toMatchObject({ now: { from: 'oli' }, keepTurn: [] })
})

test('what changes nothing soon says nothing', () => {
  expect(moved(four, { ...four, displayName: 'Weekly' })).toBeUndefined()
  expect(moved(four, rota('mia noa oli pia', { end: '2040-01-01T00:00' }))).toBeUndefined()
})

test('an override hides a change of turns from the pager, not from the shifts', () => {
  const overrides = [{ user: 'zoe', from: now - 1, until: now + 3_600_000 }]
  const handover = handoverOf({ spec: four, overrides }, { spec: five, overrides }, now)!
  expect(handoverText(handover)).toMatch(/^on call now stays zoe; /)
  expect(handover.keepTurn).toEqual([{ layer: 'w', start: '2026-02-02T09:00' }])
})

test('nobody has a name too', () => {
  expect(handoverText(moved(four, { ...four, layers: [] })!)).toBe('on call now changes from oli to nobody; 6 of the next 6 shifts change')
  expect(handoverText(moved({ ...four, layers: [] }, rota('mia'))!)).toBe(
    'on call now changes from nobody to mia; 1 of the next 1 shift changes',
  )
})
