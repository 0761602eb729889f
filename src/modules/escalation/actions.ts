import { type IncidentId, newId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Transaction } from '../../platform/db.ts'
import type { Documents, Snapshot } from '../documents/index.ts'
import {
  holdPages,
  isAnyoneReached,
  type LevelOf,
  levelKey,
  type NewPage,
  pageId,
  peoplePaged,
  queuePages,
  type SendSlots,
  withdrawPages,
} from '../paging/index.ts'
import { Person } from '../people/index.ts'
import { type AlertFact, type DataOf, type Entry, type Found, fact, type RunPurpose, type RunReason } from '../timeline/index.ts'
import { firstStep, nextAtOnce, nextStep, type Step } from './decide.ts'
import { EscalationPolicy, OWN_POLICY, ownPolicy, type PolicySpec, policyOfTargets, targetsOf } from './policy.ts'
import { rulesOn, type Stage } from './stage.ts'
import { insertRuns, lastRunNumbers, lockActiveRuns, type Run, readHeldRuns, setRunSeverity, stopRuns, updateRuns } from './store.ts'
import { find, findAnybody } from './targets.ts'

/** What the paging path of one process shares; wired once in app.ts. */
export interface EscalationParts {
  documents: Documents
  slots: SendSlots
  /** Whoever is paged for a private incident sees it from that transaction on. Answers the facts of those who did not before. */
  letIn(tx: Transaction, now: Instant, pages: Pick<NewPage, 'incidentId' | 'person'>[]): Promise<Entry[]>
}

export interface Start {
  incidentId: IncidentId
  /** To have the incident, unless said. */
  purpose?: RunPurpose
  policy: string
  severity: number
  urgency: 'high' | 'low'
  stage: Stage
  reason: RunReason
  /** The alert that makes it page again. */
  cause?: AlertFact | null
  /** Skip to this level (an index): escalating by hand. */
  fromLevel?: number
}

interface PolicyVersion {
  name: string
  version: number
  spec: PolicySpec
}

/**
 * Starts escalations and decides their first level in the caller's transaction, so that the first page leaves after
 * one commit. `fresh` says that the incidents were opened in this transaction. Answers the facts, for the caller to
 * append after its own.
 */
export async function startEscalations(
  tx: Transaction,
  now: Instant,
  parts: EscalationParts,
  snapshot: Snapshot,
  starts: Start[],
  fresh: boolean,
): Promise<Entry[]> {
  if (starts.length === 0) return []
  const numbers = fresh
    ? new Map<string, number>()
    : await lastRunNumbers(
        tx.sql,
        starts.map((start) => start.incidentId),
      )
  const begun = starts.map((start): Deciding => {
    const policy = currentPolicy(snapshot, start.policy)
    const step = firstStep(policy.spec, start.severity, now, start.fromLevel)
    const number = (numbers.get(start.incidentId) ?? 0) + 1
    numbers.set(start.incidentId, number)
    const run: Run = {
      id: newId('run', now),
      incidentId: start.incidentId,
      number,
      purpose: start.purpose ?? 'incident',
      policy: policy.name,
      policyVersion: policy.version,
      reason: start.reason,
      severity: start.severity,
      urgency: start.urgency,
      stage: start.stage,
      startedAt: now,
      clockStart: step.clockStart,
      round: 0,
      roundStartedAt: now,
      level: -1,
      levelReachedAt: null,
      dueAt: step.dueAt,
      cause: start.cause ?? null,
    }
    return { run, policy, step }
  })
  const due = begun.filter(({ step }) => step.dueAt <= now)
  const entries = await decideSteps(tx, now, parts, snapshot, due, fresh)
  tx.unawaited(
    insertRuns(
      tx.sql,
      begun.map(({ run }) => run),
    ),
  )
  return entries
}

export interface Deciding {
  run: Run
  policy: PolicyVersion
  step: Step
  /** Who is tried when every contact of a catch-all has failed; otherwise the step's targets say. */
  lastResort?: Found[]
}

/**
 * Carries out steps that are due: finds the people, queues their pages, and moves each run on (in memory; the caller
 * stores it). A level that leads to nobody hands on to the next at once.
 */
export async function decideSteps(
  tx: Transaction,
  now: Instant,
  parts: EscalationParts,
  snapshot: Snapshot,
  due: Deciding[],
  fresh: boolean,
): Promise<Entry[]> {
  const entries: Entry[] = []
  const pages: NewPage[] = []
  for (const deciding of due) {
    const { run } = deciding
    for (let next: Deciding | undefined = deciding; next; ) {
      const { step } = next
      const { found, queued } = decideOne(snapshot, now, next)
      pages.push(...queued)
      entries.push(entryFor(now, next, found, queued))
      const { round, roundStartedAt, clockStart, level } = step
      Object.assign(run, { round, roundStartedAt, clockStart, level, levelReachedAt: null, dueAt: null })
      if (queued.length > 0) break
      run.levelReachedAt = now
      next = await followUp(fresh ? null : tx, now, snapshot, next)
      // A round that has somebody in it may have to last until its end.
      if (next && next.step.dueAt > now) {
        run.dueAt = next.step.dueAt
        break
      }
    }
  }
  const reached = await queuePages(tx, now, parts.slots, pages, fresh)
  // Who opens them knows which are private.
  if (!fresh && pages.length > 0) entries.push(...(await parts.letIn(tx, now, pages)))
  for (const { run, policy } of due) {
    if (reached.has(levelKey({ runId: run.id, round: run.round, level: run.level + 1 }))) run.levelReachedAt = now
    if (run.levelReachedAt !== null) run.dueAt ??= nextStep(policy.spec, run, run.levelReachedAt).dueAt
  }
  return entries
}

/**
 * What follows at once on a level that failed or led to nobody. After the catch-all these are the admins, then everyone
 * who can be reached, as far as they have not failed already; undefined when nobody is left before its next pass.
 * Without a transaction for runs that begin in this one, which have paged nobody yet.
 */
export async function followUp(
  tx: Transaction | null,
  now: Instant,
  snapshot: Snapshot,
  { run, policy }: Deciding,
): Promise<Deciding | undefined> {
  const { incidentId, id: runId, round, roundStartedAt, clockStart, level } = run
  if (level < policy.spec.levels.length) {
    const step = nextAtOnce(policy.spec, run, now, 'nobody-reached')
    if (step.round === round || !tx || !(await isAnyoneReached(tx.sql, { incidentId, runId, round }))) return { run, policy, step }
    return { run, policy, step: nextAtOnce(policy.spec, run, now, 'somebody-reached') }
  }
  // Whoever was asked for is asked for alone.
  if (targetsOf(policy.name)) return undefined
  const tried = tx ? await peoplePaged(tx.sql, { incidentId, runId, round }) : new Set<string>()
  const lastResort = findAnybody(snapshot, run.urgency, run.stage, tried)
  const step = { round, roundStartedAt, clockStart, level: level + 1, notify: [], dueAt: now }
  return lastResort.length === 0 ? undefined : { run, policy, step, lastResort }
}

function decideOne(snapshot: Snapshot, now: Instant, { run, policy, step, lastResort }: Deciding): { found: Found[]; queued: NewPage[] } {
  let found = lastResort ?? find(snapshot, step.notify, run.urgency, run.stage, now)
  if (step.level === policy.spec.levels.length && !targetsOf(policy.name) && found.every((one) => one.absent !== undefined))
    found = [...found, ...findAnybody(snapshot, run.urgency, run.stage)]
  const queued: NewPage[] = []
  const named = new Set<string>()
  for (const one of found) {
    // A person is paged once per level and round, however often they are named.
    if (one.person === undefined || one.absent !== undefined || named.has(one.person)) continue
    named.add(one.person)
    const person = snapshot.get(Person, one.person)!
    for (const { index, contact, afterMs } of rulesOn(run.stage, person.spec, run.urgency))
      queued.push({
        id: pageId(run.incidentId, run.number, step.round, step.level + 1, one.person, index),
        incidentId: run.incidentId,
        runId: run.id,
        round: step.round,
        level: step.level + 1,
        person: one.person,
        personVersion: person.version,
        rule: index,
        contact: contact.name,
        channel: contact.channel,
        bundle: contact.bundle !== false,
        urgency: run.urgency,
        found: one,
        afterMs,
      })
  }
  return { found, queued }
}

function entryFor(now: Instant, { run, policy, step }: Deciding, found: Found[], queued: NewPage[]): Entry {
  const lateMs = now - step.dueAt
  return fact({ incidentId: run.incidentId, happenedAt: now, actor: 'system' }, 'escalation.level-decided', {
    run: run.id,
    number: run.number,
    ...(run.purpose !== 'incident' && { purpose: run.purpose }),
    reason: run.reason,
    policy: policy.name,
    policyVersion: policy.version,
    round: step.round,
    ...(step.level < policy.spec.levels.length && { level: step.level + 1 }),
    ...(lateMs > 5000 && { lateMs }),
    ...(run.cause && { cause: run.cause }),
    found,
    pages: queued.map(({ id, person, contact, channel, rule, afterMs }) => ({ id, person, contact, channel, rule, afterMs })),
  })
}

/**
 * Locks what runs and waits for these incidents, in one order for all. A transaction that goes on to change several of
 * them, one after another, does this first and once.
 */
export async function holdEscalations(tx: Transaction, incidentIds: IncidentId[]): Promise<void> {
  if (incidentIds.length === 0) return
  await Promise.all([lockActiveRuns(tx.sql, incidentIds), holdPages(tx.sql, incidentIds)])
}

/**
 * Ends what runs for these incidents, for one purpose or for any, and withdraws what waits by it, in the caller's transaction.
 * Answers the facts.
 */
export async function stopEscalations(
  tx: Transaction,
  now: Instant,
  incidentIds: IncidentId[],
  reason: DataOf<'escalation.stopped'>['reason'],
  whatFor: RunPurpose | 'anything',
): Promise<Entry[]> {
  // Runs first: who decides a level holds its run, so that no page of it can appear once we do.
  const stopped = await stopRuns(tx.sql, now, incidentIds, reason, whatFor === 'anything' ? null : whatFor)
  const withdrawn = stopped.length === 0 ? new Map() : await withdrawPages(tx.sql, now, stopped, reason)
  return stopped.map(({ id: run, incidentId, purpose }) => {
    const about = { incidentId, happenedAt: now, actor: 'system' } as const
    const other = purpose !== 'incident' && { purpose }
    return fact(about, 'escalation.stopped', { run, ...other, reason, pagesWithdrawn: withdrawn.get(run) ?? 0 })
  })
}

/** Severity decides which levels apply: runs read it anew, and what is due next with it. */
export async function regrade(
  tx: Transaction,
  now: Instant,
  documents: Documents,
  changes: { incidentId: IncidentId; severity: number; urgency: 'high' | 'low' }[],
): Promise<void> {
  if (changes.length === 0) return
  const runs = await lockActiveRuns(
    tx.sql,
    changes.map((change) => change.incidentId),
  )
  await setRunSeverity(tx.sql, changes)
  const moved: Run[] = []
  for (const run of runs) {
    if (run.dueAt === null || run.purpose !== 'incident') continue
    const { spec } = await policyOf(tx, documents, run)
    const { severity } = changes.find((change) => change.incidentId === run.incidentId)!
    const reachedAt = run.levelReachedAt ?? now
    // What was brought forward stays so.
    if (run.dueAt < nextStep(spec, run, reachedAt).dueAt) continue
    const { dueAt } = nextStep(spec, { ...run, severity }, reachedAt)
    if (dueAt !== run.dueAt) moved.push({ ...run, dueAt })
  }
  if (moved.length > 0) await updateRuns(tx.sql, moved)
}

/**
 * Paging tells which levels were reached by first attempts: from there personal rules and the next level count; and of
 * which every contact has failed: the next level goes now. Their runs are held. Answers the facts.
 */
export async function levelsMoved(
  tx: Transaction,
  now: Instant,
  documents: Documents,
  { reached, failed }: { reached: LevelOf[]; failed: LevelOf[] },
): Promise<Entry[]> {
  const runs = await readHeldRuns(
    tx.sql,
    [...reached, ...failed].map((level) => level.runId),
  )
  const moved: Run[] = []
  const entries: Entry[] = []
  for (const run of runs) {
    const isOf = (level: LevelOf) => level.runId === run.id && level.round === run.round && level.level === run.level + 1
    let { levelReachedAt, dueAt } = run
    if (reached.some(isOf) && levelReachedAt === null) {
      const policy = await policyOf(tx, documents, run)
      levelReachedAt = now
      dueAt = nextStep(policy.spec, run, now).dueAt
    }
    if (failed.some(isOf)) {
      levelReachedAt ??= now
      dueAt = Math.min(dueAt ?? now, now)
      const about = { incidentId: run.incidentId, happenedAt: now, actor: 'system' } as const
      entries.push(fact(about, 'escalation.level-failed', { run: run.id, round: run.round, level: run.level + 1 }))
    }
    if (levelReachedAt !== run.levelReachedAt || dueAt !== run.dueAt) moved.push({ ...run, levelReachedAt, dueAt })
  }
  if (moved.length > 0) tx.unawaited(updateRuns(tx.sql, moved))
  return entries
}

/** A run keeps the policy version it began with. */
export async function policyOf(
  tx: Transaction,
  documents: Documents,
  run: { policy: string; policyVersion: number },
): Promise<PolicyVersion> {
  if (run.policy === OWN_POLICY) return { name: OWN_POLICY, version: 0, spec: ownPolicy }
  const targets = targetsOf(run.policy)
  if (targets) return { name: run.policy, version: 0, spec: policyOfTargets(targets) }
  const document = await documents.version(tx.sql, EscalationPolicy, run.policy, run.policyVersion)
  if (!document) throw new Error(`Escalation policy ${run.policy} has no version ${run.policyVersion}.`)
  return { name: run.policy, version: run.policyVersion, spec: document.spec }
}

/** A policy that has been removed leaves the admins, never nobody. */
function currentPolicy(snapshot: Snapshot, name: string): PolicyVersion {
  const targets = targetsOf(name)
  if (targets) return { name, version: 0, spec: policyOfTargets(targets) }
  const document = name === OWN_POLICY ? undefined : snapshot.get(EscalationPolicy, name)
  return document ? { name, version: document.version, spec: document.spec } : { name: OWN_POLICY, version: 0, spec: ownPolicy }
}
