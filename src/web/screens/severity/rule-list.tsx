import { useId } from 'react'
import { Icon } from '../../parts/icon.tsx'
import { SeverityMark, type SeverityRank } from '../../parts/severity-mark.tsx'
import { afterwards, conditionAsWritten, conditionInWords, type Scheme } from './scheme.ts'
import { words } from './words.ts'

interface RuleListProps {
  scheme: Scheme
  /** By their numbers: what is tried beside it lights them. */
  decides: number | undefined
  also: number[]
}

/** "Rule 2" is the same everywhere: the numbers are those of the document. */
export function RuleList({ scheme, decides, also }: RuleListProps) {
  const id = useId()
  const { rules, levels } = scheme.spec
  return (
    <section className="scheme-rules" aria-labelledby={id}>
      <header>
        <h2 id={id}>{words.rules}</h2>
        <p className="sub">{rules.length === 0 ? words.noRules : words.rulesText}</p>
      </header>
      {rules.length > 0 && (
        <ol aria-labelledby={id}>
          {rules.map(({ when, level }, place) => {
            const number = place + 1
            return (
              <li key={number} className={number === decides ? 'scheme-decides' : also.includes(number) ? 'scheme-holds' : undefined}>
                <span className="scheme-number">{number}</span>
                <SeverityMark rank={(levels.findIndex(({ key }) => key === level) + 1) as SeverityRank} size={18} />
                <span className="grow">
                  <span className="only-read">{level}: </span>
                  {conditionInWords(when)}
                </span>
                {number === decides && (
                  <span className="scheme-tag">
                    <Icon name="bolt" size={12} />
                    {words.decides}
                  </span>
                )}
                <code className="desk-only">{conditionAsWritten(when)}</code>
              </li>
            )
          })}
        </ol>
      )}
      <p className="sub">
        {words.afterRules}: {afterwards(scheme).join(' ')}
      </p>
    </section>
  )
}
