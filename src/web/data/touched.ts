import { isOpen } from '../../modules/incidents/status.ts'
import type { IncidentFilter } from '../product/incidents/filter.ts'
import { type HeardEvent, movesIncident, partsOf, rowAfter, standingOf, timelineAfter, touchesPart } from './heard-event.ts'
import type { IncidentView, ListedIncidentView } from './views.ts'

/** A question whose answer some screen may show. */
export interface Asked {
  key: readonly unknown[]
  data: unknown
}

/** What is known here of whoever looks, and of incidents by id or number. */
export interface Known {
  me: string | undefined
  incidentOf(name: string): Pick<IncidentView, 'id' | 'service'> | undefined
}

/** What an event does to an answer. */
export interface Touch {
  /** What it says now: the event told enough. */
  data?: unknown
  /** It has to be asked again: soon, or only where somebody sees who is paged next. */
  again?: 'soon' | 'where-next-shows'
}

const NOTHING: Touch = {}
const AGAIN: Touch = { again: 'soon' }

/**
 * What an event touches of all that was asked: the screens of its own incident, and lists as far as it stands in them
 * or may come in. Answers of other incidents stay as they are, and nobody asks for them again.
 */
export function touchedBy(event: HeardEvent, { key, data }: Asked, known: Known): Touch {
  const [kind, which, name, last] = key as [string, string?, string?, string?]
  switch (kind) {
    case 'incident':
      return ofIncident(event, known.incidentOf(which!), name, data)
    case 'incidents':
      return ofLists(event, key, data, known)
    case 'alerts':
      return when(touchesPart(event, 'alerts') || movesIncident(event))
    case 'alert':
      return which === 'history' ? when(touchesHistory(event, { integration: name!, dedupKey: last! }, data)) : ofAlert(event, which!, data)
    case 'why':
      return when((isOfIncident(event, partOf(data, 'alert')) && partsOf(event).length > 0) || namesAlert(event, which!))
    case 'counts':
      return when(touchesCounts(event, which!))
    case 'demo':
      return when(which === 'phone' && namesPerson(event, name))
    case 'people':
      return when(which === 'one' && (namesPerson(event, name) || event.actor === `person:${name}`))
    case 'teams':
      return when(touchesPart(event, 'incident'))
    default:
      return NOTHING
  }
}

function when(isTouched: boolean): Touch {
  return isTouched ? AGAIN : NOTHING
}

/** The page of one incident, part by part. Which one a number means is not known before the first answer. */
function ofIncident(event: HeardEvent, incident: { id: string } | undefined, part: string | undefined, data: unknown): Touch {
  if (incident !== undefined && incident.id !== event.incidentId) return NOTHING
  switch (part) {
    case undefined:
      if (data === undefined) return AGAIN
      // What may be done with it now, and its moments, the event does not tell.
      return {
        ...told(rowAfter(data as IncidentView, event), data),
        ...('can' in (data as object) && (movesIncident(event) || touchesPart(event, 'command')) && AGAIN),
      }
    case 'timeline':
      return data === undefined ? AGAIN : told(timelineAfter(data as never, event), data)
    case 'alerts':
      return when(touchesPart(event, 'alerts') || movesIncident(event))
    case 'escalation':
    case 'pages':
      return when(touchesPart(event, part))
    case 'command':
      return when(touchesPart(event, 'command'))
    default:
      return NOTHING
  }
}

function told(next: unknown, before: unknown): Touch {
  if (next === undefined) return AGAIN
  return next === before ? NOTHING : { data: next }
}

function ofLists(event: HeardEvent, key: readonly unknown[], data: unknown, known: Known): Touch {
  const [, which, name, status] = key as [string, string, string?, string?]
  const mine = (service: string) => serviceOf(event, known) === undefined || serviceOf(event, known) === service
  switch (which) {
    case 'rail':
      return ofList(event, { status: 'open' }, data, known)
    case 'waiting':
      return ofList(event, { status: 'waiting' }, data, known)
    case 'list':
      return ofList(event, key[2] as IncidentFilter, data, known)
    case 'since':
      return ofList(event, { status: 'all' }, data, known)
    case 'resolved':
      return ofList(event, { ...(key[2] as IncidentFilter), status: 'resolved' }, data, known)
    case 'service':
      return status === undefined
        ? when(changesCounts(event) && mine(name!))
        : ofList(event, { status: status as 'open', service: [name!] }, data, known)
    case 'services':
      return when(changesCounts(event))
    case 'palette':
      return when(touchesPart(event, 'incident') && Array.isArray(data) && data.some(({ id }) => id === event.incidentId))
    // A list of which nothing is said here may show any of them.
    default:
      return when(touchesPart(event, 'incident'))
  }
}

/** What is open of a service or team, how bad it is and whether somebody has it. */
function changesCounts(event: HeardEvent): boolean {
  return movesIncident(event) || event.type === 'incident.severity-changed'
}

function ofList(event: HeardEvent, filter: IncidentFilter, data: unknown, known: Known): Touch {
  const list = data as { items: ListedIncidentView[] } | undefined
  if (list === undefined) return when(touchesPart(event, 'incident'))
  const row = list.items.find(({ id }) => id === event.incidentId)
  if (row === undefined) return when(mayComeIn(event, filter, known))
  const next = rowAfter(row, event)
  // What `q` finds may have been a word of the title.
  if (next === undefined || (event.type === 'incident.retitled' && filter.q !== undefined)) return AGAIN
  if (!belongs(next, filter)) return { data: { ...list, items: list.items.filter((one) => one !== row) } }
  return {
    ...(next !== row && { data: { ...list, items: list.items.map((one) => (one === row ? next : one)) } }),
    ...(filter.status === 'waiting' && event.type === 'escalation.stopped'
      ? AGAIN
      : next.status !== 'resolved' && changesNext(event) && ({ again: 'where-next-shows' } as const)),
  }
}

function belongs(row: IncidentView, { status, severity, urgency, has }: IncidentFilter): boolean {
  return (
    hasStatus(row.status, status) &&
    (severity === undefined || severity.includes(String(row.severity))) &&
    (urgency === undefined || urgency.includes(row.urgency)) &&
    // `me` is a name, too, and only the server knows whose.
    (has === undefined || has.includes('me') || has.includes(row.acknowledgedBy ?? ''))
  )
}

function hasStatus(told: IncidentView['status'], wanted: IncidentFilter['status']): boolean {
  if (wanted === 'all') return true
  if (wanted === 'open') return told !== 'resolved'
  return told === (wanted === 'waiting' ? 'detected' : wanted)
}

/** An incident that is not in the list. */
function mayComeIn(event: HeardEvent, filter: IncidentFilter, known: Known): boolean {
  const { status, severity, urgency, has, service, q } = filter
  const of = serviceOf(event, known)
  if (service !== undefined && of !== undefined && !(of !== null && service.includes(of))) return false
  if (status === 'waiting' && event.type === 'escalation.level-decided') return namesPerson(event, known.me)
  if (!touchesPart(event, 'incident')) return false
  if (event.type === 'incident.opened') return status !== 'waiting' && hasStatus('detected', status)
  if (event.type === 'incident.severity-changed') return severity !== undefined || urgency !== undefined
  if (event.type === 'incident.retitled') return q !== undefined
  // What was open before it still is: it would stand there.
  return has !== undefined || (status !== 'open' && status !== 'all' && hasStatus(standingOf({ status: 'detected' }, event).status, status))
}

/** Who is paged next, and when; pages for something else than having the incident are another matter. */
function changesNext(event: HeardEvent): boolean {
  const purpose = (event.data as { purpose?: string } | null)?.purpose ?? 'incident'
  const { status, held } = standingOf({ status: 'detected' }, event)
  return touchesPart(event, 'escalation') && purpose === 'incident' && isOpen({ status }) && !held
}

/** Undefined where it is not known; null for an incident of no service. */
function serviceOf({ type, data, incidentId }: HeardEvent, known: Known): string | null | undefined {
  if (type === 'incident.opened' && data !== null) return data['service'] as string | null
  return known.incidentOf(incidentId)?.service
}

function ofAlert(event: HeardEvent, id: string, data: unknown): Touch {
  const own = isOfIncident(event, data) && (touchesPart(event, 'alerts') || movesIncident(event))
  return when(own || namesAlert(event, id))
}

function isOfIncident({ incidentId }: HeardEvent, alert: unknown): boolean {
  return partOf(alert, 'incidentId') === incidentId
}

/** Also when it cannot be said: of alerts that join together one is told. */
function namesAlert(event: HeardEvent, id: string): boolean {
  if (!touchesPart(event, 'alerts')) return false
  const { data } = event
  if (data === null) return true
  return data['alert'] === id || partOf(data['alert'], 'alert') === id || (data['others'] as string[] | undefined)?.includes(id) === true
}

function touchesHistory(event: HeardEvent, { integration, dedupKey }: { integration: string; dedupKey: string }, data: unknown): boolean {
  const items = (partOf(data, 'items') ?? []) as { id: string }[]
  if (items.some((one) => isOfIncident(event, one)) && (touchesPart(event, 'alerts') || movesIncident(event))) return true
  if (items.some(({ id }) => namesAlert(event, id))) return true
  const [joined, opened] = [event.data, partOf(event.data, 'alert')]
  return [joined, opened].some((fact) => partOf(fact, 'integration') === integration && partOf(fact, 'dedupKey') === dedupKey)
}

function touchesCounts(event: HeardEvent, which: string): boolean {
  if (which === 'incidents') return touchesPart(event, 'incident')
  if (which === 'volume') return touchesPart(event, 'alerts') || touchesPart(event, 'pages')
  return touchesPart(event, 'alerts')
}

/** Pages of this person, or of somebody it does not name. */
function namesPerson(event: HeardEvent, person: string | undefined): boolean {
  if (!touchesPart(event, 'pages')) return false
  const { person: one, pages } = (event.data ?? {}) as { person?: string; pages?: { person: string }[] }
  if (person === undefined || (one === undefined && pages === undefined)) return true
  return one === person || pages?.some((page) => page.person === person) === true
}

function partOf(thing: unknown, name: string): unknown {
  return typeof thing === 'object' && thing !== null ? (thing as Record<string, unknown>)[name] : undefined
}
