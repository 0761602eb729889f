import { type Actor, nameOf } from '../../kernel/actor.ts'
import type { AlertId, IncidentId } from '../../kernel/ids.ts'
import { isRefusal, type Refusal } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Database, Sql, Transaction } from '../../platform/db.ts'
import type { Documents, Snapshot } from '../documents/index.ts'
import { findIncident, holdIncident, type Incident, type IncidentParts, type Onlooker, updateIncidents } from '../incidents/index.ts'
import { append, type Entry, fact } from '../timeline/index.ts'
import { type Around, NOTHING_AROUND, type RoleRow, readWhole, writePeople } from './around.ts'
import { type Command, newCommand } from './command.ts'
import { follow } from './follow.ts'
import { type RemindParts, remind } from './remind.ts'
import { insertCommand, updateCommands } from './store.ts'

export interface CommandParts extends IncidentParts, RemindParts {
  documents: Documents
  /** Alerts go with their incident to another, or back. */
  /** Single alerts, that somebody has named. */
  alerts: {
    /** By their ids, as far as somebody may see them, locked. */
    hold(tx: Transaction, snapshot: Snapshot, ids: string[], who: Onlooker): Promise<MovedAlert[]>
    /** What remains in incidents without some of their alerts. */
    remains(
      tx: Transaction,
      incidentIds: string[],
      without: string[],
    ): Promise<Map<string, { worstOpen: number | null; worstEnded: number | null }>>
    /** Puts those that are held into an incident. */
    place(
      tx: Transaction,
      ids: string[],
      where: { to: IncidentId; kind: 'moved' | 'split' | 'linked'; at: Instant; actor: Actor },
    ): Promise<void>
  }
  moveAlerts(tx: Transaction, move: { from: IncidentId; to: IncidentId; back: boolean; at: Instant; actor: Actor }): Promise<void>
}

/** What is to be known of an alert that somebody puts elsewhere. */
export interface MovedAlert {
  id: AlertId
  integration: string
  dedupKey: string
  title: string
  severity: number
  service: string
  incidentId: IncidentId | null
  isOpen: boolean
  openedAt: Instant
  startsAt: Instant | null
  demo: boolean
  /** What it comes by. */
  group: { service: string; groupKey: string }
}

export interface CommandRouteParts extends CommandParts {
  db: Database
}

/** An incident with what is made of it, held until the transaction ends. A plain one has no command, and nobody around. */
export interface Held {
  incident: Incident
  command: Command | null
  around: Around
}

/** What a caller asks to act on. What they may not see is not there for them. */
export async function hold(tx: Transaction, ref: string, who: Onlooker): Promise<Held | Refusal<'not-found'>> {
  const incident = await holdIncident(tx.sql, ref, who)
  if (isRefusal(incident)) return incident
  const known = incident.declaredAt === null ? undefined : (await readWhole(tx.sql, [incident.id])).get(incident.id)
  if (known || incident.declaredAt === null) return heldOf(incident, known)
  // Declared before there was anything to be made of it.
  const made = newCommand(incident.id, incident.declaredAt)
  await insertCommand(tx.sql, made)
  return heldOf(incident, { command: made, around: NOTHING_AROUND })
}

/** The same to be looked at, with nothing held. */
export async function look(sql: Sql, ref: string, who: Onlooker): Promise<Held | Refusal<'not-found'>> {
  const incident = await findIncident(sql, ref, who)
  if (isRefusal(incident)) return incident
  const whole = incident.declaredAt === null ? undefined : (await readWhole(sql, [incident.id])).get(incident.id)
  return heldOf(incident, whole)
}

export function heldOf(incident: Incident, whole: { command: Command; around: Around } | undefined): Held {
  return { incident, ...(whole ?? { command: null, around: NOTHING_AROUND }) }
}

/** Writes what an act has changed, and its facts, last: who waits for the chain holds up nobody before. Answers it as it then is. */
export async function settle(
  tx: Transaction,
  now: Instant,
  parts: RemindParts,
  before: Held,
  after: Held,
  entries: Entry[],
): Promise<Held> {
  const { command, told } = after.command ? follow(now, after.command, entries) : { command: null, told: [] }
  const { roles, entries: accepted } = acceptedBy(entries, before, after, now)
  const around = { ...after.around, roles }
  if (after.incident !== before.incident) tx.unawaited(updateIncidents(tx.sql, now, [after.incident]))
  if (command && command !== before.command)
    tx.unawaited(before.command ? updateCommands(tx.sql, [command]) : insertCommand(tx.sql, command))
  if (around.roles !== before.around.roles || around.offers !== before.around.offers)
    tx.unawaited(writePeople(tx.sql, after.incident.id, around))
  const all = [...entries, ...told, ...accepted]
  if (!command) {
    await append(tx, now, all)
    return { incident: after.incident, command, around }
  }
  const reminded = await remind(tx, now, parts, { incident: after.incident, command, around }, all)
  await append(tx, now, [...all, ...reminded.entries])
  return { incident: after.incident, command, around: { ...around, reminders: reminded.reminders } }
}

/** Whoever was given a role and does anything in the incident has taken it. */
function acceptedBy(entries: Entry[], before: Held, { incident, around }: Held, now: Instant): { roles: RoleRow[]; entries: Entry[] } {
  const acting = new Set(entries.filter(({ actor }) => isPerson(actor)).map(({ actor }) => nameOf(actor)))
  const accepting = around.roles.filter((one) => one.acceptedAt === null && acting.has(one.person) && before.around.roles.includes(one))
  if (accepting.length === 0) return { roles: around.roles, entries: [] }
  return {
    roles: around.roles.map((one) => (accepting.includes(one) ? { ...one, acceptedAt: now } : one)),
    entries: accepting.map(({ role, person }) =>
      fact({ incidentId: incident.id, happenedAt: now, actor: `person:${person}` }, 'role.accepted', { role, person }),
    ),
  }
}

function isPerson(actor: Actor): boolean {
  return actor.startsWith('person:')
}
