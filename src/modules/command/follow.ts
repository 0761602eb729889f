import type { Actor } from '../../kernel/actor.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Transaction } from '../../platform/db.ts'
import { type MomentName, type Moments, readHeldIncidents } from '../incidents/index.ts'
import { type Entry, type EventType, fact } from '../timeline/index.ts'
import { readWhole } from './around.ts'
import type { Command } from './command.ts'
import { type RemindParts, remind } from './remind.ts'
import { updateCommands } from './store.ts'

/** What changes what people made of an incident, and what they are reminded of, wherever it is told. */
const FOLLOWED: ReadonlySet<EventType> = new Set([
  'incident.acknowledged',
  'incident.unacknowledged',
  'incident.status-changed',
  'incident.severity-changed',
  'incident.resolved',
  'note.added',
  'alert.moved-here',
  'alert.moved-away',
  'alert.ended',
])

/**
 * Incidents changed below this room: what people made of them follows, in the same transaction, and what they are reminded of. They
 * are locked. Answers the facts that follow, for the caller to append.
 */
export async function onFacts(tx: Transaction, now: Instant, parts: RemindParts, entries: Entry[]): Promise<Entry[]> {
  const ids = [...new Set(entries.filter(({ event }) => FOLLOWED.has(event.type)).map(({ incidentId }) => incidentId))]
  if (ids.length === 0) return []
  const whole = await readWhole(tx.sql, ids)
  if (whole.size === 0) return []
  const changed: Command[] = []
  const all: Entry[] = []
  const incidents = await readHeldIncidents(tx.sql, [...whole.keys()])
  for (const incident of incidents) {
    const { command: before, around } = whole.get(incident.id)!
    const its = entries.filter(({ incidentId }) => incidentId === incident.id)
    const { command, told } = follow(now, before, its)
    if (command !== before) changed.push(command)
    const reminded = await remind(tx, now, parts, { incident, command, around }, [...its, ...told])
    all.push(...told, ...reminded.entries)
  }
  if (changed.length > 0) tx.unawaited(updateCommands(tx.sql, changed))
  return all
}

/** What people made of an incident, as facts leave it: it always equals the fold of them. Moments that they set are told. */
export function follow(now: Instant, before: Command, entries: Entry[]): { command: Command; told: Entry[] } {
  const told: Entry[] = []
  let command = before
  for (const { event, happenedAt: at, actor, incidentId } of entries) {
    const change = (what: Partial<Command>) => {
      command = { ...command, ...what }
    }
    const set = (name: MomentName, to: Instant | null) => {
      const was = command.moments[name] ?? null
      if (was === to) return
      change({ moments: momentSet(command.moments, name, to) })
      told.push(fact({ incidentId, happenedAt: at, actor }, 'incident.moment-set', { name, at: to, was }))
    }
    if (isPerson(actor)) change({ lastPersonAt: now })
    switch (event.type) {
      case 'incident.acknowledged':
        change({ heldSince: now })
        // The first alone: it says so itself.
        if (command.moments.acknowledged === undefined)
          change({ moments: momentSet(command.moments, 'acknowledged', at), statusAt: Math.max(at, command.statusAt) })
        break
      case 'incident.unacknowledged':
        change({ heldSince: now })
        break
      case 'incident.status-changed': {
        const { from, to, byAlert } = event.data
        change({ statusAt: at, ...(from === 'monitoring' && UNWATCHED) })
        if (to === 'identified') set('identified', at)
        if (to === 'mitigating' && command.moments.mitigationBegan === undefined) set('mitigationBegan', at)
        if (to === 'monitoring') set('mitigated', at)
        if (byAlert !== undefined) set('mitigated', null)
        break
      }
      case 'incident.resolved':
      case 'incident.cancelled':
      case 'incident.merged':
        change({ statusAt: at, heldSince: now })
        break
      case 'incident.closed':
        change({ statusAt: at, moments: momentSet(command.moments, 'closed', at) })
        break
      case 'incident.reopened':
        change({ statusAt: at, heldSince: now, ...UNWATCHED, moments: momentSet(command.moments, 'closed', null) })
        for (const name of ['mitigated', 'impactEnded', 'resolved'] as const) set(name, null)
        break
      case 'incident.unmerged':
        change({ statusAt: at, heldSince: now })
        break
      case 'incident.moment-set': {
        const { name, at: to } = event.data
        // When the impact began stands on the incident itself.
        if (name !== 'impactStarted') change({ moments: momentSet(command.moments, name as MomentName, to) })
        break
      }
      case 'update.posted':
        if (event.data.audiences.includes('status-page') && command.moments.firstUpdate === undefined) set('firstUpdate', at)
        break
      default:
        break
    }
  }
  return { command, told }
}

const UNWATCHED = { monitoringUntil: null, askAt: null }

function momentSet(moments: Moments, name: MomentName, to: Instant | null): Moments {
  const { [name]: _, ...others } = moments
  return to === null ? others : { ...others, [name]: to }
}

function isPerson(actor: Actor): boolean {
  return actor.startsWith('person:')
}
