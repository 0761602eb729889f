import { pino } from 'pino'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import { openDatabase } from '../../src/platform/db.ts'
import { watchLocks } from '../world/lock-order.ts'
import { startWebhookReceiver } from '../world/webhook-receiver.ts'
import { ADMIN_TOKEN, createWorld, type World } from '../world/world.ts'
import { sized } from './size.ts'

/** As many incidents as come in two minutes in full, at the same pace here. */
const INCIDENTS = sized(400, 8000)
const SPAN_MS = (INCIDENTS / 8000) * 120_000
const LATE_MS = 30_000
const KEY = 'keyofthestorm0000000000000000000'

let world: World
let phones: Awaited<ReturnType<typeof startWebhookReceiver>>
const logged: { level: number; code?: string; msg: string }[] = []
const nodes: { app: App; url: string; close(): Promise<void> }[] = []

beforeAll(async () => {
  phones = await startWebhookReceiver()
  // One of them is out of order, so that levels fail and next contacts are brought forward.
  phones.behave(({ path }) => ({ kind: 'answer', status: path === '/broken' ? 503 : 200, body: '' }))
  world = await createWorld()
  const contact = (name: string, over = {}) => ({ name, channel: 'webhook', address: `http://127.0.0.1:${phones.port}/${name}`, ...over })
  const person = (name: string, contacts: object[], rules: [string, string][]) => ({
    kind: 'Person',
    metadata: { name },
    spec: {
      contacts,
      paging: { high: rules.map(([one, after]) => ({ contact: one, after })), low: rules.map(([one, after]) => ({ contact: one, after })) },
    },
  })
  const documents = [
    person(
      'ada',
      [contact('ada', { bundle: false }), contact('ada-mail')],
      [
        ['ada', '0s'],
        ['ada-mail', '4s'],
      ],
    ),
    person(
      'lin',
      [contact('broken', { bundle: false }), contact('lin')],
      [
        ['broken', '0s'],
        ['lin', '3s'],
      ],
    ),
    person('kim', [contact('kim')], [['kim', '0s']]),
    {
      kind: 'EscalationPolicy',
      metadata: { name: 'storm' },
      spec: {
        levels: ['ada', 'lin', 'kim'].map((name, i) => ({ after: `${i * 4}s`, notify: [{ person: name }] })),
        catchAll: { notify: [{ person: 'kim' }] },
      },
    },
    { kind: 'Service', metadata: { name: 'storm' }, spec: { policy: 'storm' } },
    { kind: 'Integration', metadata: { name: 'storm' }, spec: { source: 'pagerduty', service: 'storm', key: KEY } },
  ]
  await world.configure(documents.map((one) => JSON.stringify(one)).join('\n---\n'))

  const [{ database }] = (await world.db.sql<{ database: string }>`select current_database() as database`) as [{ database: string }]
  const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(JSON.parse(line)) })
  for (const node of ['one', 'two']) {
    const db = watchLocks(openDatabase({ connection: { ...inject('postgres'), database }, log }))
    const app = createApp({ ...world.parts, db, log, node, clock: { now: Date.now } })
    const { port } = await app.http.listen('127.0.0.1', 0)
    app.engine.start()
    nodes.push({
      app,
      url: `http://127.0.0.1:${port}`,
      async close() {
        await app.close()
        await db.close()
      },
    })
  }
})
afterAll(async () => {
  await world.close()
  await phones.close()
})

const urlOf = (i: number) => nodes[i % nodes.length]!.url
async function send(i: number, event_action: 'trigger' | 'resolve', severity = i % 3 === 0 ? 'info' : 'critical'): Promise<boolean> {
  const payload = { summary: `Storm ${i}`, source: 'storm', severity, class: `c${i}` }
  const body = JSON.stringify({ routing_key: KEY, event_action, dedup_key: `storm-${i}`, ...(event_action === 'trigger' && { payload }) })
  const { status } = await fetch(`${urlOf(i)}/v2/enqueue`, { method: 'POST', body })
  return status === 202
}
const api = (i: number, method: string, path: string) =>
  fetch(`${urlOf(i)}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
    ...(method === 'POST' && { body: '{}' }),
  })

test('a storm on two nodes: nobody waits in a circle, nothing is given up, and no first page is late', {
  timeout: sized(110_000, 600_000),
}, async () => {
  const began = Date.now()
  let next = 0
  let isOver = false
  const sender = async () => {
    while (next < INCIDENTS) {
      const i = next++
      await until(began + (i / INCIDENTS) * SPAN_MS)
      while (!(await send(i, 'trigger'))) await until(Date.now() + 200)
      // Some get worse, some end, while others are being paged for.
      if (i % 5 === 0) await send(Math.floor(i / 2), 'trigger', 'critical')
      if (i % 7 === 0) await send(Math.floor(i / 3), 'resolve')
    }
  }
  const people = async () => {
    for (let i = 0; !isOver; i++) {
      const reply = await api(i, 'GET', '/incidents?status=open&limit=20')
      const { items } = (await reply.json()) as { items?: { id: string }[] }
      const acts = ['acknowledgement', 'resolution', 'escalation']
      await Promise.all((items ?? []).slice(0, 3).map(({ id }, j) => api(j, 'POST', `/incidents/${id}/${acts[j % 3]}`)))
      await until(Date.now() + 300)
    }
  }
  const acting = people()
  await Promise.all(Array.from({ length: 8 }, sender))
  await expect.poll(firstPagesWaiting, { timeout: sized(60_000, 300_000), interval: 500 }).toBe(0)
  isOver = true
  await acting

  // One that got worse a minute later pages anew then: its pages are late by that.
  const [{ late, paged }] = (await world.db.sql<{ late: number; paged: number }>`
    select count(*) as paged,
      coalesce(max(extract(epoch from p.first_attempt_at - case r.reason when 'opened' then i.detected_at else r.started_at end) * 1000), 0) as late
    from incidents_incidents i join paging_pages p on p.incident_id = i.id and p.round = 0 and p.level = 1 and p.rule = 0
      join escalation_runs r on r.id = p.run_id
    where p.first_attempt_at is not null`) as [{ late: number; paged: number }]
  expect(paged).toBeGreaterThan(INCIDENTS / 2)
  expect(late).toBeLessThan(LATE_MS)

  await Promise.all(nodes.map((node) => node.close()))
  expect(logged.filter(({ code, msg }) => ['40P01', '57014', 'LOCKS'].includes(code ?? '') || /deadlock/.test(msg))).toEqual([])
  const [{ deadlocks }] = (await world.db.sql<{ deadlocks: number }>`
    select deadlocks from pg_stat_database where datname = current_database()`) as [{ deadlocks: number }]
  expect(deadlocks).toBe(0)
})

/** First pages that are due and have neither left nor been withdrawn. */
async function firstPagesWaiting(): Promise<number> {
  const [row] = await world.db.sql<{ count: number }>`
    select count(*) from paging_pages where round = 0 and level = 1 and rule = 0 and status = 'queued'`
  const [inbox] = await world.db.sql<{ count: number }>`select count(*) from alerts_inbox where done_at is null`
  return row!.count + inbox!.count
}

function until(at: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, at - Date.now())))
}
