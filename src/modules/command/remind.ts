import { newId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Sql, Transaction } from '../../platform/db.ts'
import type { Documents } from '../documents/index.ts'
import { stopEscalations } from '../escalation/index.ts'
import { type Incident, isOpen } from '../incidents/index.ts'
import { levelAt, type SchemeVersion, schemeOnce } from '../severity/index.ts'
import type { Entry } from '../timeline/index.ts'
import type { Around, ReminderRow } from './around.ts'
import type { Command } from './command.ts'
import { writeReminders } from './reminder-store.ts'
import { paced, type Reminder, type ReminderFacts, wanted } from './reminders.ts'
import { rhythmOf } from './rhythm.ts'

export interface RemindParts {
  documents: Documents
  /** Whether an incident has alerts that are open, and when the last one came. */
  alertsIn(sql: Sql, incidentId: string): Promise<{ isAnyOpen: boolean; lastAt: Instant | null }>
}

/** An incident as an act leaves it. */
interface Stands {
  incident: Incident
  command: Command
  around: Around
}

/**
 * After each act the reminders that its facts want are compared with those there are, in its transaction. What was paged for and is
 * no longer wanted stops being paged for. Answers the reminders as they then are, with the facts.
 */
export async function remind(
  tx: Transaction,
  now: Instant,
  parts: RemindParts,
  { incident, command, around }: Stands,
  entries: Entry[],
): Promise<{ reminders: ReminderRow[]; entries: Entry[] }> {
  const asksAlerts = isOpen(incident) && command.askAt === null && incident.alerts > 0
  const [scheme, alerts] = await Promise.all([
    schemeOnce(tx.sql, parts.documents, incident.severityScheme, incident.severitySchemeVersion),
    asksAlerts ? parts.alertsIn(tx.sql, incident.id) : { isAnyOpen: true, lastAt: null },
  ])
  const facts = factsOf({ incident, command, around }, scheme, alerts, entries, now)
  const { rows, changed, gone } = compared(around.reminders, wanted(facts), facts, now)
  if (changed.length > 0 || gone.length > 0) tx.unawaited(writeReminders(tx.sql, incident.id, changed, gone))
  // Somebody was paged for what is so no longer. What ended the incident has stopped all that ran for it.
  const answered = around.reminders.filter(
    ({ id, how, sent }) => how === 'run' && sent > 0 && !rows.some((row) => row.id === id && row.sent > 0),
  )
  const told: Entry[] = []
  for (const row of isOpen(incident) ? answered : [])
    told.push(...(await stopEscalations(tx, now, [incident.id], 'acknowledged', purposeOf(row)!)))
  return { reminders: rows, entries: told }
}

/** What a run is for that a reminder starts. */
export function purposeOf({ rule, subject }: Pick<ReminderRow, 'rule' | 'subject'>): `role:${string}` | `update:${string}` | null {
  const about = subject.replace(/:run$/, '')
  return rule === 'commander-empty' ? `role:${about}` : rule === 'update' ? `update:${about}` : null
}

export function factsOf(
  { incident, command, around }: Stands,
  scheme: SchemeVersion | undefined,
  alerts: { isAnyOpen: boolean; lastAt: Instant | null },
  entries: Entry[],
  now: Instant,
): ReminderFacts {
  const required = scheme ? levelAt(scheme.spec, incident.severity).roles.required : []
  const named = [...new Set([...required, ...around.offers.map(({ role }) => role)])]
  const { reminders } = around
  // Since when it is so is kept by the reminder itself, as long as it is so.
  const sinceOf = (rules: string[], subject: string) => reminders.find((one) => rules.includes(one.rule) && one.subject === subject)?.since
  const hasEnded = !alerts.isAnyOpen && alerts.lastAt !== null
  return {
    declared: true,
    state: isOpen(incident) ? 'open' : incident.status === 'resolved' ? 'resolved' : 'ended',
    rank: incident.severity,
    held: incident.held,
    heldSince: command.heldSince,
    declaredAt: incident.declaredAt,
    roles: named.map((role) => ({
      role,
      wanted: required.includes(role),
      empty: !around.roles.some((one) => one.role === role),
      since: sinceOf(['commander-empty', 'role-empty'], role) ?? now,
      offeredAt: around.offers.find((one) => one.role === role)?.offeredAt ?? null,
    })),
    promises: promisesOf({ incident, command, around }, scheme, entries, now),
    // Moved to another moment it is said anew.
    tasks: around.tasks.flatMap(({ id, kind, dueAt }) => (kind === 'task' && dueAt !== null ? [{ id, due: dueAt, givenAt: dueAt }] : [])),
    lastPersonAt: command.lastPersonAt,
    cause: command.cause !== null,
    mitigationBegan: command.moments.mitigationBegan != null,
    alertsEndedAt: hasEnded ? (sinceOf(['mitigated'], '') ?? now) : null,
    window: command.askAt === null ? null : { since: command.moments.mitigated ?? command.statusAt, askAt: command.askAt },
    resolvedAt: incident.resolvedAt,
    pace: command.pace,
  }
}

/** When each audience hears more: as was posted last, or by the rhythm of the level from when it was declared or worsened. */
function promisesOf(
  { incident, command, around }: Stands,
  scheme: SchemeVersion | undefined,
  entries: Entry[],
  now: Instant,
): ReminderFacts['promises'] {
  const posted = entries.flatMap(({ event }) => (event.type === 'update.posted' ? [event.data] : []))
  const known = around.reminders.filter(({ rule, subject }) => rule === 'update' && !subject.includes(':'))
  const audiences = new Set(['internal', ...known.map(({ subject }) => subject), ...posted.flatMap((one) => one.audiences)])
  const begins = entries.some(({ event }) => event.type === 'incident.declared' || event.type === 'incident.reopened')
  const regraded = entries.some(({ event }) => event.type === 'incident.severity-changed')
  return [...audiences].flatMap((audience) => {
    const said = posted.findLast((one) => one.audiences.includes(audience))
    if (said) return said.nextBy === null ? [] : [{ audience, promisedAt: said.nextBy, madeAt: now }]
    const row = known.find(({ subject }) => subject === audience)
    const before = row?.promisedAt == null ? undefined : { audience, promisedAt: row.promisedAt, madeAt: row.since }
    const everyMs = rhythmOf(scheme, incident.severity, audience)
    if (everyMs === undefined || !(begins || regraded) || (audience !== 'internal' && !before)) return before ? [before] : []
    const promisedAt = now + paced(command, everyMs)
    return [before && before.promisedAt <= promisedAt ? before : { audience, promisedAt, madeAt: now }]
  })
}

/** Rows follow what is wanted: begun, begun anew, or gone. One that a person stopped stays so until it begins anew. */
export function compared(
  rows: ReminderRow[],
  all: Reminder[],
  facts: Pick<ReminderFacts, 'promises'>,
  now: Instant,
): { rows: ReminderRow[]; changed: ReminderRow[]; gone: ReminderRow[] } {
  const changed: ReminderRow[] = []
  const next = all.map((one): ReminderRow => {
    const { rule, subject, since, dueAt, how, thenMs, timesMax } = one
    const promisedAt =
      rule === 'update' ? (facts.promises.find(({ audience }) => audience === subject.split(':')[0])?.promisedAt ?? null) : null
    const row = rows.find((other) => other.rule === rule && other.subject === subject)
    const anew = { sent: 0, snoozes: 0, snoozedUntil: null, stoppedBecause: null, firstDueAt: dueAt, dueAt }
    const begun: ReminderRow = { ...(row ?? { id: newId('rem', now) }), rule, subject, since, how, thenMs, timesMax, promisedAt, ...anew }
    const isSame = row !== undefined && row.since === since && row.promisedAt === promisedAt
    // Not said yet, it is due as it is wanted now; a level that changed may want it sooner.
    const isUntouched = isSame && row.sent === 0 && row.snoozedUntil === null && row.stoppedBecause === null
    const kept = isSame ? { ...row, thenMs, timesMax, ...(isUntouched && { firstDueAt: dueAt, dueAt }) } : begun
    if (JSON.stringify(kept) !== JSON.stringify(row)) changed.push(kept)
    return kept
  })
  const gone = rows.filter((row) => !next.some((one) => one.rule === row.rule && one.subject === row.subject))
  return { rows: next, changed, gone }
}
