import { z } from 'zod'
import type { Instant } from '../../kernel/time.ts'
import type { Document, Kind, Snapshot } from '../documents/index.ts'
import { type Override as OverrideEntry, type Shift, whoIsOnCall } from './rota.ts'
import { type ScheduleSpec, scheduleSpec } from './schedule.ts'

export const Schedule: Kind<ScheduleSpec> = {
  name: 'Schedule',
  schema: scheduleSpec,
  references: (schedule) => [
    ...schedule.layers.flatMap((layer, i) => layer.users.map((name, j) => ({ path: ['layers', i, 'users', j], kind: 'Person', name }))),
    ...(schedule.overrides ?? []).map((override, i) => ({ path: ['overrides', i, 'user'], kind: 'Person', name: override.user })),
  ],
}

/** An override made by a person in the product; those of a document stand in the document. */
export const overrideDocumentSpec = z.strictObject({
  schedule: z.string(),
  person: z.string(),
  from: z.string(),
  until: z.string(),
  reason: z.string().optional(),
})
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
    for (const { name: id, spec } of snapshot.all(Override).sort(byChange)) {
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

function byChange(a: Document<unknown>, b: Document<unknown>): number {
  return a.changedAt - b.changedAt || (a.name < b.name ? -1 : 1)
}
