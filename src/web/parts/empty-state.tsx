import './empty-state.css'
import type { ReactElement, ReactNode } from 'react'
import { BellMark } from './icon.tsx'

interface EmptyStateProps {
  title: string
  /** 3 inside a panel, 2 when it stands for the whole content of a page, 1 when it is the page. */
  headingLevel?: 1 | 2 | 3
  /** Where to go from here: no screen ends in nothing. */
  step: ReactElement
  children?: ReactNode
}

/** Nothing to show: says what is true, then offers one next step. */
export function EmptyState({ title, headingLevel = 3, step, children }: EmptyStateProps) {
  const Heading = `h${headingLevel}` as const
  return (
    <div className="empty-state">
      <BellMark size={32} />
      <Heading>{title}</Heading>
      {children}
      <div className="line wraps">{step}</div>
    </div>
  )
}
