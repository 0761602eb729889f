import { z } from 'zod'
import { type Id, momentOf } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/time.ts'
import { parseMoment, zoneOf } from '../../kernel/zone.ts'
import type { Document, Kind, Snapshot } from '../documents/index.ts'
import { type Override as OverrideEntry, type Shift, whoIsOnCall } from './rota.ts'
import { moment, type ScheduleSpec, scheduleSpec } from './schedule.ts'

export const Schedule: Kind<ScheduleSpec> = {
  name: 'Schedule',
  schema: scheduleSpec,
  references: (schedule) => [
    ...schedule.layers.flatMap((layer, i) => layer.users.map((name, j) => ({ path: ['layers', i, 'users', j], kind: 'Person', name }))),
    ...(schedule.overrides ?? []).map((override, i) => ({ path: ['overrides', i, 'user'], kind: 'Person', name: override.user })),
  ],
}

/**
 * An override made by a person in the product, as a document of its own: it is exported and put back as such. Those that
 * are written into a schedule stand there.
 */
export const overrideDocumentSpec = z
  .strictObject({
    schedule: z.string(),
    person: z.string(),
    from: moment,
    until: moment,
    reason: z.string().optional(),
  })
  .superRefine(({ from, until }, check) => {
    // Both as the clocks of one zone show them, or both exact: of one each only the schedule's zone could tell.
    if (hasOffset(from) !== hasOffset(until)) return
    const [begins, ends] = [parseMoment(from, zoneOf('UTC')), parseMoment(until, zoneOf('UTC'))]
    if (begins === undefined || ends === undefined || ends > begins) return
    check.addIssue({ code: 'custom', path: ['until'], message: `An override ends after it starts: write an \`until\` later than ${from}` })
  })

function hasOffset(written: string): boolean {
  return /(Z|[+-]\d\d:?\d\d)$/.test(written)
}

/** Overrides made in the product are named by their ids, which tell when they were made. */
export function isOverrideId(name: string): boolean {
  return /^ovr_[0-9a-z]{26}$/.test(name)
}
export type OverrideDocumentSpec = z.infer<typeof overrideDocumentSpec>

export const Override: Kind<OverrideDocumentSpec> = {
  name: 'Override',
  schema: overrideDocumentSpec,
  references: (override) => [
    { path: ['schedule'], kind: 'Schedule', name: override.schedule },
    { path: ['person'], kind: 'Person', name: override.person },
  ],
}

/** Who is on call for a schedule, with overrides of either kind; undefined when nobody is, or when there is no such schedule. */
export function onCallFor(snapshot: Snapshot, schedule: string, at: Instant): Shift | undefined {
  const document = snapshot.get(Schedule, schedule)
  return document && whoIsOnCall(document.spec, at, overridesOf(snapshot, schedule))
}

const overridesBySnapshot = new WeakMap<Snapshot, Map<string, OverrideEntry[]>>()

/** Overrides made in the product, in the order they were made; the last one made wins. */
export function overridesOf(snapshot: Snapshot, schedule: string): OverrideEntry[] {
  let bySchedule = overridesBySnapshot.get(snapshot)
  if (!bySchedule) {
    bySchedule = new Map()
    for (const { name: id, spec } of snapshot.all(Override).sort(byMaking)) {
      const { person: user, from, until, reason } = spec
      bySchedule.set(spec.schedule, [
        ...(bySchedule.get(spec.schedule) ?? []),
        { id, user, from, until, ...(reason !== undefined && { reason }) },
      ])
    }
    overridesBySnapshot.set(snapshot, bySchedule)
  }
  return bySchedule.get(schedule) ?? []
}

/** By when they were made: a version that only says where it is written now is no later override. */
function byMaking(a: Document<unknown>, b: Document<unknown>): number {
  return madeAt(a) - madeAt(b) || (a.name < b.name ? -1 : 1)
}

function madeAt({ name, changedAt }: Document<unknown>): Instant {
  return isOverrideId(name) ? momentOf(name as Id<'ovr'>) : changedAt
}
