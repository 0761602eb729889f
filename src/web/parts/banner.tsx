import './banner.css'
import type { ReactNode } from 'react'
import type { Instant } from '../../kernel/time.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-names.ts'
import { useTicking } from './ticking.tsx'
import { timeOfDay } from './time-words.ts'
import { words } from './words.ts'

export type BannerTone = 'stale' | 'bad' | 'drill' | 'info'
const icons: Record<BannerTone, IconName> = { stale: 'warn', bad: 'warn', drill: 'flag', info: 'info' }

/** Across the page, for what is true of all of it. */
export function Banner({ tone, beside, children }: { tone: BannerTone; beside?: ReactNode; children: ReactNode }) {
  return (
    <div className={`banner banner-${tone}`}>
      <Icon name={icons[tone]} />
      <output>{children}</output>
      {beside && <span className="push-right">{beside}</span>}
    </div>
  )
}

/** What is shown may be old: since when, and when the next try is. */
export interface Staleness {
  since: Instant
  nextTryAt: Instant
  /** The browser itself knows of no network. */
  isOffline?: boolean
  onTry: () => void
}

export function StaleBanner({ since, nextTryAt, isOffline = false, onTry }: Staleness) {
  const left = useTicking((now) => Math.max(0, Math.ceil((nextTryAt - now) / 1000)))
  return (
    <Banner
      tone="stale"
      beside={
        <Button size="small" onClick={onTry}>
          {words.tryNow}
        </Button>
      }
    >
      {(isOffline ? words.offline : words.notLive)(`${timeOfDay(since, 'UTC', 'seconds')} UTC`)}{' '}
      <span aria-hidden="true">{words.triesAgainIn(words.seconds(left))}</span>
    </Banner>
  )
}
