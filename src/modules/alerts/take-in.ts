import { hash } from 'node:crypto'
import type { Actor } from '../../kernel/actor.ts'
import { type IncidentId, newId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Transaction } from '../../platform/db.ts'
import { groupOf, Service } from '../catalog/index.ts'
import type { Snapshot } from '../documents/index.ts'
import {
  acknowledgeAtSource,
  countJoined,
  type Incident,
  type IncidentParts,
  isOpen,
  type Joining,
  joinIncidents,
  keepJoined,
  lockAffected,
  mayAcknowledge,
  type NewIncident,
  openIncidents,
  readHeldIncidents,
  record,
  resolveEnded,
} from '../incidents/index.ts'
import { type AlertFact, type Entry, fact, type JoinedFact } from '../timeline/index.ts'
import { endedEntry } from './actions.ts'
import { type Alert, identityOf, isAfter, samePlace } from './alert.ts'
import { type Received, type Report, receive } from './receive.ts'
import { namedLabels } from './signal.ts'
import { insertAlerts, lockIdentities, type NewAlertRow, readLeftOpen, updateAlerts, worstOpenIn } from './store.ts'

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
  link: NewAlertRow['link']
  /** Where somebody put what came by its key before. */
  follows: IncidentId | null
}

/**
 * Takes reports in, in inbox order, in the caller's transaction: dedupe, group, open or join incidents, decide level 1
 * and queue its pages, end what has ended. They count as simultaneous: what begins comes before what ends, so that a
 * group never resolves in the middle of a message. `locked` are the alerts the reports are about.
 */
export async function takeIn(
  tx: Transaction,
  now: Instant,
  parts: IncidentParts,
  snapshot: Snapshot,
  reports: IncomingReport[],
  { locked, gathering }: { locked: Promise<Alert[]>; gathering: Set<string> },
): Promise<Map<string, number>> {
  const identities = reports.map((report) => identityOf(report.integration, report.signal.dedupKey))
  const touched = fold(now, await locked, reports, identities, gathering)
  const { entries, endings } = await placeInIncidents(tx, now, parts, snapshot, touched)
  entries.push(...(await settle(tx, now, snapshot, touched, endings)))
  await record(tx, now, parts, entries)
  countJoined(tx, entries)
  return bytesByIntegration(touched)
}

/** Locks what these are about, and what they are gathered in, in one order for all. */
export async function lockReported(
  tx: Transaction,
  reports: { integration: string; dedupKey: string }[],
  gathering: Set<string>,
): Promise<Alert[]> {
  const identities = reports.map(({ integration, dedupKey }) => identityOf(integration, dedupKey))
  for (const integration of gathering) identities.push(identityOf(integration, GATHERED))
  return lockIdentities(tx.sql, [...new Set(identities)])
}

/** The dedup key of the one alert that stands for all that is new by an integration beyond its quota of the day. */
const GATHERED = 'tocsin: beyond the day'

/** About what the row of an alert takes up beside its texts, and what one that opens an incident brings: facts, run, pages, attempts. */
const ALERT_BYTES = 1024
const INCIDENT_BYTES = 8 * 1024

/** What new alerts take up on disk, with what follows them. */
function bytesByIntegration(touched: Touched[]): Map<string, number> {
  const bytes = new Map<string, number>()
  for (const { alert, isNew, link } of touched) {
    if (!isNew) continue
    // Only lengths: the JSON itself is made once, where it is written.
    const links = alert.links.reduce((sum, { href, text }) => sum + href.length + (text?.length ?? 0), 0)
    const texts = alert.title.length + lengthOf(alert.labels) + lengthOf(alert.annotations) + links
    const its = texts + ALERT_BYTES + (link === 'opened' ? INCIDENT_BYTES : 0)
    bytes.set(alert.integration, (bytes.get(alert.integration) ?? 0) + its)
  }
  return bytes
}

function lengthOf(texts: Record<string, string>): number {
  return Object.entries(texts).reduce((sum, [name, text]) => sum + name.length + text.length, 0)
}

/**
 * What the reports make of the alerts, without looking at incidents. By an integration that is `gathering`, what would be a new
 * alert is one with all others of its kind: it opens an incident and pages as any, and its rows stay one.
 */
export function fold(
  now: Instant,
  known: Alert[],
  reports: IncomingReport[],
  identities: string[],
  gathering = new Set<string>(),
): Touched[] {
  const current = new Map<string, Touched>(known.map((alert) => [alert.identity, untouched(alert)]))
  const touched = new Set<Touched>()
  for (const [i, reported] of reports.entries()) {
    let [identity, report] = [identities[i]!, reported]
    let before = current.get(identity)
    const goesOn = before !== undefined && touched.has(before) && samePlace(before.alert.last, report.place)
    let received = receive(before?.alert, report, goesOn)
    if (gathering.has(report.integration)) {
      // The end of what nobody knows is not kept in case its beginning comes later.
      if (received.kind === 'end-of-nothing' && !before) continue
      if (received.kind === 'open') {
        identity = identityOf(report.integration, GATHERED)
        report = gathered(report)
        before = current.get(identity)
        received = before?.alert.status === 'open' ? { kind: 'repeat' } : received
      }
    }
    const after = apply(now, identity, before, report, received)
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

function gathered(report: IncomingReport): IncomingReport {
  const { action, severity, title } = report.signal
  const nothing = { labels: {}, annotations: {}, links: [], warnings: [BEYOND] }
  const signal = {
    ...nothing,
    action,
    severity,
    dedupKey: GATHERED,
    title: `Beyond the new alerts kept of a day by ${report.integration}: ${title}`,
  }
  return { ...report, signal }
}

function apply(
  now: Instant,
  identity: string,
  before: Touched | undefined,
  report: IncomingReport,
  received: Received,
): Touched | undefined {
  const { signal, place } = report
  const seen = before && { last: isAfter(place, before.alert.last) ? place : before.alert.last }
  switch (received.kind) {
    case 'open': {
      const fresh = newAlert(now, identity, report)
      if (received.stillFiring) fresh.alert.warnings = [...fresh.alert.warnings, STILL_FIRING]
      return { ...fresh, stillFiring: received.stillFiring, follows: before?.alert.byHand ? before.alert.incidentId : null }
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
const BEYOND = 'it stands for every alert that is new by this integration until midnight UTC: more came today than TOCSIN_KEEP_ALERTS_DAY'

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
    byHand: false,
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
    follows: null,
  }
}

/** New alerts join the open incident of their group, or open one together; those that got worse make theirs worse. Answers the facts. */
async function placeInIncidents(
  tx: Transaction,
  now: Instant,
  parts: IncidentParts,
  snapshot: Snapshot,
  touched: Touched[],
): Promise<{ entries: Entry[]; endings: Endings }> {
  const opening = touched.filter((one) => one.opens)
  const worse = touched.filter((one) => one.worse && !one.opens && one.alert.incidentId !== null)
  // Incidents are locked all at once, those that may end or be taken included: one order for all.
  const changing = touched.filter((one) => (one.worse || one.ended || one.acknowledged !== null) && one.alert.incidentId !== null)
  const grouped = groupsOf(snapshot, opening)
  const followed = opening.flatMap(({ follows }) => follows ?? [])
  const wanted = grouped.map((group) => ({ service: group.service, groupKey: group.key, severity: worstOf(group) }))
  const { incidents, isLocked } =
    grouped.length + changing.length === 0
      ? { incidents: [], isLocked: true }
      : changing.length + followed.length === 0 && tx.look === 1
        ? await keepJoined(tx.sql, wanted)
        : {
            incidents: await lockAffected(tx.sql, wanted, [...new Set([...changing.map(({ alert }) => alert.incidentId!), ...followed])]),
            isLocked: true,
          }
  const openByGroup = new Map(
    incidents.filter(isOpen).flatMap((incident) => incident.groups.map(({ service, groupKey }) => [`${service}\n${groupKey}`, incident])),
  )

  const joinings: Omit<Joining, 'worstOpen'>[] = []
  const fresh: Group[] = []
  for (const group of apart(grouped, new Set(incidents.filter(isOpen).map(({ id }) => id)))) {
    const incident = group.follows ? incidents.find(({ id }) => id === group.follows) : openByGroup.get(`${group.service}\n${group.key}`)
    if (!incident) fresh.push(group)
    else {
      for (const member of group.members) place(member, incident.id, group.follows ? 'followed' : 'joined')
      joinings.push({
        incident,
        isLocked,
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

  // Known rows first: an ended alert must stop being the latest of its identity before the next one starts.
  const known = touched.filter((one) => !one.isNew)
  if (known.length > 0) tx.unawaited(updateAlerts(tx.sql, known))
  const added = touched.filter((one) => one.isNew)
  if (added.length > 0) tx.unawaited(insertAlerts(tx, now, added))
  const moved = added.filter(({ alert }) => alert.endedAt !== null || alert.acknowledgedBySource || alert.count > 1)
  if (moved.length > 0) tx.unawaited(updateAlerts(tx.sql, moved))
  const placed = touched.filter(({ alert }) => alert.incidentId !== null)
  const endings = await endingsOf(tx, {
    ended: placed.filter((one) => one.ended).map(({ alert }) => alert),
    acknowledged: placed.filter((one) => one.acknowledged !== null).map(({ alert }) => alert),
  })
  const worstOpen = await worstOthers(tx, joinings, touched)
  const joined = joinings.map((joining) => ({ ...joining, worstOpen: worstOpen.get(joining.incident.id) ?? null }))
  return { entries: await joinIncidents(tx, now, parts, snapshot, joined, idsOf(endings)), endings }
}

function place(member: Touched, incidentId: IncidentId, link: NonNullable<Touched['link']>): void {
  member.alert.incidentId = incidentId
  member.alert.byHand = link === 'followed'
  member.link = link
}

/**
 * The worst rank open in each acknowledged incident beside what joins it now or got worse in it: as it is once the batch is
 * done, so that what ends in the same message hides nothing.
 */
async function worstOthers(tx: Transaction, joinings: Pick<Joining, 'incident'>[], touched: Touched[]): Promise<Map<string, number>> {
  const ids = [...new Set(joinings.filter(({ incident }) => mayAcknowledge(incident) === 'already').map(({ incident }) => incident.id))]
  if (ids.length === 0) return new Map()
  const here = touched.filter(({ alert }) => alert.incidentId !== null && ids.includes(alert.incidentId))
  const worst = await worstOpenIn(
    tx.sql,
    ids,
    here.map(({ alert }) => alert.id),
  )
  for (const { alert, opens, worse } of here)
    if (!opens && !worse && alert.status === 'open')
      worst.set(alert.incidentId!, Math.min(alert.severity, worst.get(alert.incidentId!) ?? alert.severity))
  return worst
}

/** An alert that gets worse may make its incident worse. */
function worsening(now: Instant, incidents: Incident[], { alert, worst }: Touched): Omit<Joining, 'worstOpen'>[] {
  const incident = incidents.find((one) => one.id === alert.incidentId && isOpen(one))
  return incident
    ? [{ incident, isLocked: true, severity: worst, fact: factOf(alert), by: [], actor: actorOf(alert), happenedAt: now, known: true }]
    : []
}

interface Group {
  service: string
  key: string
  by: [string, string][]
  members: Touched[]
  /** An open incident that they go to whatever their group. */
  follows?: IncidentId
}

function groupsOf(snapshot: Snapshot, opening: Touched[]): Group[] {
  const groups = new Map<string, Group>()
  for (const one of opening) {
    const { service } = one.alert
    const { key, by } = groupedBy(snapshot, one.alert, one.demo)
    const id = `${service}\n${key}`
    const group = groups.get(id)
    if (group) group.members.push(one)
    else groups.set(id, { service, key, by, members: [one] })
  }
  // The worst of those that come together is the one the incident is called after, and the one a page names.
  for (const { members } of groups.values()) members.sort((a, b) => a.worst - b.worst)
  return [...groups.values()]
}

/** What follows somebody's hand into an incident that is still open leaves its group. */
function apart(groups: Group[], open: Set<IncidentId>): Group[] {
  return groups.flatMap((group) => {
    const leaving = group.members.filter(({ follows }) => follows !== null && open.has(follows))
    if (leaving.length === 0) return [group]
    const staying = group.members.filter((one) => !leaving.includes(one))
    const goals = [...new Set(leaving.map(({ follows }) => follows!))]
    return [
      ...(staying.length > 0 ? [{ ...group, members: staying }] : []),
      ...goals.map((goal) => ({ ...group, follows: goal, by: [], members: leaving.filter(({ follows }) => follows === goal) })),
    ]
  })
}

/** The group an alert comes by, as its service has it now. */
export function groupedBy(snapshot: Snapshot, alert: Alert, demo: boolean): { key: string; by: [string, string][] } {
  const { key, by } = groupOf(snapshot.get(Service, alert.service)?.spec, namedLabels(alert), alert.identity)
  // A real alert that joined an incident of the demo would page nobody.
  return { key: indexable(demo ? `demo:${key}` : key), by }
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
async function settle(tx: Transaction, now: Instant, snapshot: Snapshot, touched: Touched[], endings: Endings): Promise<Entry[]> {
  const placed = touched.filter(({ alert }) => alert.incidentId !== null)
  return [
    // Its repeats, like those of alerts, are no news.
    ...placed
      .filter((one) => one.acknowledged === 'first')
      .map(({ alert }) => {
        const about = { incidentId: alert.incidentId!, happenedAt: now, actor: actorOf(alert) }
        return fact(about, 'alert.acknowledged-by-source', { alert: alert.id, title: alert.title })
      }),
    ...placed.filter((one) => one.ended).map(({ alert }) => endedEntry(now, alert, 'source')),
    ...(await carryOut(tx, now, snapshot, endings)),
  ]
}

/** What becomes of incidents because of what ended in them, or was taken by its source. */
export interface Endings {
  /** None of their alerts is open any more. */
  over: Set<IncidentId>
  /** All of their open alerts have just come to be taken, in this integration. */
  taken: Map<IncidentId, string>
}

export function idsOf({ over, taken }: Endings): IncidentId[] {
  return [...over, ...taken.keys()]
}

/** The incidents are locked, and the alerts written as they are now. */
export async function endingsOf(tx: Transaction, { ended, acknowledged }: { ended: Alert[]; acknowledged: Alert[] }): Promise<Endings> {
  const ids = [...new Set([...ended, ...acknowledged].map((alert) => alert.incidentId!))]
  if (ids.length === 0) return { over: new Set(), taken: new Map() }
  const leftOpen = await readLeftOpen(tx.sql, ids)
  // By taking the last of them, or because the last it had not ended.
  const hasTaken = new Set([...acknowledged, ...ended.filter((alert) => !alert.acknowledgedBySource)].map((alert) => alert.incidentId))
  return {
    over: new Set(ids.filter((id) => !leftOpen.has(id))),
    taken: new Map([...leftOpen].flatMap(([id, open]) => (hasTaken.has(id) && open.allAcknowledged ? [[id, open.acknowledgedBy]] : []))),
  }
}

/**
 * Resolves incidents none of whose alerts is open any more, and acknowledges, in their source's name, those all of
 * whose open alerts it has taken. Incidents and what runs for them are locked. Answers the facts, for the caller to append.
 */
export async function carryOut(tx: Transaction, now: Instant, snapshot: Snapshot, endings: Endings): Promise<Entry[]> {
  const ids = idsOf(endings)
  if (ids.length === 0) return []
  // Read again: alerts of the same batch may have changed them.
  const incidents = await readHeldIncidents(tx.sql, ids)
  const resolved = await resolveEnded(
    tx,
    now,
    incidents.filter(({ id }) => endings.over.has(id)),
  )
  const taken = incidents.flatMap((incident) => {
    const integration = endings.taken.get(incident.id)
    return integration === undefined ? [] : [{ incident, integration }]
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
