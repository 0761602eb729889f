import { nameOf } from '../../kernel/actor.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Caller, Input } from '../../platform/contract.ts'
import type { Transaction } from '../../platform/db.ts'
import { Service } from '../catalog/index.ts'
import type { Snapshot } from '../documents/index.ts'
import { actorOf, changeHeld, stageOf } from '../incidents/index.ts'
import { propose, rankOf, schemeOnce } from '../severity/index.ts'
import { type Entry, fact } from '../timeline/index.ts'
import { bridgeFor } from './bridge.ts'
import { newCommand } from './command.ts'
import type { commandContract } from './contract.ts'
import { levelOfBody, raise, sourceOf } from './declare.ts'
import type { CommandParts, Held } from './held.ts'
import { planOf } from './plan.ts'

type Said = Partial<Omit<Input<(typeof commandContract)['declareExisting']>['body'], 'expected' | 'text'>>

/**
 * A person makes theirs what alerts opened: its number, alerts and pages go on, and whom its level wakes beside is paged. It stays
 * as bad as it is unless they, or the facts they tell, say otherwise.
 */
export async function declareHeld(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  snapshot: Snapshot,
  before: Held,
  caller: Caller,
  said: Said,
): Promise<(Held & { entries: Entry[]; warnings: string[] }) | Refusal<'no-such-level' | 'reason-wanted' | 'invalid' | 'in-the-future'>> {
  const { incident } = before
  const { impactStartedAt, level: key, severity, reason } = said
  if (impactStartedAt !== undefined && Date.parse(impactStartedAt) > now)
    return refuse('in-the-future', '`impactStartedAt` is still to come; say a moment that has passed.')
  const by = actorOf(caller)
  const service = incident.service === null ? undefined : snapshot.get(Service, incident.service)?.spec
  const tags = [...new Set([...(said.facts?.tags ?? []), ...(service?.tags ?? [])])]
  const facts = { ...said.facts, ...(tags.length > 0 && { tags }) }
  const scheme = await schemeOnce(tx.sql, parts.documents, incident.severityScheme, incident.severitySchemeVersion)
  const proposal = scheme && propose(scheme.spec, facts)
  const isGraded = key !== undefined || severity !== undefined || said.facts !== undefined
  const graded = !scheme
    ? undefined
    : levelOfBody({ level: key, reason, severity: isGraded ? severity : incident.severity }, scheme, proposal!)
  if (isRefusal(graded)) return graded
  const rank = graded ? rankOf(scheme!.spec, graded.key) : incident.severity
  const grade = isGraded && graded ? { severity: rank, level: graded.key, reason } : {}
  const { next, entries } = await changeHeld(tx, now, parts, snapshot, incident, by, grade)
  const about = { incidentId: incident.id, happenedAt: now, actor: by }
  const acknowledged = incident.acknowledgedAt
  const since = acknowledged ?? incident.detectedAt
  entries.unshift(
    fact(about, 'incident.declared', {
      level: graded?.key ?? next.level ?? `SEV${rank}`,
      scheme: incident.severityScheme,
      version: incident.severitySchemeVersion,
      ...(said.facts && { facts: { ...said.facts } }),
      ...(reason !== undefined && { reason }),
      ...(said.source && { source: sourceOf(said.source) }),
    }),
  )
  if (proposal) {
    const { level, because, adjusted, missing } = proposal
    entries.splice(1, 0, fact({ ...about, actor: 'system' }, 'severity.proposed', { level, because, adjusted, missing }))
  }
  const stage = stageOf(incident)
  const plan =
    graded &&
    planOf(
      { level: graded, rank, service: incident.service, policy: incident.policy, urgency: next.urgency, stage, pace: 1, page: true },
      snapshot,
      now,
    )
  if (plan && graded)
    entries.push(...(await raise(tx, now, parts, snapshot, incident.id, plan, { rank, urgency: next.urgency, stage, level: graded })))
  return {
    ...before,
    incident: {
      ...next,
      declaredAt: now,
      declaredBy: nameOf(by),
      kind: said.kind ?? (incident.kind === 'incident' ? 'production' : incident.kind),
      impactStartedAt: impactStartedAt === undefined ? incident.impactStartedAt : Date.parse(impactStartedAt),
    },
    command: {
      ...newCommand(
        incident.id,
        now,
        bridgeFor(snapshot, {
          title: incident.title,
          level: graded?.key ?? next.level ?? '',
          declaredAt: now,
          private: incident.visibility === 'private',
        }),
      ),
      statusAt: since,
      heldSince: since,
      facts: said.facts ?? null,
      source: said.source ? sourceOf(said.source) : null,
      fields: said.fields ?? null,
      moments: acknowledged === null ? {} : { acknowledged },
    },
    entries,
    warnings: plan?.warnings ?? [],
  }
}
