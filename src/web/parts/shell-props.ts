import type { ReactNode } from 'react'
import type { Instant } from '../../kernel/time.ts'
import type { PersonLook } from './avatar.tsx'
import type { Staleness } from './banner.tsx'
import type { IconName } from './icon-names.ts'

export interface Place {
  name: string
  href: string
  icon: IconName
  count?: number | undefined
  /** How it stands there, in two words; shown in the sheet of a phone. */
  detail?: string | undefined
  current: boolean
}

export interface ShellProps {
  /** The product's name beside its bell, and where a click on it leads. */
  brand: string
  homeHref: string
  /** Names the rail for screen readers. */
  label: string
  organisation?: string | undefined
  /** In their order; those that do not exist are left out. The first three stand in the bar of a phone. */
  places: Place[]
  /** The one act that can be begun anywhere. */
  act?: { name: string; icon: IconName; keyCap: string; onAct: () => void } | undefined
  shortcuts?: Shortcuts | undefined
  me?: { person: PersonLook; note?: string | undefined } | undefined
  /** A menu button at the foot of the rail; on a phone its content stands in the sheet. */
  preferences?: ReactNode
  preferencesOnPhone?: ReactNode
  /** How much waits for somebody: said in the window's title, so that a tab in the background tells. */
  waiting?: number | undefined
  search?: { name: string; onOpen: () => void } | undefined
  help?: { name: string; onOpen: () => void } | undefined
  /** Given while what is shown may be old. */
  staleness?: Staleness | undefined
  /** True of the whole product, unless a page says something of its own: a demo. */
  banner?: ReactNode
  children: ReactNode
}

/** A short list of things that are open now, reachable from everywhere. */
export interface Shortcuts {
  title: string
  count: number | undefined
  items: { href: string; mark: ReactNode; name: string; since: Instant; current: boolean }[]
}
