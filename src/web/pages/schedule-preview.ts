import { DAY, type Instant } from '../../kernel/time.ts'
import { api } from '../data/api.ts'
import { useOfDraft, useRested } from '../data/draft.ts'
import type { Preview, ScheduleSpec, Shift } from '../screens/schedules/schedule.ts'
import { COVER_DAYS } from '../screens/schedules/schedule-preview.tsx'

/** A schedule as it stands in a form, worked out by the server from `since` on. */
export function usePreview(spec: ScheduleSpec, name: string, since: Instant) {
  const rested = useRested(spec)
  const { answer, kept } = useOfDraft(['schedule-preview', name, rested, since], async (signal) => {
    const body = {
      spec: rested as unknown as Record<string, unknown>,
      since: new Date(since).toISOString(),
      until: new Date(since + COVER_DAYS * DAY).toISOString(),
      ...(name !== '' && { name }),
    }
    return previewOf(await api.previewSchedule({ body, signal }))
  })
  return { preview: answer, kept }
}

type View = Awaited<ReturnType<typeof api.previewSchedule>>

function previewOf(view: View): Preview {
  return {
    since: Date.parse(view.since),
    until: Date.parse(view.until),
    shifts: view.shifts.map(shiftOf),
    layers: view.layers.map(({ name, shifts }) => ({ name, shifts: shifts.map(shiftOf) })),
    more: view.more,
    zoneData: view.zoneData,
    handover: view.handover ?? undefined,
  }
}

function shiftOf(shift: View['layers'][number]['shifts'][number] & { outsideHours?: boolean }): Shift {
  return { ...shift, outsideHours: shift.outsideHours ?? false, from: Date.parse(shift.from), until: Date.parse(shift.until) }
}
