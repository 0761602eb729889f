import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { ApiError } from '../../platform/client.ts'
import type { Loadable } from '../parts/loadable.tsx'
import { messageOf } from './queries.ts'

/** How long typing rests before it is asked about. */
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

export interface AskedOfDraft<Answer> {
  answer: Loadable<Answer>
  isFetching: boolean
  /** Why the answer shown is that of an earlier draft. */
  kept: { kind: 'invalid'; why: string } | { kind: 'failed' } | undefined
}

/** What the server makes of a draft that is not saved. The last answer stays until the next has come. */
export function useOfDraft<Answer>(queryKey: unknown[], ask: (signal: AbortSignal) => Promise<Answer>): AskedOfDraft<Answer> {
  const query = useQuery({ queryKey, queryFn: ({ signal }) => ask(signal), retry: false, staleTime: 10_000, gcTime: 60_000 })
  const last = useRef<Answer>(undefined)
  if (query.data !== undefined) last.current = query.data
  const shown = last.current
  const isInvalid = query.error instanceof ApiError && query.error.status === 422
  return {
    answer:
      shown !== undefined
        ? { state: 'ready', value: shown }
        : query.isError
          ? { state: 'failed', failure: { message: messageOf(query.error), onRetry: () => void query.refetch() } }
          : { state: 'loading' },
    isFetching: query.isFetching,
    kept:
      query.isError && shown !== undefined
        ? isInvalid
          ? { kind: 'invalid', why: messageOf(query.error) }
          : { kind: 'failed' }
        : undefined,
  }
}
