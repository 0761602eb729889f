import './key-cap.css'
import type { ReactNode } from 'react'

/** One key of a keyboard, drawn. */
export function KeyCap({ children }: { children: ReactNode }) {
  return <kbd>{children}</kbd>
}

export interface KeyHint {
  keys: string[]
  does: string
}

/** A key and what it does; a list of them is the bar at the foot of a page and the whole of the keys dialog. */
export function KeyHintText({ hint }: { hint: KeyHint }) {
  return (
    <span className="key-hint">
      {hint.keys.map((key) => (
        <KeyCap key={key}>{key}</KeyCap>
      ))}{' '}
      {hint.does}
    </span>
  )
}
