import { useId } from 'react'
import { links } from '../../links.ts'
import { Button } from '../../parts/button.tsx'
import { CountdownText } from '../../parts/clock.tsx'
import { Link } from '../../parts/link.tsx'
import { SeverityMark } from '../../parts/severity-mark.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { momentWithZones } from '../../parts/time-words.ts'
import type { IncidentRow, NextPage } from '../../product/incidents/incident-row.ts'
import { words } from './words.ts'

/** A page that waits for the viewer. */
export interface PageForMe {
  incident: IncidentRow
  /** Why it came to the viewer: `level 1 of Payments`. Absent where others are on call for it. */
  level?: string | undefined
}

export interface WaitingPages {
  /** The worst few. */
  pages: PageForMe[]
  /** How many further ones there are, undefined where nobody knows, and where they stand. */
  more: number | undefined
  moreHref: string
}

export interface ActingOnPages {
  /** What is on its way to the server. */
  busy?: { incidentId: string; act: 'acknowledge' | 'escalate' } | undefined
  onAcknowledge: (incidentId: string) => void
  onEscalate: (incidentId: string) => void
}

interface WaitingPanelProps extends WaitingPages, ActingOnPages {
  title: string
  /** The keys act on what stands on top here. */
  isFirst: boolean
}

/** Each item ends in a button; the keys act on the first, which alone has the primary one. */
export function WaitingPanel({ title, isFirst, pages, more, moreHref, busy, onAcknowledge, onEscalate }: WaitingPanelProps) {
  const id = useId()
  return (
    <section className="waiting" aria-labelledby={id}>
      <h2 id={id}>
        {title} {more !== undefined && <span className="count">{pages.length + more}</span>}
      </h2>
      <ul>
        {pages.map((page, place) => (
          <li key={page.incident.id} className={`severity-${page.incident.severity}`}>
            <SeverityMark rank={page.incident.severity} size={24} />
            <PageWords page={page} />
            <div className="waiting-buttons">
              <Button
                kind={isFirst && place === 0 ? 'primary' : 'secondary'}
                {...(isFirst && place === 0 && { keyCap: 'A' })}
                busy={busy?.incidentId === page.incident.id && busy.act === 'acknowledge'}
                onClick={() => onAcknowledge(page.incident.id)}
              >
                {words.acknowledge}
              </Button>
              <Button
                {...(isFirst && place === 0 && { keyCap: 'E' })}
                busy={busy?.incidentId === page.incident.id && busy.act === 'escalate'}
                onClick={() => onEscalate(page.incident.id)}
              >
                {words.escalate}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {more !== 0 && (
        <p className="waiting-more">
          <Link className="text-link" href={moreHref}>
            {more === undefined ? words.seeAll : words.more(more)}
          </Link>
        </p>
      )}
    </section>
  )
}

function PageWords({ page: { incident, level } }: { page: PageForMe }) {
  const since = useTicking((now, zone) => momentWithZones(incident.startedAt, now, zone))
  return (
    <div className="grow">
      <p className="strong two-lines">
        <Link href={links.incident(incident.number)}>{incident.title}</Link>
      </p>
      <p className="sub">
        {words.whatIsPaged(incident.service, since)} {level && words.youAre(level)} {incident.next && <NextWords next={incident.next} />}
      </p>
    </div>
  )
}

function NextWords({ next: { who, at } }: { next: NextPage }) {
  if (at === undefined) return words.isPagedThen(who)
  return (
    <>
      {words.isPagedIn(who)} <CountdownText to={at} />
    </>
  )
}
