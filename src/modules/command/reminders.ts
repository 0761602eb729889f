import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../../kernel/time.ts'

export const REMINDER_RULES = [
  'nobody-has-it',
  'commander-empty',
  'role-empty',
  'offer',
  'update',
  'task',
  'quiet',
  'stuck',
  'mitigated',
  'resolve',
  'declare',
  'close',
] as const
export type ReminderRule = (typeof REMINDER_RULES)[number]

/** Something that will be said unless what it waits for happens first. */
export interface Reminder {
  rule: ReminderRule
  /** What of the incident it is about: a role, an audience, a task; empty where there is only one. */
  subject: string
  /** From where it counts: when this changes it begins anew. */
  since: Instant
  dueAt: Instant
  /** To the room and to people one by one, or by paging somebody else. */
  how: 'say' | 'run'
  /** Said again after each of these, the last again and again; no more when there is none. */
  thenMs: number[]
  timesMax: number | null
}

/** What is so of an incident, as far as anybody is reminded of it. Moments are null before they happen. */
export interface ReminderFacts {
  declared: boolean
  state: 'open' | 'resolved' | 'ended'
  rank: number
  held: boolean
  /** Since when somebody, or nobody, has it. */
  heldSince: Instant
  declaredAt: Instant | null
  roles: { role: string; wanted: boolean; empty: boolean; since: Instant; offeredAt: Instant | null }[]
  /** Audiences and when each was promised its next update. */
  promises: { audience: string; promisedAt: Instant; madeAt: Instant }[]
  tasks: { id: string; due: Instant; givenAt: Instant }[]
  lastPersonAt: Instant
  cause: boolean
  mitigationBegan: boolean
  /** Since when no alert of it is open; null while one is, or when there never was one. */
  alertsEndedAt: Instant | null
  /** When the window asks whether it is over; null before it is mitigated. */
  window: { since: Instant; askAt: Instant } | null
  resolvedAt: Instant | null
  /** In a drill time goes so many times faster; 1 unless said. */
  pace: number
}

/** All reminders that an incident wants now. Rows follow: those not named here stop. */
export function wanted(facts: ReminderFacts): Reminder[] {
  if (facts.state === 'ended') return []
  if (!facts.declared) return facts.state === 'open' ? toDeclare(facts) : []
  if (facts.state === 'resolved')
    return facts.resolvedAt === null ? [] : [say(facts, 'close', '', facts.resolvedAt, DAY, [DAY, DAY, DAY, DAY, DAY, 7 * DAY])]
  return [...ofHolding(facts), ...ofRoles(facts), ...ofPromises(facts), ...ofTasks(facts), ...ofProgress(facts)]
}

function ofHolding(facts: ReminderFacts): Reminder[] {
  return facts.held ? [] : [say(facts, 'nobody-has-it', '', facts.heldSince, 5 * MINUTE, [5 * MINUTE])]
}

function ofRoles(facts: ReminderFacts): Reminder[] {
  return facts.roles.flatMap(({ role, wanted: isWanted, empty, since, offeredAt }): Reminder[] => {
    const offered = offeredAt === null ? [] : [say(facts, 'offer', role, offeredAt, 2 * MINUTE, [5 * MINUTE])]
    if (!isWanted || !empty) return offered
    if (role !== 'commander') return [...offered, say(facts, 'role-empty', role, since, 3 * MINUTE, [10 * MINUTE], 3)]
    const first = say(facts, 'commander-empty', role, since, facts.rank >= 3 ? 10 * MINUTE : 2 * MINUTE, [])
    return [...offered, first, ...(facts.rank <= 2 ? [run(facts, 'commander-empty', `${role}:run`, since, 4 * MINUTE)] : [])]
  })
}

function ofPromises(facts: ReminderFacts): Reminder[] {
  return facts.promises.flatMap(({ audience, promisedAt, madeAt }): Reminder[] => {
    const exact = (subject: string, how: Reminder['how'], dueAt: Instant): Reminder => ({
      rule: 'update',
      subject,
      since: madeAt,
      // A promise shorter than the warning is warned of at once.
      dueAt: Math.max(madeAt, dueAt),
      how,
      thenMs: [],
      timesMax: 1,
    })
    return [
      exact(`${audience}:before`, 'say', promisedAt - paced(facts, 5 * MINUTE)),
      exact(audience, 'say', promisedAt),
      ...(facts.rank <= 2 ? [exact(`${audience}:run`, 'run', promisedAt + paced(facts, 10 * MINUTE))] : []),
    ]
  })
}

function ofTasks(facts: ReminderFacts): Reminder[] {
  return facts.tasks.map(({ id, due, givenAt }) => ({
    rule: 'task',
    subject: id,
    since: givenAt,
    dueAt: due,
    how: 'say',
    thenMs: [paced(facts, 5 * MINUTE)],
    timesMax: 4,
  }))
}

function ofProgress(facts: ReminderFacts): Reminder[] {
  const { rank, lastPersonAt, cause, mitigationBegan, declaredAt, alertsEndedAt, window } = facts
  const all: Reminder[] = []
  if (rank <= 2) all.push(say(facts, 'quiet', '', lastPersonAt, rank === 1 ? 30 * MINUTE : 2 * HOUR, [30 * MINUTE]))
  if (rank <= 2 && !cause && !mitigationBegan && declaredAt !== null)
    all.push(say(facts, 'stuck', '', declaredAt, 30 * MINUTE, [30 * MINUTE]))
  if (window === null && alertsEndedAt !== null) all.push(say(facts, 'mitigated', '', alertsEndedAt, 0, [15 * MINUTE]))
  if (window !== null)
    all.push({
      rule: 'resolve',
      subject: '',
      since: window.since,
      dueAt: window.askAt,
      how: 'say',
      thenMs: [paced(facts, 30 * MINUTE)],
      timesMax: null,
    })
  return all
}

/** An incident that alerts opened, and that somebody has for long, may be worth declaring. */
function toDeclare(facts: ReminderFacts): Reminder[] {
  return facts.held ? [say(facts, 'declare', '', facts.heldSince, 30 * MINUTE, [30 * MINUTE], 3)] : []
}

function say(
  facts: ReminderFacts,
  rule: ReminderRule,
  subject: string,
  since: Instant,
  afterMs: number,
  thenMs: number[],
  timesMax: number | null = thenMs.length === 0 ? 1 : null,
): Reminder {
  const dueAt = since + (afterMs === 0 ? 0 : paced(facts, afterMs))
  return { rule, subject, since, dueAt, how: 'say', thenMs: thenMs.map((one) => paced(facts, one)), timesMax }
}

function run(facts: ReminderFacts, rule: ReminderRule, subject: string, since: Instant, afterMs: number): Reminder {
  return { ...say(facts, rule, subject, since, afterMs, []), how: 'run' }
}

/** When it is said again after having been said `times` times; null when that was the last. */
export function nextDue({ thenMs, timesMax }: Pick<Reminder, 'thenMs' | 'timesMax'>, times: number, saidAt: Instant): Instant | null {
  const pause = thenMs[Math.min(times, thenMs.length) - 1]
  return pause === undefined || (timesMax !== null && times >= timesMax) ? null : saidAt + pause
}

/** In a drill durations shrink, but not below a second. */
export function paced({ pace }: Pick<ReminderFacts, 'pace'>, ms: number): number {
  return Math.max(SECOND, Math.round(ms / pace))
}
