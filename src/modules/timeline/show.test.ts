import { expect, test } from 'vitest'
import { EVENT_TYPES } from './events.ts'
import { SHOWS, typesShown } from './show.ts'

test('every event is seen under one thing, and key moments beside it', () => {
  const others = SHOWS.filter((show) => show !== 'key')
  for (const type of EVENT_TYPES) expect([type, others.filter((show) => typesShown([show]).includes(type)).length]).toEqual([type, 1])
  expect(typesShown(['key'])).toEqual(expect.arrayContaining(['incident.opened', 'incident.resolved', 'update.posted']))
  expect(typesShown(['key'])).not.toContain('note.added')
  expect(typesShown(['alerts', 'chat'])).toEqual([
    'alert.joined',
    'alert.moved-here',
    'alert.moved-away',
    'alert.ended',
    'alert.acknowledged-by-source',
    'room.step',
    'chat.captured',
  ])
})
