import './note.css'
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-names.ts'

export type NoteTone = 'warn' | 'bad' | 'info' | 'good'
const icons: Record<NoteTone, IconName> = { warn: 'warn', bad: 'warn', info: 'info', good: 'ok' }

/** A sentence beside what it speaks of: what is true, then what to do. */
export function Note({ tone, children }: { tone: NoteTone; children: ReactNode }) {
  return (
    <div className={`note note-${tone}`}>
      <Icon name={icons[tone]} />
      <span className="grow">{children}</span>
    </div>
  )
}
