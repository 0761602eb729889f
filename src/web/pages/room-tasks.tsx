import { type ComponentProps, lazy, Suspense, useState } from 'react'
import { ApiError } from '../../platform/client.ts'
import { api } from '../data/api.ts'
import { useChoices } from '../data/configuration.ts'
import { momentOf } from '../data/incident-view.ts'
import { usePersonLook } from '../data/people.ts'
import { loadableOf, messageOf, queries, useQuery } from '../data/queries.ts'
import { useRoomAct } from '../data/room.ts'
import { useKeys } from '../keys.ts'
import { links } from '../links.ts'
import type { PersonLook } from '../parts/avatar.tsx'
import { useToast } from '../parts/toast.tsx'
import type { TaskSaid } from '../screens/war-room/tasks-dialog.tsx'
import { type TaskShown, TasksSection } from '../screens/war-room/tasks-section.tsx'
import { TasksTabScreen } from '../screens/war-room/tasks-tab.tsx'
import { words } from '../screens/war-room/tasks-words.ts'

const TasksDialog = lazy(() => import('../screens/war-room/tasks-dialog.tsx').then((module) => ({ default: module.TasksDialog })))
const ReasonDialog = lazy(() => import('../screens/war-room/reason-dialog.tsx').then((module) => ({ default: module.ReasonDialog })))

interface OfRoom {
  number: string
  mayAct: boolean
}

type TaskView = Awaited<ReturnType<typeof api.listTasks>>['items'][number]
type Kind = TaskView['kind']
type Change = Parameters<typeof api.changeTask>[0]['body']

/** What is to be done, beside the timeline: what is open, and what was done last. */
export function Tasks({ number, mayAct }: OfRoom) {
  const tasks = useQuery(queries.tasks(number)).data?.items
  const look = usePersonLook()
  const { finish, reopen } = useTaskActs(number)
  const [adds, setAdds] = useState(false)
  useKeys({ t: mayAct ? () => setAdds(true) : undefined })
  if (!tasks) return null
  const ended = tasks.filter(({ state }) => state === 'done').sort((a, b) => Date.parse(b.endedAt!) - Date.parse(a.endedAt!))
  return (
    <>
      <TasksSection
        tasks={[...tasks.filter(({ state }) => state === 'open'), ...ended.slice(0, 1)].map((one) => shownOf(one, look))}
        href={links.incident(number, { tab: 'tasks' })}
        onAdd={mayAct ? () => setAdds(true) : undefined}
        acts={mayAct ? { onDone: finish, onReopen: reopen } : undefined}
      />
      {adds && <AddTask number={number} kind="task" onClose={() => setAdds(false)} />}
    </>
  )
}

type Asked = { asks: 'add'; kind: Kind } | { asks: 'drop'; id: string } | { asks: 'poll' } | { asks: 'object'; id: string }

/** All tasks, what is left for afterwards, and what was asked of everybody. */
export function TasksTab({ number, mayAct }: OfRoom) {
  const tasks = useQuery(queries.tasks(number))
  const followUps = useQuery(queries.followUps(number))
  // An open one is decided by the clock, a moment before the stream tells of it.
  const polls = useQuery(queries.polls(number))
  const maySay = useQuery(queries.me()).data?.permissions.includes('incident:act') === true
  const look = usePersonLook()
  const { finish, reopen, change } = useTaskActs(number)
  const [asked, setAsked] = useState<Asked | undefined>()
  const close = () => setAsked(undefined)
  const drop = (id: string) => setAsked({ asks: 'drop', id })
  const shared = { onDone: finish, onReopen: reopen, onDrop: drop, onAdd: (kind: Kind) => setAsked({ asks: 'add', kind }) }
  return (
    <>
      <TasksTabScreen
        tasks={loadableOf(tasks, ({ items }) => items.map((one) => shownOf(one, look)))}
        followUps={loadableOf(followUps, ({ items }) => items.map((one) => shownOf(one, look)))}
        polls={loadableOf(polls, ({ items }) =>
          items.map(({ id, text, by, until, objections, decidedAt }) => ({
            ...{ id, text, by: look(by), until: Date.parse(until), decidedAt: momentOf(decidedAt) },
            objections: objections.map((one) => ({ key: `${one.at} ${one.by}`, by: look(one.by).name, text: one.text })),
          })),
        )}
        acts={
          mayAct
            ? {
                ...shared,
                onLater: (id) => change.mutate({ id, body: { due: '10m' } }),
                onPoll: () => setAsked({ asks: 'poll' }),
                onObject: (id) => setAsked({ asks: 'object', id }),
              }
            : undefined
        }
        lasting={maySay ? shared : undefined}
      />
      {asked?.asks === 'add' && <AddTask number={number} kind={asked.kind} onClose={close} />}
      {asked?.asks === 'drop' && (
        <Said
          {...words.dropping}
          number={number}
          send={(reason, idempotencyKey) =>
            api.changeTask({ params: { id: asked.id }, body: { state: 'dropped', reason }, idempotencyKey })
          }
          onClose={close}
        />
      )}
      {asked?.asks === 'poll' && (
        <Said
          {...words.polling}
          number={number}
          send={(text, idempotencyKey) => api.openPoll({ params: { id: number }, body: { text }, idempotencyKey })}
          onClose={close}
        />
      )}
      {asked?.asks === 'object' && (
        <Said
          {...words.objecting}
          number={number}
          send={(text, idempotencyKey) => api.objectToPoll({ params: { id: asked.id }, body: { text }, idempotencyKey })}
          onClose={close}
        />
      )}
    </>
  )
}

interface SaidProps extends Omit<ComponentProps<typeof ReasonDialog>, 'onSay' | 'busy' | 'failure'> {
  number: string
  send: (text: string, idempotencyKey: string) => Promise<unknown>
}

/** A sentence that is sent from its dialog, which stands until it has arrived. */
function Said({ number, send, onClose, ...ask }: SaidProps) {
  const said = useRoomAct(number, { send, onDone: onClose })
  return (
    <Suspense>
      <ReasonDialog
        {...ask}
        busy={said.isPending}
        failure={said.isError ? messageOf(said.error) : undefined}
        onSay={(text) => said.mutate(text)}
        onClose={onClose}
      />
    </Suspense>
  )
}

function AddTask({ number, kind, onClose }: { number: string; kind: Kind; onClose: () => void }) {
  const people = useChoices('people')
  const look = usePersonLook()
  const [typed, setTyped] = useState('')
  const alike = useQuery({ ...queries.tasksLike(number, typed), enabled: kind === 'task' && typed.length > 3 })
  const add = useRoomAct(number, {
    send: (body: TaskSaid, idempotencyKey): Promise<unknown> =>
      kind === 'task'
        ? api.addTask({ params: { id: number }, body, idempotencyKey })
        : api.addFollowUp({ params: { id: number }, body, idempotencyKey }),
    onDone: onClose,
  })
  return (
    <Suspense>
      <TasksDialog
        kind={kind}
        people={people}
        alike={typed.length > 3 ? (alike.data?.items ?? []).map((one) => shownOf(one, look)) : []}
        busy={add.isPending}
        failure={add.isError ? messageOf(add.error) : undefined}
        handsOff={add.error instanceof ApiError && add.error.refusal === 'hands-off'}
        onText={setTyped}
        onChange={add.reset}
        onAdd={add.mutate}
        onClose={onClose}
      />
    </Suspense>
  )
}

/** A task is done; for ten seconds it can be opened again. */
export function useTaskActs(number: string) {
  const toast = useToast()
  const change = useRoomAct(number, {
    send: ({ id, body }: { id: string; body: Change }, idempotencyKey) => api.changeTask({ params: { id }, body, idempotencyKey }),
    onDone: ({ id, text }, { body }) => {
      if (body.state === 'done') toast({ text: words.done(text), undo: { onUndo: () => reopen(id) } })
    },
    onFailed: (failed) => toast({ icon: 'warn', text: messageOf(failed) }),
  })
  const reopen = (id: string) => change.mutate({ id, body: { state: 'open' } })
  return { change, reopen, finish: (id: string) => change.mutate({ id, body: { state: 'done' } }) }
}

function shownOf(
  { id, text, person, due, handsOn, temporary, state, reason, endedAt }: TaskView,
  look: (name: string) => PersonLook,
): TaskShown {
  return {
    ...{ id, text, handsOn, temporary, state, reason: reason ?? undefined },
    ...{ person: person === null ? undefined : look(person), due: momentOf(due), endedAt: momentOf(endedAt) },
  }
}
