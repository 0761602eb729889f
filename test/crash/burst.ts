import { setTimeout as later } from 'node:timers/promises'
import { ALERTMANAGER_KEY, PAGERDUTY_KEY } from './company.ts'
import type { Arrival, Witness } from './witness.ts'

/** What senders and responders were promised: only an answer 2xx counts. */
export interface Promised {
  /** Dedup keys, or for Alertmanager the value of the label `event`. */
  alerts: Set<string>
  /** Incidents whose acknowledgement was answered, and when. */
  acknowledgements: Map<string, number>
  /** Acknowledged, but the answer was lost. */
  unanswered: Set<string>
}

export function nothingPromised(): Promised {
  return { alerts: new Set(), acknowledgements: new Map(), unanswered: new Set() }
}

export interface BurstOptions {
  /** The program now; undefined while there is none. It may be replaced at any time. */
  url(): string | undefined
  witness: Witness
  promised: Promised
  /** In front of every event's name. */
  name: string
  events: number
  /** Ada acknowledges every n-th incident she is paged for; none for 0. */
  acknowledgeEvery?: number
}

/**
 * Events from four senders at once, every fifth a batch of three by Alertmanager's API. Half of them try again until they
 * are answered, the others give up, as senders do. Meanwhile Ada acknowledges.
 */
export function startBurst({ url, witness, promised, name, events, acknowledgeEvery = 3 }: BurstOptions): Burst {
  let over = false
  let next = 0
  const busy = new Set<Promise<void>>()

  async function send(i: number): Promise<void> {
    for (;;) {
      const { path, body, names } = i % 5 === 4 ? batch(`${name}-${i}`) : event(`${name}-${i}`)
      if (await isTaken(url(), path, body)) {
        for (const one of names) promised.alerts.add(one)
        return
      }
      if (over || i % 2 === 0) return
      await later(100)
    }
  }

  async function sender(): Promise<void> {
    while (next < events && !over) await send(next++)
  }

  async function acknowledge({ incidentId, page }: Arrival): Promise<void> {
    if (await isTaken(url(), new URL(page!.actions.acknowledge).pathname)) promised.acknowledgements.set(incidentId, Date.now())
    else promised.unanswered.add(incidentId)
  }

  const isNth = (arrival: Arrival) => acknowledgeEvery > 0 && numberIn(arrival) % acknowledgeEvery === 0

  const unsubscribe = witness.onArrival((arrival) => {
    if (arrival.to !== 'ada' || !arrival.page!.incident.title.startsWith(name) || !isNth(arrival)) return
    const doing: Promise<void> = acknowledge(arrival).finally(() => busy.delete(doing))
    busy.add(doing)
  })
  const senders = Promise.all(Array.from({ length: 4 }, sender))
  return {
    sent: senders.then(() => undefined),
    async end() {
      over = true
      await senders
      unsubscribe()
      await Promise.all(busy)
    },
  }
}

export interface Burst {
  /** Every sender has been answered or has given up. */
  sent: Promise<void>
  /** No more tries and no more acknowledgements; waits for those under way. */
  end(): Promise<void>
}

/** Posts, and answers whether that was answered 2xx. */
async function isTaken(url: string | undefined, path: string, body?: unknown): Promise<boolean> {
  if (url === undefined) return false
  try {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      signal: AbortSignal.timeout(10_000),
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    await response.text()
    return response.ok
  } catch {
    return false
  }
}

interface Sendable {
  path: string
  body: unknown
  names: string[]
}

function event(name: string): Sendable {
  const payload = { summary: name, source: 'shop-1', severity: 'critical' }
  const body = { routing_key: PAGERDUTY_KEY, event_action: 'trigger', dedup_key: name, payload }
  return { path: '/v2/enqueue', body, names: [name] }
}

function batch(name: string): Sendable {
  const names = ['a', 'b', 'c'].map((letter) => `${name}-${letter}`)
  const body = names.map((one) => ({
    labels: { alertname: 'Shop', event: one, severity: 'critical' },
    annotations: { summary: one },
    startsAt: '2026-01-01T00:00:00Z',
    endsAt: '2099-01-01T00:00:00Z',
  }))
  return { path: `/in/${ALERTMANAGER_KEY}/api/v2/alerts`, body, names }
}

function numberIn({ page }: Arrival): number {
  return Number(/-(\d+)(-\w)?$/.exec(page!.incident.title)?.[1])
}
