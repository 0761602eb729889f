import './proposal-box.css'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { classNames } from '../../parts/class-names.ts'
import { Icon } from '../../parts/icon.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { SeverityMark, type SeverityRank } from '../../parts/severity-mark.tsx'
import {
  type AskedFact,
  FIRST_FACTS,
  isWordFact,
  MORE_FACTS,
  type NumberFact,
  VALUES,
  type WordFact,
  withNumber,
  withShare,
  withWord,
  wordOf,
} from './facts.ts'
import type { Known, Proposal } from './proposal.ts'
import { factInWords, labelOf, words } from './words.ts'

interface ProposalBoxProps {
  draft: Known
  /** None until it has been asked for. */
  proposal: Proposal | undefined
  level: { key: string; name: string } | undefined
  failed: boolean
  oneByOne: boolean
  onOneByOne: (oneByOne: boolean) => void
  onChange: (part: Partial<Known>) => void
}

/** The level that the facts give, with the fact that gives it lit among them. */
export function ProposalBox({ draft, proposal, level, failed, oneByOne, onOneByOne, onChange }: ProposalBoxProps) {
  const [more, setMore] = useState(false)
  const shown = [...FIRST_FACTS, ...MORE_FACTS.filter((fact) => more || draft.facts[fact] !== undefined || proposal?.because.fact === fact)]
  const hasMore = shown.length < FIRST_FACTS.length + MORE_FACTS.length
  return (
    <section className={classNames('proposal', proposal && `severity-option-${proposal.rank}`)} aria-label={words.proposal.label}>
      <header aria-live="polite">
        {proposal && level ? (
          <>
            <span aria-hidden="true">
              <SeverityMark rank={proposal.rank as SeverityRank} size={32} />
            </span>
            <div className="grow">
              <h3>{words.proposal.is(level.key, level.name)}</h3>
              <p className="sub">{whyOf(proposal)}</p>
            </div>
          </>
        ) : (
          <p className="sub">{failed ? words.proposal.unread : words.proposal.asking}</p>
        )}
      </header>
      {oneByOne ? (
        <Question draft={draft} ask={(proposal?.ask ?? undefined) as AskedFact | undefined} onChange={onChange} />
      ) : (
        <fieldset className="facts" aria-label={words.facts}>
          {shown.map((fact) => (
            <FactRow key={fact} fact={fact} draft={draft} decides={proposal?.because.fact === fact} onChange={onChange} />
          ))}
        </fieldset>
      )}
      <footer>
        <Icon name="help" size={14} />
        <button type="button" className="text-link" onClick={() => onOneByOne(!oneByOne)}>
          {oneByOne ? words.allFacts : words.oneByOne}
        </button>
        {!oneByOne && (hasMore || more) && (
          <button type="button" className="text-link" aria-expanded={more} onClick={() => setMore(!more)}>
            {more ? words.fewerFacts : words.moreFacts}
          </button>
        )}
      </footer>
    </section>
  )
}

function whyOf({ because: { fact, value }, adjusted, missing }: Proposal): string {
  const because = fact === 'unknown' || fact === 'default' ? words.proposal[fact] : `${factInWords(fact, value) ?? labelOf(fact)}.`
  const moved = adjusted.map(({ by, from, to }) => words.proposal.adjusted[by](from, to))
  const open = missing.length > 0 && fact !== 'unknown' ? [words.proposal.missing(missing.map(labelOf).join(', '))] : []
  return [because, ...moved, ...open].join(' ')
}

interface RowProps {
  fact: AskedFact
  draft: Known
  decides: boolean
  onChange: (part: Partial<Known>) => void
}

function FactRow({ fact, draft, decides, onChange }: RowProps) {
  return (
    <div className={classNames('fact-row', decides && 'fact-decides')}>
      <span className="fact-label">{labelOf(fact)}</span>
      {isWordFact(fact) ? (
        <WordSwitch fact={fact} draft={draft} onChange={onChange} />
      ) : (
        <NumberOf fact={fact} draft={draft} onChange={onChange} />
      )}
      {decides && (
        <span className="fact-tag">
          <Icon name="bolt" size={12} />
          {words.proposal.decides}
        </span>
      )}
    </div>
  )
}

const NOT_KNOWN = 'not-known'

function WordSwitch({ fact, draft, onChange }: Omit<RowProps, 'decides' | 'fact'> & { fact: WordFact }) {
  const set = (word: string | undefined) => onChange({ facts: withWord(fact, word, draft.facts) })
  const current = wordOf(fact, draft.facts)
  return (
    <div className="line wraps fact-answer">
      <Segmented
        label={labelOf(fact)}
        segments={[
          ...VALUES[fact].map((value) => ({ value: value as string, name: words.words[fact].values[value]![0] })),
          { value: NOT_KNOWN, name: words.notKnown },
        ]}
        current={current ?? NOT_KNOWN}
        onPick={(value) => set(value === NOT_KNOWN || value === current ? undefined : value)}
      />
      {fact === 'users' && (
        <NumberInput
          label={words.share}
          unit={words.percent}
          value={draft.facts.users?.percent}
          max={100}
          onChange={(typed) => onChange({ facts: withShare(typed, draft.facts) })}
        />
      )}
    </div>
  )
}

function NumberOf({ fact, draft, onChange }: Omit<RowProps, 'decides' | 'fact'> & { fact: NumberFact }) {
  return (
    <div className="fact-answer">
      <NumberInput
        label={words.numbers[fact].label}
        unit={words.numbers[fact].unit}
        value={draft.facts[fact]}
        max={fact === 'errorPercent' ? 100 : undefined}
        onChange={(typed) => onChange({ facts: withNumber(fact, typed, draft.facts) })}
      />
    </div>
  )
}

interface NumberInputProps {
  label: string
  unit: string
  value: number | undefined
  max: number | undefined
  onChange: (typed: string) => void
}

function NumberInput({ label, unit, value, max, onChange }: NumberInputProps) {
  return (
    <span className="line fact-number">
      <input
        className="input"
        type="number"
        inputMode="decimal"
        aria-label={label}
        min={0}
        max={max}
        step="any"
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value)}
      />
      {unit && <span className="dim">{unit}</span>}
    </span>
  )
}

/** The same questions, one at a time, until no answer would change anything. */
function Question({ draft, ask, onChange }: { draft: Known; ask: AskedFact | undefined; onChange: (part: Partial<Known>) => void }) {
  const id = useId()
  if (ask === undefined) return <p className="question sub">{words.asked}</p>
  const skip = () => onChange({ unknown: [...draft.unknown, ask] })
  return (
    <fieldset key={ask} className="question" aria-labelledby={id}>
      <h3 id={id}>{isWordFact(ask) ? words.words[ask].asks : words.numbers[ask].asks}</h3>
      {isWordFact(ask) ? (
        <div className="line wraps">
          {VALUES[ask].map((value) => (
            <Button key={value} onClick={() => onChange({ facts: withWord(ask, value, draft.facts) })}>
              {words.words[ask].values[value]![1]}
            </Button>
          ))}
          <Button kind="quiet" onClick={skip}>
            {words.notKnown}
          </Button>
        </div>
      ) : (
        <Amount ask={ask} onAnswer={(typed) => onChange({ facts: withNumber(ask, typed, draft.facts) })} onSkip={skip} />
      )}
    </fieldset>
  )
}

function Amount({ ask, onAnswer, onSkip }: { ask: NumberFact; onAnswer: (typed: string) => void; onSkip: () => void }) {
  const [typed, setTyped] = useState('')
  const answer = (event: Pick<FormEvent, 'preventDefault'>) => {
    event.preventDefault()
    if (typed !== '') onAnswer(typed)
  }
  return (
    <div className="line wraps">
      <span className="line fact-number">
        <input
          className="input"
          type="number"
          inputMode="decimal"
          aria-label={words.numbers[ask].asks}
          min={0}
          step="any"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && !event.metaKey && !event.ctrlKey && answer(event)}
        />
        {words.numbers[ask].unit && <span className="dim">{words.numbers[ask].unit}</span>}
      </span>
      <Button disabled={typed === ''} onClick={answer}>
        {words.answer}
      </Button>
      <Button kind="quiet" onClick={onSkip}>
        {words.notKnown}
      </Button>
    </div>
  )
}
