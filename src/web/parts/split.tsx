import './split.css'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { ScrollRegion } from './scroll-region.tsx'

interface SplitProps {
  label: string
  children: ReactNode
  /** What is read beside the thing that is changed. */
  aside: ReactNode
  asideLabel: string
  className?: string
}

/** Two columns that scroll each for itself; one after the other on a phone. */
export function Split({ label, children, aside, asideLabel, className }: SplitProps) {
  return (
    <div className={classNames('split', className)}>
      <ScrollRegion label={label} className="split-main">
        {children}
      </ScrollRegion>
      <ScrollRegion label={asideLabel} className="split-aside">
        {aside}
      </ScrollRegion>
    </div>
  )
}
