import { type Actor, nameOf } from '../../kernel/actor.ts'
import { isOpen, type Standing, standingAfter } from '../../modules/incidents/status.ts'
import {
  type CommandEvent,
  type DataOf,
  type EventType,
  type Part,
  type TimelineEvent,
  type Touching,
  touches,
} from '../../modules/timeline/events.ts'
import type { EventView, IncidentView, ListedIncidentView } from './views.ts'

/** An event as the stream tells it. `data` is null where it has too many words for that. */
export interface HeardEvent extends Omit<EventView, 'data'> {
  data: EventView['data'] | null
}

const EVERYTHING: readonly Part[] = ['incident', 'alerts', 'escalation', 'pages']

/** What of its incident may stand otherwise after it; of an event that is not known here, anything. */
export function partsOf({ type }: Pick<HeardEvent, 'type'>): readonly Part[] {
  return Object.hasOwn(touches, type) ? touches[type as EventType] : EVERYTHING
}

/** Of which part of an incident one asks, beside its timeline. */
export function touchesPart(event: HeardEvent, part: Part): boolean {
  return partsOf(event).includes(part)
}

/** Whether it changes how far the work is, or whether somebody has it. */
export function movesIncident(event: HeardEvent): boolean {
  return after({ status: 'acknowledged', held: true }, event) !== undefined
}

/** How it stands after it. Of a row that says only its status, being acknowledged is being held. */
export function standingOf(before: Pick<IncidentView, 'status'> & Partial<Standing>, event: HeardEvent): Standing {
  const standing = { status: before.status, held: before.held ?? before.status === 'acknowledged' }
  return after(standing, event) ?? standing
}

function after(before: Standing, { type, data }: HeardEvent): Standing | undefined {
  const next = standingAfter(before, { type, data: data ?? {} } as TimelineEvent)
  return next === before || next === null ? undefined : next
}

type Row = IncidentView & Partial<Pick<ListedIncidentView, 'next'>>

/** The incident as it is after its event; undefined when that does not say enough. */
export function rowAfter<Before extends Row>(before: Before, event: HeardEvent): Before | undefined {
  const { type, data } = event
  if (!touchesPart(event, 'incident')) return before
  if (data === null || !Object.hasOwn(changes, type)) return undefined
  const change = changes[type as Told] as (data: object, event: HeardEvent) => Partial<Row>
  const { status, held } = standingOf(before, event)
  // Nobody is paged next for what somebody has, or is over.
  const next = movesIncident(event) && 'next' in before && (held || !isOpen({ status })) ? { next: null } : {}
  return { ...before, ...change(data, event), status, held, ...next }
}

/** What is done in a declared incident moves more than its row: it is asked for again. */
type Told = Exclude<Touching<'incident'>, CommandEvent['type']>

/** An event that is added and touches the incident itself stands here, or nothing compiles. */
const changes: { [Type in Told]: (data: DataOf<Type>, event: HeardEvent) => Partial<Row> } = {
  // Whoever knows it has asked for it since.
  'incident.opened': () => ({}),
  'incident.severity-changed': ({ to, urgency }) => ({ severity: to, urgency }),
  'incident.acknowledged': (_, { happenedAt, actor }) => ({ acknowledgedAt: happenedAt, acknowledgedBy: nameOf(actor as Actor) }),
  'incident.unacknowledged': () => ({ acknowledgedAt: null, acknowledgedBy: null }),
  'incident.resolved': ({ reason }, { happenedAt, actor }) => ({
    resolvedAt: happenedAt,
    resolvedBy: reason === 'alerts-ended' ? 'alerts ended' : nameOf(actor as Actor),
  }),
  'incident.retitled': ({ to }) => ({ title: to }),
}

/** Its fact at the end of what is known; undefined when something between is missing, or its words, or when it takes others’ words away. */
export function timelineAfter(before: EventView[], event: HeardEvent): EventView[] | undefined {
  const known = before.at(-1)?.seq ?? 0
  if (event.seq <= known) return before
  return event.seq === known + 1 && event.data !== null && event.type !== 'entry.redacted'
    ? [...before, { ...event, data: event.data }]
    : undefined
}
