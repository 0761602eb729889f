import './policies.css'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { parseDuration } from '../../../kernel/duration.ts'
import { useKeys } from '../../keys.ts'
import { Person } from '../../parts/avatar.tsx'
import { Button, IconButton } from '../../parts/button.tsx'
import { Chip } from '../../parts/chip.tsx'
import { type Choice, Combobox } from '../../parts/combobox.tsx'
import { durationInWords } from '../../parts/durations.ts'
import type { FormPart } from '../../parts/form.ts'
import { sentence } from '../../parts/form.ts'
import { FormDuration, FormSeveral } from '../../parts/form-fields.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Node } from '../../parts/rope.tsx'
import { SeverityMark, type SeverityRank, severityName } from '../../parts/severity-mark.tsx'
import { plainFields } from '../../product/configuration/plain-fields.tsx'
import { type LevelSpec, movedLevel, nextLevel, type PolicySpec, roundsOf, type Target, targetKey, targetOf } from './policy.ts'
import { words } from './words.ts'

const RANKS: SeverityRank[] = [1, 2, 3, 4, 5]

interface PolicyFormProps {
  form: FormPart<PolicySpec>
  /** People, schedules and teams, each by `targetKey`. */
  targets: Choice[]
  /** Who is behind a target now; empty: nobody. Undefined where that is no question. */
  nowOf: (target: Target) => string[] | undefined
}

/** Levels on one rope with their minute at the left; the catch-all is its floor. */
export function PolicyForm({ form, targets, nowOf }: PolicyFormProps) {
  const levels = form.value.levels ?? []
  const plain = plainFields('EscalationPolicy', form, words)
  const rope = useRef<HTMLOListElement>(null)
  const [told, setTold] = useState('')
  const [focus, setFocus] = useState<{ level: number; on: string }>()
  const { roundMs, catchAllMs } = roundsOf({ ...form.value, levels })
  const set = (next: LevelSpec[]) => form.at('levels').onChange(next)

  // Whoever moves a level goes with it.
  useEffect(() => {
    if (!focus) return
    const card = rope.current?.querySelector<HTMLElement>(`[data-level="${focus.level}"]`)
    const target =
      card?.querySelector<HTMLElement>(`${focus.on}:not(:disabled)`) ?? card?.querySelector<HTMLElement>('button:not(:disabled), input')
    target?.focus()
    setFocus(undefined)
  }, [focus])

  const add = () => {
    set([...levels, nextLevel(levels)])
    setFocus({ level: levels.length, on: '[role=combobox]' })
  }
  const move = (from: number, to: number) => {
    if (to < 0 || to >= levels.length) return
    set(movedLevel(levels, from, to))
    setTold(words.movedTo(words.level(from + 1), to + 1))
    setFocus({ level: to, on: to < from ? '[data-move=up]' : '[data-move=down]' })
  }
  const remove = (at: number) => {
    set(levels.filter((_, place) => place !== at))
    setFocus({ level: Math.max(0, at - 1), on: '[data-move=up]' })
  }
  useKeys({ l: form.readOnly ? undefined : add })
  const press = (event: KeyboardEvent, at: number) => {
    if (!event.altKey || form.readOnly || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    move(at, event.key === 'ArrowUp' ? at - 1 : at + 1)
  }
  return (
    <>
      {plain('displayName')}
      <ol className="policy-rope" aria-label={words.ladder} ref={rope}>
        {levels.map((level, at) => {
          const name = words.level(at + 1)
          const part = form.at('levels').at(at) as FormPart<LevelSpec>
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a level is its place
            <li key={at} data-level={at} onKeyDown={(event) => press(event, at)}>
              <Minute ms={parseDuration(level.after)} />
              <Node kind="fact">{at + 1}</Node>
              <section className="policy-card" aria-label={name}>
                <Targets
                  level={name}
                  part={part.at('notify')}
                  choices={targets}
                  nowOf={nowOf}
                  beside={
                    !form.readOnly && (
                      <>
                        <IconButton
                          size="small"
                          icon="up"
                          data-move="up"
                          label={words.moveUp(name)}
                          disabled={at === 0}
                          onClick={() => move(at, at - 1)}
                        />
                        <IconButton
                          size="small"
                          icon="down"
                          data-move="down"
                          label={words.moveDown(name)}
                          disabled={at === levels.length - 1}
                          onClick={() => move(at, at + 1)}
                        />
                        <IconButton size="small" icon="trash" label={words.remove(name)} onClick={() => remove(at)} />
                      </>
                    )
                  }
                />
                <div className="policy-settings">
                  <FormDuration label={words.after} part={part.at('after')} />
                  <FormSeveral
                    label={words.severities}
                    part={part.at('severities')}
                    choices={RANKS.map((rank) => ({
                      value: rank as number,
                      name: (
                        <span className="line policy-rank">
                          <span aria-hidden="true">
                            <SeverityMark rank={rank} size={14} />
                          </span>
                          {severityName(rank)}
                        </span>
                      ),
                    }))}
                  />
                </div>
              </section>
            </li>
          )
        })}
        {!form.readOnly && (
          <li className="policy-add">
            <span />
            <Node kind="fact">
              <Icon name="plus" size={12} />
            </Node>
            <span>
              <Button size="small" icon="plus" keyCap="L" onClick={add}>
                {words.addLevel}
              </Button>
            </span>
          </li>
        )}
        <li>
          <Minute ms={(form.value.repeat ?? 0) > 0 ? roundMs : undefined} />
          <Node kind="fact">
            <Icon name="refresh" size={13} />
          </Node>
          <section className="policy-card" aria-label={words.repeat}>
            <p className="policy-said">{(form.value.repeat ?? 0) > 0 ? words.again : words.noRounds}</p>
            <div className="policy-settings">
              {plain('repeat')}
              <FormDuration label={words.round} hint={words.roundHint} part={form.at('round')} />
            </div>
          </section>
        </li>
        <li className="policy-floor">
          <Minute ms={catchAllMs} />
          <Node kind="fact">
            <Icon name="shield" size={13} />
          </Node>
          <section className="policy-card" aria-label={words.catchAll}>
            <p className="line wraps policy-said">
              <b>{words.catchAll}</b>
              <span className="push-right">
                <Chip tone="good" icon="lock">
                  {words.cannotRemove}
                </Chip>
              </span>
            </p>
            <Targets
              level={words.catchAll}
              part={form.at('catchAll').at('notify')}
              choices={targets}
              nowOf={nowOf}
              error={form.at('catchAll').error}
            />
            <p className="dim fine">{words.catchAllText}</p>
          </section>
        </li>
      </ol>
      <output className="only-read">{told}</output>
    </>
  )
}

function Minute({ ms }: { ms: number | undefined }) {
  return <span className="policy-minute">{ms === undefined ? '' : ms === 0 ? '0 min' : durationInMinutes(ms)}</span>
}

/** Minutes, as the rope counts; odd lengths in words. */
function durationInMinutes(ms: number): string {
  return ms % 60_000 === 0 && ms < 3 * 3_600_000 ? `${ms / 60_000} min` : durationInWords(ms)
}

/** Who a level pages: named one after the other, with who that is now. */
function Targets({
  level,
  part,
  choices,
  nowOf,
  beside,
  error,
}: {
  level: string
  part: FormPart<Target[] | undefined>
  choices: Choice[]
  nowOf: PolicyFormProps['nowOf']
  beside?: ReactNode
  error?: string | undefined
}) {
  const list = part.value ?? []
  const keys = list.map(targetKey)
  const choiceOf = (key: string): Choice =>
    choices.find((one) => one.value === key) ?? { value: key, name: key.slice(key.indexOf(':') + 1) }
  const wrong = [error, part.error, ...part.issues.filter(({ path }) => path !== '').map(({ message }) => sentence(message))].filter(
    Boolean,
  )
  return (
    <>
      <div className="policy-targets">
        <ul>
          {list.map((target, at) => {
            const { value, name, icon } = choiceOf(keys[at]!)
            const people = nowOf(target)
            return (
              <li key={value} className="policy-target">
                {icon && <Icon name={icon} size={14} />}
                <b>{name}</b>
                {people !== undefined &&
                  (people.length === 0 ? (
                    <span className="missing fine">{words.nobodyNow}</span>
                  ) : (
                    <>
                      <span className="dim">{words.now}</span>
                      {people.map((one) => (
                        <Person key={one} person={{ name: one }} short />
                      ))}
                    </>
                  ))}
                {!part.readOnly && (
                  <IconButton
                    size="small"
                    icon="x"
                    label={words.removeTarget(name, level)}
                    onClick={() => part.onChange(list.filter((_, place) => place !== at))}
                  />
                )}
              </li>
            )
          })}
          {!part.readOnly && (
            <li className="policy-add-target">
              <Combobox
                label={words.whoIsPaged(level)}
                placeholder={words.add}
                choices={choices.filter(({ value }) => !keys.includes(value))}
                value={undefined}
                onPick={(key) => key !== undefined && part.onChange([...list, targetOf(key)])}
              />
            </li>
          )}
        </ul>
        {beside && <span className="policy-acts">{beside}</span>}
      </div>
      {list.length === 0 && !error && <p className="sub fine">{words.empties}</p>}
      {wrong.length > 0 && (
        <span className="field-error">
          <Icon name="warn" size={14} />
          {wrong.join('. ')}
        </span>
      )}
    </>
  )
}
