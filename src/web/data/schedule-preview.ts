import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { DAY, type Instant } from '../../kernel/time.ts'
import { ApiError } from '../../platform/client.ts'
import type { Loadable } from '../parts/loadable.tsx'
import type { Preview, ScheduleSpec, Shift } from '../screens/schedules/schedule.ts'
import { COVER_DAYS } from '../screens/schedules/schedule-preview.tsx'
import { api } from './api.ts'
import { messageOf } from './queries.ts'
import { useRested } from './simulation.ts'

interface Asked {
  preview: Loadable<Preview>
  kept: { kind: 'invalid'; why: string } | { kind: 'failed' } | undefined
}

/** A schedule as it stands in a form, worked out by the server from `since` on. The last answer stays until the next has come. */
export function usePreview(spec: ScheduleSpec, name: string, since: Instant): Asked {
  const rested = useRested(spec)
  const query = useQuery({
    queryKey: ['schedule-preview', name, rested, since],
    queryFn: ({ signal }) =>
      api.previewSchedule({
        body: {
          spec: rested as unknown as Record<string, unknown>,
          since: new Date(since).toISOString(),
          until: new Date(since + COVER_DAYS * DAY).toISOString(),
          ...(name !== '' && { name }),
        },
        signal,
      }),
    retry: false,
    staleTime: 10_000,
    gcTime: 60_000,
  })
  const last = useRef<Preview>(undefined)
  if (query.data) last.current = previewOf(query.data)
  const shown = last.current
  const isInvalid = query.error instanceof ApiError && query.error.status === 422
  return {
    preview: shown
      ? { state: 'ready', value: shown }
      : query.isError
        ? { state: 'failed', failure: { message: messageOf(query.error), onRetry: () => void query.refetch() } }
        : { state: 'loading' },
    kept: query.isError && shown ? (isInvalid ? { kind: 'invalid', why: messageOf(query.error) } : { kind: 'failed' }) : undefined,
  }
}

type View = Awaited<ReturnType<typeof api.previewSchedule>>

function previewOf(view: View): Preview {
  return {
    since: Date.parse(view.since),
    until: Date.parse(view.until),
    shifts: view.shifts.map(shiftOf),
    layers: view.layers.map(({ name, shifts }) => ({ name, shifts: shifts.map(shiftOf) })),
    more: view.more,
  }
}

function shiftOf(shift: View['layers'][number]['shifts'][number] & { outsideHours?: boolean }): Shift {
  return { ...shift, outsideHours: shift.outsideHours ?? false, from: Date.parse(shift.from), until: Date.parse(shift.until) }
}
