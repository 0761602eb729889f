import type { Instant } from '../../kernel/time.ts'
import type { ReminderRow } from './around.ts'
import type { ReminderRule } from './reminders.ts'

/** What an incident needs a person for, and what ends it. */
export interface Need {
  need: ReminderRule
  subject: string
  since: Instant
  act: string
}

/** More than three at once helps nobody. */
const MOST = 3

/** How long somebody may have a plain incident before it is offered to be declared. */
const WORTH_DECLARING_MS = 30 * 60_000

const ACTS: Record<ReminderRule, string> = {
  'nobody-has-it': 'acknowledge',
  'commander-empty': 'take-role',
  'role-empty': 'take-role',
  offer: 'answer',
  update: 'update',
  task: 'done',
  quiet: 'note',
  stuck: 'escalate',
  mitigated: 'mitigated',
  resolve: 'resolve',
  declare: 'declare',
  close: 'close',
}

/** What is overdue and not put off, the longest first. */
export function needsOf(reminders: ReminderRow[], now: Instant): Need[] {
  return reminders
    .flatMap((one): Need[] => {
      const { rule, subject, how, sent, dueAt, snoozedUntil, stoppedBecause } = one
      if (how === 'run' || stoppedBecause !== null || subject.endsWith(':before')) return []
      if (snoozedUntil !== null && snoozedUntil > now) return []
      if (sent === 0 && (dueAt === null || dueAt > now)) return []
      const since = one.firstDueAt ?? one.since
      return [{ need: rule, subject, since, act: ACTS[rule] }]
    })
    .sort((a, b) => a.since - b.since)
    .slice(0, MOST)
}

/** A plain incident that somebody has for long may be worth declaring: nobody is nagged, it is offered where it is looked at. */
export function needsOfPlain({ held, acknowledgedAt }: { held: boolean; acknowledgedAt: Instant | null }, now: Instant): Need[] {
  if (!held || acknowledgedAt === null || now - acknowledgedAt < WORTH_DECLARING_MS) return []
  return [{ need: 'declare', subject: '', since: acknowledgedAt + WORTH_DECLARING_MS, act: ACTS.declare }]
}
