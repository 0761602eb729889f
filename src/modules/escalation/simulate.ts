import type { Instant } from '../../kernel/time.ts'
import type { Snapshot } from '../documents/index.ts'
import { Person, type Urgency } from '../people/index.ts'
import type { Found } from '../timeline/index.ts'
import { firstStep, nextStep, type Step } from './decide.ts'
import type { PolicySpec } from './policy.ts'
import { rulesOn, type Stage } from './stage.ts'
import { find, findAnybody } from './targets.ts'

/** A level as it would go if nobody answered. */
export interface SimulatedStep {
  step: Step
  catchAll: boolean
  found: Found[]
  pages: SimulatedPage[]
}

export interface SimulatedPage {
  person: string
  contact: string
  channel: string
  dueAt: Instant
}

export interface Setting {
  severity: number
  urgency: Urgency
  stage: Stage
  start: Instant
}

/** Rounds that are told one by one. */
const ROUNDS_TOLD = 2

/**
 * What an escalation that starts at `start` does while nobody acts and every message arrives at once: asked of the rule
 * the pager follows, with the people who will be on call then. Tells two rounds and the first pass of the catch-all.
 */
export function simulate(policy: PolicySpec, snapshot: Snapshot, setting: Setting): { steps: SimulatedStep[]; skippedRounds: number } {
  const { severity, start } = setting
  const steps: SimulatedStep[] = []
  const skipped = new Set<number>()
  let step = firstStep(policy, severity, start)
  for (;;) {
    const catchAll = step.level >= policy.levels.length
    const simulated = carryOut(policy, snapshot, setting, step, steps)
    if (catchAll || step.round < ROUNDS_TOLD) steps.push(simulated)
    else skipped.add(step.round)
    if (catchAll) return { steps, skippedRounds: skipped.size }
    const standing = { severity, clockStart: start, round: step.round, roundStartedAt: step.roundStartedAt, level: step.level }
    const next = nextStep(policy, standing, step.dueAt)
    step = simulated.pages.length > 0 ? next : afterNobody(policy, step, next)
  }
}

/** A level that leads to nobody hands on at once; a round without anybody leads straight to the catch-all. */
function afterNobody(policy: PolicySpec, step: Step, next: Step): Step {
  if (next.round === step.round) return { ...next, dueAt: step.dueAt }
  return {
    round: step.round + 1,
    roundStartedAt: step.dueAt,
    level: policy.levels.length,
    notify: policy.catchAll.notify,
    dueAt: step.dueAt,
  }
}

function carryOut(policy: PolicySpec, snapshot: Snapshot, { urgency, stage }: Setting, step: Step, before: SimulatedStep[]): SimulatedStep {
  const catchAll = step.level >= policy.levels.length
  let found = find(snapshot, step.notify, urgency, stage, step.dueAt)
  if (catchAll && found.every((one) => one.absent !== undefined)) found = [...found, ...findAnybody(snapshot, urgency, stage)]
  const people = new Set(found.flatMap(({ person, absent }) => (person === undefined || absent !== undefined ? [] : [person])))
  const pages = [...people].flatMap((person) =>
    rulesOn(stage, snapshot.get(Person, person)!.spec, urgency).map(
      ({ contact, afterMs }): SimulatedPage => ({ person, contact: contact.name, channel: contact.channel, dueAt: step.dueAt + afterMs }),
    ),
  )
  for (const page of pages) page.dueAt = Math.min(page.dueAt, takeOver(before, page, step.dueAt))
  return { step, catchAll, found, pages: pages.sort((a, b) => a.dueAt - b.dueAt) }
}

/** At most one page waits per person and contact: one still waiting gives way, and its due time stands. */
function takeOver(before: SimulatedStep[], { person, contact }: SimulatedPage, at: Instant): Instant {
  let held = Number.POSITIVE_INFINITY
  for (const step of before)
    step.pages = step.pages.filter((one) => {
      const waits = one.person === person && one.contact === contact && one.dueAt > at
      if (waits) held = Math.min(held, one.dueAt)
      return !waits
    })
  return held
}
