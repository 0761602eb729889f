import type { Language } from '../kernel/language.ts'
import { refuse } from '../kernel/result.ts'
import { type Instant, iso, SECOND } from '../kernel/time.ts'
import { urgencyOf } from '../modules/catalog/index.ts'
import type { Documents, Snapshot } from '../modules/documents/index.ts'
import type { escalationContract } from '../modules/escalation/contract.ts'
import { EscalationPolicy, OWN_POLICY, ownPolicy, type SimulatedStep, simulate } from '../modules/escalation/index.ts'
import { displayName, Person } from '../modules/people/index.ts'
import type { Handlers } from '../platform/contract.ts'
import type { Database } from '../platform/db.ts'
import { absentText, foundText } from './words.ts'

/** Who would be paged, minute by minute, if nobody answered. */
export function createReadSimulation(db: Database, documents: Documents): Handlers<typeof escalationContract> {
  return {
    async simulatePolicy({ params, query, language, now }) {
      const snapshot = await documents.fresh(db.sql)
      const document = snapshot.get(EscalationPolicy, params.name)
      const policy = params.name === OWN_POLICY ? ownPolicy : document?.spec
      if (!policy) return refuse('not-found', `There is no escalation policy ‹${params.name.slice(0, 100)}›.`)
      const start = query.at === undefined ? now : Date.parse(query.at)
      const urgency = query.urgency ?? urgencyOf(query.severity, undefined)
      const stage = document?.origin.kind === 'demo' ? 'demo' : 'real'
      const { steps, skippedRounds } = simulate(policy, snapshot, { severity: query.severity, urgency, stage, start })
      return {
        policy: params.name,
        version: document?.version ?? 0,
        severity: query.severity,
        urgency,
        startsAt: iso(start),
        steps: steps.map((step) => stepViewOf(snapshot, start, step, language)),
        skippedRounds,
      }
    },
  }
}

function stepViewOf(snapshot: Snapshot, start: Instant, { step, catchAll, found, pages }: SimulatedStep, language: Language) {
  const nameOf = (person: string) => displayName(person, snapshot.get(Person, person)?.spec)
  return {
    round: step.round,
    level: step.level + 1,
    catchAll,
    at: iso(step.dueAt),
    afterSeconds: (step.dueAt - start) / SECOND,
    found: found.map((one) => ({
      person: one.person ?? null,
      displayName: one.person === undefined ? null : nameOf(one.person),
      why: one.absent === undefined ? foundText(one, language) : absentText(one, language),
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
