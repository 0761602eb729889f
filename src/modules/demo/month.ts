import type { Actor } from '../../kernel/actor.ts'
import { parseDuration } from '../../kernel/duration.ts'
import { isRefusal } from '../../kernel/result.ts'
import { type Clock, DAY, HOUR, type Instant, MINUTE } from '../../kernel/time.ts'
import type { Database, Transaction } from '../../platform/db.ts'
import { ANONYMOUS, type RawRoute } from '../../platform/http.ts'
import { type AlertSource, alertDoors, type Inbox, type ReadBody } from '../alerts/index.ts'
import type { Documents } from '../documents/index.ts'
import { escalationLoop } from '../escalation/index.ts'
import {
  acknowledge,
  changeIncident,
  escalate,
  type Incident,
  type IncidentParts,
  openIncidents,
  readIncidents,
  resolve,
} from '../incidents/index.ts'
import { append, readTimeline } from '../timeline/index.ts'
import { type Ending, requestsFor, type Sent } from './bodies.ts'
import { lastTime } from './calendar.ts'
import { chance } from './chance.ts'
import { INTEGRATIONS } from './company.ts'
import { type Deed, type Episode, MONTH, type Told, UNDER_WAY } from './story.ts'

/** A product of its own over the same database, whose time the player moves. Nothing it does leaves the screen. */
export interface PastWorld {
  db: Database
  documents: Documents
  incidents: IncidentParts
  inbox: Inbox
  sources: AlertSource[]
  read: ReadBody
  clock: Clock
  /** Never backwards. */
  moveTo(at: Instant): void
  /** Lets loops do everything that is due at the moment the clock shows. */
  settle(loops: string[]): Promise<void>
  /** When the next page falls due. */
  nextPageAt(): Promise<Instant | null>
  /** The key of an integration. */
  keyOf(integration: string): string
}

/** Lets the company live through its last month by the product's own actions, up to an incident that is under way now. */
export async function playMonth(world: PastWorld, now: Instant): Promise<void> {
  const doors = alertDoors({ ...world, unknownKey: () => {} })
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

interface Scene {
  at: Instant
  /** Answers the loops that have something to do now: asking all of them each time takes longer than all the rest. */
  play(world: PastWorld, doors: RawRoute[]): Promise<string[]>
}

/** Everything that is done in the month, in order. */
function scenesOf(now: Instant): Scene[] {
  const next = chance(4_400)
  const past = MONTH.flatMap((episode) => {
    const at = lastTime(now - 6 * HOUR - episode.weeksAgo * 7 * DAY, episode.day, episode.time)
    return scenesIn(episode, at + Math.floor(next() * MINUTE))
  })
  return [...past, ...scenesIn(UNDER_WAY, now - UNDER_WAY.minutesAgo * MINUTE)].sort((a, b) => a.at - b.at)
}

function scenesIn({ service, deeds }: Pick<Episode, 'service' | 'deeds'>, start: Instant): Scene[] {
  const told = new Map<string, { what: Told; since: Instant }>()
  return deeds.map(([after, deed]) => {
    const at = start + parseDuration(after)!
    return { at, play: (world, doors) => carryOut(world, doors, { service, start, told }, deed) }
  })
}

/** What a deed is about. */
interface Setting {
  service: string
  start: Instant
  /** What the source has told and not ended. */
  told: Map<string, { what: Told; since: Instant }>
}

async function carryOut(world: PastWorld, doors: RawRoute[], setting: Setting, deed: Deed): Promise<string[]> {
  const { service, start, told } = setting
  const now = world.clock.now()
  switch (deed.kind) {
    case 'tell': {
      const firing = deed.told.map((what) => ({ what, since: told.get(keyOfTold(what))?.since ?? now }))
      for (const one of firing) told.set(keyOfTold(one.what), one)
      await send(world, doors, service, firing, 'firing')
      return ['intake', 'paging']
    }
    case 'end': {
      const over = [...told.values()].filter(({ what }) => deed.name === undefined || what.name === deed.name)
      for (const { what } of over) told.delete(keyOfTold(what))
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
      await world.db.transaction((tx) => act(tx, world, incidents, deed))
      return deed.kind === 'escalate' ? ['paging'] : []
    }
  }
}

function keyOfTold({ name, labels }: Told): string {
  return JSON.stringify([name, labels])
}

async function send(
  world: PastWorld,
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
  { db, clock, documents, incidents }: PastWorld,
  service: string,
  { title, severity, by, policy }: Extract<Deed, { kind: 'declare' }>,
): Promise<void> {
  const actor: Actor = `person:${by}`
  await db.transaction(async (tx) => {
    const snapshot = await documents.fresh(tx.sql)
    await openIncidents(tx, clock.now(), incidents, snapshot, [
      { title, severity, service, origin: 'person', actor, demo: true, ...(policy !== undefined && { policy }) },
    ])
  })
}

/** The incidents of an episode, the first one first. */
async function incidentsSince({ db }: PastWorld, service: string, start: Instant): Promise<Incident[]> {
  const newest = await readIncidents(db.sql, { statuses: null, severities: null, services: [service], text: null, before: null, limit: 5 })
  return newest.filter(({ detectedAt }) => detectedAt >= start).reverse()
}

type HandDeed = Extract<Deed, { kind: 'acknowledge' | 'note' | 'grade' | 'retitle' | 'escalate' | 'resolve' }>

async function act(tx: Transaction, world: PastWorld, incidents: Incident[], deed: HandDeed): Promise<void> {
  const now = world.clock.now()
  const snapshot = await world.documents.fresh(tx.sql)
  const incident = (deed.kind === 'note' && deed.on === 'last' ? incidents.at(-1) : incidents[0])!
  /** Every deed but the first has somebody who took the incident. */
  const holder: Actor = `person:${incident.acknowledgedBy}`
  switch (deed.kind) {
    case 'acknowledge':
      for (const one of incidents.filter(({ status }) => status === 'detected')) {
        const called = await lastCalled(tx, one)
        const by: Actor = `person:${deed.by ?? called.person}`
        const byLink = deed.via === 'link' && called.page !== undefined
        must(await acknowledge(tx, now, snapshot, one.id, by, byLink ? 'link' : 'web', byLink ? called.page : undefined))
      }
      return
    case 'note':
      return append(tx, now, [
        {
          incidentId: incident.id,
          happenedAt: now,
          actor: deed.by === undefined ? holder : `person:${deed.by}`,
          event: { type: 'note.added', data: { text: deed.text } },
        },
      ])
    case 'grade':
      must(await changeIncident(tx, now, world.incidents, snapshot, incident.id, holder, { severity: deed.severity, reason: deed.reason }))
      return
    case 'retitle':
      must(await changeIncident(tx, now, world.incidents, snapshot, incident.id, holder, { title: deed.title }))
      return
    case 'escalate':
      must(await escalate(tx, now, world.incidents, snapshot, incident.id, holder))
      return
    case 'resolve':
      for (const one of incidents.filter(({ status }) => status !== 'resolved'))
        must(await resolve(tx, now, world.incidents, one.id, holder))
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
