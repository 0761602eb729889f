import { calledAs, type WrittenKind } from '../documents/index.ts'
import { isOverrideId, Override, type OverrideDocumentSpec, Schedule } from './oncall.ts'
import { overrideWindow } from './override.ts'

export const overrideKind: WrittenKind<OverrideDocumentSpec> = {
  ...Override,
  plural: 'overrides',
  alsoCalled: ['cover', 'swap'],
  isName: isOverrideId,
  isDaily: true,
  refers: ({ schedule, until }) =>
    `an override of ${calledAs({ kind: Schedule.name, name: schedule })} until ${until} names it; delete that first`,
  /**
   * All of a schedule go with it, and of a person those that are over. One that a person still has to serve stays, and keeps the person
   * from being removed.
   */
  goesAlong: (spec, gone, before, now) =>
    gone.has(`Schedule/${spec.schedule}`) || (gone.has(`Person/${spec.person}`) && overrideWindow(before, spec).until <= now),
}
