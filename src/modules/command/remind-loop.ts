import { newId } from '../../kernel/ids.ts'
import { isRefusal } from '../../kernel/result.ts'
import { type Instant, MINUTE, SECOND } from '../../kernel/time.ts'
import type { Database, Transaction } from '../../platform/db.ts'
import type { Loop } from '../../platform/engine.ts'
import type { Mailer } from '../../platform/mail.ts'
import { startEscalations } from '../escalation/index.ts'
import { isOpen, stageOf } from '../incidents/index.ts'
import { Person } from '../people/index.ts'
import { CommandSettingsKind } from '../severity/index.ts'
import { append, type Entry, fact } from '../timeline/index.ts'
import { type CommandParts, hold } from './held.ts'
import { lapseOffers } from './lapse.ts'
import { decidePoll } from './polls.ts'
import { purposeOf } from './remind.ts'
import { type DueReminder, leaseDue, type NewNotice, readDue, saveSaid } from './reminder-store.ts'
import { nextDue, paced } from './reminders.ts'

const BATCH = 200
/** Whoever was told of an incident is left alone for so long, but for their own tasks. */
const QUIET_MS = 5 * MINUTE

export interface ReminderLoopParts extends CommandParts {
  db: Database
  mailer: Mailer | null
}

/** What falls due in declared incidents: something is said, somebody is paged, a poll is decided, an offer lapses. */
export function clockLoop(parts: ReminderLoopParts): Loop {
  const { db } = parts
  return {
    name: 'clocks',
    restsInPause: true,
    everyMs: 2 * SECOND,
    async tick(now) {
      const { says, runs, polls, offers } = await readDue(db.sql, now, 20)
      const said = says ? await db.transaction((tx) => say(tx, now, parts)) : 0
      for (const one of runs) await db.transaction((tx) => page(tx, now, parts, one))
      for (const one of polls) await db.transaction((tx) => decidePoll(tx, now, parts, one))
      for (const id of offers) await db.transaction((tx) => lapseOffers(tx, now, parts, id))
      return said + runs.length + polls.length + offers.length
    },
  }
}

async function say(tx: Transaction, now: Instant, { documents, mailer }: ReminderLoopParts): Promise<number> {
  const due = await leaseDue(tx.sql, now, BATCH)
  if (due.length === 0) return 0
  const snapshot = documents.last()
  const hasMail = (person: string) => mailer !== null && snapshot.get(Person, person)?.spec.email !== undefined
  const notices: NewNotice[] = []
  const entries = due.map((one): Entry => {
    const { incidentId, rule, subject, pace } = one
    const people = toldBy(one)
    const quietMs = rule === 'task' ? 0 : paced({ pace }, QUIET_MS)
    for (const person of people)
      notices.push({ id: newId('ntc', now), person, incidentId, what: { rule, subject }, mailAt: hasMail(person) ? now : null, quietMs })
    const channel = isDirect(one) && people.length > 0 ? 'direct' : 'room'
    return fact({ incidentId, happenedAt: now, actor: 'system' }, 'reminder.sent', {
      ...{ rule, subject, dueAt: one.dueAt!, channel },
      ...(people.length > 0 && { people }),
    })
  })
  const said = due.map((one) => ({ id: one.id, sent: one.sent + 1, dueAt: nextDue(one, one.sent + 1, now) }))
  tx.unawaited(saveSaid(tx.sql, now, said, oncePerPerson(notices)))
  await append(tx, now, entries)
  return due.length
}

/** All that is due in one incident together is one word to one person. */
function oncePerPerson(notices: NewNotice[]): NewNotice[] {
  const seen = new Set<string>()
  return notices.filter(({ person, incidentId, quietMs }) => {
    const key = `${incidentId} ${person}`
    if (quietMs === 0 || !seen.has(key)) return seen.add(key)
    return false
  })
}

function isDirect({ rule, subject }: DueReminder): boolean {
  return rule === 'task' || rule === 'offer' || (rule === 'update' && subject.endsWith(':before'))
}

/** Whom a reminder is said to beside the room: whoever can end it. */
function toldBy({ rule, roles, holder, whose }: DueReminder): string[] {
  const having = (role: string) => roles.filter((one) => one.role === role).map(({ person }) => person)
  const leads = having('commander').length > 0 ? having('commander') : holder === null ? [] : [holder]
  switch (rule) {
    case 'task':
    case 'offer':
      return whose === null ? leads : [whose]
    case 'update':
      return having('communications-lead').length > 0 ? having('communications-lead') : leads
    case 'commander-empty':
      return holder === null ? [] : [holder]
    case 'nobody-has-it':
      return having('commander')
    default:
      return leads
  }
}

/** What was said did not help: somebody is paged for the role, or for the update. Their page is theirs alone to answer. */
async function page(tx: Transaction, now: Instant, parts: ReminderLoopParts, due: { id: string; incidentId: string }): Promise<void> {
  const held = await hold(tx, due.incidentId, 'tocsin')
  if (isRefusal(held)) return
  const { incident, around } = held
  const row = around.reminders.find(({ id }) => id === due.id)
  // An act was faster.
  if (!row || row.dueAt === null || row.dueAt > now) return
  const snapshot = await parts.documents.fresh(tx.sql)
  const settings = snapshot.get(CommandSettingsKind, 'default')?.spec
  const policy = row.rule === 'update' ? settings?.commsPolicy : settings?.commanderPolicy
  const purpose = purposeOf(row)
  const starts = policy !== undefined && purpose !== null && isOpen(incident)
  tx.unawaited(saveSaid(tx.sql, now, [{ id: row.id, dueAt: null, sent: starts ? 1 : 0 }], []))
  if (!starts) return
  const { id: incidentId, severity, urgency } = incident
  const reason = row.rule === 'update' ? ('update-due' as const) : ('role-empty' as const)
  const start = { incidentId, purpose, policy, severity, urgency, stage: stageOf(incident), reason }
  const { rule, subject, dueAt } = row
  const sent = fact({ incidentId, happenedAt: now, actor: 'system' }, 'reminder.sent', { rule, subject, dueAt, channel: 'run' })
  await append(tx, now, [sent, ...(await startEscalations(tx, now, parts, snapshot, [start], false))])
}
