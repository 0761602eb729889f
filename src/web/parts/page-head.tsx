import './page-head.css'
import type { ReactNode } from 'react'

interface PageHeadProps {
  title: string
  /** A sentence that says how things stand. */
  children?: ReactNode
  beside?: ReactNode
  /** Tabs follow at once. */
  tight?: boolean
}

export function PageHead({ title, children, beside, tight = false }: PageHeadProps) {
  return (
    <div className={tight ? 'page-head page-head-tight' : 'page-head'}>
      <div>
        <h1>{title}</h1>
        {children && <p>{children}</p>}
      </div>
      {beside && <div className="page-head-beside">{beside}</div>}
    </div>
  )
}
