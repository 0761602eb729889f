import { afterAll, beforeAll, expect, test } from 'vitest'
import { ALERTMANAGER_KEY, makePlace, PAGERDUTY_KEY, type Place } from '../crash/company.ts'
import { killEverything, type Program, startProgram } from '../crash/program.ts'
import { until } from '../crash/until.ts'
import { startWitness, type Witness } from '../crash/witness.ts'
import { type Daemon, startDaemon } from './daemon.ts'
import { describeWith } from './tools.ts'

describeWith(['prometheus-alertmanager'], 'a real Alertmanager with a webhook and a PagerDuty receiver', () => {
  let witness: Witness
  let place: Place
  let tocsin: Program
  let alertmanager: Daemon

  beforeAll(async () => {
    witness = await startWitness()
    place = makePlace(witness)
    tocsin = await startProgram({ data: place.data, config: place.config, env: witness.mailEnv })
    alertmanager = await startDaemon({
      program: 'prometheus-alertmanager',
      files: { 'alertmanager.yml': configuration(tocsin.url) },
      args: (address) => [
        '--config.file=alertmanager.yml',
        '--storage.path=state',
        `--web.listen-address=${address}`,
        '--cluster.listen-address=',
      ],
    })
  })
  afterAll(async () => {
    await alertmanager?.stop()
    await tocsin?.stop()
    await killEverything()
    await witness?.close()
    place?.remove()
  })

  test('one alert, firing and resolved, is an incident, a page and an end by each of them', async () => {
    await report('DiskFull', 'Disk of db-1 is full')
    const { webhook, pagerduty } = await alertsTitled('Disk of db-1 is full', 'open')
    expect(webhook).toMatchObject({ severity: 1, labels: { alertname: 'DiskFull', instance: 'db-1', severity: 'critical' } })
    expect(pagerduty).toMatchObject({ severity: 1, dedupKey: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(webhook.incidentId).not.toBe(pagerduty.incidentId)
    for (const { incidentId } of [webhook, pagerduty]) await pageFor(incidentId!)

    await report('SwapFull', 'Swap of db-1 is full')
    const others = await alertsTitled('Swap of db-1 is full', 'open')

    await report('DiskFull', 'Disk of db-1 is full', new Date())
    const ended = await alertsTitled('Disk of db-1 is full', 'ended')
    for (const alert of [ended.webhook, ended.pagerduty]) {
      expect(alert.endedBy).toBe('source')
      await until('its incident is resolved', async () => (await incident(alert.incidentId!)).status === 'resolved')
    }
    // Each end is the end of that one only.
    for (const alert of [others.webhook, others.pagerduty]) expect((await incident(alert.incidentId!)).status).toBe('detected')
    expect((await tocsin.api.listIncidents()).items).toHaveLength(4)
    expect((await tocsin.api.listUnparsed()).items).toEqual([])
  })

  /** As Prometheus does, when it is asked for the first time and again at the end. */
  async function report(alertname: string, summary: string, endsAt?: Date): Promise<void> {
    const labels = { alertname, instance: 'db-1', severity: 'critical' }
    const alert = { labels, annotations: { summary }, startsAt: STARTS_AT, ...(endsAt && { endsAt: endsAt.toISOString() }) }
    const response = await fetch(`${alertmanager.url}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([alert]),
    })
    expect(response.status).toBe(200)
  }

  function alertsTitled(title: string, status: 'open' | 'ended') {
    return until(`both ways bring "${title}", ${status}`, async () => {
      const { items } = await tocsin.api.listAlerts({ query: { status } })
      const by = (integration: string) => items.filter((alert) => alert.integration === integration && alert.title === title)
      const [webhook, ...moreByWebhook] = by('prometheus')
      const [pagerduty, ...moreByPagerduty] = by('events')
      expect([...moreByWebhook, ...moreByPagerduty]).toEqual([])
      return webhook && pagerduty && { webhook, pagerduty }
    })
  }

  function pageFor(incidentId: string) {
    return until('Ada is paged', () => witness.arrivals.find((one) => one.to === 'ada' && one.incidentId === incidentId))
  }

  function incident(id: string) {
    return tocsin.api.getIncident({ params: { id } })
  }
})

const STARTS_AT = new Date(Date.now() - 1000).toISOString()

function configuration(tocsin: string): string {
  return `
route: { receiver: tocsin, group_by: ['...'], group_wait: 0s, group_interval: 1s, repeat_interval: 1h }
receivers:
  - name: tocsin
    webhook_configs: [{ url: '${tocsin}/in/${ALERTMANAGER_KEY}', send_resolved: true }]
    pagerduty_configs:
      - url: ${tocsin}/v2/enqueue
        routing_key: ${PAGERDUTY_KEY}
        severity: '{{ .CommonLabels.severity }}'
        description: '{{ .CommonAnnotations.summary }}'
        send_resolved: true
`
}
