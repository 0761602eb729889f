import './declare-form.css'
import { type FormEvent, type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { isTyping, singleKeys } from '../../keys.ts'
import { links } from '../../links.ts'
import { Button } from '../../parts/button.tsx'
import { Checkbox } from '../../parts/choice.tsx'
import { SelectField, TextArea, TextField } from '../../parts/field.tsx'
import { KeyHintText } from '../../parts/key-cap.tsx'
import { Note } from '../../parts/note.tsx'
import { ScrollRegion } from '../../parts/scroll-region.tsx'
import type { SeverityRank } from '../../parts/severity-mark.tsx'
import { SeverityPicker } from '../../parts/severity-picker.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { momentWithZones } from '../../parts/time-words.ts'
import type { Proposal } from '../../product/severity/proposal.ts'
import { ProposalBox } from '../../product/severity/proposal-box.tsx'
import { words as severity } from '../../product/severity/words.ts'
import { type Draft, KINDS, type Kind, type Level, type Plan } from './draft.ts'
import { PlanPanel, planInShort } from './plan-panel.tsx'
import { words } from './words.ts'

interface DeclareFormProps {
  /** What alerts have opened already: only its level is asked, and what is known. */
  existing: { number: string; since: number } | undefined
  draft: Draft
  onChange: (part: Partial<Draft>) => void
  services: { name: string; displayName: string }[]
  /** A policy in place of a service, by its name. */
  policy: string | undefined
  /** Those of the scheme, the worst first; none until they are known. */
  levels: Level[]
  proposal: Proposal | undefined
  plan: Plan | undefined
  /** What would happen as proposed, where something milder is chosen. */
  proposedPlan: Plan | undefined
  /** Nothing could be asked of the server. */
  cutOff: boolean
  stale: string | undefined
  failure: string | undefined
  busy: boolean
  zone: string
  lookOf: (person: string) => string
  members: ReactNode
  onDeclare: () => void
  onCancel: () => void
}

/** One screen: what is wrong, what is known of it and what that makes it, and beside it what will happen. */
export function DeclareForm(props: DeclareFormProps) {
  const { draft, onChange, levels, proposal, plan, proposedPlan, busy, failure, zone } = props
  const [oneByOne, setOneByOne] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const proposed = levels.find(({ key }) => key === proposal?.level)
  const chosen = levels.find(({ key }) => key === draft.level) ?? proposed
  const rankOf = (level: Level | undefined) => (level === undefined ? 0 : levels.indexOf(level) + 1)
  const isMilder = rankOf(chosen) > rankOf(proposed) && proposed !== undefined && proposal?.because.fact !== 'unknown'
  const pick = (rank: number) => levels[rank - 1] && onChange({ level: levels[rank - 1]!.key })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy) props.onDeclare()
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      return form.current?.requestSubmit()
    }
    if (event.metaKey || event.ctrlKey || event.altKey || singleKeys.read() === 'off' || isTyping(event.target)) return
    if (/^[1-5]$/.test(event.key)) pick(Number(event.key))
    else if (event.key === 'q') setOneByOne(!oneByOne)
    else if (event.key === 'f') form.current?.querySelector<HTMLElement>('.facts [aria-pressed=true]')?.focus()
    else return
    event.preventDefault()
  }
  return (
    <form ref={form} className="dialog-panes declare" onSubmit={submit} onKeyDown={press}>
      <div className="dialog-both">
        <div className="dialog-main form-rows">
          {props.existing ? (
            <Stays existing={props.existing} />
          ) : (
            <TextField
              label={words.what}
              hint={words.whatHint}
              className="input input-large"
              required
              maxLength={1024}
              autoFocus
              value={draft.title}
              onChange={(event) => onChange({ title: event.target.value })}
            />
          )}
          <ProposalBox
            draft={draft}
            proposal={proposal}
            level={proposed}
            failed={props.cutOff}
            oneByOne={oneByOne}
            onOneByOne={setOneByOne}
            onChange={onChange}
          />
          {chosen && (
            <div className="field">
              <span className="declare-label">{words.level}</span>
              <SeverityPicker
                label={words.level}
                ranks={levels.map((_, place) => (place + 1) as SeverityRank)}
                picked={rankOf(chosen) as SeverityRank}
                onPick={pick}
                nameOf={(rank) => (
                  <span className="level-name">
                    <b>{levels[rank - 1]!.key}</b>
                    <span>{levels[rank - 1]!.name}</span>
                  </span>
                )}
              />
              <span className="field-hint">
                {chosen.meaning}{' '}
                <a className="text-link" href={links.severity(proposal?.scheme)} target="_blank" rel="noreferrer">
                  {severity.whatLevelsMean}
                </a>
              </span>
            </div>
          )}
          {isMilder && (
            <div className="declare-milder">
              <TextArea
                label={words.reason(proposed.key)}
                hint={words.reasonHint}
                required
                rows={2}
                maxLength={1000}
                value={draft.reason}
                onChange={(event) => onChange({ reason: event.target.value })}
              />
            </div>
          )}
          <div className="declare-pair">
            {!props.existing && (
              <SelectField
                label={words.service}
                hint={words.serviceHint}
                value={draft.whom}
                onChange={(event) => onChange({ whom: event.target.value })}
              >
                <option value="">{words.noService}</option>
                {props.policy !== undefined && <option value={draft.whom}>{words.byPolicy(props.policy)}</option>}
                {props.services.map((one) => (
                  <option key={one.name} value={one.name}>
                    {one.displayName}
                  </option>
                ))}
              </SelectField>
            )}
            <TextField
              label={words.began(zone)}
              hint={words.beganHint}
              type="datetime-local"
              value={draft.began}
              onChange={(event) => onChange({ began: event.target.value })}
            />
          </div>
          <div className="declare-pair">
            <SelectField label={words.kind} value={draft.kind} onChange={(event) => onChange({ kind: event.target.value as Kind })}>
              {KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {words.kinds[kind]}
                </option>
              ))}
            </SelectField>
          </div>
          {!props.existing && (
            <div className="declare-choices">
              <Checkbox checked={draft.held} onChange={(event) => onChange({ held: event.target.checked })}>
                {words.held}
              </Checkbox>
              {chosen?.raise.every(({ how }) => how !== 'page') && draft.whom !== '' && (
                <Checkbox checked={draft.page} onChange={(event) => onChange({ page: event.target.checked })}>
                  {words.pageAnyway}
                </Checkbox>
              )}
              <Checkbox checked={draft.isPrivate} onChange={(event) => onChange({ isPrivate: event.target.checked })}>
                {words.isPrivate}
              </Checkbox>
            </div>
          )}
          {draft.isPrivate && props.members}
          <p className="declare-hints desk-only">
            <KeyHintText hint={{ keys: ['⌘', '↵'], does: words.hints.declare }} />
            {levels.length > 0 && <KeyHintText hint={{ keys: ['1', '…', String(levels.length)], does: words.hints.level }} />}
            <KeyHintText hint={{ keys: ['F'], does: words.hints.facts }} />
            <KeyHintText hint={{ keys: ['Q'], does: words.hints.oneByOne }} />
            <KeyHintText hint={{ keys: ['Esc'], does: words.hints.leave }} />
          </p>
        </div>
        <ScrollRegion className="dialog-side" label={chosen ? words.plan.title(chosen.key) : words.plan.working}>
          <PlanPanel
            chosen={plan && chosen && { plan, level: chosen }}
            proposed={isMilder && proposedPlan ? { plan: proposedPlan, level: proposed } : undefined}
            failed={props.cutOff}
            stale={props.stale}
            goesOn={props.existing !== undefined}
            hasWhom={draft.whom !== ''}
            lookOf={props.lookOf}
          />
        </ScrollRegion>
      </div>
      <div className="dialog-acts">
        {failure !== undefined && (
          <div className="declare-failure" role="alert">
            <Note tone="bad">{words.failed(failure)}</Note>
          </div>
        )}
        <b className="grow fine">{plan && planInShort(plan, props.existing !== undefined)}</b>
        <Button kind="quiet" className="desk-only" onClick={props.onCancel}>
          {words.cancel}
        </Button>
        <Button kind="ink" type="submit" size="medium" keyCap="⌘↵" busy={busy}>
          {words.declare(chosen?.key ?? '').trim()}
        </Button>
      </div>
    </form>
  )
}

function Stays({ existing: { number, since } }: { existing: NonNullable<DeclareFormProps['existing']> }) {
  const began = useTicking((now, zone) => momentWithZones(since, now, zone))
  return (
    // The keys of the form act from here.
    <p className="sub declare-stays" data-begin="" tabIndex={-1}>
      {words.stays(number, began)}
    </p>
  )
}
