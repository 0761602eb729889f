import { mayAcknowledge } from '../../../modules/incidents/may.ts'
import { links } from '../../links.ts'
import { Missing, Person } from '../../parts/avatar.tsx'
import { Button, ButtonLink, IconButton } from '../../parts/button.tsx'
import { CountdownText, Moment } from '../../parts/clock.tsx'
import { DefinitionList } from '../../parts/definition-list.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { ScrollRegion } from '../../parts/scroll-region.tsx'
import { SeverityMark } from '../../parts/severity-mark.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { timeOfDay } from '../../parts/time-words.ts'
import type { IncidentRow } from '../../product/incidents/incident-row.ts'
import { words as listWords } from '../../product/incidents/list-words.ts'
import { IncidentStatus } from '../../product/incidents/status.tsx'
import { words } from '../../product/incidents/words.ts'
import type { TimelineEntry } from './timeline-entry.ts'

export interface PreviewedIncident {
  row: IncidentRow
  summary?: string | undefined
  /** Newest first. */
  events: Loadable<TimelineEntry[]>
}

interface IncidentPreviewProps extends PreviewedIncident {
  busy: boolean
  onAcknowledge?: (() => void) | undefined
  onClose: () => void
}

const EVENTS = 5

/** What has to be known before one opens it, or instead. */
export function IncidentPreview({ row, summary, events, busy, onAcknowledge, onClose }: IncidentPreviewProps) {
  return (
    <ScrollRegion label={listWords.preview.label} className="preview">
      <div className="preview-head">
        <SeverityMark rank={row.severity} size={24} />
        <h2>{row.title}</h2>
        <span className="mono dim">{row.number}</span>
        <span className="desk-only">
          <IncidentStatus status={row.status} />
        </span>
        <div className="preview-acts">
          {onAcknowledge && (
            <Button size="small" keyCap="A" busy={busy} onClick={onAcknowledge}>
              {listWords.preview.acknowledge}
            </Button>
          )}
          <ButtonLink size="small" kind="primary" keyCap="↵" href={links.incident(row.number)}>
            {listWords.preview.open}
          </ButtonLink>
          <IconButton size="small" icon="x" label={listWords.preview.close} onClick={onClose} />
        </div>
      </div>
      <div className="preview-columns">
        <div>
          {summary && <p className="preview-summary">{summary}</p>}
          <DefinitionList
            items={[
              { term: listWords.preview.since, is: <Moment at={row.startedAt} /> },
              { term: listWords.preview.has, is: row.holder ? <Person person={row.holder} /> : <Missing>{words.nobody}</Missing> },
              { term: listWords.preview.next, is: <Next row={row} /> },
            ]}
          />
        </div>
        <div className="preview-events">
          <h3>{listWords.preview.events}</h3>
          <Loaded of={events} skeleton={<SkeletonRows rows={3} />}>
            {(all) => (all.length === 0 ? <p className="dim">{listWords.preview.noEvents}</p> : <Events events={all.slice(0, EVENTS)} />)}
          </Loaded>
        </div>
      </div>
    </ScrollRegion>
  )
}

function Next({ row }: { row: IncidentRow }) {
  const { next } = row
  if (mayAcknowledge(row) !== 'yes') return <span className="dim">{listWords.preview.stopped}</span>
  if (!next) return <Missing>{listWords.preview.nobodyNext}</Missing>
  if (next.at === undefined) return next.who
  return (
    <>
      {words.nextIn(next.who)} <CountdownText to={next.at} />
    </>
  )
}

function Events({ events }: { events: TimelineEntry[] }) {
  return (
    <ol>
      {events.map(({ id, at, who, what }) => (
        <li key={id}>
          <time>{timeOfDay(at, 'UTC')}</time>
          <span className="cut">
            {who && `${who.name} `}
            {what}
          </span>
        </li>
      ))}
    </ol>
  )
}
