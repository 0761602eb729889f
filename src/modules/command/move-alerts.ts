import type { Actor } from '../../kernel/actor.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Caller } from '../../platform/contract.ts'
import type { Transaction } from '../../platform/db.ts'
import type { Snapshot } from '../documents/index.ts'
import { holdEscalations } from '../escalation/index.ts'
import {
  actorOf,
  addAlerts,
  changeHeld,
  findIncident,
  had,
  type Incident,
  lockIncidents,
  numberText,
  openIncidents,
  ownGroups,
  readIncident,
  readMembers,
  record,
  resolveEnded,
  updateIncidents,
} from '../incidents/index.ts'
import { gradedByAlert, schemeOnce } from '../severity/index.ts'
import { type Entry, fact, type JoinedFact } from '../timeline/index.ts'
import { readWhole } from './around.ts'
import { type CommandParts, type Held, heldOf, type MovedAlert } from './held.ts'
import { INSTEAD, type Leaving, type MovingRefusal, mayMove } from './moving.ts'

/** Alerts that somebody has named, worst first, and the incidents they are in, all held. */
export interface Named {
  alerts: MovedAlert[]
  sources: Incident[]
  remains: Awaited<ReturnType<CommandParts['alerts']['remains']>>
}

type NotFound = Refusal<'not-found' | 'no-such-alert'>

/**
 * Puts alerts into an incident that is open, from another or from none: it gets as bad as they are, as if they had joined it, and what comes
 * by their keys later goes there too. What is there already stays. Answers it as it then is.
 */
export async function moveHere(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  snapshot: Snapshot,
  ref: string,
  caller: Caller,
  { alerts: ids, hides = false }: { alerts: string[]; hides?: boolean | undefined },
): Promise<Held | NotFound | MovingRefusal> {
  const found = await findIncident(tx.sql, ref, caller)
  if (isRefusal(found)) return found
  const named = await holdNamed(tx, parts, snapshot, ids, caller, found)
  if (isRefusal(named)) return named
  const { target = found, ...moving } = named
  const refused = mayMove(leavingOf(moving), { ...target, there: target }, { hides, instead: INSTEAD.move })
  if (refused) return refused
  const whole = target.declaredAt === null ? undefined : (await readWhole(tx.sql, [target.id])).get(target.id)
  if (moving.alerts.length === 0) return heldOf(target, whole)
  const by = actorOf(caller)
  await holdEscalations(
    tx,
    [...moving.sources, target].map(({ id }) => id),
  )
  const left = await leave(tx, now, parts, snapshot, moving, by)
  const worsened = await worsen(tx, now, parts, snapshot, target, moving.alerts, by)
  const loose = moving.alerts.filter(({ incidentId }) => incidentId === null)
  if (loose.length > 0)
    tx.unawaited(
      ownGroups(
        tx.sql,
        loose.map(({ group }) => group),
        target.id,
      ),
    )
  const arrived = await arrive(tx, now, parts, moving, worsened.next, 'moved', by)
  await record(tx, now, parts, [...arrived.entries, ...worsened.entries, ...left])
  const [after] = whole ? [(await readWhole(tx.sql, [target.id])).get(target.id)] : []
  return heldOf(arrived.next, after)
}

/**
 * Takes alerts out of an incident into a new one, as if they had opened it: it is as bad as they are, seen by the same people, and whoever
 * splits has it, so that nobody is paged.
 */
export async function split(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  snapshot: Snapshot,
  ref: string,
  caller: Caller,
  { alerts: ids, title }: { alerts: string[]; title?: string | undefined },
): Promise<Held | NotFound | MovingRefusal | Refusal<'not-in-it'>> {
  const from = await findIncident(tx.sql, ref, caller)
  if (isRefusal(from)) return from
  const named = await holdNamed(tx, parts, snapshot, ids, caller)
  if (isRefusal(named)) return named
  const source = named.sources.find(({ id }) => id === from.id)
  const stranger = named.alerts.find(({ incidentId }) => incidentId !== from.id)
  if (stranger || !source)
    return refuse(
      'not-in-it',
      `${stranger?.id} is not in ${numberText(from.number)}; name alerts that are, or move it: POST /incidents/{id}/alerts.`,
    )
  const { visibility, demo } = source
  const refused = mayMove(leavingOf(named), { visibility, demo, origin: 'alert' }, { hides: true, instead: INSTEAD.split })
  if (refused) return refused
  const by = actorOf(caller)
  await holdEscalations(tx, [source.id])
  const left = await leave(tx, now, parts, snapshot, named, by)
  const members = visibility === 'private' ? await readMembers(tx.sql, source.id) : []
  const worst = named.alerts[0]!
  const starts = named.alerts.flatMap(({ startsAt }) => startsAt ?? [])
  const [id] = await openIncidents(tx, now, parts, snapshot, [
    {
      title: title ?? worst.title,
      severity: worst.severity,
      service: worst.service,
      ...{ origin: 'alert', actor: by, demo, visibility, taken: true },
      members: members.map(({ kind, name }) => (kind === 'team' ? { team: name } : { person: name })),
      impactStartedAt: starts.length > 0 ? Math.min(...starts) : null,
    },
  ])
  const opened = (await readIncident(tx.sql, { id: id! }, 'tocsin'))!
  const given = had(now, snapshot, opened, by, { via: 'api' })
  const arrived = await arrive(tx, now, parts, named, given.next, 'split', by)
  await record(tx, now, parts, [given.told, ...arrived.entries, ...left])
  return heldOf(arrived.next, undefined)
}

/**
 * Alerts by their ids, as far as somebody may see them, and what they are in: alerts first, then all incidents in one order. Those that
 * are in `target` already are left out.
 */
export async function holdNamed(
  tx: Transaction,
  parts: CommandParts,
  snapshot: Snapshot,
  ids: string[],
  caller: Caller,
  target?: Pick<Incident, 'id'>,
): Promise<(Named & { target?: Incident }) | Refusal<'no-such-alert'>> {
  const wanted = [...new Set(ids)]
  const held = await parts.alerts.hold(tx, snapshot, wanted, caller)
  const missing = wanted.find((id) => !held.some((one) => one.id === id))
  if (missing !== undefined) return refuse('no-such-alert', `There is no alert ${missing.slice(0, 60)}. \`tocsin alert list\` shows them.`)
  const alerts = held.filter(({ incidentId }) => incidentId === null || incidentId !== target?.id)
  const sourceIds = [...new Set(alerts.flatMap(({ incidentId }) => incidentId ?? []))]
  const [locked, remains] = await Promise.all([
    lockIncidents(tx.sql, [...sourceIds, ...(target ? [target.id] : [])]),
    parts.alerts.remains(tx, sourceIds, wanted),
  ])
  const named = locked.find(({ id }) => id === target?.id)
  return {
    alerts: alerts.sort((a, b) => a.severity - b.severity || a.openedAt - b.openedAt),
    sources: locked.filter(({ id }) => id !== target?.id),
    remains,
    ...(named && { target: named }),
  }
}

/** What the rule asks of them, and of the incidents they leave. */
export function leavingOf({ alerts, sources, remains }: Named): { loose: MovedAlert[]; sources: Leaving[] } {
  const leaving = sources.map((incident) => {
    const { worstOpen, worstEnded } = remains.get(incident.id)!
    return { incident, keepsAny: worstOpen !== null || worstEnded !== null }
  })
  return { loose: alerts.filter(({ incidentId }) => incidentId === null), sources: leaving }
}

/**
 * What becomes of the incidents they leave: a plain one none of whose alerts is open any more resolves, one that they alone made so bad is
 * as bad as what remains. What runs for them is held. Answers the facts.
 */
export async function leave(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  snapshot: Snapshot,
  { alerts, sources, remains }: Named,
  by: Actor,
): Promise<Entry[]> {
  const isOver = ({ id, autoResolve, declaredAt }: Incident) =>
    autoResolve && declaredAt === null && remains.get(id)!.worstOpen === null && alerts.some((one) => one.incidentId === id && one.isOpen)
  const entries = await resolveEnded(tx, now, sources.filter(isOver))
  for (const source of sources.filter((one) => !isOver(one))) {
    const gone = alerts.filter(({ incidentId }) => incidentId === source.id)
    const { worstOpen, worstEnded } = remains.get(source.id)!
    const worst = Math.min(worstOpen ?? Number.POSITIVE_INFINITY, worstEnded ?? Number.POSITIVE_INFINITY)
    if (source.severityByPerson || source.declaredAt !== null || !Number.isFinite(worst)) continue
    const scheme = await schemeOnce(tx.sql, parts.documents, source.severityScheme, source.severitySchemeVersion)
    if (!scheme) continue
    // What was once worse than any of them is now stays so.
    if (gradedByAlert(scheme, gone[0]!.severity).severity > source.severity) continue
    const eased = gradedByAlert(scheme, worst)
    if (eased.severity > source.severity)
      entries.push(...(await changeHeld(tx, now, parts, snapshot, source, by, { ...eased, byAlerts: true })).entries)
  }
  const counts = sources.map(({ id }): [string, number] => [id, -alerts.filter(({ incidentId }) => incidentId === id).length])
  if (counts.length > 0) tx.unawaited(addAlerts(tx.sql, new Map(counts)))
  return entries
}

/** As bad as the worst of what comes, unless people have said how bad it is; first heard of when the first of all was. */
async function worsen(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  snapshot: Snapshot,
  target: Incident,
  alerts: MovedAlert[],
  by: Actor,
): Promise<{ next: Incident; entries: Entry[] }> {
  if (target.severityByPerson || target.declaredAt !== null) return { next: target, entries: [] }
  const scheme = await schemeOnce(tx.sql, parts.documents, target.severityScheme, target.severitySchemeVersion)
  const grade = scheme && gradedByAlert(scheme, alerts[0]!.severity)
  if (!grade || grade.severity >= target.severity) return { next: target, entries: [] }
  return changeHeld(tx, now, parts, snapshot, target, by, { ...grade, byAlerts: true })
}

/** Alerts stand in their new place, which is held, counted, with the moment it was first heard of. Answers it, and the facts of all. */
export async function arrive(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  { alerts, sources }: Pick<Named, 'alerts' | 'sources'>,
  target: Incident,
  kind: 'moved' | 'split',
  by: Actor,
): Promise<{ next: Incident; entries: Entry[] }> {
  const to = numberText(target.number)
  const there = { incidentId: target.id, happenedAt: now, actor: by }
  const entries: Entry[] = []
  for (const source of [null, ...sources]) {
    const its = alerts.filter(({ incidentId }) => incidentId === (source?.id ?? null))
    if (its.length === 0) continue
    const told = toldOf(its)
    entries.push(fact(there, 'alert.moved-here', { ...told, ...(source && { from: numberText(source.number) }) }))
    if (source) entries.push(fact({ ...there, incidentId: source.id }, 'alert.moved-away', { ...told, to }))
    const ids = its.map(({ id }) => id)
    tx.unawaited(parts.alerts.place(tx, ids, { to: target.id, kind: source ? kind : 'linked', at: now, actor: by }))
  }
  const first = Math.min(...alerts.map(({ openedAt }) => openedAt))
  const next = { ...target, detectedAt: Math.min(target.detectedAt, first), alerts: target.alerts + alerts.length }
  if (first < target.detectedAt) entries.push(fact(there, 'incident.moment-set', { name: 'detected', at: first, was: target.detectedAt }))
  tx.unawaited(updateIncidents(tx.sql, now, [next]))
  tx.unawaited(addAlerts(tx.sql, new Map([[target.id, alerts.length]])))
  return { next, entries }
}

function toldOf([first, ...others]: MovedAlert[]): JoinedFact {
  const { id, integration, dedupKey, title, severity } = first!
  return { ...{ alert: id, integration, dedupKey, title, severity }, ...(others.length > 0 && { others: others.map((one) => one.id) }) }
}
