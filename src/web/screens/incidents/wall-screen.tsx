import './wall-screen.css'
import { isUtc, zoneName } from '../../../kernel/moment.ts'
import type { Instant } from '../../../kernel/time.ts'
import { MINUTE } from '../../../kernel/time.ts'
import { Avatar, type PersonLook } from '../../parts/avatar.tsx'
import { classNames } from '../../parts/class-names.ts'
import { CountdownText, Running } from '../../parts/clock.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Rim, SeverityMark } from '../../parts/severity-mark.tsx'
import { CountdownStrokes, CountStrokes } from '../../parts/strokes.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { moment, timeOfDay } from '../../parts/time-words.ts'
import { words as listWords } from '../../product/incidents/words.ts'
import type { DeclaredIncident } from './incident.ts'
import { Lifecycle } from './lifecycle.tsx'
import { words } from './view-words.ts'

export interface WallProps {
  incident: DeclaredIncident
  /** What is being done, in a sentence. */
  now: string | undefined
  tasks: { id: string; text: string; who: string | undefined; due: Instant | undefined }[]
  /** The latest first. */
  moments: { at: Instant; text: string }[]
  promises: { id: string; to: string; since: Instant; by: Instant }[]
  roles: { role: string; name: string; people: PersonLook[] }[]
  alerts: { openedAt: Instant; firing: boolean }[]
  isStale: boolean
}

/** How many fit on a wall. */
const TASKS = 4
const MOMENTS = 4
const PROMISES = 2
const ROLES = 4
const MINUTES = 24

/** One incident for a screen that nobody sits at: read from four metres, nothing on it to press. */
export function WallScreen({ incident, now, tasks, moments, promises, roles, alerts, isStale }: WallProps) {
  return (
    <main id="main" className="incident-wall" aria-label={words.wallOf(incident.number)}>
      <Rim rank={incident.severity} />
      <header className="incident-wall-head">
        <SeverityMark rank={incident.severity} size={72} />
        <div className="incident-wall-title">
          <h1>{incident.title}</h1>
          {incident.summary && <p>{incident.summary}</p>}
        </div>
        <div className="incident-wall-clock">
          <Running since={incident.startedAt} until={incident.endedAt} />
          <Since at={incident.startedAt} />
        </div>
      </header>
      <Lifecycle incident={incident} />
      <div className="incident-wall-column">
        <section>
          <h2>{words.now}</h2>
          <p className="incident-wall-now">{now ?? listWords.status[incident.status]}</p>
          <ul className="incident-wall-tasks">
            {tasks.slice(0, TASKS).map((task) => (
              <Task key={task.id} task={task} />
            ))}
          </ul>
          {tasks.length === 0 && <p className="dim">{words.noTasks}</p>}
        </section>
        {moments.length > 0 && (
          <section>
            <h2>{words.lastMoments}</h2>
            <ol className="incident-wall-moments">
              {moments.slice(0, MOMENTS).map(({ at, text }) => (
                <li key={`${at} ${text}`}>
                  <Time at={at} />
                  <span>{text}</span>
                </li>
              ))}
            </ol>
          </section>
        )}
      </div>
      <div className="incident-wall-column incident-wall-middle">
        <section>
          <h2>{words.nextWord}</h2>
          {promises.slice(0, PROMISES).map((one) => (
            <NextWord key={one.id} {...one} />
          ))}
          {promises.length === 0 && <p className="dim">{words.noWord}</p>}
        </section>
        <section aria-label={words.roles}>
          <ul className="incident-wall-roles">
            {roles.slice(0, ROLES).map(({ role, name, people: [first] }) => (
              <li key={role} className={first ? undefined : 'incident-wall-empty'}>
                {first ? <Avatar person={first} size={44} /> : <Icon name="warn" size={44} />}
                <span>
                  <span>{name}</span>
                  <b>{first?.name ?? words.nobody}</b>
                </span>
              </li>
            ))}
          </ul>
        </section>
      </div>
      <div className="incident-wall-column">
        <Alerts alerts={alerts} />
      </div>
      <footer className="incident-wall-foot">
        <b>Tocsin</b>
        <span className="mono">{incident.number}</span>
        <span>{[incident.command.level, incident.command.levelName].filter(Boolean).join(' ')}</span>
        <span className="incident-wall-live">
          <span className={classNames('incident-wall-dot', isStale && 'incident-wall-dot-stale')} aria-hidden="true" />
          {isStale ? words.notLive : words.live}
        </span>
        <Clocks />
      </footer>
    </main>
  )
}

function Since({ at }: { at: Instant }) {
  return <span>{useTicking((now) => words.since(moment(at, now, 'UTC')))}</span>
}

function Time({ at }: { at: Instant }) {
  return <time>{useTicking((now) => moment(at, now, 'UTC'))}</time>
}

function Task({ task: { text, who, due } }: { task: WallProps['tasks'][number] }) {
  const state = useTicking((now) => (due === undefined ? 'calm' : now > due ? 'late' : due - now < 5 * MINUTE ? 'due' : 'calm'))
  return (
    <li className={`incident-wall-${state}`}>
      <span>
        {text} {who && <span className="dim">{who}</span>}
      </span>
      {due !== undefined && <CountdownText to={due} />}
    </li>
  )
}

function NextWord({ to, since, by }: WallProps['promises'][number]) {
  const state = useTicking((now) => (now > by ? 'late' : by - now < 5 * MINUTE ? 'due' : 'calm'))
  const left = useTicking((now) => Math.ceil(((by - now) / Math.max(1, by - since)) * 60) / 60)
  return (
    <div className={`incident-wall-word incident-wall-${state}`}>
      <CountdownText to={by} />
      <span>{to}</span>
      <CountdownStrokes left={left} />
    </div>
  )
}

function Alerts({ alerts }: Pick<WallProps, 'alerts'>) {
  const end = useTicking((now) => Math.ceil(now / MINUTE) * MINUTE)
  const from = end - MINUTES * MINUTE
  const counts = Array.from(
    { length: MINUTES },
    (_, minute) => alerts.filter(({ openedAt }) => Math.floor((openedAt - from) / MINUTE) === minute).length,
  )
  const label = words.each(timeOfDay(from, 'UTC'), timeOfDay(end, 'UTC'))
  return (
    <section className="incident-wall-alerts">
      <h2>
        {words.alerts}
        <b>{alerts.filter(({ firing }) => firing).length}</b>
        <span>{words.ofAlerts(alerts.length)}</span>
      </h2>
      <CountStrokes counts={counts} label={label} loudFrom={3} height={80} />
      <p>{label}</p>
    </section>
  )
}

function Clocks() {
  const utc = useTicking((now) => `${timeOfDay(now, 'UTC', 'seconds')} UTC`)
  const own = useTicking((now, zone) => (isUtc(zone) ? '' : `${timeOfDay(now, zone)} ${zoneName(zone)}`))
  return (
    <>
      <time>{utc}</time>
      {own !== '' && <time>{own}</time>}
    </>
  )
}
