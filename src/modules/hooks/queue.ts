import { newId } from '../../kernel/ids.ts'
import { type Instant, iso, SECOND } from '../../kernel/time.ts'
import type { Database, Transaction } from '../../platform/db.ts'
import type { Loop } from '../../platform/engine.ts'
import { ANONYMOUS } from '../../platform/http.ts'
import { tellAll } from '../command/index.ts'
import type { Document, Documents, Snapshot } from '../documents/index.ts'
import { eventViewOf, type Incident, readIncidentsById } from '../incidents/index.ts'
import { type Followed, follower, type Place, placeKeptAs, stopFollowing } from '../timeline/index.ts'
import { isOff, KEPT_MS, WELL } from './delivery.ts'
import { Hook, type HookSpec, hearsService, hearsType } from './hook.ts'
import { readHooksHearing } from './owner.ts'
import { holdStates, insertDeliveries, type NewDelivery } from './store.ts'

export interface QueueParts {
  db: Database
  documents: Documents
  /** Says that deliveries are due. */
  nudge(): void
}

const FOLLOWER = 'hooks'

/** Follows the timeline and queues a delivery for each event and hook that is told of it. */
export function queueLoop(parts: QueueParts): Loop {
  const { db, documents } = parts
  return follower({
    name: 'hooks',
    everyMs: SECOND,
    place: whereHooksAre(db, documents),
    take: async (tx, now, events) => queueFor(tx, now, await documents.fresh(tx.sql), events, parts),
  })
}

/**
 * Without a hook nothing is followed, and the place is given up: who is the first to hear begins with what happens then, and is
 * not told of last year.
 */
function whereHooksAre(db: Database, documents: Documents): Place<Transaction> {
  const kept = placeKeptAs(db, FOLLOWER)
  let isIdle = false
  return async (step) => {
    if ((await documents.fresh(db.sql)).all(Hook).length > 0) {
      isIdle = false
      return kept(step)
    }
    if (!isIdle) await stopFollowing(db.sql, FOLLOWER)
    isIdle = true
    return 0
  }
}

async function queueFor(
  tx: Transaction,
  now: Instant,
  snapshot: Snapshot,
  events: Followed[],
  { documents, nudge }: QueueParts,
): Promise<void> {
  const hooks = snapshot.all(Hook)
  // What happened before anything kept now would be told as new after a restore, or with the past of the demo.
  const told = events.filter(({ event, recordedAt }) => recordedAt > now - KEPT_MS && hooks.some(({ spec }) => hearsType(spec, event.type)))
  if (told.length === 0) return
  const ids = [...new Set(told.map(({ incidentId }) => incidentId))]
  const [incidents, mayHear] = await Promise.all([readIncidentsById(tx.sql, ids, 'tocsin'), readHooksHearing(tx.sql, documents, ids)])
  const heard = told.flatMap((one) => {
    const incident = incidents.get(one.incidentId)
    const listening =
      incident === undefined ? [] : hooks.filter((hook) => hears(hook, one, incident, snapshot) && mayHear(hook, incident.id))
    return listening.map((hook) => ({ hook, one, incident: incident! }))
  })
  if (heard.length === 0) return
  const standings = await holdStates(tx.sql, [...new Set(heard.map(({ hook }) => hook.name))])
  const queued = heard.filter(({ hook }) => !isOff(standings.get(hook.name) ?? WELL, hook.changedAt))
  // As it is told to somebody who may do nothing with it.
  const views = await tellAll(tx.sql, documents, [...new Set(queued.map(({ incident }) => incident))], ANONYMOUS, now)
  const seen = new Set<string>()
  const deliveries = queued.map(({ hook, one, incident }): NewDelivery => {
    const lane = `${hook.name}\n${incident.id}`
    const first = !seen.has(lane)
    seen.add(lane)
    const id = newId('dlv', now)
    const { type } = one.event
    const body = JSON.stringify({
      ...{ id, type, occurredAt: iso(one.happenedAt), incident: views.get(incident.id), event: eventViewOf(one) },
    })
    return { id, hook: hook.name, incidentId: incident.id, type, occurredAt: one.happenedAt, body, first }
  })
  if (deliveries.length === 0) return
  await insertDeliveries(tx.sql, now, deliveries)
  tx.afterCommit(nudge)
}

/** What happens in the demo stays in it. */
function hears(hook: Document<HookSpec>, { event }: Followed, incident: Incident, snapshot: Snapshot): boolean {
  return (
    incident.demo === (hook.origin.kind === 'demo') &&
    hearsType(hook.spec, event.type) &&
    hearsService(hook.spec, incident.service, snapshot)
  )
}
