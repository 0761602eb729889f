import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makePlace, PAGERDUTY_KEY, type Place } from '../crash/company.ts'
import { killEverything, type Program, startProgram } from '../crash/program.ts'
import { until } from '../crash/until.ts'
import { startWitness, type Witness } from '../crash/witness.ts'
import { selfSigned } from '../world/self-signed.ts'

let witness: Witness
let place: Place
let tocsin: Program
let proxy: https.Server
let certificate: string

beforeAll(async () => {
  witness = await startWitness()
  place = makePlace(witness)
  tocsin = await startProgram({ data: place.data, config: place.config, env: witness.mailEnv })
  const identity = selfSigned()
  certificate = join(dirname(place.config), 'certificate.pem')
  writeFileSync(certificate, identity.cert)
  proxy = https.createServer(identity, (incoming, outgoing) => {
    const { method, headers, url } = incoming
    const onward = http.request(`${tocsin.url}${url}`, { method: method!, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(onward)
  })
  await new Promise<void>((ready) => proxy.listen(0, '127.0.0.1', ready))
})
afterAll(async () => {
  await tocsin?.stop()
  await killEverything()
  proxy?.closeAllConnections()
  await new Promise((closed) => proxy.close(closed))
  await witness?.close()
  place?.remove()
})

test("PagerDuty's own client triggers, acknowledges and resolves through a proxy that speaks TLS", async () => {
  expect(await pdjs('trigger')).toEqual({ status: 202, data: { status: 'success', message: 'Event processed', dedup_key: 'disk' } })
  const { page } = await until('Ada is paged', () => witness.arrivals.find((one) => one.to === 'ada'))
  expect(page!.incident).toMatchObject({ title: 'Disk of db-1 is full', severity: 1 })
  expect(page!.alerts.newest).toMatchObject([{ dedupKey: 'disk' }])
  const id = page!.incident.id
  const status = async () => (await tocsin.api.getIncident({ params: { id } })).status

  expect(await pdjs('acknowledge')).toMatchObject({ status: 202 })
  await until('it is acknowledged', async () => (await status()) === 'acknowledged')

  expect(await pdjs('resolve')).toMatchObject({ status: 202 })
  await until('it is resolved', async () => (await status()) === 'resolved')
  expect((await tocsin.api.listIncidents()).items).toHaveLength(1)
})

test('a key that nobody gave out is refused in the shape its client reads', async () => {
  const { status, data } = await pdjs('trigger', 'nobodysroutingkey000000000000001')
  expect(status).toBe(401)
  expect(data).toMatchObject({ status: expect.any(String), message: expect.any(String) })
})

async function pdjs(action: string, key = PAGERDUTY_KEY): Promise<{ status: number; data: unknown }> {
  const { port } = proxy.address() as AddressInfo
  const client = join(import.meta.dirname, 'pagerduty-client.mjs')
  const { stdout } = await promisify(execFile)(process.execPath, [client, `localhost:${port}`, action, key, 'disk'], {
    env: { PATH: process.env['PATH'], NODE_EXTRA_CA_CERTS: certificate },
    timeout: 20_000,
  })
  return JSON.parse(stdout)
}
