import { afterAll, beforeAll, expect, test } from 'vitest'
import { keyOf, type Stage, setStage } from '../world/stage.ts'

const KB = 1024
let stage: Stage
beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'kim'], keep: { bodiesOfDay: { each: 40 * KB, all: 1000 * KB } } })
  await stage.write({ Person: { boss: { role: 'admin', contacts: [stage.phones.contact('boss')] } } })
})
afterAll(() => stage.close())

const api = () => stage.world.api
const large = (name: string) => ({ title: name, dedup_key: name, severity: 'critical', more: 'x'.repeat(9 * KB) })
const own = async () =>
  (await api().listIncidents({ query: { service: ['tocsin'], status: ['open'] } })).items
    .map(({ title }) => title)
    .filter((title) => title.startsWith('More came in today'))
const integration = () => api().getIntegration({ params: { name: 'alarms' } })
const onDisk = async () => {
  const [row] = await stage.world.db.sql<{ bytes: number }>`select sum(octet_length(bodies))::int as bytes from alerts_inbox`
  return row!.bytes
}
async function shown(dedupKey: string): Promise<number | string> {
  const { items } = await api().listAlerts({ query: { dedupKey, limit: 1 } })
  const reply = await api()
    .getAlertPayload({ params: { id: items[0]!.id } })
    .catch((error: { refusal?: { refusal: string } } & Error) => error)
  return 'body' in reply ? reply.body.length : reply.message
}

test('who sends more in a day than is kept of it is heard all the same, and told of once', async () => {
  for (let i = 1; i <= 7; i++) expect(await stage.alarm(large(`flood ${i}`))).toMatchObject({ status: 'detected' })
  expect((await shown('flood 5')) as number).toBeGreaterThan(9 * KB)
  expect(await shown('flood 6')).toBe(4 * KB)

  // Until it is worked off it is there whole, whatever happens.
  const before = await onDisk()
  await fetch(`${stage.world.baseUrl}/in/${keyOf('alarms')}`, { method: 'POST', body: JSON.stringify(large('flood 8')) })
  expect((await onDisk()) - before).toBeGreaterThan(9 * KB)
  await stage.world.settle()
  expect(await onDisk()).toBe(before)
  expect(await shown('flood 8')).toMatch(/read and not kept/)
  expect(stage.phones.rang()).toHaveLength(8)

  await stage.world.post(`/in/${keyOf('alarms')}`, 'x'.repeat(9 * KB))
  expect((await api().listUnparsed({ query: { integration: 'alarms' } })).items).toEqual([])
  expect(await integration()).toMatchObject({ bodies: 'counted', events: 9, refused: 1 })
  const { items } = await api().listIntegrationEvents({ params: { name: 'alarms' }, query: {} })
  expect(items.slice(1, 4).map(({ bytes, body, problems }) => [bytes > 9 * KB, body.length, problems])).toEqual([
    [true, 0, []],
    [true, 4 * KB, []],
    [true, 4 * KB, []],
  ])

  await stage.world.pass({ seconds: 30 })
  expect(await own()).toEqual([expect.stringMatching(/^More came in today by alarms than is kept whole: alerts are taken in as ever/)])
  stage.pace.stepSeconds = 3600
  await stage.world.pass({ days: 1 })
  expect(await own()).toEqual([])
  expect(await stage.alarm(large('the next day'))).toBeDefined()
  expect((await shown('the next day')) as number).toBeGreaterThan(9 * KB)
  expect(await integration()).toMatchObject({ bodies: 'whole' })
})
