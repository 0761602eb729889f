import './ribbon.css'
import type { CSSProperties } from 'react'
import { zoneName } from '../../../kernel/moment.ts'
import { HOUR, type Instant, MINUTE } from '../../../kernel/time.ts'
import { links } from '../../links.ts'
import { classNames } from '../../parts/class-names.ts'
import { Link } from '../../parts/link.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { Panel } from '../../parts/panel.tsx'
import { SeverityMark, type SeverityRank } from '../../parts/severity-mark.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { useTicking, useZone } from '../../parts/ticking.tsx'
import { timeOfDay } from '../../parts/time-words.ts'
import { words } from './words.ts'

export interface RibbonView {
  incidents: RibbonIncident[]
  /** How many alerts came in a quarter of an hour that began then. */
  quarters: { at: Instant; alerts: number }[]
}

export interface RibbonIncident {
  number: string
  title: string
  severity: SeverityRank
  isOpen: boolean
  from: Instant
  /** Undefined while it is open. */
  until?: Instant | undefined
  /** Who is paged next, and when. */
  next?: { at: Instant; who: string[] } | undefined
}

const BACK_MS = 6 * HOUR
const AHEAD_MS = HOUR
const LANES = 7
const HOURS = [0, 1, 2, 3, 4, 5, 6, 7]
/** What began later has its name on the left: to its right there is no room. */
const NAME_LEFT_MS = 2.5 * HOUR

const say = words.ribbon

/** The last six hours and the next one, as a strip: what was wrong from when to when, how loud it was, who is paged next. */
export function Ribbon({ ribbon }: { ribbon: Loadable<RibbonView> }) {
  const zone = useZone()
  return (
    <Panel title={say.title} beside={<span className="dim">{zoneName(zone)}</span>} className="ribbon-panel">
      <Loaded of={ribbon} skeleton={<SkeletonRows rows={4} />}>
        {(view) => <Strip {...view} />}
      </Loaded>
    </Panel>
  )
}

function Strip({ incidents, quarters }: RibbonView) {
  // Redrawn each minute: what moves by less is not seen.
  const minute = Number(useTicking((now) => String(Math.floor(now / MINUTE))))
  const zone = useZone()
  const now = minute * MINUTE
  const start = now - BACK_MS
  const place = (at: Instant) => `${((Math.min(Math.max(at, start), now + AHEAD_MS) - start) / (BACK_MS + AHEAD_MS)) * 100}%`
  const shown = lanesOf(incidents, start)
  const most = Math.max(1, ...quarters.map(({ alerts }) => alerts))
  return (
    <div className="ribbon" style={{ '--now': place(now) } as CSSProperties}>
      <div className="ribbon-hours" aria-hidden="true">
        {HOURS.map((hour) => (
          <span key={hour} className={hour === 6 ? 'ribbon-hour-now' : undefined} style={{ left: place(start + hour * HOUR) }}>
            {timeOfDay(start + hour * HOUR, zone)}
          </span>
        ))}
      </div>
      {shown.length === 0 ? (
        <p className="sub ribbon-quiet">{say.quiet}</p>
      ) : (
        <ol className="ribbon-lanes" aria-label={say.incidents}>
          {shown.map((one) => (
            <li key={one.number}>
              <Lane incident={one} now={now} place={place} zone={zone} />
            </li>
          ))}
        </ol>
      )}
      <div className="ribbon-alerts" role="img" aria-label={say.alerts(quarters.reduce((sum, { alerts }) => sum + alerts, 0))}>
        {quarters.map(({ at, alerts }) => (
          <i
            key={at}
            className={classNames(alerts > 0 && 'ribbon-some', alerts >= most / 2 && alerts > 2 && 'ribbon-loud')}
            style={{ left: place(at), height: `${alerts === 0 ? 2 : 3 + (alerts / most) * 25}px` }}
          />
        ))}
      </div>
    </div>
  )
}

function Lane({ incident, now, place, zone }: { incident: RibbonIncident; now: Instant; place: (at: Instant) => string; zone: string }) {
  const { number, title, severity, from, until, isOpen, next } = incident
  const end = until ?? now
  const isNameLeft = now - from < NAME_LEFT_MS
  const told = isOpen ? say.openSince(timeOfDay(from, zone)) : say.fromTo(timeOfDay(from, zone), timeOfDay(end, zone))
  return (
    <>
      <i
        className={classNames('ribbon-bar', `severity-${severity}`, isOpen && 'ribbon-open')}
        style={{ left: place(from), right: `calc(100% - ${place(end)})` }}
      />
      <Link
        className={classNames('ribbon-name', isNameLeft && 'ribbon-name-left', !isOpen && 'ribbon-over')}
        href={links.incident(number)}
        title={`${title}, ${told}`}
        style={isNameLeft ? { right: `calc(100% - ${place(from)})`, maxWidth: place(from) } : { left: place(from) }}
      >
        <SeverityMark rank={severity} />
        <span>{title}</span>
        <span className="only-read">, {told}</span>
      </Link>
      {next && next.at > now - MINUTE && next.at < now + AHEAD_MS && (
        <span
          className="ribbon-next"
          style={{ left: place(Math.max(next.at, now + 2 * MINUTE)) }}
          title={say.pagedNext(next.who.join(', '), timeOfDay(next.at, zone))}
        >
          <i aria-hidden="true" />
          <span className="only-read">{say.pagedNext(next.who.join(', '), timeOfDay(next.at, zone))}</span>
        </span>
      )}
    </>
  )
}

/** What is open first, the worst of it; then what was over last. In the order in which it began. */
function lanesOf(incidents: RibbonIncident[], start: Instant): RibbonIncident[] {
  return incidents
    .filter(({ until }) => until === undefined || until > start)
    .sort((a, b) => Number(b.isOpen) - Number(a.isOpen) || (a.isOpen ? a.severity - b.severity : (b.until ?? 0) - (a.until ?? 0)))
    .slice(0, LANES)
    .sort((a, b) => a.from - b.from)
}
