import { afterAll, beforeAll, expect, test } from 'vitest'
import { keyOf, type Stage, setStage } from '../world/stage.ts'
import { sized } from './size.ts'

/** As many alerts of one incident as were found to make it unresolvable. */
const COUNT = sized(4000, 40_000)
const AT_ONCE = 4000
/** Whatever a resolve touches, it is not the alerts. */
const STATEMENTS_MAX = 25

let stage: Stage
beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'kim'] })
  await stage.write({
    Service: { api: { policy: 'api', grouping: { by: 'all' } } },
    Integration: { prometheus: { source: 'alertmanager', service: 'api', key: keyOf('prometheus') } },
  })
})
afterAll(() => stage.close())

test(
  'an incident with tens of thousands of alerts is resolved at once, and its alerts end behind it',
  async () => {
    const api = stage.world.api
    for (let from = 0; from < COUNT; from += AT_ONCE) {
      const alerts = Array.from({ length: AT_ONCE }, (_, i) => ({
        labels: { alertname: 'Ring', name: `ring-${from + i}`, severity: 'critical' },
      }))
      const path = `${stage.world.baseUrl}/in/${keyOf('prometheus')}/api/v2/alerts`
      expect((await fetch(path, { method: 'POST', body: JSON.stringify(alerts) })).status).toBe(200)
      await stage.world.settle()
    }
    const [incident] = (await api.listIncidents({ query: { status: ['open'] } })).items
    const facts = async () => (await stage.timeline(incident!.id)).filter(({ type }) => type === 'incident.resolved')
    const before = stage.world.db.statements()
    await api.resolveIncident({ params: { id: incident!.id }, body: {} })
    expect(stage.world.db.statements() - before).toBeLessThan(STATEMENTS_MAX)
    expect((await facts()).map(({ data }) => data['alertsEnded'])).toEqual([COUNT])

    await stage.world.settle()
    await stage.world.pass({ minutes: 2 })
    const [left] = await stage.world.db.sql<{ count: number }>`select count(*) from alerts_alerts where status = 'open'`
    expect(left!.count).toBe(0)
    expect(await facts()).toHaveLength(1)
  },
  sized(120_000, 600_000),
)
