import './page.css'
import { type ReactNode, useEffect } from 'react'
import { StaleBanner } from './banner.tsx'
import { IconButton } from './button.tsx'
import { ZoneClocks } from './clock.tsx'
import { BellMark, Icon } from './icon.tsx'
import { KeyCap, type KeyHint, KeyHintText } from './key-cap.tsx'
import { Link } from './link.tsx'
import { useShell } from './shell.tsx'
import { words } from './words.ts'

export interface Crumb {
  name: string
  href?: string
}

interface PageProps {
  /** The way here; the last one is the page itself and names the window. */
  crumbs: Crumb[]
  /** True of all of the page: a demo, a drill. */
  banner?: ReactNode
  /** The keys that act here, for the bar at the foot. */
  keys?: KeyHint[] | undefined
  /** Said at the end of that bar. */
  keysNote?: string | undefined
  className?: string
  children: ReactNode
}

/** One page inside the shell: top bar, content, keys. An operator's page fills the window and scrolls inside. */
export function Page({ crumbs, banner, keys, keysNote, className, children }: PageProps) {
  const { brand, waiting, staleness, banner: everywhere } = useShell()
  const name = crumbs.at(-1)?.name ?? ''
  useEffect(() => {
    const counted = waiting ? `(${waiting}) ${name}` : name
    document.title = brand ? `${counted} · ${brand}` : counted
  }, [brand, name, waiting])
  return (
    <div className="page">
      <TopBar crumbs={crumbs} />
      {staleness && <StaleBanner {...staleness} />}
      {(banner ?? everywhere) && <aside aria-label={words.notice}>{banner ?? everywhere}</aside>}
      <main id="main" className={className} tabIndex={-1}>
        {children}
      </main>
      {keys && (
        <footer className="keys-bar">
          {keys.map((hint) => (
            <KeyHintText key={hint.does} hint={hint} />
          ))}
          <span className="dim push-right">{keysNote ?? words.keysCanBeOff}</span>
        </footer>
      )}
    </div>
  )
}

function TopBar({ crumbs }: { crumbs: Crumb[] }) {
  const { brand, homeHref, search, help, staleness } = useShell()
  return (
    <header className="top-bar">
      <Link className="top-brand" href={homeHref} aria-label={brand}>
        <BellMark />
      </Link>
      <Breadcrumb crumbs={crumbs} />
      {search && (
        <button type="button" className="search-button" onClick={search.onOpen}>
          <Icon name="search" size={14} />
          <span>{search.name}</span>
          <span className="search-keys" aria-hidden="true">
            <KeyCap>⌘</KeyCap>
            <KeyCap>K</KeyCap>
          </span>
        </button>
      )}
      <div className="live">
        <span className={staleness ? 'live-dot live-dot-stale' : 'live-dot'} aria-hidden="true" />
        {!staleness && <span className="sub desk-only">{words.live}</span>}
        <ZoneClocks />
      </div>
      {help && <IconButton className="desk-only" icon="help" label={help.name} onClick={help.onOpen} />}
    </header>
  )
}

function Breadcrumb({ crumbs }: { crumbs: Crumb[] }) {
  return (
    <nav className="breadcrumb" aria-label={words.breadcrumb}>
      <ol>
        {crumbs.map(({ name, href }, place) => (
          <li key={name} className={place < crumbs.length - 1 ? 'desk-only' : undefined}>
            {href && place < crumbs.length - 1 ? <Link href={href}>{name}</Link> : <span aria-current="page">{name}</span>}
          </li>
        ))}
      </ol>
    </nav>
  )
}
