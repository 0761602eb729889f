import { MINUTE, SECOND } from '../../kernel/time.ts'
import { crashPoint } from '../../platform/crash.ts'
import type { Database } from '../../platform/db.ts'
import type { Loop } from '../../platform/engine.ts'
import { reachOf } from '../paging/index.ts'
import { append } from '../timeline/index.ts'
import { type Deciding, decideSteps, type EscalationParts, followUp, policyOf } from './actions.ts'
import { nextStep } from './decide.ts'
import { lockDueRuns, lockRuns, nextRunDueAt, readUnreachedRuns, updateRuns } from './store.ts'

const BATCH = 200

/** Carries out what is due: the next level, the next round, the catch-all. */
export function escalationLoop(db: Database, parts: EscalationParts): Loop {
  return {
    name: 'escalation',
    restsInPause: true,
    everyMs: SECOND,
    nextAt: () => nextRunDueAt(db.sql),
    tick: (now) =>
      db.transaction(async (tx) => {
        const runs = await lockDueRuns(tx.sql, now, BATCH)
        if (runs.length === 0) return 0
        crashPoint('engine.after_claim')
        const snapshot = await parts.documents.fresh(tx.sql)
        const due: Deciding[] = []
        for (const run of runs) {
          const policy = await policyOf(tx, parts.documents, run)
          const step = nextStep(policy.spec, run, run.levelReachedAt ?? now)
          if (run.dueAt! >= step.dueAt) due.push({ run, policy, step: { ...step, dueAt: run.dueAt! } })
          else {
            // Due before its time: every contact of the level before has failed.
            const next = await followUp(tx, now, snapshot, { run, policy, step })
            if (next && next.step.dueAt <= now) due.push(next)
            else run.dueAt = next?.step.dueAt ?? step.dueAt
          }
        }
        const entries = await decideSteps(tx, now, parts, snapshot, due, false)
        await updateRuns(tx.sql, runs)
        await append(tx, now, entries)
        crashPoint('engine.before_commit')
        tx.afterCommit(() => crashPoint('engine.after_commit'))
        return runs.length
      }),
  }
}

/**
 * The watch over hand-overs: a run that waits for a level to be reached hears of it in the transaction that leases its
 * page. Should that ever fail (a bug, a restored database), this finds it within a minute.
 */
export function unreachedLoop(db: Database, parts: EscalationParts): Loop {
  return {
    name: 'unreached',
    restsInPause: true,
    everyMs: 20 * SECOND,
    tick: (now) =>
      db.transaction(async (tx) => {
        const suspects = await readUnreachedRuns(tx.sql, now - MINUTE, BATCH)
        if (suspects.length === 0) return 0
        const reach = await reachOf(
          tx.sql,
          suspects.map((run) => ({ runId: run.id, incidentId: run.incidentId, round: run.round, level: run.level + 1 })),
        )
        const stuck = reach.filter((one) => one.firstAttemptAt !== null || one.waiting === 0)
        if (stuck.length === 0) return 0
        const runs = await lockRuns(
          tx.sql,
          stuck.map((one) => one.runId),
        )
        for (const run of runs.filter((one) => one.dueAt === null)) {
          const policy = await policyOf(tx, parts.documents, run)
          const reachedAt = stuck.find((one) => one.runId === run.id)?.firstAttemptAt ?? now
          // All its contacts were removed while it waited: the next goes at once.
          const isGone = stuck.some((one) => one.runId === run.id && one.firstAttemptAt === null)
          const dueAt = isGone ? now : nextStep(policy.spec, run, reachedAt).dueAt
          await updateRuns(tx.sql, [{ ...run, levelReachedAt: reachedAt, dueAt }])
        }
        return 0
      }),
  }
}
