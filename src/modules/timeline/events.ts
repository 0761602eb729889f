import type { Actor } from '../../kernel/actor.ts'
import type { IncidentId, RunId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/time.ts'

/** How a person came to be paged: one entry per name in the policy that led to somebody, or to nobody. */
export interface Found {
  /** What the policy names. */
  target: { person: string } | { schedule: string } | { team: string } | { admins: true } | { everyone: true }
  /** Who it led to; absent when it led to nobody. */
  person?: string
  /** For schedules: the layer or override, and until when. */
  shift?:
    | { from: Instant; until: Instant | null; layer: string }
    | { from: Instant; until: Instant | null; override: string; reason?: string }
  /** Why it led to nobody. */
  absent?:
    | 'nobody-on-call'
    | 'no-such-schedule'
    | 'no-such-person'
    | 'no-such-team'
    | 'empty-team'
    | 'no-contact'
    | 'only-on-screen'
    | 'demo-person'
}

/** A page that was queued: to whom, by which contact and rule. */
export interface QueuedPage {
  id: string
  person: string
  contact: string
  channel: string
  rule: number
  afterMs: number
}

/** What people are paged for: to have the incident, to take a role in it, as somebody asked for, or to tell an audience. */
export type RunPurpose = 'incident' | `role:${string}` | `responder:${string}` | `update:${string}`

export type RunReason =
  | 'opened'
  | 'recurred'
  | 'asked'
  | 'role-empty'
  | 'update-due'
  | 'worse'
  | 'urgent'
  | 'long-acknowledged'
  | 'ack-timeout'
  | 'by-hand'
  | 'still-firing'
  | 'resumed'

/**
 * Everything that can happen, in the past tense. Facts only: they are worded when read. Events are forever: add
 * members and optional fields, never rename or remove.
 */
export type TimelineEvent =
  | {
      type: 'incident.opened'
      data: {
        title: string
        severity: number
        urgency: 'high' | 'low'
        service: string | null
        policy: string | null
        origin: 'alert' | 'person' | 'drill'
        alert?: AlertFact
        grouping?: [string, string][]
      }
    }
  | { type: 'alert.joined'; data: JoinedFact & { grouping: [string, string][] } }
  /** Put by a person where they belong; `from` is absent of what was in no incident. */
  | { type: 'alert.moved-here'; data: JoinedFact & { from?: string } }
  | { type: 'alert.moved-away'; data: JoinedFact & { to: string } }
  | { type: 'alert.ended'; data: { alert: string; title: string; by: 'source' | 'lapsed' | 'person' } }
  | { type: 'alert.acknowledged-by-source'; data: { alert: string; title: string } }
  | {
      type: 'incident.severity-changed'
      data: {
        from: number
        to: number
        urgency: 'high' | 'low'
        by: 'alert' | 'person'
        alert?: string
        reason?: string
        /** Keys of the scheme, where it has one: what it is, and what it was. */
        level?: string
        was?: string
      }
    }
  | { type: 'incident.acknowledged'; data: { via: 'api' | 'link' | 'source' | 'cli' | 'web'; page?: string } }
  | { type: 'incident.unacknowledged'; data: { reason: RunReason; alert?: AlertFact } }
  | { type: 'incident.resolved'; data: { reason: 'alerts-ended' | 'by-hand'; alertsEnded: number } }
  | { type: 'incident.retitled'; data: { from: string; to: string } }
  | { type: 'note.added'; data: { text: string; kind?: 'decision' | 'observation' } }
  | {
      type: 'escalation.level-decided'
      data: {
        run: RunId
        number: number
        /** Absent: to have the incident. */
        purpose?: RunPurpose
        reason: RunReason
        policy: string
        policyVersion: number
        round: number
        /** 1 for the first; absent for the catch-all. */
        level?: number
        lateMs?: number
        /** The alert that made it page again. */
        cause?: AlertFact
        found: Found[]
        pages: QueuedPage[]
      }
    }
  | { type: 'escalation.none'; data: { reason: 'no-policy' | 'no-service' | 'severity'; level?: string } }
  | { type: 'escalation.level-failed'; data: { run: RunId; round: number; level: number } }
  | {
      type: 'escalation.stopped'
      data: {
        run: RunId
        purpose?: RunPurpose
        reason: 'acknowledged' | 'resolved' | 'superseded' | 'merged' | 'cancelled'
        pagesWithdrawn: number
      }
    }
  | { type: 'page.delivered'; data: PageFact }
  | { type: 'page.failed'; data: PageFact & { nextAttemptAt: Instant | null } }
  | { type: 'page.outcome-unknown'; data: PageFact & { nextAttemptAt: Instant | null } }
  | { type: 'page.gave-up'; data: PageFact }
  | CommandEvent
  | PeopleEvent
  | EntryEvent

/** How a declared incident went. */
export type CommandEvent =
  | {
      type: 'incident.declared'
      data: {
        level: string
        scheme: string
        version: number
        facts?: Record<string, unknown>
        source?: { via: string; url?: string }
        /** Milder than was proposed: why. */
        reason?: string
      }
    }
  | {
      type: 'severity.proposed'
      data: {
        level: string
        because: { fact: string; value?: unknown }
        adjusted: { by: string; from: string; to: string }[]
        missing: string[]
      }
    }
  | { type: 'incident.status-changed'; data: { from: string; to: string; text?: string; cause?: string; byAlert?: string } }
  | { type: 'incident.closed'; data: { text?: string } }
  | { type: 'incident.cancelled'; data: { reason: string } }
  | { type: 'incident.reopened'; data: { reason: string } }
  | { type: 'incident.merged'; data: { into: string } }
  | { type: 'incident.absorbed'; data: { incident: string; alerts: number } }
  | { type: 'incident.unmerged'; data: { from: string; status: string; held: boolean } }
  | { type: 'incident.sub-added'; data: { incident: string; title: string } }
  | { type: 'incident.moment-set'; data: { name: string; at: Instant | null; was: Instant | null; reason?: string } }
  | { type: 'incident.changed'; data: { field: string; was: unknown; is: unknown; reason?: string } }
  | { type: 'incident.visibility-changed'; data: { to: 'public' | 'private' } }
  | { type: 'incident.member-added'; data: { who: string; by: 'declaring' | 'page' | 'role' | 'hand' | 'glass'; reason?: string } }
  | { type: 'incident.member-removed'; data: { who: string } }
  | { type: 'incident.linked'; data: { link: string; kind: 'url' | 'recurrence' | 'related'; title?: string } }
  | { type: 'check.changed'; data: { list: string; item: string; state: 'met' | 'not-met' | 'waived'; evidence?: string } }
  | { type: 'resolve.overridden'; data: { reason: string; items: string[] } }
  | { type: 'reminder.sent'; data: ReminderFact & { dueAt: Instant; channel: 'room' | 'direct' | 'run'; people?: string[] } }
  | { type: 'reminder.snoozed'; data: ReminderFact & { until: Instant } }
  | { type: 'reminder.stopped'; data: ReminderFact & { reason?: string } }
  | {
      type: 'update.posted'
      data: { id: string; moment: string; version: number; audiences: string[]; texts: Record<string, string>; nextBy: Instant | null }
    }
  | { type: 'room.step'; data: { step: string; state: string; detail?: string } }

/** What people do with each other in it. */
export type PeopleEvent =
  | { type: 'role.taken'; data: RoleFact }
  | { type: 'role.assigned'; data: RoleFact }
  | { type: 'role.offered'; data: RoleFact & { brief: string } }
  | { type: 'role.accepted'; data: RoleFact }
  | { type: 'role.declined'; data: RoleFact & { reason: string } }
  | { type: 'role.lapsed'; data: RoleFact }
  | { type: 'role.left'; data: RoleFact }
  | { type: 'responder.paged'; data: { responder: string; target: string; message?: string } }
  | { type: 'responder.joined'; data: { responder: string; person: string } }
  | { type: 'responder.left'; data: { responder: string; target: string } }
  | { type: 'task.added'; data: TaskFact }
  | { type: 'task.changed'; data: TaskFact }
  | { type: 'task.done'; data: TaskFact }
  | { type: 'task.dropped'; data: TaskFact & { reason: string } }
  | { type: 'follow-up.added'; data: TaskFact }
  | { type: 'follow-up.changed'; data: TaskFact }
  | { type: 'poll.opened'; data: { poll: string; text: string; until: Instant } }
  | { type: 'poll.objected'; data: { poll: string; text: string; objection: string } }
  | { type: 'poll.decided'; data: { poll: string; text: string; objections: number } }

/** What is done to the record itself, and what comes into it from elsewhere. */
export type EntryEvent =
  | { type: 'entry.edited'; data: { of: number; text: string } }
  | { type: 'entry.deleted'; data: { of: number; reason?: string } }
  | { type: 'entry.redacted'; data: { of: number; reason: string } }
  | { type: 'imported.noted'; data: { source: string; ref: string; text: string; who?: string } }
  | { type: 'attachment.added'; data: { attachment: string; name: string; bytes: number; sha256: string } }
  | {
      type: 'chat.captured'
      data: { room: string; ts: string; who: string; text: string; thread?: { who: string; text: string; ts: string }[] }
    }

/** Who has a role. `from`: who had it before, or who offered it. */
export interface RoleFact {
  role: string
  person: string
  from?: string
  reason?: string
}

export interface TaskFact {
  task: string
  text: string
  person?: string
  due?: Instant
}

export interface ReminderFact {
  rule: string
  subject: string
}

export interface AlertFact {
  alert: string
  integration: string
  dedupKey: string
  title: string
  severity: number
}

/** Alerts that joined together: the first is told, the others are named by id. */
export interface JoinedFact extends AlertFact {
  others?: string[]
}

export interface PageFact {
  page: string
  person: string
  contact: string
  channel: string
  attempt: number
  answer: string
  /** The message it left in, when several pages shared one. */
  bundle?: string
}

export type EventType = TimelineEvent['type']

/** What one kind of event carries. */
export type DataOf<Type extends EventType> = Extract<TimelineEvent, { type: Type }>['data']

/** How an event stands on a timeline: a key moment, a fact, or the system's own; with a mark that the eye finds. */
export interface Look {
  weight: 'key' | 'fact' | 'system'
  mark?: 'flag' | 'graph' | 'check' | 'undo' | 'ok' | 'edit' | 'note' | 'bell' | 'belloff' | 'warn'
}

export const looks: Record<EventType, Look> = {
  'incident.opened': { weight: 'key', mark: 'flag' },
  'alert.joined': { weight: 'fact', mark: 'graph' },
  'alert.moved-here': { weight: 'fact', mark: 'graph' },
  'alert.moved-away': { weight: 'fact', mark: 'graph' },
  'alert.ended': { weight: 'fact', mark: 'graph' },
  'alert.acknowledged-by-source': { weight: 'fact', mark: 'graph' },
  'incident.severity-changed': { weight: 'key', mark: 'flag' },
  'incident.acknowledged': { weight: 'key', mark: 'check' },
  'incident.unacknowledged': { weight: 'key', mark: 'undo' },
  'incident.resolved': { weight: 'key', mark: 'ok' },
  'incident.retitled': { weight: 'fact', mark: 'edit' },
  'note.added': { weight: 'fact', mark: 'note' },
  'escalation.level-decided': { weight: 'fact', mark: 'bell' },
  'escalation.none': { weight: 'fact', mark: 'belloff' },
  'escalation.level-failed': { weight: 'fact', mark: 'warn' },
  'escalation.stopped': { weight: 'system' },
  'page.delivered': { weight: 'system' },
  'page.failed': { weight: 'fact', mark: 'warn' },
  'page.outcome-unknown': { weight: 'fact', mark: 'warn' },
  'page.gave-up': { weight: 'fact', mark: 'warn' },
  'incident.declared': { weight: 'key', mark: 'flag' },
  'severity.proposed': { weight: 'system', mark: 'flag' },
  'incident.status-changed': { weight: 'key', mark: 'check' },
  'incident.closed': { weight: 'key', mark: 'ok' },
  'incident.cancelled': { weight: 'key', mark: 'undo' },
  'incident.reopened': { weight: 'key', mark: 'undo' },
  'incident.merged': { weight: 'key', mark: 'flag' },
  'incident.absorbed': { weight: 'fact', mark: 'flag' },
  'incident.unmerged': { weight: 'key', mark: 'undo' },
  'incident.sub-added': { weight: 'fact', mark: 'flag' },
  'incident.moment-set': { weight: 'fact', mark: 'edit' },
  'incident.changed': { weight: 'fact', mark: 'edit' },
  'incident.visibility-changed': { weight: 'key', mark: 'edit' },
  'incident.member-added': { weight: 'fact', mark: 'edit' },
  'incident.member-removed': { weight: 'fact', mark: 'edit' },
  'incident.linked': { weight: 'fact', mark: 'edit' },
  'check.changed': { weight: 'fact', mark: 'check' },
  'resolve.overridden': { weight: 'key', mark: 'warn' },
  'reminder.sent': { weight: 'system', mark: 'bell' },
  'reminder.snoozed': { weight: 'system', mark: 'belloff' },
  'reminder.stopped': { weight: 'system', mark: 'belloff' },
  'update.posted': { weight: 'key', mark: 'note' },
  'room.step': { weight: 'system' },
  'role.taken': { weight: 'fact', mark: 'check' },
  'role.assigned': { weight: 'fact', mark: 'check' },
  'role.offered': { weight: 'fact', mark: 'flag' },
  'role.accepted': { weight: 'fact', mark: 'check' },
  'role.declined': { weight: 'fact', mark: 'undo' },
  'role.lapsed': { weight: 'fact', mark: 'undo' },
  'role.left': { weight: 'fact', mark: 'undo' },
  'responder.paged': { weight: 'fact', mark: 'bell' },
  'responder.joined': { weight: 'fact', mark: 'check' },
  'responder.left': { weight: 'fact', mark: 'undo' },
  'task.added': { weight: 'fact', mark: 'edit' },
  'task.changed': { weight: 'system', mark: 'edit' },
  'task.done': { weight: 'fact', mark: 'check' },
  'task.dropped': { weight: 'fact', mark: 'undo' },
  'follow-up.added': { weight: 'fact', mark: 'edit' },
  'follow-up.changed': { weight: 'system', mark: 'edit' },
  'poll.opened': { weight: 'fact', mark: 'flag' },
  'poll.objected': { weight: 'fact', mark: 'warn' },
  'poll.decided': { weight: 'key', mark: 'ok' },
  'entry.edited': { weight: 'system', mark: 'edit' },
  'entry.deleted': { weight: 'system', mark: 'edit' },
  'entry.redacted': { weight: 'system', mark: 'edit' },
  'imported.noted': { weight: 'fact', mark: 'note' },
  'attachment.added': { weight: 'fact', mark: 'note' },
  'chat.captured': { weight: 'fact', mark: 'note' },
}

/** What of an incident may stand otherwise after an event, beside its timeline: the row that lists show, or what belongs to it. */
export type Part = 'incident' | 'alerts' | 'escalation' | 'pages' | 'command'

/** What an open screen has to look at again, and for which events it need not. */
export const touches = {
  'incident.opened': ['incident', 'alerts', 'escalation'],
  'alert.joined': ['alerts'],
  'alert.moved-here': ['alerts'],
  'alert.moved-away': ['alerts'],
  'alert.ended': ['alerts'],
  'alert.acknowledged-by-source': ['alerts'],
  // Severity decides which levels apply, and what is due.
  'incident.severity-changed': ['incident', 'escalation'],
  'incident.acknowledged': ['incident', 'escalation'],
  'incident.unacknowledged': ['incident', 'escalation'],
  'incident.resolved': ['incident', 'alerts', 'escalation'],
  'incident.retitled': ['incident'],
  'note.added': [],
  'escalation.level-decided': ['escalation', 'pages'],
  'escalation.none': ['escalation'],
  'escalation.level-failed': ['escalation'],
  'escalation.stopped': ['escalation', 'pages'],
  // The next level counts from the first attempt.
  'page.delivered': ['pages', 'escalation'],
  'page.failed': ['pages', 'escalation'],
  'page.outcome-unknown': ['pages', 'escalation'],
  'page.gave-up': ['pages', 'escalation'],
  'incident.declared': ['incident', 'command', 'escalation'],
  'severity.proposed': [],
  'incident.status-changed': ['incident', 'alerts', 'command'],
  'incident.closed': ['incident', 'alerts', 'command'],
  'incident.cancelled': ['incident', 'command', 'alerts', 'escalation'],
  'incident.reopened': ['incident', 'alerts', 'command', 'escalation'],
  'incident.merged': ['incident', 'command', 'alerts', 'escalation'],
  'incident.absorbed': ['incident', 'command', 'alerts'],
  'incident.unmerged': ['incident', 'command', 'alerts', 'escalation'],
  'incident.sub-added': ['command'],
  'incident.moment-set': ['incident', 'command'],
  'incident.changed': ['incident', 'command'],
  'incident.visibility-changed': ['incident', 'command'],
  'incident.member-added': ['command'],
  'incident.member-removed': ['command'],
  'incident.linked': ['command'],
  'check.changed': ['command'],
  'resolve.overridden': ['command'],
  'reminder.sent': ['command'],
  'reminder.snoozed': ['command'],
  'reminder.stopped': ['command'],
  'update.posted': ['command'],
  'room.step': ['command'],
  'role.taken': ['command'],
  'role.assigned': ['command'],
  'role.offered': ['command'],
  'role.accepted': ['command'],
  'role.declined': ['command'],
  'role.lapsed': ['command'],
  'role.left': ['command'],
  'responder.paged': ['command', 'pages'],
  'responder.joined': ['command'],
  'responder.left': ['command', 'pages'],
  'task.added': ['command'],
  'task.changed': ['command'],
  'task.done': ['command'],
  'task.dropped': ['command'],
  'follow-up.added': ['command'],
  'follow-up.changed': ['command'],
  'poll.opened': ['command'],
  'poll.objected': ['command'],
  'poll.decided': ['command'],
  'entry.edited': [],
  'entry.deleted': [],
  'entry.redacted': [],
  'imported.noted': [],
  'attachment.added': ['command'],
  'chat.captured': [],
} as const satisfies Record<EventType, readonly Part[]>

/** The events after which this part may stand otherwise. */
export type Touching<One extends Part> = { [Type in EventType]: One extends (typeof touches)[Type][number] ? Type : never }[EventType]

/** Every event there is, by name: what an open screen listens for. */
export const EVENT_TYPES = Object.keys(looks) as EventType[]

/** What matters most. */
export const KEY_EVENTS = EVENT_TYPES.filter((type) => looks[type].weight === 'key')

/** An event as it is written: when it happened (which may be before it was recorded), who did it. */
export interface Entry {
  incidentId: IncidentId
  happenedAt: Instant
  actor: Actor
  event: TimelineEvent
}

/** One fact, its data checked against its kind. */
export function fact<Type extends EventType>(
  about: Omit<Entry, 'event'>,
  type: Type,
  data: Extract<TimelineEvent, { type: Type }>['data'],
): Entry {
  return { ...about, event: { type, data } as TimelineEvent }
}

/** An event as it is read. What it says is empty once it was taken away. */
export interface RecordedEvent {
  position: number
  incidentId: IncidentId
  seq: number
  happenedAt: Instant
  recordedAt: Instant
  actor: Actor
  event: TimelineEvent
  redacted?: true
}
