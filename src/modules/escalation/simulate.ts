import type { Instant } from '../../kernel/time.ts'
import type { Snapshot } from '../documents/index.ts'
import { Person, type Urgency } from '../people/index.ts'
import type { Found } from '../timeline/index.ts'
import { firstStep, nextAtOnce, nextStep, type Step } from './decide.ts'
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
  const all: SimulatedStep[] = []
  const latest: Latest = new Map()
  const roundsWithSomebody = new Set<number>()
  let step = firstStep(policy, severity, start)
  for (;;) {
    const simulated = carryOut(policy, snapshot, setting, step, latest)
    all.push(simulated)
    if (simulated.catchAll) break
    const reached = simulated.pages.length > 0
    if (reached) roundsWithSomebody.add(step.round)
    const standing = { ...step, severity }
    const round = roundsWithSomebody.has(step.round) ? 'somebody-reached' : 'nobody-reached'
    step = reached ? nextStep(policy, standing, step.dueAt) : nextAtOnce(policy, standing, step.dueAt, round)
  }
  const isTold = ({ step: { round }, catchAll }: SimulatedStep) => catchAll || round < ROUNDS_TOLD
  const skipped = new Set(all.filter((one) => !isTold(one)).map((one) => one.step.round))
  return { steps: all.filter(isTold), skippedRounds: skipped.size }
}

function carryOut(policy: PolicySpec, snapshot: Snapshot, { urgency, stage }: Setting, step: Step, latest: Latest): SimulatedStep {
  const catchAll = step.level >= policy.levels.length
  let found = find(snapshot, step.notify, urgency, stage, step.dueAt)
  if (catchAll && found.every((one) => one.absent !== undefined)) found = [...found, ...findAnybody(snapshot, urgency, stage)]
  const people = new Set(found.flatMap(({ person, absent }) => (person === undefined || absent !== undefined ? [] : [person])))
  const pages = [...people].flatMap((person) =>
    rulesOn(stage, snapshot.get(Person, person)!.spec, urgency).map(
      ({ contact, afterMs }): SimulatedPage => ({ person, contact: contact.name, channel: contact.channel, dueAt: step.dueAt + afterMs }),
    ),
  )
  giveWay(latest, pages, step.dueAt)
  return { step, catchAll, found, pages: pages.sort((a, b) => a.dueAt - b.dueAt) }
}

/** The latest pages by person and contact, with the step they belong to. */
type Latest = Map<string, { page: SimulatedPage; pages: SimulatedPage[] }[]>

/** At most one page waits per person and contact: one still waiting gives way to the newer, and its due time stands. */
function giveWay(latest: Latest, pages: SimulatedPage[], at: Instant): void {
  const held = new Map<string, Instant>()
  for (const { person, contact } of pages) {
    const key = `${person}\n${contact}`
    const waiting = (latest.get(key) ?? []).filter(({ page }) => page.dueAt > at)
    for (const { page, pages: others } of waiting) others.splice(others.indexOf(page), 1)
    if (waiting.length > 0) held.set(key, Math.min(...waiting.map(({ page }) => page.dueAt)))
    latest.delete(key)
  }
  for (const page of pages) {
    const key = `${page.person}\n${page.contact}`
    page.dueAt = Math.min(page.dueAt, held.get(key) ?? Number.POSITIVE_INFINITY)
    latest.set(key, [...(latest.get(key) ?? []), { page, pages }])
  }
}
