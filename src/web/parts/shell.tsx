import './shell.css'
import { createContext, type ReactNode, useContext } from 'react'
import type { PersonLook } from './avatar.tsx'
import type { Staleness } from './banner.tsx'
import { BottomBar } from './bottom-bar.tsx'
import type { IconName } from './icon-names.ts'
import { Rail, type Shortcuts } from './rail.tsx'
import { words } from './words.ts'

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
  search?: { name: string; onOpen: () => void } | undefined
  help?: { name: string; onOpen: () => void } | undefined
  /** Given while what is shown may be old. */
  staleness?: Staleness | undefined
  /** True of the whole product, unless a page says something of its own: a demo. */
  banner?: ReactNode
  children: ReactNode
}

/** What stands around every page: rail and bottom bar. The page itself brings its top bar; see Page. */
export function Shell(props: ShellProps) {
  const { brand, homeHref, search, help, staleness, banner, children } = props
  return (
    <ShellContext value={{ brand, homeHref, search, help, staleness, banner }}>
      <a className="skip-link" href="#main">
        {words.skip}
      </a>
      <div className="shell">
        <Rail {...props} />
        {children}
        <BottomBar {...props} />
      </div>
    </ShellContext>
  )
}

type ShellContent = Pick<ShellProps, 'brand' | 'homeHref' | 'search' | 'help' | 'staleness' | 'banner'>
const ShellContext = createContext<ShellContent>({ brand: '', homeHref: '/' })

export function useShell(): ShellContent {
  return useContext(ShellContext)
}
