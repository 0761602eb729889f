import { DAY, type Instant, iso } from '../../../kernel/time.ts'
import type { ShiftView } from '../../product/kinds.ts'
import { scheduleNames } from '../../product/known-names.ts'
import { everything, named } from '../../product/lists.ts'
import type { Session } from '../../session.ts'
import { dayTimes, lengthOf, zoneHead } from '../../text/moments.ts'
import { tone } from '../../text/spans.ts'
import type { Column } from '../../text/table.ts'

/** A shift with the schedule it belongs to; the window that was asked for may cut off its ends. */
export type ListedShift = ShiftView & { schedule: string; beganBefore: boolean; goesOn: boolean }

export async function shiftsOf(session: Session, schedule: string, from: Instant, days: number): Promise<ListedShift[]> {
  const window = { since: iso(from), until: iso(from + days * DAY) }
  const ask = () => everything((query) => session.server().api.listShifts({ params: { name: schedule }, query: { ...query, ...window } }))
  const shifts = await named(schedule, ask, () => scheduleNames(session))
  return shifts.map((shift) => ({ ...shift, schedule, beganBefore: shift.from === window.since, goesOn: shift.until === window.until }))
}

export function shiftColumns(session: Session, withSchedule: boolean): Column<ListedShift>[] {
  const at = (moment: string) => dayTimes(Date.parse(moment), session.now(), session.zone)
  const head = zoneHead(session.zone)
  const columns: Column<ListedShift>[] = [
    {
      head: `FROM (${head})`,
      cell: ({ from, beganBefore }) => (beganBefore ? tone('dim', 'under way') : at(from)),
      value: ({ from }) => from,
    },
    {
      head: `UNTIL (${head})`,
      cell: ({ until, goesOn }) => (goesOn ? [at(until), tone('dim', ' or longer')] : at(until)),
      value: ({ until }) => until,
    },
    {
      head: 'LENGTH',
      cell: (shift) => (shift.beganBefore || shift.goesOn ? '-' : lengthOf(Date.parse(shift.until) - Date.parse(shift.from))),
      value: ({ from, until }) => (Date.parse(until) - Date.parse(from)) / 1000,
    },
    {
      head: 'WHO',
      cell: ({ displayName, gap }) => (gap ? tone('missing', '!nobody') : (displayName ?? '-')),
      value: ({ person }) => person,
    },
    { head: 'THROUGH', cell: (shift) => tone('dim', throughText(shift)), value: throughText },
  ]
  return withSchedule
    ? [{ head: 'SCHEDULE', cell: ({ schedule }) => tone('strong', schedule), value: ({ schedule }) => schedule }, ...columns]
    : columns
}

function throughText({ gap, whyKind, layer, reason }: ShiftView): string {
  if (gap) return 'gap'
  if (whyKind === 'override') return reason === null ? 'override' : `override, ${reason}`
  return layer ?? ''
}
