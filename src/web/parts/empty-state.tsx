import './empty-state.css'
import type { ReactNode } from 'react'
import { BellMark } from './icon.tsx'

/** Nothing to show: says what is true, then offers one next step. */
export function EmptyState({ title, children, step }: { title: string; children?: ReactNode; step?: ReactNode }) {
  return (
    <div className="empty-state">
      <BellMark size={32} />
      <h3>{title}</h3>
      {children}
      {step && <div className="line wraps">{step}</div>}
    </div>
  )
}
