import { QueryClient, QueryObserver } from '@tanstack/query-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createFollower } from '../../src/web/data/follow.ts'
import type { HeardEvent } from '../../src/web/data/heard-event.ts'
import { type Listener, listenTo } from '../world/listener.ts'
import { type Incident, type Stage, setStage } from '../world/stage.ts'

let stage: Stage
const open: Watcher[] = []

beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'lin', 'kim'], stepSeconds: 1 })
})
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})
afterAll(() => stage.close())

const WATCHERS = 50

/** The page of an incident, as it is open in a browser: its stream, what it asked for, and what it asks for again. */
interface Watcher {
  listener: Listener
  events(): HeardEvent[]
  /** Takes what it heard since, and asks what is then due. */
  read(): Promise<void>
  asked(): string[]
  shown(part?: string): unknown
  close(): Promise<void>
}

async function watch({ id, number }: Incident): Promise<Watcher> {
  const { api } = stage.world
  const listener = await listenTo(stage.world, {}, '?form=brief')
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } })
  const asked: string[] = []
  const params = { id: number }
  const name = number.replace(/\D+/, '')
  const questions: [string[], () => Promise<unknown>][] = [
    [['incident', name], () => api.getIncident({ params })],
    [['incident', name, 'escalation'], () => api.getEscalation({ params })],
    [['incident', name, 'timeline'], async () => (await api.getTimeline({ params, query: { limit: 200 } })).items],
    [['incident', name, 'pages'], async () => (await api.getPages({ params, query: { limit: 200 } })).items],
    [['incident', name, 'alerts'], () => api.listAlerts({ query: { incident: id, limit: 200 } })],
    [['incidents', 'rail'], () => api.listIncidents({ query: { status: ['open'], limit: 200 } })],
  ]
  const ends = questions.map(([queryKey, ask]) => {
    const queryFn = () => {
      asked.push(queryKey.join(' '))
      return ask()
    }
    return new QueryObserver(client, { queryKey, queryFn }).subscribe(() => {})
  })
  const answered = () => expect.poll(() => client.isFetching(), { timeout: 30_000 }).toBe(0)
  await answered()
  asked.length = 0
  let due: (() => void)[] = []
  const follower = createFollower(client, { now: () => stage.world.now(), later: (_, run) => void due.push(run), chance: () => 0 })
  const events = () => [...listener.heard().matchAll(/^data: (\{"position".*)$/gm)].map(([, text]) => JSON.parse(text!) as HeardEvent)
  let taken = 0
  const watcher: Watcher = {
    listener,
    events,
    async read() {
      for (const event of events().slice(taken)) follower.hear(event)
      taken = events().length
      const rounds = due
      due = []
      for (const go of rounds) go()
      await answered()
    },
    asked: () => asked.splice(0).sort(),
    shown: (part) => client.getQueryData(['incident', name, ...(part === undefined ? [] : [part])]),
    async close() {
      for (const end of ends) end()
      client.clear()
      await listener.leave()
    },
  }
  open.push(watcher)
  return watcher
}

async function watchAll(incident: Incident, count: number): Promise<Watcher[]> {
  return Promise.all(Array.from({ length: count }, () => watch(incident)))
}

const types = (watcher: Watcher) => watcher.events().map(({ type }) => type)
const heard = (watchers: Watcher[], type: string) => watchers.every((one) => types(one).includes(type))
const bytesOf = (text: string) => Buffer.byteLength(text)

/** The pieces of the stream that tell an event, as they were sent. */
const piecesOf = (watcher: Watcher) =>
  watcher.listener
    .heard()
    .split('\n\n')
    .filter((piece) => piece.startsWith('id: '))

test('fifty who watch one incident cost nothing when something happens to another', async () => {
  const [a, b] = [(await stage.alarm({ dedup_key: 'a', title: 'A' }))!, (await stage.alarm({ dedup_key: 'b', title: 'B' }))!]
  await stage.world.settle()
  const watchers = await watchAll(a, WATCHERS)
  const { api, db, app } = stage.world

  await api.addNote({ params: { id: b.id }, body: { text: 'Rolled back.' } })
  await api.acknowledgeIncident({ params: { id: b.id }, body: { via: 'web' } })
  await watchers[0]!.listener.until(() => heard(watchers, 'incident.acknowledged'))
  for (const one of watchers) await one.read()
  expect(watchers.flatMap((one) => one.asked())).toEqual([])
  for (const one of watchers) for (const piece of piecesOf(one)) expect(bytesOf(`${piece}\n\n`), piece).toBeLessThanOrEqual(1000)

  // Telling what happened is one look at the timeline, for one listener and for fifty.
  const telling = async (text: string) => {
    await api.addNote({ params: { id: b.id }, body: { text } })
    await stage.world.pass({ seconds: 2 })
    const before = db.statements()
    await app.engine.settle(['live'])
    return db.statements() - before
  }
  const many = await telling('For fifty.')
  for (const one of open.splice(1)) await one.close()
  expect(await telling('For one.')).toBe(many)
  await stage.curtain()
})

test('those who watch it see it at once, and ask for what it does not tell alone', async () => {
  const b = (await stage.alarm({ dedup_key: 'b', title: 'B' }))!
  await stage.world.settle()
  const watchers = await watchAll(b, 2)
  const { api } = stage.world
  const hearing = async (type: string) => {
    await watchers[0]!.listener.until(() => heard(watchers, type))
    for (const one of watchers) await one.read()
    return watchers.map((one) => one.asked())
  }
  const number = b.number.replace(/\D+/, '')

  await api.addNote({ params: { id: b.id }, body: { text: 'Rolled back.' } })
  expect(await hearing('note.added')).toEqual([[], []])

  await api.acknowledgeIncident({ params: { id: b.id }, body: { via: 'web' } })
  const again = [`incident ${number}`, ...['alerts', 'escalation', 'pages'].map((part) => `incident ${number} ${part}`)]
  expect(await hearing('escalation.stopped')).toEqual([again, again])
  for (const one of watchers) {
    expect(one.shown()).toEqual(await stage.incident(b.id))
    expect(one.shown('timeline')).toEqual(await stage.timeline(b.id))
  }

  await api.changeIncident({ params: { id: b.id }, body: { title: 'Card payments fail', severity: 3 } })
  await hearing('incident.severity-changed')
  await api.resolveIncident({ params: { id: b.id }, body: {} })
  await hearing('incident.resolved')
  for (const one of watchers) {
    expect(one.shown()).toEqual(await stage.incident(b.id))
    expect(one.shown('timeline')).toEqual(await stage.timeline(b.id))
  }
  await stage.curtain()
})

test('what is too long for a stream is told without its words, and asked for by those who show it', async () => {
  const [a, b] = [(await stage.alarm({ dedup_key: 'a', title: 'A' }))!, (await stage.alarm({ dedup_key: 'b', title: 'B' }))!]
  await stage.world.settle()
  const [of, other] = [await watch(b), await watch(a)]
  const whole = await listenTo(stage.world)
  const text = 'ü'.repeat(3000)
  await stage.world.api.addNote({ params: { id: b.id }, body: { text } })
  await whole.until(() => heard([of, other], 'note.added') && whole.heard().includes(text))
  expect(of.events().find(({ type }) => type === 'note.added')?.data).toBeNull()
  for (const piece of piecesOf(of)) expect(bytesOf(`${piece}\n\n`)).toBeLessThanOrEqual(1000)
  await of.read()
  await other.read()
  expect(of.asked()).toEqual([`incident ${b.number.replace(/\D+/, '')} timeline`])
  expect(of.shown('timeline')).toEqual(await stage.timeline(b.id))
  expect(other.asked()).toEqual([])
  await whole.leave()
  await stage.curtain()
})
