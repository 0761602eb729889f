import { describe, expect, test } from 'vitest'
import type { TimelineEvent } from '../timeline/index.ts'
import { isOpen, STATUSES, type Standing, standingAfter, toldStatus } from './status.ts'

const fold = (before: Standing | null, ...types: TimelineEvent['type'][]) =>
  types.map((type) => ({ type, data: {} }) as TimelineEvent).reduce(standingAfter, before)

describe('status and held are the fold of the events', () => {
  test.each([
    [[], null],
    [['incident.opened'], 'detected'],
    [['incident.opened', 'escalation.level-decided', 'page.delivered'], 'detected'],
    [['incident.opened', 'incident.acknowledged', 'alert.joined', 'note.added'], 'acknowledged'],
    [['incident.opened', 'incident.acknowledged', 'incident.unacknowledged'], 'detected'],
    [['incident.opened', 'incident.acknowledged', 'incident.resolved', 'escalation.stopped', 'page.failed'], 'resolved'],
  ] as [TimelineEvent['type'][], Standing['status'] | null][])('%j', (types, status) => {
    expect(fold(null, ...types)).toEqual(status && { status, held: status === 'acknowledged' })
  })

  test('work that has gone further stays where it is, whoever has it', () => {
    const [held, letGo] = [
      { status: 'mitigating', held: true },
      { status: 'mitigating', held: false },
    ] as const
    expect(fold(held, 'incident.unacknowledged')).toEqual(letGo)
    expect(fold(letGo, 'incident.acknowledged')).toEqual(held)
  })
})

test('a status that a newer version sets is told in a word of this one', () => {
  expect(STATUSES.map((status) => [status, toldStatus({ status, held: false }), toldStatus({ status, held: true })].join(' '))).toEqual([
    ...STATUSES.filter((status) => isOpen({ status })).map((status) => `${status} detected acknowledged`),
    ...['resolved', 'closed', 'cancelled', 'merged'].map((status) => `${status} resolved resolved`),
  ])
})
