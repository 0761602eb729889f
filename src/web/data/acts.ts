import { useEffect, useSyncExternalStore } from 'react'
import { type Instant, iso } from '../../kernel/time.ts'
import type { IncidentStatus } from '../../modules/incidents/status.ts'
import { isOffline } from '../browser.ts'
import { useToast } from '../parts/toast.tsx'
import { words } from './acts-words.ts'
import { outbox } from './outbox.ts'
import { queryClient } from './queries.ts'
import type { IncidentChange, NoteKind, ResolutionSaid, StepName, StepSaid, Unsent, Write } from './unsent.ts'

export type Act = 'acknowledge' | 'escalate' | 'resolve' | 'step'

/**
 * What a person does to an incident. It never looks done before the server has said so: the button is busy until then,
 * and what has not arrived stands in a banner until it has, has lapsed, or is given up.
 */
export function useActs() {
  const unsent = useUnsent()
  const sending = unsent.find(({ write, state }) => state.kind === 'sending' && isAct(write))
  return {
    act: (id: string, act: 'acknowledge' | 'escalate' | 'resolve') => outbox.send({ incident: id, number: numberOf(id), act }),
    step: (id: string, step: StepName, said: StepSaid, seen: IncidentStatus) =>
      outbox.send({
        ...{ incident: id, number: numberOf(id), act: 'step', step, seen },
        // Said while nothing could be sent: then it happened now, whenever it arrives.
        said: { ...(isOffline() && { at: new Date().toISOString() }), ...said },
      }),
    resolve: (id: string, said: ResolutionSaid) => outbox.send({ incident: id, number: numberOf(id), act: 'resolve', said }),
    note: (id: string, { text, kind, at }: { text: string; kind: NoteKind; at: Instant | undefined }) =>
      outbox.send({
        incident: id,
        number: numberOf(id),
        act: 'note',
        text,
        ...(kind !== 'note' && { kind }),
        // Written while nothing could be sent: then it happened now, whenever it arrives.
        ...(at !== undefined ? { happenedAt: iso(at) } : isOffline() && { happenedAt: new Date().toISOString() }),
      }),
    change: (id: string, change: IncidentChange, seen: IncidentChange, reason?: string) =>
      outbox.send({ incident: id, number: numberOf(id), act: 'change', change, seen, ...(reason && { reason }) }),
    /** What is on its way for one incident. */
    pendingOf: (id: string) =>
      unsent.filter(({ write, state }) => write.incident === id && (state.kind === 'sending' || state.kind === 'waiting')),
    busy: sending && { id: sending.write.incident, act: sending.write.act as Act },
  }
}

export function useUnsent(): Unsent[] {
  return useSyncExternalStore(outbox.subscribe, outbox.read)
}

/** Says what was done, once the server has; what can honestly be taken back is offered so. */
export function useDoneToasts(): void {
  const toast = useToast()
  useEffect(
    () =>
      outbox.onDone((write) => {
        // A changed value can be put back. Who was paged meanwhile stays paged, and an acknowledgement has stopped others.
        const back = write.act === 'change' ? { undo: { name: words.changedBack, onUndo: () => outbox.send(opposite(write)) } } : {}
        toast({ text: words.done[write.act], ...back })
      }),
    [toast],
  )
}

/** As people call it, from whatever list or page it is known by. */
function numberOf(id: string): string {
  const known = [...queryClient.getQueriesData({ queryKey: ['incidents'] }), ...queryClient.getQueriesData({ queryKey: ['incident'] })]
  const incidents = known.flatMap(([, data]) => (data as { items?: unknown[] } | undefined)?.items ?? [data]) as (
    | { id?: string; number?: string }
    | undefined
  )[]
  return incidents.find((one) => one?.id === id && one.number !== undefined)?.number ?? id
}

function opposite(write: Extract<Write, { act: 'change' }>): Write {
  const { reason: _, ...rest } = write
  // A milder level than it was wants a reason, also where it only goes back.
  return { ...rest, change: write.seen, seen: write.change, ...(write.seen.severity !== undefined && { reason: words.takenBack }) }
}

function isAct(write: Write): boolean {
  return write.act !== 'note' && write.act !== 'change'
}
