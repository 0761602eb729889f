import { type Actor, nameOf } from '../../kernel/actor.ts'
import { parseDuration } from '../../kernel/duration.ts'
import { isRefusal } from '../../kernel/result.ts'
import { type Clock, DAY, HOUR, type Instant, MINUTE } from '../../kernel/time.ts'
import type { Caller } from '../../platform/contract.ts'
import type { Database, Transaction } from '../../platform/db.ts'
import { ANONYMOUS, type RawRoute } from '../../platform/http.ts'
import {
  addTask,
  type CommandParts,
  changeTask,
  declare as declareIncident,
  giveRole,
  openPoll,
  postUpdate,
  readTasks,
  transit,
} from '../command/index.ts'
import type { Documents, Snapshot } from '../documents/index.ts'
import { escalationLoop } from '../escalation/index.ts'
import {
  acknowledge,
  addNote,
  changeIncident,
  escalate,
  type Incident,
  mayAcknowledge,
  mayResolve,
  readNewestIncidents,
  resolve,
} from '../incidents/index.ts'
import { type AlertSource, alertDoors, type Inbox, type ReadBody } from '../intake/index.ts'
import { readTimeline } from '../timeline/index.ts'
import { type Ending, requestsFor, type Sent } from './bodies.ts'
import { lastTime } from './calendar.ts'
import { chance } from './chance.ts'
import { INTEGRATIONS } from './company.ts'
import { DAY_STORY, DAY_TURN_MINUTES, type DayEpisode, type Deed, MONTH, type Told } from './story.ts'

/** What the company's people and machines act through. */
export interface DemoWorld {
  db: Database
  documents: Documents
  incidents: CommandParts
  inbox: Inbox
  sources: AlertSource[]
  read: ReadBody
  clock: Clock
  /** The key of an integration. */
  keyOf(integration: string): string
}

/** A product of its own over the same database, whose time the player moves. Nothing it does leaves the screen. */
export interface PastWorld extends DemoWorld {
  /** Never backwards. */
  moveTo(at: Instant): void
  /** Lets loops do everything that is due at the moment the clock shows. */
  settle(loops: string[]): Promise<void>
  /** When the next page falls due. */
  nextPageAt(): Promise<Instant | null>
}

/** Lets the company live through its last month by the product's own actions, up to what is under way now. */
export async function playMonth(world: PastWorld, now: Instant): Promise<void> {
  const doors = doorsOf(world)
  const nextStepAt = escalationLoop(world.db, world.incidents).nextAt!
  for (const { at, play } of scenesOf(now)) {
    await passUntil(at)
    const stirred = await play(world, doors)
    if (stirred.length > 0) await world.settle(stirred)
  }
  await passUntil(now)

  async function passUntil(end: Instant): Promise<void> {
    for (;;) {
      const due = [await nextStepAt(), await world.nextPageAt()].filter((at) => at !== null && at <= end) as Instant[]
      if (due.length === 0) break
      world.moveTo(Math.min(...due))
      await world.settle(['escalation', 'paging'])
    }
    world.moveTo(end)
  }
}

export function doorsOf(world: DemoWorld): RawRoute[] {
  return alertDoors({ ...world, unknownKey: () => {}, refused: () => {} }).routes
}

export interface Scene {
  at: Instant
  /** Answers the loops that have something to do now: asking all of them each time takes longer than all the rest. */
  play(world: DemoWorld, doors: RawRoute[]): Promise<string[]>
}

/** How far back the day's turns reach when the demo begins; the month ends some hours before, so that they never mix. */
const DAY_BEFORE_MS = 7 * HOUR

/** Everything that is done in the month and on its last day, in order. */
function scenesOf(now: Instant): Scene[] {
  const next = chance(4_400)
  const past = MONTH.flatMap(({ service, deeds, ...episode }) => {
    const at = lastTime(now - DAY_BEFORE_MS - 4 * HOUR - episode.weeksAgo * 7 * DAY, episode.day, episode.time)
    return scenesIn({ service, deeds }, at + Math.floor(next() * MINUTE))
  })
  return [...past, ...dayScenes(now, now - DAY_BEFORE_MS, now)].sort((a, b) => a.at - b.at)
}

/** What happens in a piece of the day, in order: from when on, and until and with when. */
export function dayScenes(beganAt: Instant, from: Instant, until: Instant): Scene[] {
  return episodesAround(beganAt, from, until)
    .flatMap(({ episode, startsAt }) => scenesIn(episode, startsAt))
    .filter(({ at }) => at > from && at <= until)
    .sort((a, b) => a.at - b.at)
}

/** What should be under way at a moment, as far as it has come: for whoever was away until then. */
export function scenesUnderWay(beganAt: Instant, now: Instant): Scene[] {
  return episodesAround(beganAt, now, now)
    .filter(({ startsAt, endsAt }) => startsAt <= now && now < endsAt)
    .flatMap(({ episode, startsAt }) => scenesIn(episode, startsAt))
    .filter(({ at }) => at <= now)
    .sort((a, b) => a.at - b.at)
}

/** Episodes that begin no earlier than a day's reach before `from`: whole ones only, or somebody would act on what never was. */
function episodesAround(beganAt: Instant, from: Instant, until: Instant): { episode: DayEpisode; startsAt: Instant; endsAt: Instant }[] {
  const turnMs = DAY_TURN_MINUTES * MINUTE
  const [first, last] = [Math.floor((from - beganAt) / turnMs) - 1, Math.ceil((until - beganAt) / turnMs) + 1]
  const earliest = beganAt - DAY_BEFORE_MS
  return Array.from({ length: last - first + 1 }, (_, i) => first + i).flatMap((turn) =>
    DAY_STORY.map((episode) => {
      const startsAt = beganAt + turn * turnMs + episode.fromMinutes * MINUTE
      return { episode, startsAt, endsAt: startsAt + parseDuration(episode.deeds.at(-1)![0])! }
    }).filter(({ startsAt }) => startsAt > earliest),
  )
}

/** The scenes of an episode from a moment on, at the pace asked for. */
export function scenesIn({ service, deeds }: Pick<DayEpisode, 'service' | 'deeds'>, start: Instant, pace = 1): Scene[] {
  return deeds.map(([after, deed], place) => ({
    at: start + Math.round(parseDuration(after)! / pace),
    play: (world, doors) => carryOut(world, doors, { service, start, told: toldBefore(deeds.slice(0, place), start) }, deed),
  }))
}

/** What the source has told and not ended, by what was done before: nobody need have been there. */
function toldBefore(deeds: DayEpisode['deeds'], start: Instant): Setting['told'] {
  const told: Setting['told'] = new Map()
  for (const [after, deed] of deeds) {
    if (deed.kind === 'tell')
      for (const what of deed.told)
        told.set(keyOfTold(what), { what, since: told.get(keyOfTold(what))?.since ?? start + parseDuration(after)! })
    if (deed.kind === 'end') for (const [key, { what }] of told) if (deed.name === undefined || what.name === deed.name) told.delete(key)
  }
  return told
}

/** What a deed is about. */
interface Setting {
  service: string
  start: Instant
  /** What the source has told and not ended. */
  told: Map<string, { what: Told; since: Instant }>
}

async function carryOut(world: DemoWorld, doors: RawRoute[], setting: Setting, deed: Deed): Promise<string[]> {
  const { service, start, told } = setting
  const now = world.clock.now()
  switch (deed.kind) {
    case 'tell': {
      const firing = deed.told.map((what) => ({ what, since: told.get(keyOfTold(what))?.since ?? now }))
      await send(world, doors, service, firing, 'firing')
      return ['intake', 'paging']
    }
    case 'end': {
      const over = [...told.values()].filter(({ what }) => deed.name === undefined || what.name === deed.name)
      await send(world, doors, service, over, 'over')
      return ['intake']
    }
    case 'take-there':
      await send(world, doors, service, [...told.values()], 'taken')
      return ['intake']
    case 'declare':
      await declare(world, service, deed)
      return ['paging']
    case 'wait':
      return ['alert-ends', 'acknowledgements', 'paging']
    default: {
      const incidents = await incidentsSince(world, service, start)
      await act(world, incidents, deed)
      return deed.kind === 'escalate' ? ['paging'] : []
    }
  }
}

function keyOfTold({ name, labels }: Told): string {
  return JSON.stringify([name, labels])
}

async function send(
  world: DemoWorld,
  doors: RawRoute[],
  service: string,
  told: { what: Told; since: Instant }[],
  ending: Ending,
): Promise<void> {
  const [integration, { source }] = Object.entries(INTEGRATIONS).find(([, one]) => one.service === service)!
  const key = world.keyOf(integration)
  for (const request of requestsFor(source, key, told, ending, world.clock.now())) await knock(doors, key, request)
}

async function knock(doors: RawRoute[], key: string, { path, body }: Sent): Promise<void> {
  const door = doors.find((one) => one.path === path)!
  const reply = await door.handle({
    ...{ method: 'POST', path, params: { key }, query: new URLSearchParams(), headers: {}, caller: ANONYMOUS },
    body: Buffer.from(JSON.stringify(body)),
    onClose: () => {},
  })
  if (reply.status >= 300) throw new Error(`The demo's alert was refused by ${path}: ${String(reply.body)}`)
}

async function declare(
  { db, clock, documents, incidents }: DemoWorld,
  service: string,
  { title, severity, by, policy, onlyFor }: Extract<Deed, { kind: 'declare' }>,
): Promise<void> {
  await db.transaction(async (tx) => {
    const snapshot = await documents.fresh(tx.sql)
    // Whatever its level: somebody of the company has to hear of it.
    const body = {
      ...{ title, severity, service, page: true },
      visibility: onlyFor ? ('private' as const) : ('public' as const),
      ...(onlyFor && { members: onlyFor.map((person) => ({ person })) }),
      ...(policy !== undefined && { policy }),
    }
    must(await declareIncident(tx, clock.now(), incidents, snapshot, body, callerNamed(by), false))
  })
}

/** One of the company's people, at the product's door. */
function callerNamed(person: string): Caller {
  return { kind: 'person', id: `person:${person}`, person, label: person, permits: () => true }
}

/** The incidents of an episode, the first one first. */
export async function incidentsSince({ db }: DemoWorld, service: string, start: Instant): Promise<Incident[]> {
  const newest = await readNewestIncidents(db.sql, 50, 'tocsin')
  return newest
    .filter((incident) => incident.service === service && incident.detectedAt >= start)
    .slice(0, 5)
    .reverse()
}

type HandDeed = Extract<
  Deed,
  { kind: 'acknowledge' | 'note' | 'grade' | 'retitle' | 'escalate' | 'resolve' | 'work' | 'role' | 'task' | 'poll' | 'update' }
>

async function act(world: DemoWorld, incidents: Incident[], deed: HandDeed): Promise<void> {
  const now = world.clock.now()
  /** One incident at a time, as people do. */
  const doing = <T>(work: (tx: Transaction, snapshot: Snapshot) => Promise<T>) =>
    world.db.transaction(async (tx) => work(tx, await world.documents.fresh(tx.sql)))
  const incident = deed.kind === 'note' && deed.on === 'last' ? incidents.at(-1) : incidents[0]
  if (!incident) throw new Error('The demo has no incident to act on.')
  /** Every deed but the first has somebody who took the incident. */
  const holder: Actor = incident.acknowledgedBy === null ? 'system' : `person:${incident.acknowledgedBy}`
  switch (deed.kind) {
    case 'acknowledge':
      for (const one of incidents.filter((one) => mayAcknowledge(one) === 'yes')) {
        await doing(async (tx, snapshot) => {
          const called = await lastCalled(tx, one)
          const by: Actor = `person:${deed.by ?? called.person}`
          const byLink = deed.via === 'link' && called.page !== undefined
          must(await acknowledge(tx, now, world.incidents, snapshot, one.id, by, byLink ? 'link' : 'web', byLink ? called.page : undefined))
        })
      }
      return
    case 'note':
      await doing((tx) => {
        const actor: Actor = deed.by === undefined ? holder : `person:${deed.by}`
        return addNote(tx, now, { incidentId: incident.id, happenedAt: now, actor }, deed.text)
      })
      return
    case 'grade':
      await doing(async (tx, snapshot) => {
        const change = { severity: deed.severity, reason: deed.reason }
        must(await changeIncident(tx, now, world.incidents, snapshot, incident.id, holder, change))
      })
      return
    case 'retitle':
      await doing(async (tx, snapshot) => {
        must(await changeIncident(tx, now, world.incidents, snapshot, incident.id, holder, { title: deed.title }))
      })
      return
    case 'escalate':
      await doing(async (tx, snapshot) => {
        must(await escalate(tx, now, world.incidents, snapshot, incident.id, holder))
      })
      return
    case 'resolve':
      for (const one of incidents.filter((one) => mayResolve(one) === 'yes'))
        await doing(async (tx, snapshot) => {
          if (one.declaredAt === null) return must(await resolve(tx, now, world.incidents, one.id, holder))
          const resolution = {
            resolution: deed.what ?? 'It is over.',
            dataLoss: 'none' as const,
            override: { reason: 'It has been quiet since.' },
          }
          must(
            await transit(tx, now, world.incidents, async () => snapshot, one.id, callerNamed(nameOf(holder)), 'resolve', { resolution }),
          )
        })
      return
    case 'work': {
      const { text, cause, level } = deed.said ?? {}
      const body = {
        ...(text !== undefined && { text }),
        ...(cause !== undefined && { cause }),
        ...(level !== undefined && { declaration: { level } }),
      }
      await doing(async (tx, snapshot) => {
        must(
          await transit(
            tx,
            now,
            world.incidents,
            async () => snapshot,
            incident.id,
            callerNamed(deed.by ?? nameOf(holder)),
            deed.act,
            body,
          ),
        )
      })
      return
    }
    case 'role':
      await doing(async (tx, snapshot) => {
        const person = deed.by ?? nameOf(holder)
        must(await giveRole(tx, now, world.incidents, snapshot, { id: incident.id, role: deed.role }, { person }, callerNamed(person)))
      })
      return
    case 'task':
      await doing(async (tx, snapshot) => {
        const { text, person, due, by } = deed
        if (!deed.done) {
          const body = { text, person, due, ...(deed.handsOn && { handsOn: true }) }
          return must(await addTask(tx, now, world.incidents, snapshot, incident.id, 'task', body, callerNamed(by)))
        }
        const task = (await readTasks(tx.sql, incident.id, 'task')).find((one) => one.text === text && one.state === 'open')
        if (!task) throw new Error(`Nobody was asked to ‹${text}›.`)
        must(await changeTask(tx, now, world.incidents, snapshot, task.id, { state: 'done' }, callerNamed(by)))
      })
      return
    case 'poll':
      await doing(async (tx) => must(await openPoll(tx, now, world.incidents, incident.id, deed.text, callerNamed(deed.by))))
      return
    case 'update':
      await doing(async (tx) => {
        const body = { text: deed.text, audience: 'internal' as const, next: deed.next }
        must(await postUpdate(tx, now, world.incidents, incident.id, body, callerNamed(deed.by)))
      })
      return
  }
}

/** Whose phone rang last, and with which page; before any has rung, whose turn it is. */
async function lastCalled(tx: Transaction, incident: Incident): Promise<{ person: string; page?: string }> {
  const events = await readTimeline(tx.sql, incident.id, 0, 1000)
  const rung = new Set(events.flatMap(({ event }) => (event.type === 'page.delivered' ? [event.data.page] : [])))
  const levels = events.flatMap(({ event }) =>
    event.type === 'escalation.level-decided' && event.data.pages.length > 0 ? [event.data.pages] : [],
  )
  const answered = levels.map((pages) => pages.find(({ id }) => rung.has(id))).findLast((page) => page !== undefined)
  const called = answered ? { person: answered.person, page: answered.id } : levels[0] && { person: levels[0][0]!.person }
  if (!called) throw new Error(`Nobody is called for the demo's incident ‹${incident.title}›.`)
  return called
}

function must(outcome: unknown): void {
  if (isRefusal(outcome)) throw new Error(`The demo's month came to a stop: ${outcome.message}`)
}
