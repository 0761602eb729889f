import { expect, test } from 'vitest'
import { HERE_MS, newPresence } from './presence.ts'

test('who was heard of within a minute is here, whoever came first first; who falls silent is gone', () => {
  const presence = newPresence()
  presence.seen('inc_1', 'raj', false, 0)
  presence.seen('inc_1', 'ada', true, 20_000)
  presence.seen('inc_1', 'raj', true, 30_000)
  presence.seen('inc_2', 'lin', false, 30_000)
  expect(presence.here('inc_1', 40_000)).toEqual([
    { person: 'raj', since: 0, writing: true },
    { person: 'ada', since: 20_000, writing: true },
  ])
  expect(presence.here('inc_1', 20_000 + HERE_MS).map(({ person }) => person)).toEqual(['raj'])
  expect(presence.here('inc_3', 40_000)).toEqual([])
  presence.seen('inc_1', 'ada', false, 200_000)
  expect(presence.here('inc_1', 200_000)).toEqual([{ person: 'ada', since: 200_000, writing: false }])
})
