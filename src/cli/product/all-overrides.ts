import type { Session } from '../session.ts'
import type { OverrideView } from './kinds.ts'
import { scheduleNames } from './known-names.ts'
import { everything, forEach, named } from './lists.ts'

/** The overrides of some schedules, or of all, by when they begin. */
export async function allOverrides(session: Session, schedules: readonly string[] = []): Promise<OverrideView[]> {
  const names = schedules.length > 0 ? schedules : await scheduleNames(session)
  const found = await forEach(names, (name) =>
    named(
      name,
      () => everything((query) => session.server().api.listOverrides({ params: { name }, query })),
      () => scheduleNames(session),
    ),
  )
  return found.flat().sort((a, b) => Date.parse(a.from) - Date.parse(b.from))
}
