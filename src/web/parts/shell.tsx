import type { ShellProps } from './shell-props.ts'
import './shell.css'
import { createContext, useContext } from 'react'
import { BottomBar } from './bottom-bar.tsx'
import { Rail } from './rail.tsx'
import { words } from './words.ts'

/** What stands around every page: rail and bottom bar. The page itself brings its top bar; see Page. */
export function Shell(props: ShellProps) {
  const { brand, homeHref, waiting, search, help, staleness, banner, children } = props
  return (
    <ShellContext value={{ brand, homeHref, waiting, search, help, staleness, banner }}>
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

type ShellContent = Pick<ShellProps, 'brand' | 'homeHref' | 'waiting' | 'search' | 'help' | 'staleness' | 'banner'>
const ShellContext = createContext<ShellContent>({ brand: '', homeHref: '/' })

export function useShell(): ShellContent {
  return useContext(ShellContext)
}
