import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react'
import { type Clock, type Instant, SECOND } from '../../kernel/time.ts'

/** Wakes every clock on the page together, at the turn of a second, so that no two of them disagree. */
export interface Ticker {
  now(): Instant
  subscribe(wake: () => void): () => void
}

export function createTicker(clock: Clock): Ticker {
  const waiting = new Set<() => void>()
  let ticks = false
  const tick = () => {
    ticks = waiting.size > 0
    if (ticks) setTimeout(tick, SECOND - (clock.now() % SECOND))
    for (const wake of waiting) wake()
  }
  const subscribe = (wake: () => void) => {
    waiting.add(wake)
    if (!ticks) tick()
    return () => {
      waiting.delete(wake)
    }
  }
  return { now: () => clock.now(), subscribe }
}

interface Ticking {
  ticker: Ticker
  /** The viewer's own zone, in IANA's spelling. */
  zone: string
}

const TickingContext = createContext<Ticking | undefined>(undefined)

/** Gives time to everything inside; main holds the real clock, the parts page a drawn one. */
export function TickingProvider({ ticker, zone, children }: Ticking & { children: ReactNode }) {
  return <TickingContext value={{ ticker, zone }}>{children}</TickingContext>
}

/** Reads something from the time and draws anew only when what was read has changed. */
export function useTicking<Read extends string | number | boolean>(read: (now: Instant, zone: string) => Read): Read {
  const { ticker, zone } = useTime()
  return useSyncExternalStore(ticker.subscribe, () => read(ticker.now(), zone))
}

export function useZone(): string {
  return useTime().zone
}

function useTime(): Ticking {
  const found = useContext(TickingContext)
  if (!found) throw new Error('A part that shows time stands outside of TickingProvider.')
  return found
}
