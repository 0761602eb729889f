import { type IncidentId, newId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Transaction } from '../../platform/db.ts'
import type { Documents, Snapshot } from '../documents/index.ts'
import { type LevelOf, levelKey, type NewPage, pageId, queuePages, type SendSlots, withdrawPages } from '../paging/index.ts'
import { Person } from '../people/index.ts'
import { append, type Entry, type Found, type RunReason } from '../timeline/index.ts'
import { clockStartFor, firstStep, nextStep, type Step } from './decide.ts'
import { EscalationPolicy, OWN_POLICY, ownPolicy, type PolicySpec } from './policy.ts'
import { rulesOn, type Stage } from './stage.ts'
import { insertRuns, lastRunNumbers, lockRuns, type Run, readLastRun, setRunSeverity, stopRuns, updateRuns } from './store.ts'
import { find, findAnybody } from './targets.ts'

/** What the paging path of one process shares; wired once in app.ts. */
export interface EscalationParts {
  documents: Documents
  slots: SendSlots
}

export interface Start {
  incidentId: IncidentId
  policy: string
  severity: number
  urgency: 'high' | 'low'
  stage: Stage
  reason: RunReason
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
  const begun = starts.flatMap((start): Deciding[] => {
    const policy = currentPolicy(snapshot, start.policy)
    if (!policy) return []
    const step = firstStep(policy.spec, start.severity, now, start.fromLevel)
    const run: Run = {
      id: newId('run', now),
      incidentId: start.incidentId,
      number: (numbers.get(start.incidentId) ?? 0) + 1,
      policy: policy.name,
      policyVersion: policy.version,
      reason: start.reason,
      severity: start.severity,
      urgency: start.urgency,
      stage: start.stage,
      startedAt: now,
      clockStart: start.fromLevel === undefined ? now : clockStartFor(policy.spec, step, now),
      round: 0,
      roundStartedAt: now,
      level: -1,
      levelReachedAt: null,
      dueAt: step.dueAt,
    }
    return [{ run, policy, step }]
  })
  const due = begun.filter(({ step }) => step.dueAt <= now)
  const entries = await decideSteps(tx, now, parts, snapshot, due, fresh)
  await insertRuns(
    tx.sql,
    begun.map(({ run }) => run),
  )
  return entries
}

export interface Deciding {
  run: Run
  policy: PolicyVersion
  step: Step
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
    for (let step: Step | undefined = deciding.step; step; ) {
      const { found, queued } = decideOne(snapshot, now, deciding, step)
      pages.push(...queued)
      entries.push(entryFor(now, deciding, step, found, queued))
      Object.assign(deciding.run, {
        round: step.round,
        roundStartedAt: step.roundStartedAt,
        level: step.level,
        levelReachedAt: null,
        dueAt: null,
      })
      deciding.step = step
      if (queued.length > 0) break
      deciding.run.levelReachedAt = now
      step = afterNobody(deciding, now)
    }
  }
  const reached = await queuePages(tx, now, parts.slots, pages, fresh)
  for (const { run, policy } of due) {
    if (reached.has(levelKey({ runId: run.id, round: run.round, level: run.level + 1 }))) run.levelReachedAt = now
    if (run.levelReachedAt !== null) run.dueAt = nextStep(policy.spec, run, run.levelReachedAt).dueAt
  }
  return entries
}

/** The next level goes now; a whole round without anybody leads straight to the catch-all, and that to a pause. */
function afterNobody({ run, policy }: Deciding, now: Instant): Step | undefined {
  const last = policy.spec.levels.length
  if (run.level >= last) return undefined
  const next = nextStep(policy.spec, run, now)
  if (next.round === run.round) return { ...next, dueAt: now }
  return { round: run.round + 1, roundStartedAt: now, level: last, notify: policy.spec.catchAll.notify, dueAt: now }
}

function decideOne(snapshot: Snapshot, now: Instant, { run, policy }: Deciding, step: Step): { found: Found[]; queued: NewPage[] } {
  let found = find(snapshot, step.notify, run.urgency, run.stage, now)
  if (step.level >= policy.spec.levels.length && found.every((one) => one.absent !== undefined))
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

function entryFor(now: Instant, { run, policy }: Deciding, step: Step, found: Found[], queued: NewPage[]): Entry {
  const lateMs = now - step.dueAt
  return {
    incidentId: run.incidentId,
    happenedAt: now,
    actor: 'system',
    event: {
      type: 'escalation.level-decided',
      data: {
        run: run.id,
        number: run.number,
        reason: run.reason,
        policy: policy.name,
        policyVersion: policy.version,
        round: step.round,
        ...(step.level < policy.spec.levels.length && { level: step.level + 1 }),
        ...(lateMs > 5000 && { lateMs }),
        found,
        pages: queued.map(({ id, person, contact, channel, rule, afterMs }) => ({ id, person, contact, channel, rule, afterMs })),
      },
    },
  }
}

/** Ends what runs for these incidents and withdraws what waits, in the caller's transaction. Answers the facts. */
export async function stopEscalations(
  tx: Transaction,
  now: Instant,
  incidentIds: IncidentId[],
  reason: 'acknowledged' | 'resolved' | 'superseded',
): Promise<Entry[]> {
  const withdrawn = await withdrawPages(tx.sql, now, incidentIds, reason)
  const stopped = await stopRuns(tx.sql, now, incidentIds, reason)
  return stopped.map(({ id, incidentId }) => ({
    incidentId,
    happenedAt: now,
    actor: 'system',
    event: { type: 'escalation.stopped', data: { run: id, reason, pagesWithdrawn: withdrawn.get(incidentId) ?? 0 } },
  }))
}

/** The level a person who escalates by hand means: the one after the last that was decided. */
export async function levelAfterLast(tx: Transaction, incidentId: IncidentId): Promise<{ policy: string; fromLevel: number } | undefined> {
  const run = await readLastRun(tx.sql, incidentId)
  return run && { policy: run.policy, fromLevel: run.level + 1 }
}

/** Severity decides which levels apply: runs read it anew. */
export async function regrade(
  tx: Transaction,
  changes: { incidentId: IncidentId; severity: number; urgency: 'high' | 'low' }[],
): Promise<void> {
  if (changes.length > 0) await setRunSeverity(tx.sql, changes)
}

/** Paging tells that first attempts began: from here personal rules and the next level count. */
export async function levelsReached(tx: Transaction, now: Instant, documents: Documents, levels: LevelOf[]): Promise<void> {
  const runs = await lockRuns(
    tx.sql,
    levels.map((level) => level.runId),
  )
  const reached: Run[] = []
  for (const run of runs) {
    const level = levels.find((one) => one.runId === run.id && one.round === run.round && one.level === run.level + 1)
    if (!level || run.levelReachedAt !== null) continue
    const policy = await policyOf(tx, documents, run)
    reached.push({ ...run, levelReachedAt: now, dueAt: nextStep(policy.spec, run, now).dueAt })
  }
  if (reached.length > 0) await updateRuns(tx.sql, reached)
}

/** Paging tells that every contact of a level failed: the next level goes now. */
export async function levelsFailed(tx: Transaction, now: Instant, levels: LevelOf[]): Promise<void> {
  const runs = await lockRuns(
    tx.sql,
    levels.map((level) => level.runId),
  )
  const failed = runs.filter((run) => levels.some((one) => one.runId === run.id && one.round === run.round && one.level === run.level + 1))
  if (failed.length === 0) return
  await updateRuns(
    tx.sql,
    failed.map((run) => ({ ...run, levelReachedAt: run.levelReachedAt ?? now, dueAt: Math.min(run.dueAt ?? now, now) })),
  )
  await append(
    tx.sql,
    now,
    failed.map((run) => ({
      incidentId: run.incidentId,
      happenedAt: now,
      actor: 'system',
      event: { type: 'escalation.level-failed', data: { run: run.id, round: run.round, level: run.level + 1 } },
    })),
  )
}

/** A run keeps the policy version it began with. */
export async function policyOf(
  tx: Transaction,
  documents: Documents,
  run: { policy: string; policyVersion: number },
): Promise<PolicyVersion> {
  if (run.policy === OWN_POLICY) return { name: OWN_POLICY, version: 0, spec: ownPolicy }
  const document = await documents.version(tx.sql, EscalationPolicy, run.policy, run.policyVersion)
  if (!document) throw new Error(`Escalation policy ${run.policy} has no version ${run.policyVersion}.`)
  return { name: run.policy, version: run.policyVersion, spec: document.spec }
}

function currentPolicy(snapshot: Snapshot, name: string): PolicyVersion | undefined {
  if (name === OWN_POLICY) return { name, version: 0, spec: ownPolicy }
  const document = snapshot.get(EscalationPolicy, name)
  return document && { name, version: document.version, spec: document.spec }
}
