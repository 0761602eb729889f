import { useMutation } from '@tanstack/react-query'
import { useToast } from '../parts/toast.tsx'
import { api } from './api.ts'
import { messageOf, queryClient } from './queries.ts'
import { words } from './words.ts'

export type Act = 'acknowledge' | 'escalate' | 'resolve'

const calls: Record<Act, (id: string, signal: AbortSignal) => Promise<unknown>> = {
  acknowledge: (id, signal) => api.acknowledgeIncident({ params: { id }, body: { via: 'web' }, signal }),
  escalate: (id, signal) => api.escalateIncident({ params: { id }, body: {}, signal }),
  resolve: (id, signal) => api.resolveIncident({ params: { id }, body: {}, signal }),
}

/** The server answers within 5 s, or not at all: then a person must hear of it and find another way. */
const PATIENCE_MS = 10_000

async function call(act: Act, id: string): Promise<void> {
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS)
  try {
    await calls[act](id, patience.signal)
  } finally {
    clearTimeout(timer)
  }
}

/**
 * What a person does to an incident. It never looks done before the server has said so: the button is busy until then,
 * and a failure says that the escalation goes on.
 */
export function useActs() {
  const toast = useToast()
  const mutation = useMutation({
    mutationFn: ({ id, act }: { id: string; act: Act }) => call(act, id),
    onSuccess: (_, { act }) => toast({ text: words.done[act] }),
    onError: (error, { act }) => toast({ icon: 'warn', text: words.notDone[act](messageOf(error)) }),
    onSettled: () =>
      Promise.all([queryClient.invalidateQueries({ queryKey: ['incidents'] }), queryClient.invalidateQueries({ queryKey: ['incident'] })]),
  })
  const busy = mutation.isPending ? mutation.variables : undefined
  return { act: (id: string, act: Act) => mutation.mutate({ id, act }), busy }
}
