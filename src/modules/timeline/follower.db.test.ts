import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../../../test/world/world.ts'
import type { Transaction } from '../../platform/db.ts'
import type { Entry, RecordedEvent } from './events.ts'
import { follower, placeKeptAs } from './follower.ts'
import { append } from './store.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const note = (tx: Transaction, incidentId: Entry['incidentId'], ...texts: string[]) =>
  append(
    tx,
    world.now(),
    texts.map((text) => ({ incidentId, happenedAt: world.now(), actor: 'person:ada', event: { type: 'note.added', data: { text } } })),
  )
const write = (incidentId: Entry['incidentId'], ...texts: string[]) => world.db.transaction((tx) => note(tx, incidentId, ...texts))
const textOf = ({ event }: RecordedEvent) => (event.type === 'note.added' ? event.data.text : event.type)

/** What a follower of this name has heard of these incidents, once it is committed; `fails` is asked before. */
function scribe(name: string, ids: string[], fails: () => boolean = () => false) {
  const heard: string[] = []
  const loop = follower({
    ...{ name, everyMs: 1000, place: placeKeptAs(world.db, name) },
    async take(tx, _now, events) {
      const texts = events.filter(({ incidentId }) => ids.includes(incidentId)).map(textOf)
      tx.afterCommit(() => heard.push(...texts))
      if (fails()) throw new Error('no ink')
    },
  })
  return {
    heard,
    tick: () => loop.tick(world.now()),
    /** Others on this database server may hold it back for a while. */
    async hearsUntil(count: number) {
      await expect
        .poll(async () => (await loop.tick(world.now())) + heard.length, { timeout: 15_000, interval: 5 })
        .toBeGreaterThanOrEqual(count)
      return heard
    },
  }
}

test('a follower hears in order what happens from its beginning on, and goes on where it stood after a restart', async () => {
  await write('inc_a', 'before')
  const first = scribe('first', ['inc_a'])
  await expect.poll(() => first.tick(), { timeout: 15_000, interval: 5 }).toBe(0)
  await write('inc_a', 'one', 'two')
  expect(await first.hearsUntil(2)).toEqual(['one', 'two'])
  await write('inc_a', 'three')
  expect(await scribe('first', ['inc_a']).hearsUntil(1)).toEqual(['three'])
  expect(await first.tick()).toBe(0)
})

test('what goes wrong is undone and taken again, as a whole', async () => {
  let fails = true
  const clumsy = scribe('clumsy', ['inc_b'], () => fails)
  await clumsy.tick()
  await write('inc_b', 'one', 'two')
  await expect.poll(() => clumsy.tick().then(String, (error: Error) => error.message), { timeout: 15_000, interval: 5 }).toBe('no ink')
  expect(clumsy.heard).toEqual([])
  fails = false
  expect(await clumsy.hearsUntil(2)).toEqual(['one', 'two'])
})

test('what was begun earlier and is still under way is waited for, and not skipped', async () => {
  const patient = scribe('patient', ['inc_c', 'inc_d'])
  await patient.tick()
  let commit = () => {}
  const mayCommit = new Promise<void>((resolve) => {
    commit = resolve
  })
  let begun = () => {}
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve
  })
  const slow = world.db.transaction(async (tx) => {
    await note(tx, 'inc_c', 'slow')
    await tx.sql`select 1`
    begun()
    await mayCommit
  })
  await hasBegun
  await write('inc_d', 'quick')
  await patient.tick()
  expect(patient.heard).toEqual([])
  commit()
  await slow
  expect((await patient.hearsUntil(2)).toSorted()).toEqual(['quick', 'slow'])
})

test('of several nodes one takes what there is, and each event is taken once', async () => {
  const [one, two] = [scribe('shared', ['inc_e']), scribe('shared', ['inc_e'])]
  await Promise.all([one.tick(), two.tick()])
  for (let i = 0; i < 20; i++) {
    await write('inc_e', `${i}`)
    await Promise.all([one.tick(), two.tick()])
  }
  await expect
    .poll(async () => (await Promise.all([one.tick(), two.tick()])) && one.heard.length + two.heard.length, {
      timeout: 15_000,
      interval: 5,
    })
    .toBe(20)
  expect([...one.heard, ...two.heard].map(Number).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i))
})
