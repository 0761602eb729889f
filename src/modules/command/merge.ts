import { nameOf } from '../../kernel/actor.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Caller } from '../../platform/contract.ts'
import type { Transaction } from '../../platform/db.ts'
import type { Snapshot } from '../documents/index.ts'
import { holdEscalations, stopEscalations } from '../escalation/index.ts'
import {
  actorOf,
  addAlerts,
  afterAct,
  changeHeld,
  findIncident,
  giveGroupsBack,
  type Incident,
  isGroupOpen,
  isOpen,
  lockIncidents,
  numberText,
  readSubIds,
  takeGroups,
  updateIncidents,
} from '../incidents/index.ts'
import { levelAt, schemeOnce } from '../severity/index.ts'
import { append, type Entry, fact } from '../timeline/index.ts'
import { readWhole } from './around.ts'
import { follow } from './follow.ts'
import { type CommandParts, type Held, heldOf } from './held.ts'
import { moveMade, updateCommands } from './store.ts'
import { momentsOf } from './view.ts'

type MergeRefusal = Refusal<'not-found' | 'not-from-here' | 'target-not-open' | 'merged' | 'nested' | 'would-disclose' | 'would-hide'>

/**
 * What is one thing becomes one incident: alerts, the groups they come by, what is still to be done and who was asked to come go over,
 * and what was there stays readable under its number.
 */
export async function merge(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  snapshot: Snapshot,
  ref: string,
  caller: Caller,
  { into, hides = false }: { into: string; hides?: boolean | undefined },
): Promise<Held | MergeRefusal> {
  const pair = await holdBoth(tx, ref, into, caller)
  if (isRefusal(pair)) return pair
  const { source, target, subs, whole } = pair
  const commandOf = ({ id }: Incident) => whole.get(id)?.command ?? null
  const standing = afterAct({ ...source, declared: source.declaredAt !== null }, 'merge')
  if (isRefusal(standing)) return standing as Refusal<'not-from-here'>
  if (standing === 'already') {
    if (source.mergedInto === target.number) return heldOf(source, whole.get(source.id))
    return refuse('merged', `${numberText(source.number)} was merged into ${numberText(source.mergedInto!)}; take it out there first.`)
  }
  const refused = mayTakeUp(source, target, subs, hides)
  if (refused) return refused

  const by = actorOf(caller)
  const [from, to] = [numberText(source.number), numberText(target.number)]
  const about = { incidentId: source.id, happenedAt: now, actor: by }
  const there = { ...about, incidentId: target.id }
  // Runs of both before pages of either.
  await holdEscalations(tx, [source.id, target.id])
  const merged = [fact(about, 'incident.merged', { into: to })]
  const next: Incident = {
    ...source,
    status: 'merged',
    held: false,
    ackTimeoutAt: null,
    mergedInto: target.number,
    resolvedAt: now,
    resolvedBy: nameOf(by),
  }
  merged.push(...(await stopEscalations(tx, now, [source.id], 'merged', 'anything')))

  const absorbed: Entry[] = [fact(there, 'incident.absorbed', { incident: from, alerts: source.alerts })]
  const graded = await worseOf(tx, now, parts, snapshot, source, target, caller)
  absorbed.push(...graded.entries)
  const firsts = firstOf(momentsOf(source, commandOf(source)), momentsOf(target, commandOf(target)))
  for (const [name, at, was] of firsts) absorbed.push(fact(there, 'incident.moment-set', { name, at, was, reason: from }))
  const at = (name: string) => firsts.find(([one]) => one === name)?.[1]
  const taking: Incident = {
    ...graded.next,
    detectedAt: at('detected') ?? target.detectedAt,
    impactStartedAt: at('impactStarted') ?? target.impactStartedAt,
  }
  // Parts of what is merged are parts of what it has become.
  const parted = subs.map((sub): Incident => ({ ...sub, parent: target.number }))
  tx.unawaited(updateIncidents(tx.sql, now, [next, taking, ...parted]))
  tx.unawaited(takeGroups(tx.sql, source, target.id))
  tx.unawaited(addAlerts(tx.sql, new Map([[target.id, source.alerts]])))
  tx.unawaited(moveMade(tx.sql, source.id, target.id))
  await parts.moveAlerts(tx, { from: source.id, to: target.id, back: false, at: now, actor: by })
  return settleBoth(tx, now, { ...pair, source: next, target: taking }, merged, absorbed)
}

/** It was another thing after all: it is back, with what it came with, and whoever says so has it. */
export async function unmerge(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  ref: string,
  caller: Caller,
): Promise<Held | Refusal<'not-found' | 'not-from-here'>> {
  const known = await findIncident(tx.sql, ref, caller)
  if (isRefusal(known)) return known
  if (known.mergedInto === null)
    return refuse('not-from-here', `${numberText(known.number)} is ${known.status} and in no other incident; there is nothing to take out.`)
  const pair = await holdBoth(tx, known.id, numberText(known.mergedInto), 'tocsin')
  if (isRefusal(pair)) return pair as Refusal<'not-found'>
  const { source, target } = pair
  if (source.mergedInto !== target.number) return unmerge(tx, now, parts, ref, caller)
  const by = actorOf(caller)
  const about = { incidentId: source.id, happenedAt: now, actor: by }
  const { service, groupKey } = source
  await giveGroupsBack(tx.sql, source, target.id)
  const isTaken = service !== null && groupKey !== null && (await isGroupOpen(tx.sql, { service, groupKey }))
  const status = source.declaredAt === null ? 'acknowledged' : 'investigating'
  const next: Incident = {
    ...source,
    status,
    held: true,
    acknowledgedAt: now,
    acknowledgedBy: nameOf(by),
    mergedInto: null,
    resolvedAt: null,
    resolvedBy: null,
    groupKey: isTaken ? null : groupKey,
  }
  tx.unawaited(updateIncidents(tx.sql, now, [next]))
  tx.unawaited(addAlerts(tx.sql, new Map([[target.id, -source.alerts]])))
  await parts.moveAlerts(tx, { from: target.id, to: source.id, back: true, at: now, actor: by })
  const told = fact(about, 'incident.unmerged', { from: numberText(target.number), status, held: true })
  const there = fact({ ...about, incidentId: target.id }, 'incident.changed', {
    field: 'merged',
    was: numberText(source.number),
    is: null,
  })
  return settleBoth(tx, now, { ...pair, source: next }, [told], [there])
}

interface Both {
  source: Incident
  target: Incident
  /** Parts of the first. */
  subs: Incident[]
  whole: Awaited<ReturnType<typeof readWhole>>
}

/** Both, and what is part of the first, locked in one order. */
async function holdBoth(
  tx: Transaction,
  ref: string,
  into: string,
  caller: Caller | 'tocsin',
): Promise<Both | Refusal<'not-found' | 'target-not-open'>> {
  const [from, to] = await Promise.all([findIncident(tx.sql, ref, caller), findIncident(tx.sql, into, caller)])
  if (isRefusal(from)) return from
  if (isRefusal(to)) return to
  if (from.id === to.id)
    return refuse('target-not-open', `${numberText(to.number)} cannot be merged into itself; name another that is open.`)
  const subs = await readSubIds(tx.sql, from.number)
  const [locked, whole] = await Promise.all([lockIncidents(tx.sql, [from.id, to.id, ...subs]), readWhole(tx.sql, [from.id, to.id])])
  const found = (id: string) => locked.find((one) => one.id === id)!
  return {
    source: found(from.id),
    target: found(to.id),
    subs: locked.filter(({ id }) => id !== from.id && id !== to.id),
    whole,
  }
}

function mayTakeUp(
  source: Incident,
  target: Incident,
  subs: Incident[],
  hides: boolean,
): Refusal<'target-not-open' | 'nested' | 'would-disclose' | 'would-hide'> | undefined {
  const [from, to] = [numberText(source.number), numberText(target.number)]
  if (!isOpen(target)) return refuse('target-not-open', `${to} is ${target.status}; name one that is open.`)
  if (target.parent === source.number || (subs.length > 0 && target.parent !== null))
    return refuse('nested', `${to} is itself part of another incident; parts have no parts. Merge into ${numberText(target.parent!)}.`)
  if (source.visibility === 'private' && target.visibility === 'public')
    return refuse('would-disclose', `${from} is private and ${to} is not: everybody would see what is in it. Make ${to} private first.`)
  if (source.visibility === 'public' && target.visibility === 'private' && !hides)
    return refuse('would-hide', `${to} is private: its members alone would see what comes into it. Say \`hides: true\` if that is meant.`)
  return undefined
}

/** As bad as the worse of both, unless people have said how bad it is. */
async function worseOf(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  snapshot: Snapshot,
  source: Incident,
  target: Incident,
  caller: Caller,
): Promise<{ next: Incident; entries: Entry[] }> {
  if (target.severityByPerson || target.declaredAt !== null || source.severity >= target.severity) return { next: target, entries: [] }
  const scheme = await schemeOnce(tx.sql, parts.documents, target.severityScheme, target.severitySchemeVersion)
  const level = scheme && levelAt(scheme.spec, source.severity).key
  const change = { severity: source.severity, level, reason: numberText(source.number), byAlerts: true }
  return changeHeld(tx, now, parts, snapshot, target, actorOf(caller), change)
}

/** The earlier of both, where that is another than the target's own. */
function firstOf(
  from: ReturnType<typeof momentsOf>,
  to: ReturnType<typeof momentsOf>,
): [name: 'detected' | 'impactStarted', at: Instant, was: Instant | null][] {
  return (['detected', 'impactStarted'] as const).flatMap((name) => {
    const [there, here] = [from[name], to[name]]
    return there !== undefined && (here === undefined || there < here) ? [[name, there, here ?? null]] : []
  })
}

/** What people made of both follows; their facts, last. */
async function settleBoth(tx: Transaction, now: Instant, { source, target, whole }: Both, here: Entry[], there: Entry[]): Promise<Held> {
  const followed = [
    [source.id, here],
    [target.id, there],
  ].flatMap(([id, entries]) => {
    const known = whole.get(id as Incident['id'])
    return known ? [follow(now, known.command, entries as Entry[])] : []
  })
  if (followed.length > 0)
    tx.unawaited(
      updateCommands(
        tx.sql,
        followed.map(({ command }) => command),
      ),
    )
  await append(tx, now, [...here, ...there, ...followed.flatMap(({ told }) => told)])
  const command = followed.find((one) => one.command.incidentId === source.id)?.command
  return heldOf(source, command && { ...whole.get(source.id)!, command })
}
