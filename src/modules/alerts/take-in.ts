import { hash } from 'node:crypto'
import type { Actor } from '../../kernel/actor.ts'
import { type IncidentId, newId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Transaction } from '../../platform/db.ts'
import { groupOf, Service } from '../catalog/index.ts'
import type { Snapshot } from '../documents/index.ts'
import {
  acknowledgeAtSource,
  type Incident,
  type IncidentParts,
  type Joining,
  joinIncidents,
  lockAffected,
  lockIncidents,
  type NewIncident,
  openIncidents,
  resolveEnded,
} from '../incidents/index.ts'
import { type AlertFact, append, type Entry, type JoinedFact } from '../timeline/index.ts'
import { endedEntry } from './actions.ts'
import { type Alert, identityOf, isAfter, samePlace } from './alert.ts'
import { type Report, receive } from './receive.ts'
import { countOpenAlerts, insertAlerts, lockIdentities, updateAlerts } from './store.ts'

/** A report and where it came from. */
export interface IncomingReport extends Report {
  integration: string
  service: string
  demo: boolean
}

/** An alert as the batch leaves it, and what the batch has to do about it. */
interface Touched {
  alert: Alert
  latest: boolean
  isNew: boolean
  /** Opens or joins an incident when the batch is done. */
  opens: boolean
  stillFiring: boolean
  demo: boolean
  ended: boolean
  acknowledged: 'first' | 'again' | null
  /** Reported again with a worse severity than before. */
  worse: boolean
  /** The worst severity of the batch, or before it: what it eased to since makes no incident easier. */
  worst: number
  link: 'opened' | 'joined' | null
}

/**
 * Takes reports in, in inbox order, in the caller's transaction: dedupe, group, open or join incidents, decide level 1
 * and queue its pages, end what has ended. Reports of one body count as simultaneous: what begins comes before what
 * ends, so that a group never resolves in the middle of a message. `locked` are the alerts the reports are about, if
 * the caller has asked for them already.
 */
export async function takeIn(
  tx: Transaction,
  now: Instant,
  parts: IncidentParts,
  snapshot: Snapshot,
  reports: IncomingReport[],
  locked?: Promise<Alert[]>,
): Promise<void> {
  for (const [i, segment] of segmentsOf(reports).entries()) {
    const asked = i === 0 ? locked : undefined
    const known =
      asked ??
      lockReported(
        tx,
        segment.map(({ integration, signal }) => ({ integration, dedupKey: signal.dedupKey })),
      )
    await takeInSegment(tx, now, parts, snapshot, segment, known)
  }
}

/** Cuts the batch where something begins on a service after something ended on it, for there the order matters. */
function segmentsOf(reports: IncomingReport[]): IncomingReport[][] {
  const segments: IncomingReport[][] = []
  let current: IncomingReport[] = []
  const endedIn = new Map<string, string>()
  for (const report of reports) {
    const body = `${report.place.position}:${report.place.index}`
    const ended = endedIn.get(report.service)
    if (report.signal.action === 'trigger' && ended !== undefined && ended !== body) {
      segments.push(current)
      current = []
      endedIn.clear()
    }
    if (report.signal.action === 'resolve') endedIn.set(report.service, body)
    current.push(report)
  }
  return current.length > 0 ? [...segments, current] : segments
}

async function takeInSegment(
  tx: Transaction,
  now: Instant,
  parts: IncidentParts,
  snapshot: Snapshot,
  reports: IncomingReport[],
  locked: Promise<Alert[]>,
): Promise<void> {
  const identities = reports.map((report) => identityOf(report.integration, report.signal.dedupKey))
  const touched = fold(now, await locked, reports, identities)
  const entries = await placeInIncidents(tx, now, parts, snapshot, touched)
  entries.push(...(await settle(tx, now, snapshot, touched)))
  await append(tx, now, entries)
}

/** Locks what these are about, in one order for all. */
export async function lockReported(tx: Transaction, reports: { integration: string; dedupKey: string }[]): Promise<Alert[]> {
  return lockIdentities(tx.sql, [...new Set(reports.map(({ integration, dedupKey }) => identityOf(integration, dedupKey)))])
}

/** What the reports make of the alerts, without looking at incidents. */
export function fold(now: Instant, known: Alert[], reports: IncomingReport[], identities: string[]): Touched[] {
  const current = new Map<string, Touched>(known.map((alert) => [alert.identity, untouched(alert)]))
  const touched = new Set<Touched>()
  for (const [i, report] of reports.entries()) {
    const identity = identities[i]!
    const before = current.get(identity)
    const goesOn = before !== undefined && touched.has(before) && samePlace(before.alert.last, report.place)
    const after = apply(now, identity, before, report, goesOn)
    if (!after) continue
    if (before && after !== before) {
      // What was held until it fires on is reported on as the new one.
      Object.assign(before, { latest: false, alert: { ...before.alert, stillFiringAt: null } })
      touched.add(before)
    }
    touched.add(after)
    current.set(identity, after)
  }
  return [...touched]
}

function apply(now: Instant, identity: string, before: Touched | undefined, report: IncomingReport, goesOn: boolean): Touched | undefined {
  const { signal, place } = report
  const received = receive(before?.alert, report, goesOn)
  const seen = before && { last: isAfter(place, before.alert.last) ? place : before.alert.last }
  switch (received.kind) {
    case 'open': {
      const fresh = newAlert(now, identity, report)
      if (received.stillFiring) fresh.alert.warnings = [...fresh.alert.warnings, STILL_FIRING]
      return { ...fresh, stillFiring: received.stillFiring }
    }
    case 'open-and-end':
      Object.assign(before!.alert, describing(report), seen, { count: 1, endedBy: 'late' })
      return before
    case 'repeat':
      before!.worse ||= signal.severity < before!.worst
      before!.worst = Math.min(before!.worst, signal.severity)
      Object.assign(before!.alert, describing(report), seen, {
        warnings: before!.alert.warnings.includes(STILL_FIRING) ? [...signal.warnings, STILL_FIRING] : signal.warnings,
        count: before!.alert.count + 1,
        reportedAt: now,
        startsAt: before!.alert.startsAt ?? signal.startsAt ?? null,
      })
      return before
    case 'late':
      Object.assign(before!.alert, seen, { count: before!.alert.count + 1 })
      return before
    case 'hold':
      Object.assign(before!.alert, seen, {
        count: before!.alert.count + 1,
        reportedAt: now,
        endsAt: signal.endsAt ?? null,
        stillFiringAt: received.at,
      })
      return before
    case 'end':
      Object.assign(before!.alert, seen, { status: 'ended', endedAt: now, endedBy: 'source', sourceEndedAt: received.at, reportedAt: now })
      before!.ended = true
      return before
    case 'end-of-nothing': {
      if (!before) {
        const fresh = newAlert(now, identity, report)
        Object.assign(fresh.alert, { status: 'ended', count: 0, endedAt: now, endedBy: 'source', sourceEndedAt: received.at })
        return { ...fresh, opens: false }
      }
      Object.assign(before.alert, seen, { sourceEndedAt: Math.max(before.alert.sourceEndedAt ?? 0, received.at), stillFiringAt: null })
      return before
    }
    case 'acknowledge':
      before!.acknowledged ??= before!.alert.acknowledgedBySource ? 'again' : 'first'
      Object.assign(before!.alert, seen, { acknowledgedBySource: true })
      return before
    case 'ignore':
      return undefined
  }
}

const STILL_FIRING = 'still firing five minutes after it was resolved by hand'

function describing({
  signal,
}: IncomingReport): Pick<Alert, 'title' | 'severity' | 'labels' | 'annotations' | 'links' | 'warnings' | 'endsAt'> {
  const { title, severity, labels, annotations, links, warnings, endsAt } = signal
  return { title, severity, labels, annotations, links, warnings, endsAt: endsAt ?? null }
}

function newAlert(now: Instant, identity: string, report: IncomingReport): Touched {
  const alert: Alert = {
    id: newId('alr', now),
    identity,
    integration: report.integration,
    dedupKey: report.signal.dedupKey,
    service: report.service,
    incidentId: null,
    status: 'open',
    ...describing(report),
    count: 1,
    startsAt: report.signal.startsAt ?? null,
    sourceEndedAt: null,
    acknowledgedBySource: false,
    openedAt: now,
    reportedAt: now,
    endedAt: null,
    endedBy: null,
    stillFiringAt: null,
    first: report.place,
    last: report.place,
  }
  return { ...untouched(alert), isNew: true, opens: true, demo: report.demo }
}

function untouched(alert: Alert): Touched {
  return {
    alert,
    latest: true,
    isNew: false,
    opens: false,
    stillFiring: false,
    demo: false,
    ended: false,
    acknowledged: null,
    worse: false,
    worst: alert.severity,
    link: null,
  }
}

/** New alerts join the open incident of their group, or open one together; those that got worse make theirs worse. Answers the facts. */
async function placeInIncidents(
  tx: Transaction,
  now: Instant,
  parts: IncidentParts,
  snapshot: Snapshot,
  touched: Touched[],
): Promise<Entry[]> {
  const opening = touched.filter((one) => one.opens)
  const worse = touched.filter((one) => one.worse && !one.opens && one.alert.incidentId !== null)
  // Incidents are locked all at once, those that may end or be taken included: one order for all.
  const changing = touched.filter((one) => (one.worse || one.ended || one.acknowledged !== null) && one.alert.incidentId !== null)
  const groups = groupsOf(snapshot, opening)
  const incidents =
    groups.length + changing.length === 0
      ? []
      : await lockAffected(
          tx.sql,
          groups.map(({ service, key }) => ({ service, groupKey: key })),
          [...new Set(changing.map(({ alert }) => alert.incidentId!))],
        )
  const openByGroup = new Map(
    incidents.filter(({ status }) => status !== 'resolved').map((incident) => [`${incident.service}\n${incident.groupKey}`, incident]),
  )

  const joinings: Joining[] = []
  const fresh: Group[] = []
  for (const group of groups) {
    const incident = openByGroup.get(`${group.service}\n${group.key}`)
    if (!incident) fresh.push(group)
    else {
      for (const member of group.members) place(member, incident.id, 'joined')
      joinings.push({
        incident,
        severity: worstOf(group),
        fact: joinedFact(group.members),
        by: group.by,
        actor: actorOf(group.members[0]!.alert),
        happenedAt: now,
      })
    }
  }
  const opened = await openIncidents(
    tx,
    now,
    parts,
    snapshot,
    fresh.map((group) => incidentFor(group)),
  )
  for (const [i, group] of fresh.entries())
    for (const [j, member] of group.members.entries()) place(member, opened[i]!, j === 0 ? 'opened' : 'joined')
  joinings.push(...worse.flatMap((one) => worsening(now, incidents, one)))
  const entries = await joinIncidents(tx, now, parts, snapshot, joinings)

  // Known rows first: an ended alert must stop being the latest of its identity before the next one starts.
  const known = touched.filter((one) => !one.isNew)
  if (known.length > 0) tx.unawaited(updateAlerts(tx.sql, known))
  const added = touched.filter((one) => one.isNew)
  if (added.length > 0) tx.unawaited(insertAlerts(tx.sql, now, added))
  const moved = added.filter(({ alert }) => alert.endedAt !== null || alert.acknowledgedBySource || alert.count > 1)
  if (moved.length > 0) tx.unawaited(updateAlerts(tx.sql, moved))
  return entries
}

function place(member: Touched, incidentId: IncidentId, link: 'opened' | 'joined'): void {
  member.alert.incidentId = incidentId
  member.link = link
}

/** An alert that gets worse makes its incident worse. */
function worsening(now: Instant, incidents: Incident[], { alert, worst }: Touched): Joining[] {
  const incident = incidents.find(({ id, status }) => id === alert.incidentId && status !== 'resolved')
  return incident ? [{ incident, severity: worst, fact: factOf(alert), by: [], actor: actorOf(alert), happenedAt: now, known: true }] : []
}

interface Group {
  service: string
  key: string
  by: [string, string][]
  members: Touched[]
}

function groupsOf(snapshot: Snapshot, opening: Touched[]): Group[] {
  const groups = new Map<string, Group>()
  for (const one of opening) {
    const { service, labels, identity } = one.alert
    const { key: plain, by } = groupOf(snapshot.get(Service, service)?.spec, labels, identity)
    // A real alert that joined an incident of the demo would page nobody.
    const key = indexable(one.demo ? `demo:${plain}` : plain)
    const id = `${service}\n${key}`
    const group = groups.get(id)
    if (group) group.members.push(one)
    else groups.set(id, { service, key, by, members: [one] })
  }
  return [...groups.values()]
}

/** Labels may be longer than the database's index takes. */
function indexable(key: string): string {
  return key.length <= 500 ? key : `sha256:${hash('sha256', key)}`
}

function incidentFor({ service, key, by, members }: Group): NewIncident {
  const first = members[0]!.alert
  const starts = members.flatMap(({ alert }) => alert.startsAt ?? [])
  return {
    title: first.title,
    severity: worstOf({ members }),
    service,
    origin: 'alert',
    actor: actorOf(first),
    demo: members[0]!.demo,
    impactStartedAt: starts.length > 0 ? Math.min(...starts) : null,
    group: { key, by },
    alert: factOf(first),
    ...(members.length > 1 && { joined: joinedFact(members.slice(1)) }),
    ...(members.some((one) => one.stillFiring) && { reason: 'still-firing' as const }),
  }
}

/** Ends and acknowledgements, once every alert stands where it belongs. Answers the facts. */
async function settle(tx: Transaction, now: Instant, snapshot: Snapshot, touched: Touched[]): Promise<Entry[]> {
  const placed = touched.filter(({ alert }) => alert.incidentId !== null)
  const ended = placed.filter((one) => one.ended).map(({ alert }) => alert)
  const acknowledged = placed.filter((one) => one.acknowledged !== null)
  if (ended.length === 0 && acknowledged.length === 0) return []
  return [
    // Its repeats, like those of alerts, are no news.
    ...acknowledged
      .filter((one) => one.acknowledged === 'first')
      .map(
        ({ alert }): Entry => ({
          incidentId: alert.incidentId!,
          happenedAt: now,
          actor: actorOf(alert),
          event: { type: 'alert.acknowledged-by-source', data: { alert: alert.id, title: alert.title } },
        }),
      ),
    ...ended.map((alert) => endedEntry(now, alert, 'source')),
    ...(await afterChanges(tx, now, snapshot, { ended, acknowledged: acknowledged.map(({ alert }) => alert) })),
  ]
}

/**
 * Resolves incidents none of whose alerts is open any more, and acknowledges, in their source's name, those all of
 * whose open alerts it has just come to have taken: by taking the last of them, or because the last it had not ended.
 * Answers the facts, for the caller to append.
 */
export async function afterChanges(
  tx: Transaction,
  now: Instant,
  snapshot: Snapshot,
  { ended, acknowledged }: { ended: Alert[]; acknowledged: Alert[] },
): Promise<Entry[]> {
  const ids = [...new Set([...ended, ...acknowledged].map((alert) => alert.incidentId!))]
  if (ids.length === 0) return []
  // The incidents of reports are locked already, and are read again here: alerts of the same batch may have changed them.
  const [incidents, counts] = await Promise.all([lockIncidents(tx.sql, ids), countOpenAlerts(tx.sql, ids)])
  const resolved = await resolveEnded(
    tx,
    now,
    incidents.filter(({ id }) => !counts.has(id)),
  )
  const hasTaken = new Set([...acknowledged, ...ended.filter((alert) => !alert.acknowledgedBySource)].map((alert) => alert.incidentId))
  const taken = incidents.flatMap((incident) => {
    const open = counts.get(incident.id)
    return hasTaken.has(incident.id) && open?.unacknowledged === 0 ? [{ incident, integration: open.acknowledgedBy! }] : []
  })
  return [...resolved, ...(await acknowledgeAtSource(tx, now, snapshot, taken))]
}

function factOf(alert: Alert): AlertFact {
  return { alert: alert.id, integration: alert.integration, dedupKey: alert.dedupKey, title: alert.title, severity: alert.severity }
}

/** Alerts that join together are one line on the timeline: the first is told, the others are named. */
function joinedFact(members: Touched[]): JoinedFact {
  const [first, ...others] = members
  return { ...factOf(first!.alert), ...(others.length > 0 && { others: others.map(({ alert }) => alert.id) }) }
}

function worstOf({ members }: Pick<Group, 'members'>): number {
  return Math.min(...members.map(({ worst }) => worst))
}

function actorOf(alert: { integration: string }): Actor {
  return `integration:${alert.integration}`
}
