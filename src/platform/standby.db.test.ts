import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../../test/world/world.ts'
import { lacksStandby, refuseAlone, standbyWatch } from './standby.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

test('whoever says that there is a synchronous standby is told at the start when there is none, and while it runs', async () => {
  const lack = 'the database has no synchronous standby (synchronous_standby_names is empty)'
  await expect(refuseAlone(world.db.sql)).rejects.toThrow(
    `TOCSIN_SYNCHRONOUS_STANDBY asks that every commit is on a second machine: ${lack}; mend it on the primary, or leave the setting out.`,
  )
  const watch = standbyWatch(world.db)
  expect(watch.warnings()).toEqual([])
  await watch.loops[0]!.tick()
  expect(watch.warnings()).toEqual([`what is acknowledged is on one machine only: ${lack}`])
})

test('a standby is one that commits wait for', () => {
  expect(lacksStandby({ names: 'ANY 1 (a, b)', commit: 'on' })).toBeNull()
  expect(lacksStandby({ names: 'a', commit: 'remote_apply' })).toBeNull()
  expect(lacksStandby({ names: ' ', commit: 'on' })).toContain('no synchronous standby')
  expect(lacksStandby({ names: 'a', commit: 'local' })).toContain('does not wait')
})
