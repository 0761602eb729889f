import './rows.css'
import type { ReactNode } from 'react'

/** A list of things parted by hairlines, one line or two each. */
export function Rows({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <ul className="rows" aria-label={label}>
      {children}
    </ul>
  )
}

interface RowProps {
  /** An icon or mark at the left. */
  mark?: ReactNode
  title: ReactNode
  detail?: ReactNode
  /** Numbers, people or buttons at the right. */
  beside?: ReactNode
}

export function Row({ mark, title, detail, beside }: RowProps) {
  return (
    <li>
      {mark && <span className="row-mark">{mark}</span>}
      <div className="row-words">
        <p className="two-lines">{title}</p>
        {detail && <p className="row-detail two-lines">{detail}</p>}
      </div>
      {beside && <div className="row-beside">{beside}</div>}
    </li>
  )
}
