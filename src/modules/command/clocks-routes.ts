import { parseDuration } from '../../kernel/duration.ts'
import type { Language } from '../../kernel/language.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Caller, Handlers, Input } from '../../platform/contract.ts'
import type { Transaction } from '../../platform/db.ts'
import { actorOf, isoOrNull, numberText } from '../incidents/index.ts'
import { append, fact, reminderText } from '../timeline/index.ts'
import type { Around, ReminderRow } from './around.ts'
import type { clocksContract } from './clocks-contract.ts'
import { type CommandRouteParts, hold, look } from './held.ts'
import { markRead, readNotices, readReminder, writeReminders } from './reminder-store.ts'

/** How often one reminder may be put off. */
const SNOOZES_MAX = 3
const NOTICES_SHOWN = 100

export function clockHandlers({ db }: CommandRouteParts): Handlers<typeof clocksContract> {
  return {
    async listReminders({ params, caller, reader }) {
      const held = await look(db.sql, params.id, caller)
      if (isRefusal(held)) return held
      const soonest = (one: ReminderRow) => one.dueAt ?? Number.POSITIVE_INFINITY
      const rows = [...held.around.reminders].sort((a, b) => soonest(a) - soonest(b) || (a.id < b.id ? -1 : 1))
      return { items: rows.map((row) => reminderViewOf(row, held.around, reader.language)) }
    },
    changeReminder: ({ params, body, caller, reader, now }, write) =>
      write(async (tx) => {
        const changed = await changeReminder(tx, now, params.id, body, caller)
        return isRefusal(changed) ? changed : reminderViewOf(changed.row, changed.around, reader.language)
      }),
    async listNotices({ params, caller, reader }) {
      if (caller.person !== params.name) return notYours()
      const rows = await readNotices(db.sql, caller, params.name, NOTICES_SHOWN)
      const items = rows.map(({ id, incidentId, number, title, what, task, at, readAt }) => ({
        ...{ id, incidentId, number: numberText(number), title, ...what },
        ...{ text: reminderText(what.rule, task ?? what.subject, reader.language), at: iso(at), readAt: isoOrNull(readAt) },
      }))
      return { items, unread: items.filter(({ readAt }) => readAt === null).length }
    },
    readNotices: ({ params, body, caller, now }, write) =>
      write(async (tx) => {
        if (caller.person !== params.name) return notYours()
        await markRead(tx.sql, now, params.name, body.until === undefined ? now : Date.parse(body.until))
        return {}
      }),
  }
}

/** A person puts one off, or says that it is not needed. What has begun to page somebody is answered, not put off. */
async function changeReminder(
  tx: Transaction,
  now: Instant,
  id: string,
  body: Input<(typeof clocksContract)['changeReminder']>['body'],
  caller: Caller,
): Promise<{ row: ReminderRow; around: Around } | Refusal<'not-found' | 'snoozed-enough' | 'already-paging'>> {
  const known = await readReminder(tx.sql, id.slice(0, 60))
  const held = known && (await hold(tx, known.incidentId, caller))
  const row = held && !isRefusal(held) ? held.around.reminders.find((one) => one.id === known.id) : undefined
  if (!row || !held || isRefusal(held)) return refuse('not-found', `There is no reminder ${id.slice(0, 60)}; it may have been done.`)
  if (row.how === 'run' && row.sent > 0) return refuse('already-paging', 'Somebody is being paged for it already; do it, or take the role.')
  const about = { incidentId: held.incident.id, happenedAt: now, actor: actorOf(caller) }
  const { rule, subject } = row
  let after: ReminderRow
  if ('stop' in body) {
    after = { ...row, dueAt: null, stoppedBecause: body.stop }
    await writeReminders(tx.sql, held.incident.id, [after], [])
    await append(tx, now, [fact(about, 'reminder.stopped', { rule, subject, reason: body.stop })])
  } else {
    if (row.snoozes >= SNOOZES_MAX)
      return refuse('snoozed-enough', `It was put off ${SNOOZES_MAX} times; do it, or say with \`stop\` why it is not needed.`)
    const until = now + parseDuration(body.snooze)!
    after = { ...row, dueAt: until, snoozedUntil: until, snoozes: row.snoozes + 1 }
    await writeReminders(tx.sql, held.incident.id, [after], [])
    await append(tx, now, [fact(about, 'reminder.snoozed', { rule, subject, until })])
  }
  return { row: after, around: held.around }
}

function reminderViewOf(row: ReminderRow, { tasks }: Around, language: Language) {
  const { id, rule, subject, since, dueAt, promisedAt, snoozedUntil, snoozes, sent, how, stoppedBecause } = row
  const about = rule === 'task' ? (tasks.find((one) => one.id === subject)?.text ?? '') : subject
  return {
    ...{ id, rule, subject, text: reminderText(rule, about, language), snoozes, sent, how, stoppedBecause },
    ...{ since: iso(since), dueAt: isoOrNull(dueAt), promisedAt: isoOrNull(promisedAt), snoozedUntil: isoOrNull(snoozedUntil) },
  }
}

function notYours(): Refusal<'not-yours'> {
  return refuse('not-yours', 'Notices are read by whoever they are for; sign in as them.')
}
