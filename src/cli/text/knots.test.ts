import { expect, test } from 'vitest'
import { entryKnot, gapKnot, knotOf } from './knots.ts'

const called = (name: string) => ({ raj: 'Raj Iyer', li: 'Li Wei', ada: 'Ada Lovelace' })[name] ?? name

function factOf(type: string, data: Record<string, unknown>, actor = 'system') {
  return { seq: 7, type, data, actor, happenedAt: '2026-10-20T01:11:50.000Z', recordedAt: '2026-10-20T01:31:50.000Z' }
}

function told(type: string, data: Record<string, unknown>, actor = 'system') {
  return knotOf(factOf(type, data, actor), called)
}

test('what people did is said with their name, and decided something', () => {
  expect(told('incident.acknowledged', { via: 'link' }, 'person:raj')).toEqual({
    at: Date.parse('2026-10-20T01:11:50Z'),
    mark: 'key',
    tone: 'done',
    text: 'Raj Iyer acknowledged from a page',
  })
  expect(told('note.added', { text: 'socket pool is full' }, 'person:li')).toMatchObject({
    mark: 'fact',
    text: 'Li Wei: “socket pool is full”',
  })
})

test('what did not work stands out', () => {
  expect(told('page.failed', { person: 'raj', contact: 'phone', answer: '502', nextAttemptAt: 5 })).toMatchObject({
    mark: 'failed',
    text: 'Raj Iyer’s phone failed. 502. It is tried again.',
  })
  expect(told('escalation.level-decided', { round: 0, level: 1, reason: 'opened', found: [], pages: [] })).toMatchObject({
    mark: 'failed',
    text: 'Level 1 found nobody, the next goes at once',
  })
})

test('an event of a newer server is told by its name', () => {
  expect(told('war-room.opened', {})).toMatchObject({ mark: 'fact', text: 'war room opened' })
})

test('an entry has its number, and says what was mended on it', () => {
  const view = { called, zone: 'Europe/Berlin', now: Date.parse('2026-10-20T01:40:00Z') }
  const mended = { by: 'person:raj', at: '2026-10-20T01:35:00.000Z' }
  const knot = entryKnot(
    {
      fact: factOf('note.added', { text: 'red in eu-1' }, 'person:li'),
      before: ['red'],
      typedLate: true,
      deleted: { ...mended, reason: 'too soon' },
    },
    view,
  )
  expect(knot).toMatchObject({
    label: '7',
    text: 'Li Wei: “red in eu-1” (typed 03:31 Berlin, 01:31 UTC) (edited, before: “red”) (deleted by Raj Iyer, too soon)',
  })
  const gone = { ...factOf('note.added', {}, 'person:li'), redacted: true as const }
  expect(entryKnot({ fact: gone, before: ['x'], typedLate: false, redacted: mended }, view).text).toBe(
    'Li Wei: What stood here was taken away (taken away by Raj Iyer)',
  )
})

test('where nothing is told of, how long that was', () => {
  expect(gapKnot({ from: '2026-10-20T01:00:00.000Z', until: '2026-10-20T01:11:42.000Z' }).text).toBe(
    '11 m 42 s in which no person, alert, change or update is told of',
  )
})
