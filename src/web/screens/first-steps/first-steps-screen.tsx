import './first-steps-screen.css'
import { type ReactNode, useRef, useState } from 'react'
import { useKeys } from '../../keys.ts'
import { Button, IconButton } from '../../parts/button.tsx'
import { classNames } from '../../parts/class-names.ts'
import { useCopy } from '../../parts/copy.ts'
import { DefinitionList } from '../../parts/definition-list.tsx'
import { Icon } from '../../parts/icon.tsx'
import type { KeyHint } from '../../parts/key-cap.tsx'
import { Page } from '../../parts/page.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { Section } from '../../parts/panel.tsx'
import { Row, Rows } from '../../parts/rows.tsx'
import { Split } from '../../parts/split.tsx'
import {
  AlertStep,
  type AlertStepProps,
  AnswersStep,
  type AnswersStepProps,
  HeardStep,
  type HeardStepProps,
  WakesStep,
  type WakesStepProps,
  YouStep,
  type YouStepProps,
} from './steps.tsx'
import { words } from './words.ts'

export type BeforeCheck = 'wakes' | 'tried' | 'answers' | 'sends' | 'second' | 'address'

export interface FirstStepsScreenProps {
  /** How many of the five. */
  done: number
  hidden: boolean
  you: YouStepProps
  wakes: WakesStepProps
  answers: AnswersStepProps
  alert: AlertStepProps
  heard: HeardStepProps
  before: { check: BeforeCheck; passes: boolean }[]
  here: { address: string; embedded: boolean }
  /** Undefined: the company is here, or the viewer may not make it. */
  onDemo?: (() => void) | undefined
  isMakingDemo: boolean
  onHide?: (() => void) | undefined
  onNow: () => void
}

const MINUTES = ['0:00', '0:30', '1:30', '2:30', '3:30']
const APPLY = 'tocsin apply -f on-call/'

/** Five steps from nothing to a first page; each stands as it is, whoever did it, and however. */
export function FirstStepsScreen(props: FirstStepsScreenProps) {
  const { done, you, wakes, answers, alert, heard, onDemo, isMakingDemo, onHide, onNow } = props
  const steps: { title: string; done: boolean; inside: ReactNode }[] = [
    { title: words.you.title, done: you.done, inside: <YouStep {...you} /> },
    { title: words.wakes.title, done: wakes.done, inside: <WakesStep {...wakes} /> },
    { title: words.answers.title, done: answers.done, inside: <AnswersStep {...answers} /> },
    { title: words.alert.title, done: alert.done, inside: <AlertStep {...alert} /> },
    { title: words.heard.title, done: heard.done, inside: <HeardStep {...heard} /> },
  ]
  const next = steps.findIndex((step) => !step.done)
  const [chosen, setChosen] = useState<number>()
  const [nextBefore, setNextBefore] = useState(next)
  // What was done is left for what comes next.
  if (nextBefore !== next) {
    setNextBefore(next)
    setChosen(undefined)
  }
  const picked = chosen ?? next
  const list = useRef<HTMLOListElement>(null)
  const boxes = () => [...(list.current?.querySelectorAll<HTMLElement>('.first-step') ?? [])]
  const move = (by: 1 | -1) => {
    const to = Math.min(steps.length - 1, Math.max(0, (picked === -1 ? 0 : picked) + by))
    setChosen(to)
    boxes()[to]?.focus()
  }
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    Enter: picked === -1 ? undefined : () => boxes()[picked]?.querySelector<HTMLElement>('.button-primary')?.click(),
    d: isMakingDemo ? undefined : onDemo,
    'Shift+H': onHide,
  })
  return (
    <Page className="first-steps-page" crumbs={[{ name: words.crumb }]} keys={keysFor(onDemo !== undefined, onHide !== undefined)}>
      <PageHead
        title={words.title}
        beside={
          <>
            <span className="dim">{words.done(done)}</span>
            {done === 5 && (
              <Button kind="primary" onClick={onNow}>
                {words.toNow}
              </Button>
            )}
            {onHide && (
              <Button kind="quiet" onClick={onHide}>
                {words.hide}
              </Button>
            )}
          </>
        }
      >
        {done === 5 ? words.allDone : words.about(wakes.done || answers.done)}
      </PageHead>
      <Split className="first-steps" label={words.steps} asideLabel={words.ways} aside={<Beside {...props} />}>
        <ol ref={list} className="rope first-steps-list">
          {steps.map((step, place) => (
            <li
              key={step.title}
              className={classNames(
                step.done ? 'first-step-done' : place > next && 'first-step-later',
                place === picked && 'first-step-picked',
              )}
              aria-current={place === next ? 'step' : undefined}
            >
              <span className="first-steps-minute">{MINUTES[place]}</span>
              <span className="node">{step.done ? <Icon name="check" size={13} /> : place + 1}</span>
              <section className="first-step" tabIndex={-1} aria-label={step.title} onFocus={() => setChosen(place)}>
                <h2>
                  {step.title} {step.done && <span className="only-read">{words.isDone}</span>}
                </h2>
                {step.inside}
              </section>
            </li>
          ))}
        </ol>
      </Split>
    </Page>
  )
}

function Beside({ before, here, onDemo, isMakingDemo }: FirstStepsScreenProps) {
  const { copied, copy } = useCopy(APPLY)
  return (
    <>
      <Section title={words.ways} flush>
        <Rows>
          {(onDemo || isMakingDemo) && (
            <Row
              mark={<Icon name="play" />}
              title={<b>{words.demo.title}</b>}
              detail={isMakingDemo ? words.demo.takes : words.demo.text}
              beside={
                <Button size="small" keyCap="D" busy={isMakingDemo} onClick={onDemo}>
                  {words.demo.start}
                </Button>
              }
            />
          )}
          <Row
            mark={<Icon name="code" />}
            title={<b>{words.files.title}</b>}
            detail={<span className="mono">{APPLY}</span>}
            beside={<IconButton size="small" icon={copied ? 'check' : 'copy'} label={words.files.copy} onClick={copy} />}
          />
        </Rows>
      </Section>
      <Section title={words.before.title} count={words.before.count(before.filter(({ passes }) => passes).length, before.length)}>
        <ul className="before-list">
          {before.map(({ check, passes }) => (
            <li key={check} className={passes ? 'before-passes' : undefined}>
              <Icon name={passes ? 'ok' : 'ring'} size={14} />
              <span>
                {words.before[check]} {passes && <span className="only-read">{words.isDone}</span>}
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={words.here.title}>
        <DefinitionList
          items={[
            { term: words.here.runs, is: here.embedded ? words.here.embedded : words.here.own },
            { term: words.here.address, is: <span className="mono">{here.address}</span> },
          ]}
        />
      </Section>
    </>
  )
}

function keysFor(canDemo: boolean, canHide: boolean): KeyHint[] {
  return [
    { keys: ['J', 'K'], does: words.keys.step },
    { keys: ['Enter'], does: words.keys.doIt },
    ...(canDemo ? [{ keys: ['D'], does: words.keys.demo }] : []),
    ...(canHide ? [{ keys: ['⇧', 'H'], does: words.keys.hide }] : []),
  ]
}
