import { useMutation } from '@tanstack/react-query'
import type { ComponentProps } from 'react'
import { randomId } from '../browser.ts'
import { api } from '../data/api.ts'
import { usePersonLook } from '../data/people.ts'
import { loadableOf, messageOf, queries, queryClient, useQuery } from '../data/queries.ts'
import { EndingDialog, type Ending as EndingName, type Word } from '../screens/incidents/ending-dialog.tsx'
import type { DeclaredIncident, ResolutionSaid } from '../screens/incidents/incident.ts'

import { SeverityDialog } from '../screens/incidents/severity-dialog.tsx'

interface LevelQuestionProps extends Omit<ComponentProps<typeof SeverityDialog>, 'open' | 'levels'> {
  scheme: string
}

/** The level of a declared one, in the words of its scheme. */
export function LevelQuestion({ scheme, ...asked }: LevelQuestionProps) {
  const schemes = useQuery(queries.severitySchemes())
  const known = schemes.data?.items.find(({ name }) => name === scheme)
  return <SeverityDialog open {...asked} levels={known?.spec.levels} scheme={known?.name} />
}

interface EndingProps {
  id: string
  scheme: string
  incident: DeclaredIncident
  ending: EndingName
  onResolve: (said: ResolutionSaid) => void
  onCloseIncident: () => void
  onClose: () => void
}

/** The question before a declared incident is resolved or closed, fed while it is open. */
export function Ending({ id, scheme, incident, ending, ...acts }: EndingProps) {
  const look = usePersonLook()
  const key = ['incident', id, 'checks', ending]
  const checks = useQuery({
    queryKey: key,
    queryFn: () => api.getChecklist({ params: { id, list: ending } }),
    // What Tocsin looks at changes without an event: time passes.
    refetchInterval: 15_000,
    staleTime: 0,
  })
  const schemes = useQuery(queries.severitySchemes())
  const level = schemes.data?.items.find(({ name }) => name === scheme)?.spec.levels.find((one) => one.key === incident.command.level)
  const said = {
    meta: { showsFailure: true },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['incident'] }),
  }
  const word = useMutation({
    ...said,
    mutationFn: ({ item, word }: { item: string; word: Word }) =>
      api.changeCheck({ params: { id, list: ending, item }, idempotencyKey: randomId(), body: word }),
    onSuccess: (reply) => queryClient.setQueryData(key, reply),
  })
  const mend = useMutation({
    ...said,
    mutationFn: async (change: { review: { at: string } | { waived: string } } | { impactEnded: string }) => {
      const idempotencyKey = randomId()
      if ('review' in change) await api.changeIncident({ params: { id }, idempotencyKey, body: { review: change.review } })
      else await api.setMoment({ params: { id, name: 'impactEnded' }, idempotencyKey, body: { at: change.impactEnded } })
    },
  })
  const failed = word.error ?? mend.error
  return (
    <EndingDialog
      {...acts}
      incident={incident}
      ending={ending}
      mode={level?.resolve ?? 'free'}
      checks={loadableOf(checks, ({ items }) =>
        items.map(({ item, auto, state, said: by }) => ({
          item: item as 'alerts-ended',
          auto,
          state,
          said: by === null ? undefined : { by: look(by.by.replace(/^\w+:/, '')), at: Date.parse(by.at), evidence: by.evidence },
        })),
      )}
      busy={word.isPending || mend.isPending}
      failure={failed ? messageOf(failed) : undefined}
      onWord={(item, said) => word.mutate({ item, word: said })}
      onReview={(review) => mend.mutate({ review })}
      onImpactEnded={(impactEnded) => mend.mutate({ impactEnded })}
    />
  )
}
