import { expect } from 'vitest'
import type { Promised } from './burst.ts'
import type { Program } from './program.ts'
import { until } from './until.ts'
import type { Arrival, Witness } from './witness.ts'

/** One node sends at most so many at a time, so no crash of it may repeat more. */
const IN_FLIGHT_MAX = 32

type Api = Program['api']
type Alert = Awaited<ReturnType<Api['listAlerts']>>['items'][number]
type Page = Awaited<ReturnType<Api['getPages']>>['items'][number]

export interface Reconciled {
  alerts: Alert[]
  /** By incident. */
  pages: Map<string, Page[]>
  /** Arrivals after the first of their page. */
  repeats: Arrival[]
}

export interface Reconciling {
  api: Api
  witness: Witness
  promised: Promised
  /** In front of the names of the events looked at. */
  name: string
  /** Of one node: kills, or freezes longer than a lease. */
  crashes: number
  timeoutMs?: number
}

/**
 * Waits until the program has caught up, then holds what senders and responders were promised against what it says, and
 * what it says against what arrived.
 */
export async function reconcile({ api, witness, promised, name, crashes, timeoutMs = 20_000 }: Reconciling): Promise<Reconciled> {
  const taken = async () => {
    const there = await alertsNamed(api, name)
    const missing = [...promised.alerts].filter((one) => !there.some((alert) => alert.title === one && alert.incidentId !== null))
    if (missing.length > 0) throw new Error(`missing ${missing.join(', ')}`)
    return there
  }
  const alerts = await until('every alert that was taken has an incident', taken, { timeoutMs })
  expect(new Set(alerts.map((alert) => alert.title)).size, 'each event is one alert').toBe(alerts.length)
  expect(new Set(alerts.map((alert) => alert.incidentId)).size, 'each alert is one incident').toBe(alerts.length)

  // The program goes on paging while it is asked: what came until here must be in its log, what its log says must have come by the end.
  const cameSoFar = [...witness.arrivals]
  const pages = new Map<string, Page[]>()
  for (const { incidentId, title } of alerts) pages.set(incidentId!, await settledPages(api, incidentId!, title, timeoutMs))
  for (const [incidentId, some] of pages) {
    // A tap on the page may be faster than the record of its delivery.
    const isTaken = promised.acknowledgements.has(incidentId) || promised.unanswered.has(incidentId)
    if (!isTaken) expect(some.find(isFirstPage)?.status, `${incidentId} paged Ada`).toBe('delivered')
    expect(
      witness.arrivals.some((one) => one.incidentId === incidentId && one.to === 'ada'),
      `Ada was told of ${incidentId}`,
    ).toBe(true)
    const slots = some.map((page) => [page.round, page.level, page.person, page.contact].join(' '))
    expect(new Set(slots).size, `nobody is paged twice for one level of ${incidentId}`).toBe(slots.length)
  }

  const ids = new Set([...pages.values()].flat().map((page) => page.id))
  const arrivals = witness.arrivals.filter((one) => pages.has(one.incidentId))
  const arrived = new Set(arrivals.flatMap((one) => (one.by === 'webhook' ? [one.key] : [])))
  for (const { by, incidentId, key } of cameSoFar)
    if (by === 'webhook' && pages.has(incidentId)) expect(ids, 'every page that arrived is in the delivery log').toContain(key)
  for (const [incidentId, some] of pages) {
    const delivered = some.filter((page) => page.status === 'delivered')
    for (const page of delivered.filter((one) => one.channel === 'webhook'))
      expect(arrived, 'every delivery in the log arrived').toContain(page.id)
    if (delivered.some((page) => page.channel === 'email'))
      expect(arrivals.filter((one) => one.by === 'mail' && one.incidentId === incidentId).length).toBeGreaterThan(0)
  }

  const repeats = repeated(arrivals)
  expect(repeats.length, 'repeated are at most the sends in flight').toBeLessThanOrEqual(IN_FLIGHT_MAX * crashes)
  // The last to arrive may be the first that left: it was frozen on its way.
  const unmarked = arrivals.filter((one) => !one.possiblyDuplicate)
  expect(repeated(unmarked), 'of several attempts at one page all but one say that they may be repeats').toEqual([])
  await checkAcknowledgements(api, witness, promised)
  return { alerts, pages, repeats }
}

/** Whatever was acknowledged stays so, once, and nobody was paged for it more than five seconds later. */
export async function checkAcknowledgements(api: Api, witness: Witness, promised: Promised): Promise<void> {
  for (const [id, answeredAt] of promised.acknowledgements) {
    const incident = await api.getIncident({ params: { id } })
    expect(incident, 'an acknowledgement that was answered is kept').toMatchObject({ status: 'acknowledged' })
    const { items } = await api.getTimeline({ params: { id }, query: { limit: 200 } })
    expect(items.filter((event) => event.type === 'incident.acknowledged')).toHaveLength(1)
    const later = witness.arrivals.filter((one) => one.incidentId === id && one.at > answeredAt + 5000)
    expect(later, 'nobody is paged for what somebody has').toEqual([])
  }
}

/** Arrivals after the first of their key, oldest first. */
export function repeated(all: Arrival[]): Arrival[] {
  const seen = new Set<string>()
  return all.filter(({ key }) => seen.has(key) || !seen.add(key))
}

async function alertsNamed(api: Api, name: string): Promise<Alert[]> {
  const found: Alert[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const { items, next }: Awaited<ReturnType<Api['listAlerts']>> = await api.listAlerts({
      query: { limit: 200, text: name, ...(cursor !== undefined && { cursor }) },
    })
    found.push(...items)
    cursor = next
  }
  return found
}

/** The pages of an incident once none is under way and Ada's first has left. */
function settledPages(api: Api, incidentId: string, title: string, timeoutMs: number): Promise<Page[]> {
  const settled = async () => {
    const { items } = await api.getPages({ params: { id: incidentId }, query: { limit: 200 } })
    const isOver = (page: Page) => page.status !== 'sending' && page.status !== 'retrying'
    if (items.every(isOver) && items.some((page) => isFirstPage(page) && page.endedAt !== null)) return items
    throw new Error(items.map(({ id, status }) => `${id} ${status}`).join(', '))
  }
  return until(`every page for ${title} that was begun has ended`, settled, { timeoutMs })
}

function isFirstPage(page: Page): boolean {
  return page.round === 0 && page.level === 1 && page.contact === 'hook'
}
