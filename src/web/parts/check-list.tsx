import './check-list.css'
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-names.ts'

export interface CheckItem {
  key: string
  state: 'good' | 'hint' | 'warn' | 'bad'
  /** A whole sentence: it says by itself how it stands. */
  says: ReactNode
}

const icons: Record<CheckItem['state'], IconName> = { good: 'ok', hint: 'info', warn: 'warn', bad: 'warn' }

/** What was looked at, and what came of it. */
export function CheckList({ items }: { items: CheckItem[] }) {
  return (
    <ul className="check-list">
      {items.map(({ key, state, says }) => (
        <li key={key} className={`check-${state}`}>
          <Icon name={icons[state]} />
          <span className="grow">{says}</span>
        </li>
      ))}
    </ul>
  )
}
