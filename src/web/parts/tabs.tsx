import './tabs.css'
import type { ReactNode } from 'react'
import { Link } from './link.tsx'

export interface Tab {
  name: string
  href: string
  count?: number | string | undefined
  current: boolean
}

/** Views of one thing. Each is a link, because the view that is open belongs into the address. */
export function Tabs({ label, tabs, beside }: { label: string; tabs: Tab[]; beside?: ReactNode }) {
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Link key={tab.name} href={tab.href} aria-current={tab.current ? 'page' : undefined}>
          {tab.name}
          {tab.count !== undefined && <span className="count">{tab.count}</span>}
        </Link>
      ))}
      {beside && <span className="tabs-beside desk-only">{beside}</span>}
    </nav>
  )
}
