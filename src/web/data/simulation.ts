import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { ApiError } from '../../platform/client.ts'
import type { Loadable } from '../parts/loadable.tsx'
import type { SeverityRank } from '../parts/severity-mark.tsx'
import type { PolicySpec, Simulation } from '../screens/policies/policy.ts'
import { api } from './api.ts'
import { messageOf } from './queries.ts'

/** How long typing rests before it is played through. */
const REST_MS = 120

/** A value once it has rested; the first one at once. */
export function useRested<Value>(value: Value): Value {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST_MS)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}

interface Asked {
  simulation: Loadable<Simulation>
  isAsking: boolean
  kept: { kind: 'invalid'; why: string } | { kind: 'failed' } | undefined
}

/** A policy as it stands in a form, played through by the server. The last answer stays until the next has come. */
export function useSimulation(spec: PolicySpec, name: string, severity: SeverityRank, at: string): Asked {
  const rested = useRested(spec)
  const query = useQuery({
    queryKey: ['simulation', name, rested, severity, at],
    queryFn: ({ signal }) =>
      api.simulateDraft({
        body: {
          spec: rested as unknown as Record<string, unknown>,
          severity,
          at: new Date(at).toISOString(),
          ...(name !== '' && { name }),
        },
        signal,
      }),
    retry: false,
    staleTime: 10_000,
    gcTime: 60_000,
  })
  const last = useRef<Simulation>(undefined)
  if (query.data) last.current = simulationOf(query.data)
  const shown = last.current
  const isInvalid = query.error instanceof ApiError && query.error.status === 422
  return {
    simulation: shown
      ? { state: 'ready', value: shown }
      : query.isError
        ? { state: 'failed', failure: { message: messageOf(query.error), onRetry: () => void query.refetch() } }
        : { state: 'loading' },
    isAsking: query.isFetching || rested !== spec,
    kept: query.isError && shown ? (isInvalid ? { kind: 'invalid', why: messageOf(query.error) } : { kind: 'failed' }) : undefined,
  }
}

function simulationOf(view: Awaited<ReturnType<typeof api.simulateDraft>>): Simulation {
  return {
    ...view,
    startsAt: Date.parse(view.startsAt),
    steps: view.steps.map((step) => ({
      ...step,
      at: Date.parse(step.at),
      pages: step.pages.map((page) => ({ ...page, at: Date.parse(page.at) })),
    })),
  }
}
