import { describe, expect, test } from 'vitest'
import type { TimelineEvent } from '../timeline/index.ts'
import { type IncidentStatus, mayAcknowledge, mayEscalate, numberText, parseNumber, stageOf, statusAfter } from './incident.ts'

const incident = (status: IncidentStatus, policy: string | null = 'payments') => ({ status, number: 142, resolvedBy: 'ada', policy })

test('a number is said INC-142, and understood however it is typed', () => {
  expect(numberText(142)).toBe('INC-142')
  for (const text of ['INC-142', 'inc-142', '142']) expect(parseNumber(text)).toBe(142)
  for (const text of ['', 'INC-', 'INC-1x', 'inc_142', '-142', '1.5', '1e3', '1'.repeat(16), ' 142'])
    expect(parseNumber(text)).toBeUndefined()
})

test('an acknowledgement counts once, and what is resolved needs none', () => {
  expect(mayAcknowledge(incident('detected'))).toBe('yes')
  expect(mayAcknowledge(incident('acknowledged'))).toBe('already')
  expect(mayAcknowledge(incident('resolved'))).toMatchObject({ refusal: 'already-resolved' })
})

test('escalating takes an open incident and a policy', () => {
  expect(mayEscalate(incident('detected'))).toBe('yes')
  expect(mayEscalate(incident('acknowledged'))).toBe('yes')
  expect(mayEscalate(incident('resolved'))).toMatchObject({ refusal: 'already-resolved' })
  expect(mayEscalate(incident('detected', null))).toMatchObject({ refusal: 'no-policy' })
})

test('a drill is a drill, but among demo people it stays in the demo', () => {
  expect(stageOf({ demo: false, origin: 'alert' })).toBe('real')
  expect(stageOf({ demo: false, origin: 'person' })).toBe('real')
  expect(stageOf({ demo: false, origin: 'drill' })).toBe('drill')
  expect(stageOf({ demo: true, origin: 'drill' })).toBe('demo')
  expect(stageOf({ demo: true, origin: 'alert' })).toBe('demo')
})

describe('the status is the fold of the events', () => {
  const cases: [types: TimelineEvent['type'][], status: IncidentStatus | null][] = [
    [[], null],
    [['incident.opened'], 'detected'],
    [['incident.opened', 'escalation.level-decided', 'page.delivered'], 'detected'],
    [['incident.opened', 'incident.acknowledged', 'alert.joined', 'note.added'], 'acknowledged'],
    [['incident.opened', 'incident.acknowledged', 'incident.unacknowledged'], 'detected'],
    [['incident.opened', 'incident.acknowledged', 'incident.resolved', 'escalation.stopped', 'page.failed'], 'resolved'],
  ]
  test.each(cases)('%j', (types, status) => {
    const events = types.map((type) => ({ type, data: {} }) as TimelineEvent)
    expect(events.reduce<IncidentStatus | null>(statusAfter, null)).toBe(status)
  })
})
