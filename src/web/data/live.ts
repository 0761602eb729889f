import { useCallback, useEffect, useRef, useState } from 'react'
import type { Staleness } from '../parts/banner.tsx'
import { queryClient } from './queries.ts'

/** The server says something at least every 15 s; after this long the screen admits that it is not live. */
const SILENCE_MS = 20_000
const GATHER_MS = 120
/** The server hears late itself of what happens: a transaction left open in its database holds it back. */
const LAG_MS = 5000
/** A connection may be dead without telling; while nothing is heard, another one is tried this often. */
const TRY_MS = 10_000

/** Follows the timeline: whatever happens makes the queries it touches look again. Answers since when it has not been live. */
export function useLive(enabled: boolean): Staleness | undefined {
  const [stale, setStale] = useState<{ since: number; nextTryAt: number } | undefined>()
  const [attempt, setAttempt] = useState(0)
  const lastHeardAt = useRef(0)
  const tryAgain = useCallback(() => setAttempt((count) => count + 1), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another connection
  useEffect(() => {
    if (!enabled) return
    const beganAt = Date.now()
    lastHeardAt.current ||= beganAt
    const touched = new Set<string>()
    let gathering: ReturnType<typeof setTimeout> | undefined
    const source = new EventSource('/api/v1/events')
    let heldBack = false
    const heard = () => {
      lastHeardAt.current = Date.now()
      if (!heldBack) setStale(undefined)
    }
    const onBeat = (message: MessageEvent<string>) => {
      const { lagMs = 0 } = JSON.parse(message.data) as { lagMs?: number }
      heldBack = lagMs > LAG_MS
      heard()
      if (heldBack) setStale({ since: Date.now() - lagMs, nextTryAt: Date.now() + TRY_MS })
    }
    const onEvent = (message: MessageEvent<string>) => {
      heard()
      touched.add((JSON.parse(message.data) as { incidentId?: string }).incidentId ?? '')
      gathering ??= setTimeout(() => {
        gathering = undefined
        refresh(touched)
        touched.clear()
      }, GATHER_MS)
    }
    for (const type of EVENT_TYPES) source.addEventListener(type, onEvent)
    source.addEventListener('beat', onBeat)
    source.addEventListener('open', () => {
      heard()
      // What happened while nobody was listening is not in the stream of a new connection.
      void queryClient.invalidateQueries()
    })
    source.addEventListener('reload', () => void queryClient.invalidateQueries())
    const watch = setInterval(() => {
      const now = Date.now()
      if (now - lastHeardAt.current <= SILENCE_MS) return
      const isTimeToTry = now - beganAt >= TRY_MS
      setStale({ since: lastHeardAt.current, nextTryAt: (isTimeToTry ? now : beganAt) + TRY_MS })
      if (isTimeToTry) tryAgain()
    }, 1000)
    return () => {
      source.close()
      clearInterval(watch)
      clearTimeout(gathering)
    }
  }, [enabled, attempt])
  return stale && { ...stale, onTry: tryAgain }
}

function refresh(incidents: Set<string>): void {
  void queryClient.invalidateQueries({ queryKey: ['incidents'] })
  void queryClient.invalidateQueries({ queryKey: ['why'] })
  void queryClient.invalidateQueries({ queryKey: ['demo', 'phone'] })
  void queryClient.invalidateQueries({ queryKey: ['people', 'one'] })
  void queryClient.invalidateQueries({ queryKey: ['teams'] })
  // Pages of incidents are keyed by the number in the address, so all that are in view look again.
  if (incidents.size > 0) void queryClient.invalidateQueries({ queryKey: ['incident'] })
}

/** Server-sent events are delivered by name; these are the timeline's. */
const EVENT_TYPES = [
  'incident.opened',
  'incident.severity-changed',
  'incident.acknowledged',
  'incident.unacknowledged',
  'incident.resolved',
  'incident.retitled',
  'alert.joined',
  'alert.ended',
  'alert.acknowledged-by-source',
  'note.added',
  'escalation.level-decided',
  'escalation.none',
  'escalation.level-failed',
  'escalation.stopped',
  'page.delivered',
  'page.failed',
  'page.outcome-unknown',
  'page.gave-up',
]
