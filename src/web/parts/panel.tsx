import './panel.css'
import { type ReactNode, useId } from 'react'
import { classNames } from './class-names.ts'

interface PanelProps {
  title: string
  count?: number | string
  /** Stands at the right of the title: a link, a unit, a button. */
  beside?: ReactNode
  /** A sentence under a rule at the end. */
  foot?: ReactNode
  /** Content that comes to the edges, such as rows and tables. */
  flush?: boolean
  className?: string
  children: ReactNode
}

/** A box means one thing to act on or to read as one. */
export function Panel({ title, count, beside, foot, flush = false, className, children }: PanelProps) {
  const id = useId()
  return (
    <section className={classNames('panel', className)} aria-labelledby={id}>
      <PanelHead id={id} title={title} count={count} beside={beside} />
      {flush ? children : <div className="panel-inside">{children}</div>}
      {foot && <p className="panel-foot">{foot}</p>}
    </section>
  )
}

/** The same, parted by a rule instead of a box: for side columns. */
export function Section({ title, count, beside, flush = false, children }: PanelProps) {
  const id = useId()
  return (
    <section className="section" aria-labelledby={id}>
      <PanelHead id={id} title={title} count={count} beside={beside} />
      {flush ? children : <div className="section-inside">{children}</div>}
    </section>
  )
}

function PanelHead({ id, title, count, beside }: { id: string; title: string; count: number | string | undefined; beside: ReactNode }) {
  return (
    <header>
      <h2 id={id}>{title}</h2>
      {count !== undefined && <span className="count">{count}</span>}
      {beside && <span className="panel-beside">{beside}</span>}
    </header>
  )
}
