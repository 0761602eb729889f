import { expect, test } from 'vitest'
import { eventReader } from './events.ts'

test('events are read whatever pieces they arrive in', () => {
  const reader = eventReader()
  const text =
    'retry: 2000\n\n: 1795\n\nid: 7-1\nevent: incident.acknowledged\ndata: {"incidentId":"inc_1"}\n\nid: 7-2\nevent: note.added\ndata: {}\n\n'
  const found = [...text].flatMap((letter) => reader.read(letter))
  expect(found).toEqual([
    { type: 'incident.acknowledged', data: '{"incidentId":"inc_1"}' },
    { type: 'note.added', data: '{}' },
  ])
  expect(reader.lastId()).toBe('7-2')
})

test('an event that is not complete waits', () => {
  const reader = eventReader()
  expect(reader.read('event: note.added\ndata: {}\n')).toEqual([])
  expect(reader.read('\n')).toEqual([{ type: 'note.added', data: '{}' }])
})
