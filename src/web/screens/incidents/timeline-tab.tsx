import './timeline-tab.css'
import { Fragment, useState } from 'react'
import { isUtc, zoneName } from '../../../kernel/moment.ts'
import type { Instant } from '../../../kernel/time.ts'
import { SHOWS, type Show } from '../../../modules/timeline/show.ts'
import { useKeys } from '../../keys.ts'
import { Person } from '../../parts/avatar.tsx'
import { Button, IconButton } from '../../parts/button.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { useHeld } from '../../parts/held.ts'
import { Icon } from '../../parts/icon.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { Menu, type MenuItem } from '../../parts/menu.tsx'
import { NewRows } from '../../parts/new-rows.tsx'
import { Timeline, TimelineGapItem, TimelineItem } from '../../parts/rope.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { useZone } from '../../parts/ticking.tsx'
import { dayText, interval, timeOfDay } from '../../parts/time-words.ts'
import { words } from '../../product/incidents/incident-words.ts'
import { words as steps } from '../../product/shell/step-words.ts'
import { EntryDialog } from './entry-dialog.tsx'
import { NoteComposer, type Noted } from './note-composer.tsx'
import type { Asked, Mending, TimelineEntry, TimelineGap } from './timeline-entry.ts'
import { words as say } from './timeline-words.ts'

interface TimelineTabProps {
  entries: Loadable<TimelineEntry[]>
  /** Newest first. */
  gaps?: TimelineGap[] | undefined
  onNote?: ((note: Noted) => void) | undefined
  onAttach?: ((files: File[]) => void) | undefined
  onWriting?: ((isWriting: boolean) => void) | undefined
  mending?: Mending | undefined
}

export function TimelineTab({ entries, gaps = [], onNote, onAttach, onWriting, mending }: TimelineTabProps) {
  const [show, setShow] = useState<'all' | Show>('all')
  const [asked, setAsked] = useState<Asked | undefined>()
  const [tells, setTells] = useState<Instant | undefined>()
  const zone = useZone()
  return (
    <>
      <div className="timeline-bar">
        <Segmented
          label={words.show}
          segments={(['all', ...SHOWS] as const).map((value) => ({ value, name: value === 'all' ? words.all : say.shows[value] }))}
          current={show}
          onPick={setShow}
        />
        <span className="dim push-right desk-only">{words.utcAnd(zoneName(zone))}</span>
      </div>
      <Loaded of={entries} skeleton={<SkeletonRows rows={6} />}>
        {(all) => (
          <Entries
            onAll={() => setShow('all')}
            entries={all.filter((entry) => show === 'all' || (show === 'key' ? entry.kind === 'key' : entry.show === show))}
            gaps={show === 'all' ? gaps : []}
            zone={zone}
            onAsk={mending && setAsked}
            onTell={onNote && setTells}
          />
        )}
      </Loaded>
      {onNote && <NoteComposer onNote={onNote} onAttach={onAttach} at={tells} onAt={setTells} onWriting={onWriting} />}
      {mending && <EntryDialog asked={asked} mending={mending} onClose={() => setAsked(undefined)} />}
    </>
  )
}

interface EntriesProps {
  entries: TimelineEntry[]
  gaps: TimelineGap[]
  zone: string
  onAll: () => void
  onAsk?: ((asked: Asked) => void) | undefined
  /** Tells of something that happened then. */
  onTell?: ((at: Instant) => void) | undefined
}

function Entries({ entries, gaps, zone, onAll, onAsk, onTell }: EntriesProps) {
  const { shown, newCount, show, wiring } = useHeld(entries)
  useKeys({ '.': newCount > 0 ? show : undefined })
  if (entries.length === 0)
    return <EmptyState title={words.timelineEmpty} headingLevel={2} step={<Button onClick={onAll}>{steps.wholeTimeline}</Button>} />
  return (
    <div {...wiring}>
      <NewRows count={newCount} onShow={show} />
      <Timeline label={words.timelineLabel}>
        {shown.map((entry, i) => {
          const above = shown[i - 1]
          const silent = gaps.filter(({ from }) => from >= entry.at && (above === undefined || from < above.at))
          return (
            <Fragment key={entry.id}>
              {silent.map((gap) => (
                <TimelineGapItem key={gap.from} length={interval(gap.until - gap.from)}>
                  {say.gap}{' '}
                  {onTell && (
                    <button type="button" className="text-link" onClick={() => onTell(gap.from)}>
                      {say.tell}
                    </button>
                  )}
                </TimelineGapItem>
              ))}
              <Entry
                entry={entry}
                zone={zone}
                isNewDay={above !== undefined && dayText(above.at, 'UTC') !== dayText(entry.at, 'UTC')}
                onAsk={onAsk}
              />
            </Fragment>
          )
        })}
      </Timeline>
    </div>
  )
}

function Entry({ entry, zone, isNewDay, onAsk }: { entry: TimelineEntry; isNewDay: boolean } & Pick<EntriesProps, 'zone' | 'onAsk'>) {
  const { at, kind, icon, who, what, detail, quote, typedAt, before = [], deleted, redacted } = entry
  const second = isUtc(zone) ? undefined : timeOfDay(at, zone)
  const words = (
    <>
      <p>
        {who && <Person person={who} short />} {what}
      </p>
      {detail && <p className="timeline-detail">{detail}</p>}
      {quote && <p className="timeline-quote">{quote}</p>}
    </>
  )
  return (
    <TimelineItem
      kind={kind}
      icon={icon}
      time={timeOfDay(at, 'UTC', 'seconds')}
      otherTime={isNewDay ? dayText(at, 'UTC') : second}
      isLate={typedAt !== undefined}
    >
      {onAsk && <EntryMenu entry={entry} onAsk={onAsk} />}
      {deleted ? (
        <>
          <p className="timeline-mended">{say.deleted(deleted.who, deleted.reason)}</p>
          <details>
            <summary className="text-link">{say.showDeleted}</summary>
            <div className="timeline-gone">{words}</div>
          </details>
        </>
      ) : (
        words
      )}
      {typedAt !== undefined && (
        <p className="timeline-mended">
          <Icon name="clock" size={12} /> {say.typed(timeOfDay(typedAt, 'UTC', 'seconds'), interval(typedAt - at))}
        </p>
      )}
      {redacted && <p className="timeline-mended">{say.redacted(redacted.who, redacted.reason)}</p>}
      {before.length > 0 && !deleted && (
        <details>
          <summary className="text-link">{say.edited}</summary>
          {before.map((text, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: earlier words keep their places, and may be alike.
            <p key={i} className="timeline-quote timeline-gone">
              {text}
            </p>
          ))}
        </details>
      )}
    </TimelineItem>
  )
}

function EntryMenu({ entry, onAsk }: { entry: TimelineEntry; onAsk: (asked: Asked) => void }) {
  const items: MenuItem[] = [
    ...(entry.mayEdit ? [{ kind: 'act', name: say.edit.act, icon: 'edit', onAct: () => onAsk({ does: 'edit', entry }) } as const] : []),
    ...(entry.mayDelete
      ? [{ kind: 'act', name: say.delete.act, icon: 'trash', destroys: true, onAct: () => onAsk({ does: 'delete', entry }) } as const]
      : []),
  ]
  if (items.length === 0) return null
  return (
    <span className="timeline-menu">
      <Menu
        label={say.mend}
        items={items}
        trigger={(wiring) => <IconButton icon="more" size="small" kind="quiet" label={say.mend} {...wiring} />}
      />
    </span>
  )
}
