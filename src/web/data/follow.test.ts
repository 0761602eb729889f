import { QueryClient, QueryObserver } from '@tanstack/query-core'
import { expect, test } from 'vitest'
import { COUNTS_EVERY_MS, createFollower, EVERY_MS, SHOWS_NEXT } from './follow.ts'
import type { HeardEvent } from './heard-event.ts'

const NUMBERS = { a: '1', b: '2' }

/** A screen with its questions, each answered at once; time goes by as told. */
async function openScreen(questions: { key: unknown[]; answer: unknown; meta?: Record<string, unknown> }[], chance = 0) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 } } })
  let now = 0
  let planned: { at: number; run: () => void }[] = []
  const asked: string[] = []
  const ends = questions.map(({ key, answer, meta }) =>
    new QueryObserver(client, {
      queryKey: key,
      queryFn: () => {
        asked.push(key.join(' '))
        return answer
      },
      ...(meta && { meta }),
    }).subscribe(() => {}),
  )
  const answered = () => expect.poll(() => client.isFetching()).toBe(0)
  await answered()
  asked.length = 0
  const follower = createFollower(client, {
    now: () => now,
    later: (ms, run) => void planned.push({ at: now + ms, run }),
    chance: () => chance,
  })
  return {
    client,
    hear: (type: string, incidentId: string, data: HeardEvent['data'] = {}, seq = 2) =>
      follower.hear({ position: 1, seq, incidentId, type, data, actor: 'person:lin', happenedAt: 'then', recordedAt: 'then' }),
    asked: () => asked.splice(0).sort(),
    async pass(ms: number) {
      now += ms
      const due = planned.filter(({ at }) => at <= now)
      planned = planned.filter(({ at }) => at > now)
      for (const { run } of due) run()
      await answered()
    },
    close: () => {
      for (const end of ends) end()
      client.clear()
    },
  }
}

const row = (name: 'a' | 'b') => ({ id: `inc_${name}`, number: `INC-${NUMBERS[name]}`, status: 'detected', service: null, next: null })
const page = (name: 'a' | 'b') => [
  { key: ['incident', NUMBERS[name]], answer: row(name) },
  { key: ['incident', NUMBERS[name], 'timeline'], answer: [{ seq: 1 }] },
  { key: ['incident', NUMBERS[name], 'escalation'], answer: {} },
  { key: ['incident', NUMBERS[name], 'pages'], answer: [] },
]
const rail = { key: ['incidents', 'rail'], answer: { items: [row('a'), row('b')], next: null } }

test('an open incident asks nothing when something happens to another', async () => {
  const screen = await openScreen([...page('a'), rail])
  screen.hear('escalation.level-decided', 'inc_b')
  screen.hear('page.delivered', 'inc_b', { person: 'lin' })
  screen.hear('incident.acknowledged', 'inc_b', { via: 'web' })
  await screen.pass(60_000)
  expect(screen.asked()).toEqual([])
  expect(screen.client.getQueryData<{ items: object[] }>(['incidents', 'rail'])!.items[1]).toMatchObject({ status: 'acknowledged' })
  screen.close()
})

test('its own events show at once, and what they do not tell is asked for together, every two seconds at most', async () => {
  const screen = await openScreen(page('a'))
  screen.hear('page.delivered', 'inc_a', { person: 'lin' }, 2)
  expect(screen.client.getQueryData(['incident', '1', 'timeline'])).toHaveLength(2)
  screen.hear('page.delivered', 'inc_a', { person: 'lin' }, 3)
  await screen.pass(150)
  expect(screen.asked()).toEqual(['incident 1 escalation', 'incident 1 pages'])
  for (let seq = 4; seq < 40; seq++) screen.hear('page.delivered', 'inc_a', { person: 'lin' }, seq)
  await screen.pass(EVERY_MS - 10)
  expect(screen.asked()).toEqual([])
  await screen.pass(10)
  expect(screen.asked()).toEqual(['incident 1 escalation', 'incident 1 pages'])
  expect(screen.client.getQueryData(['incident', '1', 'timeline'])).toHaveLength(39)
  screen.close()
})

test('screens of the same incident do not all ask in the same moment', async () => {
  const [early, late] = [await openScreen(page('a'), 0), await openScreen(page('a'), 1)]
  for (const screen of [early, late]) {
    screen.hear('escalation.none', 'inc_a')
    await screen.pass(150)
  }
  expect(early.asked()).toHaveLength(1)
  expect(late.asked()).toHaveLength(0)
  await late.pass(500)
  expect(late.asked()).toHaveLength(1)
  early.close()
  late.close()
})

test('who is paged next is asked for by the screen that shows it; the others are told that it is old', async () => {
  const [list, other] = [await openScreen([{ ...rail, meta: SHOWS_NEXT }]), await openScreen([rail])]
  for (const screen of [list, other]) {
    screen.hear('escalation.level-decided', 'inc_b')
    await screen.pass(150)
  }
  expect(list.asked()).toEqual(['incidents rail'])
  expect(other.asked()).toEqual([])
  expect(other.client.getQueryState(['incidents', 'rail'])!.isInvalidated).toBe(true)
  // What is patched meanwhile is no newer for it.
  other.hear('incident.acknowledged', 'inc_b', { via: 'web' })
  expect(other.client.getQueryState(['incidents', 'rail'])!.isInvalidated).toBe(true)
  list.close()
  other.close()
})

test('what is being asked while something happens is asked once more', async () => {
  const screen = await openScreen([])
  let answer: (timeline: object[]) => void = () => {}
  const asking = () => new Promise<object[]>((resolve) => (answer = resolve))
  let times = 0
  const end = new QueryObserver(screen.client, {
    queryKey: ['incident', '1', 'timeline'],
    queryFn: () => {
      times += 1
      return times === 1 ? asking() : [{ seq: 1 }, { seq: 2 }]
    },
  }).subscribe(() => {})
  screen.hear('note.added', 'inc_a')
  const passing = screen.pass(150)
  answer([{ seq: 1 }])
  await passing
  expect(screen.client.getQueryData(['incident', '1', 'timeline'])).toHaveLength(1)
  await screen.pass(EVERY_MS)
  expect(screen.client.getQueryData(['incident', '1', 'timeline'])).toHaveLength(2)
  end()
  screen.close()
})

test('counts go by a slower beat', async () => {
  const screen = await openScreen([{ key: ['counts', 'open-alerts'], answer: 1 }])
  screen.hear('alert.joined', 'inc_a')
  await screen.pass(150)
  expect(screen.asked()).toHaveLength(1)
  screen.hear('alert.joined', 'inc_a')
  await screen.pass(COUNTS_EVERY_MS - 10)
  expect(screen.asked()).toHaveLength(0)
  await screen.pass(10)
  expect(screen.asked()).toHaveLength(1)
  screen.close()
})
