import type { Session } from '../session.ts'
import type { OnCallView, ScheduleView } from './kinds.ts'
import { everything } from './lists.ts'

/** Whether somebody on call belongs to the demo company, whose drawn phones are all they need. */
export type IsDemo = (row: Pick<OnCallView, 'policy' | 'schedule'>) => boolean

export async function demoTeller(session: Session, schedules: readonly ScheduleView[]): Promise<IsDemo> {
  const policies = await everything((query) => session.server().api.listObjects({ params: { kind: 'policies' }, query }))
  const names = (all: readonly Pick<ScheduleView, 'name' | 'origin'>[]) =>
    new Set(all.filter(({ origin }) => origin.kind === 'demo').map(({ name }) => name))
  const demo = { policies: names(policies), schedules: names(schedules) }
  return ({ policy, schedule }) => (policy === null ? schedule !== null && demo.schedules.has(schedule) : demo.policies.has(policy))
}
