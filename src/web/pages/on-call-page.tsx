import { useMutation } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { iso } from '../../kernel/time.ts'
import { api } from '../data/api.ts'
import { aheadOf, policiesOf, verdictOf } from '../data/on-call-view.ts'
import { loadableOf, messageOf, queries, queryClient, useQuery } from '../data/queries.ts'
import { Frame } from '../frame/frame.tsx'
import { links } from '../links.ts'
import type { Loadable } from '../parts/loadable.tsx'
import { useToast } from '../parts/toast.tsx'
import type { MyShift, OverrideStart } from '../product/on-call/duty.ts'
import { words } from '../product/on-call/words.ts'
import { OnCallScreen } from '../screens/on-call/on-call-screen.tsx'
import { type Override, OverrideDialog } from '../screens/on-call/override-dialog.tsx'

/** Who is on call: the viewer first, then level by level; now, or at the moment the address asks for. */
export function OnCallPage() {
  const { at } = useSearch({ strict: false }) as { at?: string }
  const moment = at === undefined || Number.isNaN(Date.parse(at)) ? undefined : Date.parse(at)
  const router = useRouter()
  const me = useQuery(queries.me())
  const name = me.data?.person?.name
  const board = useQuery(queries.onCallAt(moment === undefined ? undefined : iso(moment)))
  const cover = useQuery(queries.cover())
  const schedules = useQuery(queries.schedules())
  const mine = useQuery({ ...queries.person(name ?? ''), enabled: name !== undefined })
  const services = useServiceCounts()
  const [start, setStart] = useState<OverrideStart | undefined>()
  const override = useOverride(() => setStart(undefined))
  const people = useQuery({ ...queries.people(), enabled: start !== undefined })
  const mayAct = me.data?.permissions.includes('incident:act') === true
  const ahead = cover.data ?? []
  const policies = loadableOf(board, (posts) => policiesOf(posts, ahead, services, name))
  return (
    <Frame place="on-call">
      <OnCallScreen
        at={moment}
        policies={policies}
        verdict={loadableOf(board, (posts) =>
          verdictOf(policiesOf(posts, ahead, services, name), cover.data, mine.data, moment ?? Date.now(), name !== undefined),
        )}
        shifts={me.data && name === undefined ? noShifts : loadableOf(mine, ({ shifts }) => shifts.slice(0, 5).map(shiftOf))}
        ahead={loadableOf(cover, (all) => aheadOf(all, name))}
        onLookAt={(to) => {
          const href = links.onCall(to === undefined ? undefined : iso(to))
          if (moment === undefined) router.history.push(href)
          else router.history.replace(href)
        }}
        onOverride={mayAct && (schedules.data?.length ?? 0) > 0 ? (begin) => setStart(begin) : undefined}
      />
      <OverrideDialog
        start={start}
        schedules={(schedules.data ?? []).map(({ name: schedule, displayName, timeZone, people: turns, onCall }) => ({
          ...{ name: schedule, displayName, timeZone },
          people: turns.map((one) => one.name),
          onCall: onCall ? { person: onCall.person, until: onCall.until === null ? undefined : Date.parse(onCall.until) } : undefined,
        }))}
        people={(people.data ?? []).map((one) => ({ name: one.name, look: { name: one.displayName } }))}
        me={name}
        now={Date.now()}
        busy={override.isPending}
        failure={override.isError ? messageOf(override.error) : undefined}
        onSave={override.mutate}
        onClose={() => {
          override.reset()
          setStart(undefined)
        }}
      />
    </Frame>
  )
}

const noShifts: Loadable<null> = { state: 'ready', value: null }

function shiftOf({
  schedule,
  scheduleName,
  from,
  until,
}: {
  schedule: string
  scheduleName: string
  from: string
  until: string
}): MyShift {
  return { schedule, displayName: scheduleName, from: Date.parse(from), until: Date.parse(until) }
}

/** Makes an override and offers to take it back. */
function useOverride(onDone: () => void) {
  const toast = useToast()
  const undo = useMutation({
    mutationFn: (made: { schedule: string; id: string }) => api.endOverride({ params: { name: made.schedule, id: made.id } }),
    onSuccess: () => toast({ text: words.dialog.undone }),
    onError: (error) => toast({ icon: 'warn', text: words.dialog.notUndone(messageOf(error)) }),
    onSettled: lookAgain,
  })
  return useMutation({
    meta: { showsFailure: true },
    mutationFn: ({ schedule, person, from, until, reason }: Override) =>
      api.makeOverride({ params: { name: schedule }, body: { person, until, ...(from && { from }), ...(reason && { reason }) } }),
    onSuccess: (made) => {
      onDone()
      toast({ text: words.dialog.done(made.displayName, made.schedule), undo: { onUndo: () => undo.mutate(made) } })
    },
    onSettled: lookAgain,
  })
}

async function lookAgain(): Promise<void> {
  await Promise.all([queryClient.invalidateQueries({ queryKey: ['on-call'] }), queryClient.invalidateQueries({ queryKey: ['people'] })])
}

/** How many services follow each policy. */
function useServiceCounts(): ReadonlyMap<string, number> {
  const services = useQuery(queries.services())
  const counts = new Map<string, number>()
  for (const { policy } of services.data?.items ?? []) if (policy !== null) counts.set(policy, (counts.get(policy) ?? 0) + 1)
  return counts
}
