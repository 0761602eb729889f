import { useMutation, useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { randomId } from '../browser.ts'
import { api } from '../data/api.ts'
import { messageOf, queries, queryClient } from '../data/queries.ts'
import { links } from '../links.ts'
import { useToast } from '../parts/toast.tsx'
import type { AlertInIncident } from '../product/incidents/alert-in-incident.ts'
import { AlertMoves, AlertMoving, type Moving } from '../screens/incidents/alert-moving.tsx'
import { words } from '../screens/incidents/alert-moving-words.ts'

/** Puts an alert of an incident, `number`, into another or into one of its own. */
export function MoveAlert({ number, alert }: { number: string; alert: AlertInIncident }) {
  const [moving, setMoving] = useState<Moving | undefined>()
  const open = useQuery({ ...queries.openIncidents(), enabled: moving === 'move' })
  const toast = useToast()
  const router = useRouter()
  const told = {
    meta: { showsFailure: true },
    onSuccess: async (incident: { number: string }) => {
      setMoving(undefined)
      toast({ text: words.moved(incident.number) })
      await router.navigate({ to: links.incident(moving === 'split' ? incident.number : number, { tab: 'alerts' }) })
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: ['incident'] }),
        queryClient.invalidateQueries({ queryKey: ['incidents'] }),
      ])
    },
  }
  const move = useMutation({
    ...told,
    mutationFn: (to: string) => api.moveAlerts({ params: { id: to }, body: { alerts: [alert.id] }, idempotencyKey: randomId() }),
  })
  const split = useMutation({
    ...told,
    mutationFn: (title: string) =>
      api.splitIncident({ params: { id: number }, body: { alerts: [alert.id], title }, idempotencyKey: randomId() }),
  })
  const asked = moving === 'split' ? split : move
  const close = () => {
    setMoving(undefined)
    move.reset()
    split.reset()
  }
  return (
    <>
      <AlertMoves onAsk={setMoving} />
      {moving && (
        <AlertMoving
          moving={moving}
          title={alert.title}
          others={open.data?.items.filter((one) => one.number !== number)}
          busy={asked.isPending}
          failure={asked.isError ? messageOf(asked.error) : undefined}
          onMove={move.mutate}
          onSplit={split.mutate}
          onClose={close}
        />
      )}
    </>
  )
}
