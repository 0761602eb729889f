import './ending-dialog.css'
import { type FormEvent, useId, useState } from 'react'
import { zoneName } from '../../../kernel/moment.ts'
import { iso } from '../../../kernel/time.ts'
import type { Check } from '../../../modules/command/checks.ts'
import { Person, type PersonLook } from '../../parts/avatar.tsx'
import { Button } from '../../parts/button.tsx'
import { Checkbox } from '../../parts/choice.tsx'
import { classNames } from '../../parts/class-names.ts'
import { Dialog } from '../../parts/dialog.tsx'
import { TextArea, TextField } from '../../parts/field.tsx'
import { submitByKey } from '../../parts/form-keys.ts'
import { Icon } from '../../parts/icon.tsx'
import type { Loadable } from '../../parts/loadable.tsx'
import { momentOfLocal } from '../../parts/local-text.ts'
import { Note } from '../../parts/note.tsx'
import { ScrollRegion } from '../../parts/scroll-region.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { SeverityMark } from '../../parts/severity-mark.tsx'
import { CountdownStrokes } from '../../parts/strokes.tsx'
import { useTicking, useZone } from '../../parts/ticking.tsx'
import { interval, moment } from '../../parts/time-words.ts'
import { words } from './ending-words.ts'
import type { CommandPart, DeclaredIncident, ResolutionSaid } from './incident.ts'

export type Ending = 'resolution' | 'closing'

/** One check as it stands. */
export interface CheckStands {
  item: Check
  auto: boolean
  state: 'open' | 'met' | 'not-met' | 'waived'
  said: { by: PersonLook; at: number; evidence: string } | undefined
}

export type Word = { state: 'met' | 'not-met'; evidence: string } | { state: 'waived'; reason: string }

interface EndingDialogProps {
  incident: DeclaredIncident
  ending: Ending
  checks: Loadable<CheckStands[]>
  /** Of its level. */
  mode: 'checked' | 'advised' | 'free'
  busy: boolean
  failure: string | undefined
  onWord: (item: Check, word: Word) => void
  onReview: (review: { at: string } | { waived: string }) => void
  onImpactEnded: (at: string) => void
  onResolve: (said: ResolutionSaid) => void
  onCloseIncident: () => void
  onClose: () => void
}

/** What is not so first, then what Tocsin has looked at, then what a person says. The override has to be opened. */
export function EndingDialog(props: EndingDialogProps) {
  const { incident, ending, onClose } = props
  return (
    <Dialog open title={words.title[ending](incident.number)} mark={<SeverityMark rank={incident.severity} />} onClose={onClose} wide>
      <Inside {...props} />
    </Dialog>
  )
}

function Inside(props: EndingDialogProps) {
  const { incident, ending, checks, mode, onClose } = props
  const { level, resolution: written } = incident.command
  const [resolution, setResolution] = useState(written ?? '')
  const [dataLoss, setDataLoss] = useState<ResolutionSaid['dataLoss']>(incident.command.dataLoss ?? 'unknown')
  const [overrides, setOverrides] = useState(false)
  const [reason, setReason] = useState('')
  const items = checks.state === 'ready' || checks.state === 'kept' ? checks.value : undefined
  const left = items?.filter(({ state }) => state === 'open' || state === 'not-met') ?? []
  const hasOpenParts = left.some(({ item }) => item === 'subs-resolved')
  const isHeldUp = left.length > 0 && (ending === 'closing' || mode === 'checked')
  const isOverruled = overrides && isHeldUp && ending === 'resolution'
  const mayEnd = items !== undefined && !hasOpenParts && (!isHeldUp || isOverruled)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!mayEnd) return
    if (ending === 'closing') props.onCloseIncident()
    else props.onResolve({ resolution: resolution.trim(), dataLoss, ...(isOverruled && { override: { reason: reason.trim() } }) })
    onClose()
  }
  return (
    <form className="dialog-panes ending" onSubmit={submit} onKeyDown={submitByKey}>
      <div className="dialog-both">
        <ScrollRegion className="dialog-main" label={words.title[ending](incident.number)}>
          {items ? (
            <>
              <p>
                <b>{words.met(items.length - left.length, items.length)}</b>{' '}
                <span className="sub">{ending === 'closing' ? words.mode.closing : words.mode[mode](level)}</span>
              </p>
              {props.failure !== undefined && <Note tone="bad">{words.notSaid(props.failure)}</Note>}
              <Group name={words.groups.left} items={left} bad {...props} />
              <Group name={words.groups.found} items={items.filter((one) => one.auto && one.state === 'met')} {...props} />
              <Group
                name={words.groups.said}
                items={items.filter((one) => one.said !== undefined && !left.includes(one) && !(one.auto && one.state === 'met'))}
                {...props}
              />
            </>
          ) : (
            <p className="sub">{checks.state === 'failed' ? words.failed : words.loading}</p>
          )}
        </ScrollRegion>
        {ending === 'resolution' && (
          <div className="dialog-side form-rows">
            <TextArea
              label={words.resolution}
              hint={words.resolutionHint}
              required
              maxLength={10_000}
              value={resolution}
              onChange={(event) => setResolution(event.target.value)}
            />
            <div className="field">
              <span className="field-name">{words.dataLoss}</span>
              <Segmented
                label={words.dataLoss}
                segments={(['none', 'some', 'unknown'] as const).map((value) => ({ value, name: words.losses[value] }))}
                current={dataLoss}
                onPick={setDataLoss}
              />
            </div>
            <Note tone="info">{words.ends}</Note>
            {hasOpenParts && <Note tone="bad">{words.subsFirst}</Note>}
            {isHeldUp && !hasOpenParts && (
              <div className={classNames('override', overrides && 'override-open')}>
                <Checkbox checked={overrides} onChange={(event) => setOverrides(event.target.checked)}>
                  {words.override(left.length)}
                </Checkbox>
                {overrides && (
                  <TextArea
                    label={words.overrideReason}
                    required
                    rows={2}
                    maxLength={2000}
                    value={reason}
                    onChange={(event) => setReason(event.target.value)}
                  />
                )}
              </div>
            )}
          </div>
        )}
      </div>
      <div className="dialog-acts">
        <span className="grow fine sub">{!mayEnd && items && words.notYet(left.length)}</span>
        <Button kind="quiet" className="desk-only" onClick={onClose}>
          {ending === 'closing' ? words.leave : words.keepOpen}
        </Button>
        <Button kind={isOverruled ? 'danger' : 'primary'} type="submit" disabled={!mayEnd} busy={props.busy}>
          {ending === 'closing' ? words.close : isOverruled ? words.resolveOver(left.length) : words.resolve}
        </Button>
      </div>
    </form>
  )
}

type GroupProps = Pick<EndingDialogProps, 'incident' | 'ending' | 'busy' | 'onWord' | 'onReview' | 'onImpactEnded'>

function Group({ name, items, bad = false, ...rest }: GroupProps & { name: string; items: CheckStands[]; bad?: boolean }) {
  const id = useId()
  if (items.length === 0) return null
  return (
    <section className="checks" aria-labelledby={id}>
      <h3 id={id} className={bad ? 'checks-bad' : undefined}>
        {name} <span className="dim">{items.length}</span>
      </h3>
      <ul>
        {items.map((one) => (
          <CheckRow key={one.item} check={one} {...rest} />
        ))}
      </ul>
    </section>
  )
}

function CheckRow({ check, ...props }: GroupProps & { check: CheckStands }) {
  const { item, auto, state, said } = check
  const [says, setSays] = useState(false)
  const isLeft = state === 'open' || state === 'not-met'
  const name = words.checks[item]
  // Nobody says what Tocsin looks at for itself; before it is resolved it can be waived.
  const maySay = isLeft && (!auto || (props.ending === 'resolution' && item !== 'subs-resolved'))
  const mends = isLeft && props.ending === 'closing' && (item === 'review-decided' || item === 'impact-ended')
  return (
    <li className={`check-row check-row-${state}`}>
      <Icon name={state === 'not-met' ? 'warn' : state === 'open' ? 'ring' : 'ok'} size={16} />
      <div className="grow">
        <p>{name}</p>
        {item === 'window-over' && isLeft ? (
          <Window command={props.incident.command} />
        ) : (
          <p className="sub fine check-evidence">{said ? said.evidence : auto ? isLeft && words.state[state] : words.state[state]}</p>
        )}
        {says && <SayIt check={check} {...props} onSaid={() => setSays(false)} />}
        {mends && <Mend item={item} {...props} />}
      </div>
      {said && (
        <span className="check-who">
          <Person person={said.by} size={18} short />
          <Said at={said.at} />
        </span>
      )}
      {maySay && !mends && !says && (
        <Button size="small" aria-label={auto ? words.waiveOf(name) : words.sayOf(name)} onClick={() => setSays(true)}>
          {auto ? words.waive : words.say}
        </Button>
      )}
    </li>
  )
}

function Said({ at }: { at: number }) {
  const text = useTicking((now) => moment(at, now, 'UTC'))
  return <span className="dim fine">{text}</span>
}

/** What is left of the time it is watched. */
function Window({ command: { monitoringUntil: until, moments } }: { command: CommandPart }) {
  const since = moments.mitigated
  const left = useTicking((now) => (until === undefined || since === undefined ? 0 : Math.max(0, until - now)))
  const end = useTicking((now) => (until === undefined ? '' : words.window(moment(until, now, 'UTC'))))
  if (until === undefined || since === undefined) return <p className="sub fine">{words.noWindow}</p>
  return (
    <div className="check-window">
      <CountdownStrokes left={left / Math.max(1, until - since)} />
      <p className="line fine">
        <span className="sub grow">{end}</span>
        <b>{interval(left)}</b>
      </p>
    </div>
  )
}

/** A person's word: with what they looked at, or why it need not be. */
function SayIt({ check, busy, onWord, onSaid }: GroupProps & { check: CheckStands; onSaid: () => void }) {
  const [text, setText] = useState('')
  const said = text.trim()
  const say = (word: Word) => {
    onWord(check.item, word)
    onSaid()
  }
  return (
    <div className="say-it">
      <TextField
        label={words.evidence}
        hint={words.evidenceHint}
        maxLength={2000}
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
        // The form around it is another question.
        onKeyDown={(event) => event.key === 'Enter' && !event.metaKey && !event.ctrlKey && event.preventDefault()}
      />
      <div className="line wraps">
        {!check.auto && (
          <>
            <Button size="small" disabled={said === '' || busy} onClick={() => say({ state: 'met', evidence: said })}>
              {words.isSo}
            </Button>
            <Button size="small" disabled={said === '' || busy} onClick={() => say({ state: 'not-met', evidence: said })}>
              {words.isNot}
            </Button>
          </>
        )}
        <Button size="small" disabled={said === '' || busy} onClick={() => say({ state: 'waived', reason: said })}>
          {words.waive}
        </Button>
      </div>
    </div>
  )
}

/** What is written elsewhere, and can be written from here. */
function Mend({ item, onReview, onImpactEnded, busy }: GroupProps & { item: Check }) {
  const zone = useZone()
  const [when, setWhen] = useState('')
  const [why, setWhy] = useState('')
  const at = momentOfLocal(when, zone)
  const isReview = item === 'review-decided'
  return (
    <div className="say-it">
      <div className="line wraps">
        <TextField
          label={isReview ? words.review.at : words.impactEnded.at(zoneName(zone))}
          type="datetime-local"
          value={when}
          onChange={(event) => setWhen(event.target.value)}
        />
        <Button
          size="small"
          disabled={at === undefined || busy}
          onClick={() => at !== undefined && (isReview ? onReview({ at: iso(at) }) : onImpactEnded(iso(at)))}
        >
          {isReview ? words.review.keep : words.impactEnded.keep}
        </Button>
      </div>
      {isReview && (
        <div className="line wraps">
          <TextField label={words.evidence} maxLength={1000} value={why} onChange={(event) => setWhy(event.target.value)} />
          <Button size="small" disabled={why.trim() === '' || busy} onClick={() => onReview({ waived: why.trim() })}>
            {words.review.waive}
          </Button>
        </div>
      )}
    </div>
  )
}
