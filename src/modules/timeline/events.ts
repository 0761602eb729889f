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

export type RunReason = 'opened' | 'worse' | 'urgent' | 'ack-timeout' | 'by-hand' | 'still-firing'

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
  | { type: 'alert.ended'; data: { alert: string; title: string; by: 'source' | 'lapsed' | 'person' } }
  | { type: 'alert.acknowledged-by-source'; data: { alert: string; title: string } }
  | {
      type: 'incident.severity-changed'
      data: { from: number; to: number; urgency: 'high' | 'low'; by: 'alert' | 'person'; alert?: string; reason?: string }
    }
  | { type: 'incident.acknowledged'; data: { via: 'api' | 'link' | 'source' | 'cli' | 'web'; page?: string } }
  | { type: 'incident.unacknowledged'; data: { reason: RunReason } }
  | { type: 'incident.resolved'; data: { reason: 'alerts-ended' | 'by-hand'; alertsEnded: number } }
  | { type: 'incident.retitled'; data: { from: string; to: string } }
  | { type: 'note.added'; data: { text: string } }
  | {
      type: 'escalation.level-decided'
      data: {
        run: RunId
        number: number
        reason: RunReason
        policy: string
        policyVersion: number
        round: number
        /** 1 for the first; absent for the catch-all. */
        level?: number
        lateMs?: number
        found: Found[]
        pages: QueuedPage[]
      }
    }
  | { type: 'escalation.none'; data: { reason: 'no-policy' | 'no-service' } }
  | { type: 'escalation.level-failed'; data: { run: RunId; round: number; level: number } }
  | { type: 'escalation.stopped'; data: { run: RunId; reason: 'acknowledged' | 'resolved' | 'superseded'; pagesWithdrawn: number } }
  | { type: 'page.delivered'; data: PageFact }
  | { type: 'page.failed'; data: PageFact & { nextAttemptAt: Instant | null } }
  | { type: 'page.outcome-unknown'; data: PageFact & { nextAttemptAt: Instant | null } }
  | { type: 'page.gave-up'; data: PageFact }

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

/** An event as it is written: when it happened (which may be before it was recorded), who did it. */
export interface Entry {
  incidentId: IncidentId
  happenedAt: Instant
  actor: Actor
  event: TimelineEvent
}

/** An event as it is read. */
export interface RecordedEvent {
  position: number
  incidentId: IncidentId
  seq: number
  happenedAt: Instant
  recordedAt: Instant
  actor: Actor
  event: TimelineEvent
}
