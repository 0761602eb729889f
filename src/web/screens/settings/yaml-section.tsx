import { type FormEvent, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Checkbox } from '../../parts/choice.tsx'
import { CodeBlock } from '../../parts/code.tsx'
import { TextArea } from '../../parts/field.tsx'
import { type Loadable, Loaded, shownOf } from '../../parts/loadable.tsx'
import { Note } from '../../parts/note.tsx'
import { Panel } from '../../parts/panel.tsx'
import { SkeletonText } from '../../parts/skeleton.tsx'
import { Given } from './given.tsx'
import type { Issue, Plan, Setup } from './settings.ts'
import { words } from './words.ts'

export interface YamlProps {
  setup: Setup
  exported: Loadable<string>
  mayApply: boolean
  /** Answers the plan, or what is wrong; undefined when the server did not answer, and says so itself. */
  onPlan: (text: string, prune: boolean) => Promise<Plan | Issue[] | undefined>
  /** Answers whether it was done. */
  onApply: (text: string, prune: boolean) => Promise<boolean>
}

const say = words.yaml

export function YamlSection({ setup, exported, mayApply, onPlan, onApply }: YamlProps) {
  const text = shownOf(exported)
  return (
    <>
      <Panel className="settings-wide" title={say.apply}>
        <ApplyForm mayApply={mayApply} onPlan={onPlan} onApply={onApply} />
      </Panel>
      <Panel
        className="settings-wide settings-yaml"
        title={say.export}
        beside={
          text !== undefined && (
            <Button size="small" icon="download" onClick={() => download(text)}>
              {say.download}
            </Button>
          )
        }
      >
        <Loaded of={exported} skeleton={<SkeletonText lines={8} />}>
          {(code) => <CodeBlock label={say.exportLabel} code={code} />}
        </Loaded>
      </Panel>
      <Panel className="settings-wide" title={words.given.title}>
        <Given
          name={say.starting}
          value={setup.configuration === null ? say.startingNone : <code>{setup.configuration}</code>}
          variable="TOCSIN_CONFIG"
          flag="--config"
          given={setup.given}
          mend={say.startingMend}
        />
      </Panel>
    </>
  )
}

/** A plan is of one text: once that changes it has to be shown again before it can be applied. */
function ApplyForm({ mayApply, onPlan, onApply }: Pick<YamlProps, 'mayApply' | 'onPlan' | 'onApply'>) {
  const [text, setText] = useState('')
  const [prune, setPrune] = useState(false)
  const [planned, setPlanned] = useState<{ of: string; found: Plan | Issue[] }>()
  const [busy, setBusy] = useState<'plan' | 'apply'>()
  const written = `${prune} ${text}`
  const isStale = planned !== undefined && planned.of !== written
  const plan = planned && !Array.isArray(planned.found) ? planned.found : undefined
  const show = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    setBusy('plan')
    const found = await onPlan(text, prune)
    setPlanned(found && { of: written, found })
    setBusy(undefined)
  }
  const apply = async () => {
    setBusy('apply')
    if (await onApply(text, prune)) {
      setPlanned(undefined)
      setText('')
    }
    setBusy(undefined)
  }
  return (
    <form className="settings-form" onSubmit={(event) => void show(event)}>
      <TextArea
        label={say.paste}
        hint={say.pasteHint}
        required
        rows={8}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <Checkbox checked={prune} onChange={({ target }) => setPrune(target.checked)}>
        {say.prune}
      </Checkbox>
      <Button type="submit" icon="eye" busy={busy === 'plan'}>
        {say.check}
      </Button>
      {planned && (
        <section className="plan" aria-label={say.plan} aria-live="polite">
          {Array.isArray(planned.found) ? <Wrong issues={planned.found} /> : <Planned plan={planned.found} />}
          {isStale && <Note tone="warn">{say.stale}</Note>}
          {!mayApply && <Note tone="info">{say.readOnly}</Note>}
          {plan && mayApply && changes(plan) > 0 && (
            <Button kind="primary" disabled={isStale} busy={busy === 'apply'} onClick={() => void apply()}>
              {say.doApply}
            </Button>
          )}
        </section>
      )}
    </form>
  )
}

function changes({ created, changed, removed }: Plan): number {
  return created.length + changed.length + removed.length
}

function Wrong({ issues }: { issues: Issue[] }) {
  return (
    <>
      <Note tone="bad">{say.wrong(issues.length)}</Note>
      <IssueList issues={issues} />
    </>
  )
}

function IssueList({ issues }: { issues: Issue[] }) {
  return (
    <ul>
      {issues.map(({ path, message, line }) => (
        <li key={`${path} ${line} ${message}`}>
          <p>
            {line !== undefined && <b>{say.line(line)}</b>} <code>{path}</code>
          </p>
          <p className="sub">{message}</p>
        </li>
      ))}
    </ul>
  )
}

function Planned({ plan }: { plan: Plan }) {
  const { created, changed, removed, unchanged, onlyOnServer, warnings, whoIsAffected } = plan
  const counts = [
    created.length > 0 && say.created(created.length),
    changed.length > 0 && say.changed(changed.length),
    removed.length > 0 && say.removed(removed.length),
    unchanged.length > 0 && say.unchanged(unchanged.length),
    onlyOnServer.length > 0 && say.onlyHere(onlyOnServer.length),
  ].filter(Boolean)
  return (
    <>
      <p>
        <b>{changes(plan) === 0 ? say.nothing : counts.join(', ')}</b>
        {changes(plan) === 0 && counts.length > 0 && <span className="dim"> {counts.join(', ')}</span>}
      </p>
      <ul>
        {created.map((one) => (
          <li key={`${one.kind} ${one.name}`}>
            <p>
              <ins>+</ins> {one.kind} <b>{one.name}</b>
            </p>
          </li>
        ))}
        {changed.map((one) => (
          <li key={`${one.kind} ${one.name}`}>
            <p>
              <span aria-hidden="true">~</span> {one.kind} <b>{one.name}</b>
            </p>
            {one.differences.map(({ path, from, to }) => (
              <p key={path} className="sub">
                <code>{path}</code> {say.from} <del>{valueText(from)}</del> {say.to} <ins>{valueText(to)}</ins>
              </p>
            ))}
          </li>
        ))}
        {removed.map((one) => (
          <li key={`${one.kind} ${one.name}`}>
            <p>
              <del>−</del> {one.kind} <b>{one.name}</b>
            </p>
          </li>
        ))}
      </ul>
      {whoIsAffected.map(({ schedule, now, shifts }) => (
        <Note key={schedule} tone={now.from === now.to ? 'info' : 'warn'}>
          <b>{schedule}</b>: {say.onCallMoves(now.from, now.to)} {say.shiftsMove(shifts.changed, shifts.of)}
        </Note>
      ))}
      {warnings.length > 0 && (
        <>
          <Note tone="warn">{say.warnings}</Note>
          <IssueList issues={warnings} />
        </>
      )}
    </>
  )
}

function valueText(value: unknown): string {
  if (value === undefined) return say.absent
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function download(text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }))
  link.download = 'tocsin.yaml'
  link.click()
  URL.revokeObjectURL(link.href)
}
