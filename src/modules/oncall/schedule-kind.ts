import { momentText } from '../../kernel/moment.ts'
import { DAY, type Instant } from '../../kernel/time.ts'
import { calledAs, type Path, type WrittenKind } from '../documents/index.ts'
import { unreachableBecause } from '../people/index.ts'
import { type Handover, handoverOf, handoverText, startingAt } from './handover.ts'
import { overridesOf, Schedule } from './oncall.ts'
import { nextGap } from './rota.ts'
import type { ScheduleSpec } from './schedule.ts'

/** A schedule by which somebody else is on call, now or soon. */
export interface Affected extends Handover {
  schedule: string
  /** "on call now changes from oli to noa; 6 of the next 6 shifts change" */
  text: string
  /** Starts that were put in place of those written, because the turn was to be kept. */
  kept: Handover['keepTurn']
}

/** How far ahead a schedule is looked at for time without anybody. */
const AHEAD_DAYS = 14

export const scheduleKind: WrittenKind<ScheduleSpec, Affected> = {
  ...Schedule,
  plural: 'schedules',
  alsoCalled: ['rotation', 'rota', 'oncallschedule'],
  warnings({ name, spec: schedule }, after, now) {
    const gap = nextGap(schedule, now, now + AHEAD_DAYS * DAY, overridesOf(after, name))
    const said = (at: Instant) => momentText(at, now, { language: 'en', zone: schedule.timeZone })
    const people = [...new Set(schedule.layers.flatMap((layer) => layer.users))]
    const longer = gap && gap.until >= now + AHEAD_DAYS * DAY ? ' and perhaps longer' : ''
    return [
      ...(gap
        ? [
            {
              path: ['spec', 'layers'],
              message: `nobody is on call from ${said(gap.from)} to ${said(gap.until)}${longer}`,
              asks: true as const,
            },
          ]
        : []),
      ...people.flatMap((person) => {
        const why = unreachableBecause(person, after)
        return why === undefined
          ? []
          : [{ path: placeOf(schedule, person), message: `${calledAs({ kind: 'Person', name: person })} ${why}` }]
      }),
    ]
  },
  /** With the starts of layers by which whoever has the turn keeps it. */
  keepingTurn({ name, spec }, before, now) {
    const known = before.get(Schedule, name)
    if (!known) return undefined
    const overrides = overridesOf(before, name)
    const starts = handoverOf({ spec: known.spec, overrides }, { spec, overrides }, now)?.keepTurn ?? []
    return starts.length === 0 ? undefined : { spec: startingAt(spec, starts), kept: starts }
  },
  /** Who is put on call, and who is taken off. */
  effects: (before, after, now, kept) =>
    before.all(Schedule).flatMap(({ name, spec }) => {
      const then = after.get(Schedule, name)
      const [was, becomes] = [overridesOf(before, name), overridesOf(after, name)]
      const same = then && (then.spec === spec || JSON.stringify(then.spec) === JSON.stringify(spec))
      const starts = (kept.get(name) ?? []) as Handover['keepTurn']
      if (!then || (same && JSON.stringify(was) === JSON.stringify(becomes) && starts.length === 0)) return []
      const handover = handoverOf({ spec, overrides: was }, { spec: then.spec, overrides: becomes }, now)
      return handover ? [{ schedule: name, text: handoverText(handover), ...handover, kept: starts }] : []
    }),
}

function placeOf(schedule: ScheduleSpec, name: string): Path {
  const layer = schedule.layers.findIndex(({ users }) => users.includes(name))
  return ['spec', 'layers', layer, 'users', schedule.layers[layer]!.users.indexOf(name)]
}
