import './tasks-tab.css'
import type { ReactNode } from 'react'
import type { Instant } from '../../../kernel/time.ts'
import { Person, type PersonLook } from '../../parts/avatar.tsx'
import { Button, IconButton } from '../../parts/button.tsx'
import { CountdownText } from '../../parts/clock.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { Menu, type MenuItem } from '../../parts/menu.tsx'
import { Section } from '../../parts/panel.tsx'
import { Row, Rows } from '../../parts/rows.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { moment } from '../../parts/time-words.ts'
import { type TaskActs, TaskList, type TaskShown } from './tasks-section.tsx'
import { words } from './tasks-words.ts'

export interface PollShown {
  id: string
  text: string
  by: PersonLook
  until: Instant
  decidedAt?: Instant | undefined
  objections: { key: string; by: string; text: string }[]
}

export interface TasksTabProps {
  tasks: Loadable<TaskShown[]>
  followUps: Loadable<TaskShown[]>
  polls: Loadable<PollShown[]>
  acts?:
    | (TaskActs & {
        onLater: (id: string) => void
        onDrop: (id: string) => void
        onAdd: (kind: 'task' | 'follow-up') => void
        onPoll: () => void
        onObject: (id: string) => void
      })
    | undefined
  /** Follow-ups outlive it: of one that is over only these move. */
  lasting?: (TaskActs & { onDrop: (id: string) => void; onAdd: (kind: 'follow-up') => void }) | undefined
}

/** All there is to do, what is left for afterwards, and what was asked of everybody. */
export function TasksTabScreen({ tasks, followUps, polls, acts, lasting }: TasksTabProps) {
  return (
    <div className="tasks-tab">
      <Listed title={words.title} of={tasks} empty={words.none} add={acts && { name: words.add, on: () => acts.onAdd('task') }}>
        {(all) => (
          <TaskList
            label={words.title}
            tasks={all}
            acts={acts}
            menuOf={
              acts &&
              ((task) => (
                <More task={task} onLater={() => acts.onLater(task.id)} onDrop={() => acts.onDrop(task.id)} onReopen={acts.onReopen} />
              ))
            }
          />
        )}
      </Listed>
      <Listed
        title={words.followUps}
        of={followUps}
        empty={words.noFollowUps}
        add={lasting && { name: words.addFollowUp, on: () => lasting.onAdd('follow-up') }}
      >
        {(all) => (
          <TaskList
            label={words.followUps}
            tasks={all}
            acts={lasting}
            menuOf={lasting && ((task) => <More task={task} onDrop={() => lasting.onDrop(task.id)} onReopen={lasting.onReopen} />)}
          />
        )}
      </Listed>
      <Listed title={words.polls} of={polls} empty={words.noPolls} add={acts && { name: words.addPoll, on: acts.onPoll }}>
        {(all) => (
          <Rows label={words.polls}>
            {all.map((poll) => (
              <Poll key={poll.id} poll={poll} onObject={acts && (() => acts.onObject(poll.id))} />
            ))}
          </Rows>
        )}
      </Listed>
    </div>
  )
}

interface ListedProps<Item> {
  title: string
  of: Loadable<Item[]>
  empty: string
  add: { name: string; on: () => void } | undefined
  children: (items: Item[]) => ReactNode
}

function Listed<Item>({ title, of, empty, add, children }: ListedProps<Item>) {
  return (
    <Section
      title={title}
      beside={
        add && (
          <Button size="small" icon="plus" onClick={add.on}>
            {add.name}
          </Button>
        )
      }
      flush
    >
      <Loaded of={of} skeleton={<SkeletonRows rows={2} />}>
        {(items) => (items.length === 0 ? <p className="room-none">{empty}</p> : children(items))}
      </Loaded>
    </Section>
  )
}

interface MoreProps {
  task: TaskShown
  onLater?: () => void
  onDrop: () => void
  onReopen: (id: string) => void
}

function More({ task: { id, text, state, due }, onLater, onDrop, onReopen }: MoreProps) {
  const items: MenuItem[] =
    state === 'open'
      ? [
          ...(onLater && due !== undefined ? [{ kind: 'act', name: words.later, icon: 'snooze', onAct: onLater } as const] : []),
          { kind: 'act', name: words.drop, icon: 'x', onAct: onDrop },
        ]
      : [{ kind: 'act', name: words.reopen, icon: 'undo', onAct: () => onReopen(id) }]
  return (
    <Menu
      label={words.menu(text)}
      items={items}
      trigger={(wiring) => <IconButton size="small" icon="more" label={words.menu(text)} {...wiring} />}
    />
  )
}

function Poll({ poll, onObject }: { poll: PollShown; onObject: (() => void) | undefined }) {
  const { text, by, until, decidedAt, objections } = poll
  const isOpen = useTicking((now) => decidedAt === undefined && now < until)
  const decided = useTicking((now) => words.decided(`${moment(decidedAt ?? until, now, 'UTC')} UTC`, objections.length))
  return (
    <Row
      title={<b>{text}</b>}
      detail={
        <>
          <span className="poll-by">
            <Person person={by} size={16} short />
            {isOpen ? (
              <span>
                {words.stillOpen} <CountdownText to={until} />
              </span>
            ) : (
              <span>{decided}</span>
            )}
          </span>
          {objections.map((one) => (
            <span key={one.key} className="poll-objection">
              <b>{words.objects(one.by)}:</b> {one.text}
            </span>
          ))}
        </>
      }
      beside={
        isOpen &&
        onObject && (
          <Button size="small" onClick={onObject}>
            {words.object}
          </Button>
        )
      }
    />
  )
}
