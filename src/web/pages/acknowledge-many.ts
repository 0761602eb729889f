import { useMutation } from '@tanstack/react-query'
import { api } from '../data/api.ts'
import { messageOf, queryClient } from '../data/queries.ts'
import { useToast } from '../parts/toast.tsx'
import { words as listWords } from '../product/incidents/list-words.ts'

/** As with one: the server answers soon, or a person must hear of it. */
const PATIENCE_MS = 10_000

/** Acknowledges several incidents; each counts for itself, and what did not work is said with its number. */
export function useAcknowledgeMany() {
  const toast = useToast()
  const mutation = useMutation({
    mutationFn: async (ids: string[]) => {
      const signal = AbortSignal.timeout(PATIENCE_MS)
      const outcomes = await Promise.allSettled(ids.map((id) => api.acknowledgeIncident({ params: { id }, body: { via: 'web' }, signal })))
      return outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
    },
    onSuccess: (failures, ids) => {
      if (failures.length < ids.length) toast({ text: listWords.acknowledgedMany(ids.length - failures.length) })
      if (failures.length > 0) toast({ icon: 'warn', text: listWords.notAcknowledged(failures.length, messageOf(failures[0])) })
    },
    onSettled: () =>
      Promise.all([queryClient.invalidateQueries({ queryKey: ['incidents'] }), queryClient.invalidateQueries({ queryKey: ['incident'] })]),
  })
  return { acknowledge: (ids: string[]) => mutation.mutate(ids), busy: mutation.isPending }
}
