import type { Reader } from '../kernel/moment.ts'
import { refuse } from '../kernel/result.ts'
import { type Instant, iso, SECOND } from '../kernel/time.ts'
import { Service, urgencyOf } from '../modules/catalog/index.ts'
import type { Documents, Snapshot } from '../modules/documents/index.ts'
import type { escalationContract } from '../modules/escalation/contract.ts'
import {
  EscalationPolicy,
  OWN_POLICY,
  ownPolicy,
  type PolicySpec,
  type SimulatedStep,
  type Stage,
  simulate,
} from '../modules/escalation/index.ts'
import type { Urgency } from '../modules/people/index.ts'
import { absentText, foundText, type Telling } from '../modules/timeline/index.ts'
import type { Handlers } from '../platform/contract.ts'
import type { Database } from '../platform/db.ts'
import { tellingOf } from './pieces/words.ts'

/** Who would be paged, minute by minute, if nobody answered. */
export function createReadSimulation(db: Database, documents: Documents): Handlers<typeof escalationContract> {
  return {
    async simulatePolicy({ params, query, reader, now }) {
      const snapshot = await documents.fresh(db.sql)
      const document = snapshot.get(EscalationPolicy, params.name)
      const policy = params.name === OWN_POLICY ? ownPolicy : document?.spec
      if (!policy) return refuse('not-found', `There is no escalation policy ‹${params.name.slice(0, 100)}›.`)
      return viewOf(snapshot, { name: params.name, version: document?.version ?? 0, policy }, query, now, reader)
    },
    async simulateDraft({ body, now, reader }) {
      const read = EscalationPolicy.schema.safeParse(body.spec)
      if (!read.success) {
        const issues = read.error.issues.map(({ path, message }) => ({ path: ['spec', ...path].map(String).join('.'), message }))
        return refuse('invalid-policy', `It can be simulated once it is mended: ${issues[0]!.path} ${issues[0]!.message}`, issues)
      }
      return viewOf(await documents.fresh(db.sql), { name: body.name ?? '', version: 0, policy: read.data }, body, now, reader)
    },
  }
}

interface Asked {
  severity: number
  urgency?: Urgency | undefined
  at?: string | undefined
}

function viewOf(
  snapshot: Snapshot,
  { name, version, policy }: { name: string; version: number; policy: PolicySpec },
  { severity, urgency = urgencyOf(severity, undefined), at }: Asked,
  now: Instant,
  reader: Reader,
) {
  const start = at === undefined ? now : Date.parse(at)
  const telling = tellingOf(snapshot, reader, now)
  const { steps, skippedRounds } = simulate(policy, snapshot, { severity, urgency, stage: stageOfPolicy(snapshot, name), start })
  return {
    policy: name,
    version,
    severity,
    urgency,
    startsAt: iso(start),
    steps: steps.map((step) => stepViewOf(start, step, telling)),
    skippedRounds,
  }
}

/** Incidents of a service are played where the service belongs to; a policy nobody uses yet, where it was made. */
function stageOfPolicy(snapshot: Snapshot, name: string): Stage {
  const users = snapshot.all(Service).filter(({ spec }) => spec.policy === name)
  const played = users.length > 0 ? users : [snapshot.get(EscalationPolicy, name)]
  return played.every((one) => one?.origin.kind === 'demo') ? 'demo' : 'real'
}

function stepViewOf(start: Instant, { step, catchAll, found, pages }: SimulatedStep, telling: Telling) {
  const nameOf = telling.called.person
  return {
    round: step.round,
    level: step.level + 1,
    catchAll,
    at: iso(step.dueAt),
    afterSeconds: (step.dueAt - start) / SECOND,
    found: found.map((one) => ({
      person: one.person ?? null,
      displayName: one.person === undefined ? null : nameOf(one.person),
      why: one.absent === undefined ? foundText(one, telling) : absentText(one, telling),
      absent: one.absent !== undefined,
    })),
    pages: pages.map(({ person, contact, channel, dueAt }) => ({
      at: iso(dueAt),
      afterSeconds: (dueAt - start) / SECOND,
      person,
      displayName: nameOf(person),
      contact,
      channel,
    })),
  }
}
