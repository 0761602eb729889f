import type { ReactNode } from 'react'
import { words } from './words.ts'

interface GivenProps {
  name: string
  value: ReactNode
  variable: string
  flag?: string
  /** The variables that were set. */
  given: string[]
  /** What to write into it. */
  mend: string
}

/** Something only the environment sets: what it is, what sets it, and what to write there. */
export function Given({ name, value, variable, flag, given, mend }: GivenProps) {
  const isSet = given.includes(variable)
  return (
    <div className="given">
      <h3>{name}</h3>
      <p className="given-value">{value}</p>
      <p className="sub">
        {isSet ? words.given.by : words.given.notSet} <code>{variable}</code>
        {flag && (
          <>
            {' '}
            {words.given.or} <code>{flag}</code>
          </>
        )}
        . {mend} {words.given.restart}
      </p>
    </div>
  )
}
