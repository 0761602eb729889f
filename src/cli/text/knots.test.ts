import { expect, test } from 'vitest'
import { knotOf, nameOf } from './knots.ts'

function told(type: string, data: Record<string, unknown>, actor = 'system') {
  return knotOf({ type, data, actor, happenedAt: '2026-10-20T01:11:50.000Z' })
}

test('what people did is said with their name, and decided something', () => {
  expect(told('incident.acknowledged', { via: 'link' }, 'person:raj')).toMatchObject({
    mark: 'key',
    tone: 'done',
    text: 'raj acknowledged from a page',
  })
  expect(told('note.added', { text: 'socket pool is full' }, 'person:li')).toMatchObject({
    mark: 'fact',
    text: 'li: “socket pool is full”',
  })
  expect(told('incident.resolved', { reason: 'by-hand', alertsEnded: 2 }, 'token:deploy bot').text).toBe(
    '‹deploy bot› resolved it, 2 alerts ended with it',
  )
})

test('what did not work stands out', () => {
  expect(told('page.failed', { person: 'raj', contact: 'phone', answer: '502', nextAttemptAt: 5 })).toMatchObject({
    mark: 'failed',
    text: 'raj’s phone failed: 502, tried again',
  })
  expect(
    told('escalation.level-decided', {
      round: 0,
      level: 1,
      reason: 'opened',
      found: [{ target: { schedule: 's' }, absent: 'nobody-on-call' }],
      pages: [],
    }),
  ).toMatchObject({
    mark: 'failed',
    text: 'level 1 led to nobody, the next goes at once',
  })
})

test('a level names whom it reached, once', () => {
  const found = [
    { target: { person: 'raj' }, person: 'raj' },
    { target: { team: 't' }, person: 'raj' },
    { target: { team: 't' }, person: 'li' },
  ]
  expect(told('escalation.level-decided', { round: 1, level: 2, reason: 'opened', found, pages: [{}] }).text).toBe(
    'level 2, round 2: raj, li',
  )
  expect(told('escalation.level-decided', { round: 2, reason: 'opened', found, pages: [{}] }).text).toBe('catch-all, round 3: raj, li')
})

test('an event of a newer server is told by its name', () => {
  expect(told('war-room.opened', {})).toMatchObject({ mark: 'fact', text: 'war room opened' })
})

test('actors are called what they are', () => {
  expect(['person:ada', 'integration:prometheus', 'token:admin token', 'system'].map(nameOf)).toEqual([
    'ada',
    'the integration prometheus',
    '‹admin token›',
    'Tocsin',
  ])
})
