import './key-cap.css'
import { createContext, type ReactNode, useContext } from 'react'

/** Caps as they act for this person, who may have put other keys in their place. */
export const OwnKeys = createContext<(caps: readonly string[]) => readonly string[]>((caps) => caps)

/** One key of a keyboard, drawn. */
export function KeyCap({ children }: { children: ReactNode }) {
  const own = useContext(OwnKeys)
  return <kbd>{typeof children === 'string' ? own([children]).join('') : children}</kbd>
}

/** Keys pressed together or after each other. */
export function KeyCaps({ keys }: { keys: readonly string[] }) {
  const own = useContext(OwnKeys)
  return own(keys).map((key) => <kbd key={key}>{key}</kbd>)
}

export interface KeyHint {
  keys: string[]
  does: string
}

/** A key and what it does; a list of them is the bar at the foot of a page and the whole of the keys dialog. */
export function KeyHintText({ hint }: { hint: KeyHint }) {
  return (
    <span className="key-hint">
      <KeyCaps keys={hint.keys} /> {hint.does}
    </span>
  )
}
