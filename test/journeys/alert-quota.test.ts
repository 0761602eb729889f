import { afterAll, beforeAll, expect, test } from 'vitest'
import { keyOf, type Stage, setStage } from '../world/stage.ts'

const KB = 1024
let stage: Stage
beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'kim'], keep: { alertsOfDay: { each: 40 * KB, all: 1000 * KB } } })
  await stage.write({ Person: { boss: { role: 'admin', contacts: [stage.phones.contact('boss')] } } })
})
afterAll(() => stage.close())

const api = () => stage.world.api
const own = async () =>
  (await api().listIncidents({ query: { service: ['tocsin'], status: ['open'] } })).items
    .map(({ title }) => title)
    .filter((title) => title.startsWith('More new alerts'))
async function rows(): Promise<Record<string, number>> {
  const [row] = await stage.world.db.sql<Record<string, number>>`
    select (select count(*) from alerts_alerts)::int as alerts, (select count(*) from incidents_incidents)::int as incidents,
      (select count(*) from timeline_events)::int as facts, (select count(*) from paging_pages)::int as pages`
  return row!
}
const flood = (from: number, to: number, more: object = {}) =>
  stage.world.post(
    `/in/${keyOf('alarms')}`,
    Array.from({ length: to - from }, (_, i) => ({
      title: `Flood ${from + i}`,
      dedup_key: `flood-${from + i}`,
      severity: 'warning',
      ...more,
    })),
  )

test('ever new dedup keys fill no disk: beyond the day what is new is one alert, which pages; what is open goes on, and the admins are told', async () => {
  await stage.policy(['0s ada'], 'kim')
  const known = (await stage.alarm({ dedup_key: 'known', title: 'Known before' }))!
  stage.phones.listen()
  let beyond: { title: string; incidentId: string | null } | undefined
  for (let n = 0; beyond === undefined && n < 10; n++) {
    await flood(n, n + 1)
    const { items } = await api().listAlerts({ query: { text: 'Beyond' } })
    beyond = items[0]
  }
  const gathered = beyond!
  expect(gathered.title).toMatch(/^Beyond the new alerts kept of a day by alarms: Flood [345]$/)
  // Each that is new has paged, and so has the one that stands for what follows.
  expect(stage.phones.rang()).toHaveLength(Number(gathered.title.at(-1)) + 1)
  const full = await rows()
  for (let n = 200; n < 260; n += 20) await flood(n, n + 20)
  expect(await rows()).toEqual(full)

  // Something worse among them pages.
  await api().acknowledgeIncident({ params: { id: gathered.incidentId! }, body: {} })
  stage.phones.listen()
  await flood(300, 301, { severity: 'critical' })
  await stage.world.pass({ seconds: 60 })
  expect(stage.phones.rang()).toHaveLength(1)

  // Resolved by hand, the next opens and pages anew.
  await api().resolveIncident({ params: { id: gathered.incidentId! }, body: {} })
  await stage.world.pass({ seconds: 60 })
  stage.phones.listen()
  await flood(400, 402)
  const again = (await api().listAlerts({ query: { text: 'Flood 401' } })).items[0]!
  expect(again.incidentId).not.toBe(gathered.incidentId)
  expect(stage.phones.rang()).toEqual(['ada @0'])

  // The end of what was never kept leaves nothing; the end of what was known ends it.
  const quiet = await rows()
  await flood(9000, 9001, { status: 'resolved' })
  expect(await rows()).toEqual(quiet)
  await stage.alarm({ dedup_key: 'known', status: 'resolved' })
  expect((await stage.incident(known.id)).status).toBe('resolved')

  await stage.world.pass({ seconds: 30 })
  expect(await own()).toEqual([
    expect.stringMatching(/^More new alerts came today by alarms than are kept one by one.*TOCSIN_KEEP_ALERTS_DAY/),
  ])
  expect(await api().getIntegration({ params: { name: 'alarms' } })).toMatchObject({ newAlerts: 'gathered' })
  stage.pace.stepSeconds = 3600
  await stage.world.pass({ days: 1 })
  expect(await own()).toEqual([])
  await flood(500, 502)
  expect((await api().listAlerts({ query: { text: 'Flood 501' } })).items[0]!.title).toBe('Flood 501')
})
