import './schedules.css'
import { type FormEvent, useId } from 'react'
import { zoneName } from '../../../kernel/moment.ts'
import { Person } from '../../parts/avatar.tsx'
import { Button } from '../../parts/button.tsx'
import { type Choice, Combobox } from '../../parts/combobox.tsx'
import { Field, TextField } from '../../parts/field.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Row, Rows } from '../../parts/rows.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { shiftTime } from '../../parts/time-words.ts'
import { words } from '../../product/schedules/words.ts'
import type { MadeOverride } from './schedule.ts'

/** Who stands in, as the clocks of the schedule's zone show the times. */
export interface OverrideDraft {
  person: string | undefined
  from: string
  until: string
  reason: string
}

interface OverridesPanelProps {
  overrides: Loadable<MadeOverride[]>
  zone: string
  people: Choice[]
  draft: OverrideDraft
  error: string | undefined
  isMaking: boolean
  ending: string | undefined
  /** Absent for those who may only read. */
  onMake: (() => void) | undefined
  onDraft: (draft: OverrideDraft) => void
  onEnd: (id: string) => void
}

/** Puts somebody else on call for a while: whom, then one button. It takes effect at once, whatever is typed in the form. */
export function OverridesPanel({ overrides, zone, people, draft, error, isMaking, ending, onMake, onDraft, onEnd }: OverridesPanelProps) {
  const form = useId()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onMake?.()
  }
  return (
    <Panel title={words.overrides} beside={<span className="dim fine">{words.inZone(zoneName(zone))}</span>} flush className="overrides">
      {onMake && (
        <form id={form} className="override-form" onSubmit={submit}>
          <Field label={words.person} error={error}>
            {(wiring) => (
              <Combobox
                wiring={wiring}
                choices={people}
                value={draft.person}
                onPick={(person) => onDraft({ ...draft, person })}
                placeholder={words.addUser}
              />
            )}
          </Field>
          <TextField
            label={words.from}
            type="datetime-local"
            value={draft.from}
            onChange={({ target }) => onDraft({ ...draft, from: target.value })}
          />
          <TextField
            label={words.until}
            type="datetime-local"
            value={draft.until}
            onChange={({ target }) => onDraft({ ...draft, until: target.value })}
          />
          <div className="override-reason">
            <TextField
              label={words.reason}
              placeholder={words.reasonHint}
              value={draft.reason}
              onChange={({ target }) => onDraft({ ...draft, reason: target.value })}
            />
          </div>
          <Button type="submit" icon="swap" busy={isMaking}>
            {words.putOnCall}
          </Button>
        </form>
      )}
      <Loaded of={overrides} skeleton={<SkeletonRows rows={1} />}>
        {(list) =>
          list.length === 0 ? (
            <p className="panel-inside dim">{words.overridesNone}</p>
          ) : (
            <Rows label={words.overrides}>
              {list.map((one) => (
                <OverrideRow key={one.id} override={one} zone={zone} isEnding={ending === one.id} onEnd={onMake && onEnd} />
              ))}
            </Rows>
          )
        }
      </Loaded>
    </Panel>
  )
}

function OverrideRow({
  override: { id, displayName, from, until, reason, madeBy },
  zone,
  isEnding,
  onEnd,
}: {
  override: MadeOverride
  zone: string
  isEnding: boolean
  onEnd: ((id: string) => void) | undefined
}) {
  const when = useTicking((now) => words.hoursOf(shiftTime(from, now, zone), shiftTime(until, now, zone)))
  return (
    <Row
      title={
        <span className="line wraps">
          <Person person={{ name: displayName }} />
          <span>{when}</span>
        </span>
      }
      detail={[reason, words.madeBy(madeBy)].filter(Boolean).join(', ')}
      beside={
        onEnd && (
          <Button size="small" busy={isEnding} onClick={() => onEnd(id)}>
            {words.endOverride}
          </Button>
        )
      }
    />
  )
}
