import './timeline-tab.css'
import { type ReactNode, useState } from 'react'
import type { Instant } from '../../../kernel/time.ts'
import { useKeys } from '../../keys.ts'
import { Person, type PersonLook } from '../../parts/avatar.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { useHeld } from '../../parts/held.ts'
import type { IconName } from '../../parts/icon-names.ts'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { NewRows } from '../../parts/new-rows.tsx'
import { type NodeKind, Timeline, TimelineItem } from '../../parts/rope.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { useZone } from '../../parts/ticking.tsx'
import { isUtc, timeOfDay, zoneName } from '../../parts/time-words.ts'
import { words } from './incident-words.ts'
import { NoteComposer } from './note-composer.tsx'

export interface TimelineEntry {
  id: string
  at: Instant
  kind: NodeKind
  icon?: IconName | undefined
  /** Stands before the sentence: `Raj` acknowledged by phone. */
  who?: PersonLook | undefined
  what: ReactNode
  detail?: ReactNode
  /** Somebody's own words. */
  quote?: string | undefined
  /** Written by the viewer. */
  mine?: boolean | undefined
}

interface TimelineTabProps {
  entries: Loadable<TimelineEntry[]>
  onNote?: ((text: string) => void) | undefined
}

export function TimelineTab({ entries, onNote }: TimelineTabProps) {
  const [show, setShow] = useState<'all' | 'key'>('all')
  const zone = useZone()
  return (
    <>
      <div className="timeline-bar">
        <Segmented
          label={words.show}
          segments={[
            { value: 'all', name: words.all },
            { value: 'key', name: words.key },
          ]}
          current={show}
          onPick={setShow}
        />
        <span className="dim push-right desk-only">{words.utcAnd(zoneName(zone))}</span>
      </div>
      <Loaded of={entries} skeleton={<SkeletonRows rows={6} />}>
        {(all) => <Entries entries={show === 'key' ? all.filter((entry) => entry.kind === 'key') : all} zone={zone} />}
      </Loaded>
      {onNote && <NoteComposer onNote={onNote} />}
    </>
  )
}

function Entries({ entries, zone }: { entries: TimelineEntry[]; zone: string }) {
  const { shown, newCount, show, wiring } = useHeld(entries)
  useKeys({ '.': newCount > 0 ? show : undefined })
  if (entries.length === 0) return <EmptyState title={words.timelineEmpty} headingLevel={2} />
  return (
    <div {...wiring}>
      <NewRows count={newCount} onShow={show} />
      <Timeline label={words.timelineLabel}>
        {shown.map(({ id, at, kind, icon, who, what, detail, quote }) => (
          <TimelineItem
            key={id}
            kind={kind}
            icon={icon}
            time={timeOfDay(at, 'UTC', 'seconds')}
            otherTime={isUtc(zone) ? undefined : timeOfDay(at, zone)}
          >
            <p>
              {who && <Person person={who} short />} {what}
            </p>
            {detail && <p className="timeline-detail">{detail}</p>}
            {quote && <p className="timeline-quote">{quote}</p>}
          </TimelineItem>
        ))}
      </Timeline>
    </div>
  )
}
