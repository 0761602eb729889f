import { api } from './api.ts'
import { queryClient, useQuery } from './queries.ts'

/** The incident that a note is being written in, in this window. */
let writingIn: string | undefined

/** Who looks at an incident. Asking says that whoever asks does, and it is asked while the page is seen. */
export function usePresence(number: string) {
  return useQuery({
    queryKey: ['presence', number],
    queryFn: () => api.bePresent({ params: { id: number }, body: { writing: writingIn === number } }),
    refetchInterval: 20_000,
    staleTime: 0,
    // Whoever is not told of is not missed: nothing is tried again, and nothing says so.
    retry: false,
  })
}

/** Told when a note is begun and when it is sent or left empty. */
export function tellWriting(number: string, isWriting: boolean): void {
  if ((writingIn === number) === isWriting) return
  writingIn = isWriting ? number : undefined
  void queryClient.invalidateQueries({ queryKey: ['presence', number] })
}
