import './tasks-section.css'
import type { ReactNode } from 'react'
import { type Instant, MINUTE } from '../../../kernel/time.ts'
import { Person, type PersonLook } from '../../parts/avatar.tsx'
import { Button } from '../../parts/button.tsx'
import { Checkbox } from '../../parts/choice.tsx'
import { classNames } from '../../parts/class-names.ts'
import { CountdownText } from '../../parts/clock.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Link } from '../../parts/link.tsx'
import { Section } from '../../parts/panel.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { moment } from '../../parts/time-words.ts'
import { words } from './tasks-words.ts'

export interface TaskShown {
  id: string
  text: string
  person?: PersonLook | undefined
  due?: Instant | undefined
  handsOn: boolean
  temporary: boolean
  state: 'open' | 'done' | 'dropped'
  reason?: string | undefined
  endedAt?: Instant | undefined
}

export interface TaskActs {
  onDone: (id: string) => void
  onReopen: (id: string) => void
}

interface TasksSectionProps {
  /** Open ones, the soonest due first, and what was done last. */
  tasks: TaskShown[]
  href: string
  onAdd?: (() => void) | undefined
  acts?: TaskActs | undefined
}

/** What is to be done while it lasts, beside the timeline. */
export function TasksSection({ tasks, href, onAdd, acts }: TasksSectionProps) {
  const open = tasks.filter(({ state }) => state === 'open').length
  return (
    <div className="room-tasks">
      <Section
        title={words.title}
        {...(open > 0 && { count: words.open(open) })}
        beside={
          onAdd && (
            <Button size="small" kind="quiet" icon="plus" onClick={onAdd}>
              {words.add}
            </Button>
          )
        }
        flush
      >
        {open === 0 && <p className="room-none">{words.none}</p>}
        <TaskList label={words.title} tasks={tasks} acts={acts} />
        {tasks.length > 0 && (
          <p className="tasks-more">
            <Link className="text-link" href={href}>
              {words.all}
            </Link>
          </p>
        )}
      </Section>
    </div>
  )
}

interface TaskListProps {
  label: string
  tasks: TaskShown[]
  acts?: TaskActs | undefined
  /** What else may be done with one. */
  menuOf?: ((task: TaskShown) => ReactNode) | undefined
}

export function TaskList({ label, tasks, acts, menuOf }: TaskListProps) {
  return (
    <ul className="tasks" aria-label={label}>
      {tasks.map((task) => (
        <TaskLine key={task.id} task={task} acts={acts} menu={menuOf?.(task)} />
      ))}
    </ul>
  )
}

function TaskLine({ task, acts, menu }: { task: TaskShown; acts: TaskActs | undefined; menu: ReactNode }) {
  const { id, text, person, due, handsOn, temporary, state, reason } = task
  const near = useTicking((now) => (due === undefined || state !== 'open' ? '' : now > due ? 'late' : due - now <= 5 * MINUTE ? 'due' : ''))
  return (
    <li className={classNames(state !== 'open' && 'task-over', near !== '' && `task-${near}`)}>
      <Checkbox
        checked={state === 'done'}
        disabled={!acts || state === 'dropped'}
        onChange={() => (state === 'done' ? acts?.onReopen(id) : acts?.onDone(id))}
      >
        <span className="task-text two-lines">{text}</span>
        <span className="task-about">
          {person ? <Person person={person} size={16} short /> : <span>{words.nobody}</span>}
          {handsOn && (
            <span className="task-mark">
              <Icon name="hand" size={12} />
              {words.handsOn}
            </span>
          )}
          {temporary && (
            <span className="task-mark">
              <Icon name="undo" size={12} />
              {words.temporary}
            </span>
          )}
          {state === 'dropped' && reason && <span>{words.dropped(reason)}</span>}
        </span>
      </Checkbox>
      {state === 'open' ? due !== undefined && <CountdownText to={due} /> : <Ended at={task.endedAt} />}
      {menu}
    </li>
  )
}

function Ended({ at }: { at: Instant | undefined }) {
  const text = useTicking((now) => (at === undefined ? '' : `${moment(at, now, 'UTC')} UTC`))
  return <span className="task-ended">{text}</span>
}
