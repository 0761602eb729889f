import fc from 'fast-check'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { sized } from '../../test/attack/size.ts'
import { HOUR, MINUTE, SECOND } from '../kernel/time.ts'
import { createDatabaseClock, type DatabaseClock } from './clock.ts'
import type { Sql } from './db.ts'

const START = Date.parse('2026-11-20T03:11:00Z')
const log = pino({ level: 'silent' })

/** Real time, a database whose clock somebody sets, and nodes that look at it every five seconds, each at moments of its own. */
function company(count: number) {
  let real = 0
  let offset = 0
  let row: Record<string, unknown> | undefined
  const sql = (async (text: TemplateStringsArray, ...values: unknown[]) => {
    if (!text[0]!.includes('insert into platform_clock'))
      return [{ now: START + real + offset, ...(row ?? { version: null, database_at: null, jumped_at: null }) }]
    const [databaseAt, aheadMs, node, jumpedAt, jumpedByMs, version] = values
    if (row !== undefined && row['version'] !== version) return []
    row = {
      version: row === undefined ? 0 : (row['version'] as number) + 1,
      ...{ database_at: databaseAt, ahead_ms: aheadMs, node, jumped_at: jumpedAt, jumped_by_ms: jumpedByMs },
    }
    return [{ version: row['version'] }]
  }) as Sql
  const nodes = Array.from({ length: count }, (_, i) => startNode(i, 0))

  function startNode(i: number, life: number) {
    // `stood` is what a stopped machine's own clocks do not count, `slept` what only some of them do.
    const node = {
      i,
      life,
      stood: 0,
      slept: 0,
      stopped: false,
      next: real + (5 * SECOND * i) / count,
      clock: {} as DatabaseClock,
      latest: 0,
    }
    node.clock = createDatabaseClock({
      ...{ db: { sql }, node: `node-${i}-${life}`, log },
      monotonic: () => real - node.stood - node.slept,
      uptime: () => 7 * HOUR + real - node.stood,
    })
    return node
  }

  return {
    nodes,
    real: () => real,
    offset: () => offset,
    set(by: number) {
      offset += by
    },
    begin: async () => {
      for (const node of nodes) await node.clock.measure()
    },
    async pass(ms: number, look: () => void = () => {}, everyMs = 5 * SECOND) {
      const end = real + ms
      while (real < end) {
        const step = Math.min(SECOND / 2, end - real)
        real += everyMs > 5 * SECOND ? Math.min(everyMs, end - real) : step
        for (const node of nodes) {
          if (node.stopped || node.next > real) continue
          node.next = real + everyMs
          await node.clock.measure()
        }
        look()
      }
    },
    async restart(i: number) {
      nodes[i] = startNode(i, nodes[i]!.life + 1)
      await nodes[i]!.clock.measure()
      return nodes[i]!
    },
    /** Every node's machine stands, or sleeps, at once. */
    standStill(ms: number, which: number[], kind: 'stood' | 'slept') {
      for (const i of which) nodes[i]![kind] += ms
    },
  }
}

const jump = fc.record({
  kind: fc.constant('jump' as const),
  byMs: fc.oneof(fc.integer({ min: -2 * HOUR, max: 2 * HOUR }), fc.integer({ min: -9000, max: 9000 })),
})
const pass = fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 40 * SECOND }) })
const restart = fc.record({ kind: fc.constant('restart' as const), node: fc.nat(2) })

test('however the database’s clock jumps: time never runs back, never leaps, never stands for longer than seconds, is one for all nodes', async () => {
  const story = fc.array(fc.oneof({ weight: 3, arbitrary: pass }, { weight: 2, arbitrary: jump }, { weight: 1, arbitrary: restart }), {
    maxLength: 25,
  })
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 3 }), story, async (count, steps) => {
      const all = company(count)
      await all.begin()
      const seen: { real: number; nows: number[] }[] = []
      const look = () => {
        const nows = all.nodes.map(({ clock }) => clock.now())
        for (const [i, now] of nows.entries()) {
          expect(now, 'never back').toBeGreaterThanOrEqual(seen.at(-1)?.nows[i] ?? 0)
          const before = seen.findLast((one) => one.real <= all.real() - 10 * SECOND)
          if (!before) continue
          const real = all.real() - before.real
          const went = now - before.nows[i]!
          // Differences below two seconds are followed at each look; a jump moves nothing.
          expect(went, 'not standing').toBeGreaterThanOrEqual(0.9 * real - 3 * 2000 - 500)
          expect(went, 'not leaping').toBeLessThanOrEqual(1.1 * real + 7000 + 3 * 2000 + 500)
        }
        expect(Math.max(...nows) - Math.min(...nows), 'apart').toBeLessThanOrEqual(9000)
        seen.push({ real: all.real(), nows })
      }
      for (const step of steps) {
        if (step.kind === 'jump') all.set(step.byMs)
        else if (step.kind === 'pass') await all.pass(step.ms, look)
        else if (step.node < count) {
          // A start tells a jump from an absence only once one node has looked.
          await all.pass(5 * SECOND, look)
          const before = all.nodes[step.node]!.clock.now()
          // What the old process had not told anybody yet is lost with it.
          expect((await all.restart(step.node)).clock.now()).toBeGreaterThanOrEqual(before - 7 * SECOND)
          seen.length = 0
        }
        look()
      }
    }),
    { numRuns: sized(300, 3000) },
  )
})

test.each([HOUR, -HOUR])(
  'an hour (%s ms) and back seven seconds later is as if nothing had been, but for the trouble told',
  async (byMs) => {
    const all = company(2)
    await all.begin()
    await all.pass(20 * SECOND)
    const looks: number[] = []
    const look = () => {
      for (const { clock } of all.nodes) looks.push(Math.abs(clock.now() - (START + all.real())))
    }
    all.set(byMs)
    await all.pass(7 * SECOND, look)
    expect(all.nodes[0]!.clock.trouble!()).toMatch(
      byMs > 0
        ? /^the database’s clock jumped by \+3600 s at 2026-11-20T03:11:2.* and is 3[56]\d\d s ahead of our time, .*NTP$/
        : /^the database’s clock jumped by −3600 s .* behind our time, .*NTP$/,
    )
    all.set(-byMs)
    await all.pass(MINUTE, look)
    expect(Math.max(...looks)).toBeLessThanOrEqual(2000)
    for (const { clock } of all.nodes) expect(clock.trouble!()).toMatch(/; nothing was sent early or held up, and it is back where it was$/)
    await all.pass(15 * MINUTE)
    for (const { clock } of all.nodes) expect(clock.trouble!()).toBeNull()
  },
)

test.each([40 * MINUTE, -40 * MINUTE])(
  'a clock that stays where it was set (%s ms) is followed by a tenth, and is the time again',
  async (byMs) => {
    const all = company(2)
    await all.begin()
    all.set(byMs)
    await all.pass(MINUTE)
    const [one] = all.nodes
    const before = one!.clock.now()
    await all.pass(MINUTE)
    expect(one!.clock.now() - before).toBeCloseTo(byMs > 0 ? 66_000 : 54_000, -3)
    await all.pass(8 * HOUR, undefined, MINUTE)
    for (const { clock } of all.nodes) {
      expect(Math.abs(clock.now() - (START + all.real() + byMs))).toBeLessThanOrEqual(2)
      expect(clock.trouble!()).toBeNull()
    }
  },
)

test('a node that stood still while others went on is theirs again at its next look, and moves none of them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 3 * HOUR }), async (ms) => {
      const all = company(3)
      await all.begin()
      await all.pass(11 * SECOND)
      all.nodes[0]!.stopped = true
      await all.pass(Math.min(ms, MINUTE))
      const others = all.nodes.slice(1).map(({ clock }) => clock.now() - all.real())
      all.standStill(Math.min(ms, MINUTE), [0], 'stood')
      all.nodes[0]!.stopped = false
      await all.pass(11 * SECOND)
      expect(all.nodes.slice(1).map(({ clock }) => clock.now() - all.real())).toEqual(others)
      expect(Math.abs(all.nodes[0]!.clock.now() - all.nodes[1]!.clock.now())).toBeLessThanOrEqual(2000)
      expect(all.nodes[0]!.clock.trouble!()).toBeNull()
    }),
    { numRuns: sized(30, 1000) },
  )
})

test('a machine that slept, database and all, has the time of day when it wakes, and no clock is blamed', async () => {
  const all = company(1)
  await all.begin()
  await all.pass(11 * SECOND)
  all.nodes[0]!.stopped = true
  await all.pass(8 * HOUR, undefined, HOUR)
  all.standStill(8 * HOUR, [0], 'slept')
  all.nodes[0]!.stopped = false
  await all.pass(6 * SECOND)
  expect(all.nodes[0]!.clock.now()).toBe(START + all.real())
  expect(all.nodes[0]!.clock.trouble!()).toBeNull()
})

test('a start finds time where nodes left it, though the database’s clock is an hour behind by then', async () => {
  const all = company(1)
  await all.begin()
  await all.pass(11 * SECOND)
  const before = all.nodes[0]!.clock.now()
  all.set(-HOUR)
  const { clock } = await all.restart(0)
  expect(clock.now()).toBeGreaterThanOrEqual(before - 5 * SECOND)
  expect(clock.trouble!()).toMatch(/jumped by −3[56]\d\d s/)
})

test('a database set right while nobody ran is believed at once', async () => {
  const all = company(1)
  await all.begin()
  await all.pass(11 * SECOND)
  all.set(HOUR)
  await all.pass(11 * SECOND)
  all.nodes[0]!.stopped = true
  await all.pass(2 * MINUTE)
  const { clock } = await all.restart(0)
  expect(clock.now()).toBe(START + all.real() + HOUR)
})
