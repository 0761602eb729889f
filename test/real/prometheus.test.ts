import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ALERTMANAGER_KEY, makePlace, type Place } from '../crash/company.ts'
import { killEverything, type Program, startProgram } from '../crash/program.ts'
import { until } from '../crash/until.ts'
import { startWitness, type Witness } from '../crash/witness.ts'
import { type Daemon, startDaemon } from './daemon.ts'
import { describeWith } from './tools.ts'

describeWith(['prometheus'], 'a real Prometheus, pointed straight at Tocsin', () => {
  let witness: Witness
  let place: Place
  let tocsin: Program
  let shop: Shop
  let prometheus: Daemon

  beforeAll(async () => {
    witness = await startWitness()
    place = makePlace(witness)
    tocsin = await startProgram({ data: place.data, config: place.config, env: witness.mailEnv })
    shop = await openShop()
    prometheus = await startDaemon({
      program: 'prometheus',
      files: { 'prometheus.yml': configuration(shop.address, new URL(tocsin.url).host), 'rules.yml': RULES },
      args: (address) => ['--config.file=prometheus.yml', '--storage.tsdb.path=tsdb', `--web.listen-address=${address}`],
    })
  })
  afterAll(async () => {
    await prometheus?.stop()
    await tocsin?.stop()
    await killEverything()
    await shop?.close()
    await witness?.close()
    place?.remove()
  })

  test('two rules fire and end, each with its own incident, page and end', async () => {
    shop.queues.orders = 170
    const orders = await pageOf('170 orders wait')
    expect(orders.incident).toMatchObject({ severity: 1, service: 'shop' })
    expect(orders.alerts.newest).toMatchObject([{ labels: { alertname: 'QueueFull', queue: 'orders', job: 'shop' } }])

    shop.queues.mails = 130
    const mails = await pageOf('130 mails wait')
    expect(mails.incident.id).not.toBe(orders.incident.id)

    shop.queues.orders = 3
    await until('the first incident ends', async () => (await incident(orders.incident.id)).status === 'resolved')
    expect(await incident(orders.incident.id)).toMatchObject({ acknowledgedAt: null, origin: 'alert' })
    expect((await incident(mails.incident.id)).status).toBe('detected')

    shop.queues.mails = 0
    await until('the second incident ends', async () => (await incident(mails.incident.id)).status === 'resolved')
    const { items } = await tocsin.api.listAlerts()
    expect(items.map(({ status, endedBy }) => [status, endedBy])).toEqual([
      ['ended', 'source'],
      ['ended', 'source'],
    ])
    expect((await tocsin.api.listIncidents()).items).toHaveLength(2)
  })

  test('what fires again opens a new incident', async () => {
    shop.queues.orders = 999
    const again = await pageOf('999 orders wait')
    const { items } = await tocsin.api.listIncidents()
    expect(items.map(({ status }) => status)).toEqual(['detected', 'resolved', 'resolved'])
    shop.queues.orders = 0
    await until('it ends', async () => (await incident(again.incident.id)).status === 'resolved')
    const { items: pages } = await tocsin.api.getPages({ params: { id: again.incident.id } })
    expect(pages.filter((page) => page.status === 'queued' || page.status === 'retrying')).toEqual([])
  })

  function pageOf(title: string) {
    const isIt = () => witness.arrivals.find((one) => one.to === 'ada' && one.page?.incident.title === title)?.page
    return until(`Ada is paged: ${title}`, isIt)
  }

  function incident(id: string) {
    return tocsin.api.getIncident({ params: { id } })
  }
})

interface Shop {
  address: string
  queues: { orders: number; mails: number }
  close(): Promise<void>
}

/** Something to measure. */
async function openShop(): Promise<Shop> {
  const queues = { orders: 0, mails: 0 }
  const server = http.createServer((_, reply) => {
    reply.setHeader('content-type', 'text/plain; version=0.0.4')
    reply.end(
      Object.entries(queues)
        .map(([name, length]) => `queue_length{queue="${name}"} ${length}\n`)
        .join(''),
    )
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    queues,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

function configuration(shop: string, tocsin: string): string {
  return `
global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: [rules.yml]
scrape_configs: [{ job_name: shop, static_configs: [{ targets: ['${shop}'] }] }]
alerting:
  alertmanagers:
    - api_version: v2
      path_prefix: /in/${ALERTMANAGER_KEY}
      static_configs: [{ targets: ['${tocsin}'] }]
`
}

const RULES = `
groups:
  - name: shop
    rules:
      - alert: QueueFull
        expr: queue_length > 100
        labels: { severity: critical }
        annotations: { summary: '{{ $value }} {{ $labels.queue }} wait' }
`
