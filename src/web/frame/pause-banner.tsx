import { useMutation } from '@tanstack/react-query'
import { api } from '../data/api.ts'
import { messageOf, queries, queryClient, useQuery } from '../data/queries.ts'
import { Banner } from '../parts/banner.tsx'
import { Button } from '../parts/button.tsx'
import { useToast } from '../parts/toast.tsx'
import { words } from '../product/shell/words.ts'

/** Over every screen while nobody is paged; whoever may set things up lets it go on. */
export function PauseBanner({ mayResume }: { mayResume: boolean }) {
  const toast = useToast()
  const { data } = useQuery(queries.pause())
  const resuming = useMutation({
    mutationFn: () => api.resumePaging(),
    onSuccess: ({ pagedAfresh }) => toast({ text: words.paused.done(pagedAfresh) }),
    onError: (error) => toast({ icon: 'warn', text: words.paused.failed(messageOf(error)) }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['pause'] }),
  })
  if (!data?.paused) return null
  return (
    <Banner
      tone="bad"
      beside={
        mayResume && (
          <Button size="small" disabled={resuming.isPending} onClick={() => resuming.mutate()}>
            {words.paused.goOn}
          </Button>
        )
      }
    >
      {words.paused.because(data.paused.reason)}
    </Banner>
  )
}
