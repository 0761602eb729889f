import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Incident as Row, readIncident, type Standing, standingAfter } from '../../src/modules/incidents/index.ts'
import { brokenAt, readChain, readFrom, type TimelineEvent } from '../../src/modules/timeline/index.ts'
import { type Listener, listenTo } from '../world/listener.ts'
import { keyOf, type Stage, setStage } from '../world/stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'lin', 'kim'] })
  await stage.write({
    Person: {
      ada: {
        contacts: [stage.phones.contact('ada'), stage.phones.contact('ada/mail', { bundle: true })],
        paging: {
          high: [
            { contact: 'ada', after: '0s' },
            { contact: 'ada-mail', after: '20s' },
          ],
        },
      },
    },
    Service: { api: { policy: 'api', grouping: { by: ['host'] }, ackTimeout: '2m' } },
    Integration: { events: { source: 'pagerduty', service: 'api', key: keyOf('events') } },
  })
  await stage.policy(['0s ada', '30s lin; 1,2', '60s ada, lin'], 'kim', { repeat: 1 })
})
afterAll(() => stage.close())
beforeEach(() => stage.curtain())

/** What may happen to a company in a night. */
type Happening =
  | { kind: 'alarm'; key: number; severity: string }
  | { kind: 'event'; key: number; action: 'acknowledge' | 'resolve' }
  | { kind: 'person'; does: 'acknowledgement' | 'resolution' | 'escalation' | 'note' | 'worse' | 'easier' | 'title' }
  | { kind: 'phone'; phone: string; status: number }
  | { kind: 'time'; seconds: number }

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('alarm' as const),
      key: fc.nat(3),
      severity: fc.constantFrom('critical', 'error', 'warning', 'info'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('event' as const),
      key: fc.nat(3),
      action: fc.constantFrom('acknowledge' as const, 'resolve' as const),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('person' as const),
      does: fc.constantFrom(
        'acknowledgement' as const,
        'resolution' as const,
        'escalation' as const,
        'note' as const,
        'worse' as const,
        'easier' as const,
        'title' as const,
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('phone' as const),
      phone: fc.constantFrom('ada', 'lin', 'kim'),
      status: fc.constantFrom(200, 503, 410),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('time' as const), seconds: fc.constantFrom(10, 30, 130) }) },
)

async function live(one: Happening): Promise<void> {
  const { api } = stage.world
  switch (one.kind) {
    case 'alarm':
    case 'event': {
      const event_action = one.kind === 'alarm' ? 'trigger' : one.action
      // Two alarms a host, so that incidents have several.
      const payload = one.kind === 'alarm' && {
        payload: { summary: `Alarm ${one.key}`, source: `host-${one.key >> 1}`, severity: one.severity },
      }
      await stage.world.post('/v2/enqueue', { routing_key: keyOf('events'), event_action, dedup_key: `alarm-${one.key}`, ...payload })
      return
    }
    case 'person': {
      const { items } = await api.listIncidents({ query: { status: ['open'], limit: 1 } })
      if (!items[0]) return
      const params = { id: items[0].id }
      if (one.does === 'acknowledgement') await api.acknowledgeIncident({ params, body: {} })
      else if (one.does === 'resolution') await api.resolveIncident({ params, body: {} })
      else if (one.does === 'escalation') await api.escalateIncident({ params, body: {} })
      else if (one.does === 'note') await api.addNote({ params, body: { text: 'Looking.' } })
      else if (one.does === 'title') await api.changeIncident({ params, body: { title: `Renamed at ${stage.world.now()}` } })
      else await api.changeIncident({ params, body: { severity: one.does === 'worse' ? 1 : 4 } })
      await stage.world.settle()
      return
    }
    case 'phone':
      return stage.phones.behave(one.phone, { kind: 'answer', status: one.status })
    case 'time':
      return stage.world.pass({ seconds: one.seconds })
  }
}

/** The row, told again from its facts alone. */
function retold(facts: { at: number; actor: string; event: TimelineEvent }[]) {
  const told = {
    standing: null as Standing | null,
    title: '',
    severity: 0,
    urgency: '',
    acknowledgedBy: null as string | null,
    resolvedBy: null as string | null,
  }
  for (const { actor, event } of facts) {
    told.standing = standingAfter(told.standing, event)
    const who = actor.slice(actor.indexOf(':') + 1)
    if (event.type === 'incident.opened')
      Object.assign(told, { title: event.data.title, severity: event.data.severity, urgency: event.data.urgency })
    if (event.type === 'incident.severity-changed') Object.assign(told, { severity: event.data.to, urgency: event.data.urgency })
    if (event.type === 'incident.retitled') told.title = event.data.to
    if (event.type === 'incident.acknowledged') told.acknowledgedBy = who
    if (event.type === 'incident.unacknowledged') told.acknowledgedBy = null
    if (event.type === 'incident.resolved') told.resolvedBy = event.data.reason === 'by-hand' ? who : 'alerts ended'
  }
  return told
}

/** Whatever has happened, this is so. */
async function mustHold(): Promise<void> {
  const { sql } = stage.world.db
  const ids = await sql<{
    id: Row['id']
  }>`select id from incidents_incidents where updated_at >= ${new Date(sceneBegan).toISOString()}::timestamptz`
  for (const { id } of ids) {
    const chain = await readChain(sql, id)
    expect(chain.map(({ seq }) => seq)).toEqual(chain.map((_, i) => i + 1))
    expect(brokenAt(chain)).toBeUndefined()
    const row = (await readIncident(sql, { id }, 'tocsin'))!
    const told = retold(chain.map(({ entry }) => ({ at: entry.happenedAt, actor: entry.actor, event: entry.event })))
    const { status, held, title, severity, urgency, acknowledgedBy, resolvedBy } = row
    // An acknowledgement is kept when the incident ends.
    expect({ standing: { status, held }, title, severity, urgency, acknowledgedBy, resolvedBy }).toEqual(told)
    const facts = chain.map(({ entry }) => entry.event.type)
    const ended = Math.max(facts.lastIndexOf('incident.acknowledged'), facts.lastIndexOf('incident.resolved'))
    if (status !== 'detected') expect(facts.slice(ended)).not.toContain('escalation.level-decided')
  }
  // Every open incident is somebody's, or has somebody paged, or a next due time.
  expect(
    await sql`
      select i.number from incidents_incidents i left join escalation_runs e on e.incident_id = i.id and e.status = 'active'
      where i.status = 'detected' and (e.id is null or e.due_at is null and not exists (
        select 1 from paging_pages p where p.run_id = e.id and p.status in ('queued', 'retrying', 'sending')))`,
  ).toEqual([])
  // Nothing waits to be sent for what nobody needs to hear of any more.
  expect(
    await sql`
      select p.id from paging_pages p join incidents_incidents i on i.id = p.incident_id
      where p.status in ('queued', 'retrying', 'sending') and i.status <> 'detected'`,
  ).toEqual([])
  expect(await sql`select identity from alerts_alerts where status = 'open' group by identity having count(*) > 1`).toEqual([])
  expect(
    await sql`select 1 from alerts_alerts a join incidents_incidents i on i.id = a.incident_id where a.status = 'open' and i.status = 'resolved'`,
  ).toEqual([])
  expect(await sql`select incident_id from escalation_runs where status = 'active' group by incident_id having count(*) > 1`).toEqual([])
  expect(await sql`select id from paging_pages where attempts > 0 and first_attempt_at < queued_at`).toEqual([])
  expect(stage.world.app.paging.inFlight()).toBe(0)
}

let sceneBegan = 0

describe('after any night', () => {
  test('every chain is whole, every row is the fold of its facts, and nobody is forgotten', async () => {
    stage.pace.stepSeconds = 10
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 3, maxLength: 9 }), async (night) => {
        await stage.curtain()
        sceneBegan = stage.world.now()
        for (const one of night) await live(one)
        await mustHold()
      }),
      { numRuns: 30, seed: 20261120, endOnFailure: true },
    )
    stage.pace.stepSeconds = 5
  })

  test('and one who follows it from the beginning sees every fact once', async () => {
    const { sql } = stage.world.db
    const [all] = await sql<{ count: number }>`select count(*) as count from timeline_events`
    const seen = new Set<string>()
    let times = 0
    let cursor = { xact: '0', position: 0 }
    const further = async () => {
      const round = await readFrom(sql, cursor, 50)
      cursor = round.cursor
      times += round.events.length
      for (const { incidentId, seq } of round.events) seen.add(`${incidentId} ${seq}`)
      return seen.size
    }
    await expect.poll(further, { timeout: 20_000, interval: 1 }).toBe(all!.count)
    expect(times).toBe(all!.count)
  })
})

test('what happens is told to whoever listens, once and in order, also after a break', async () => {
  const eventsOf = (listener: Listener) =>
    [...listener.heard().matchAll(/^id: (.+)\nevent: (.+)\ndata: (.+)$/gm)].map(([, id, type, data]) => ({
      id: id!,
      type: type!,
      ...JSON.parse(data!),
    }))
  const first = await listenTo(stage.world)
  expect(first.response.headers.get('content-type')).toContain('text/event-stream')
  const incident = (await stage.alarm({ labels: { host: 'quiet' } }))!
  const its = (listener: Listener) => eventsOf(listener).filter(({ incidentId }) => incidentId === incident.id)
  await first.until(() => its(first).length >= 3)
  await first.leave()
  await stage.world.api.addNote({ params: { id: incident.id }, body: { text: 'While nobody listened.' } })
  const second = await listenTo(stage.world, { 'last-event-id': eventsOf(first).at(-1)!.id })
  await stage.world.api.acknowledgeIncident({ params: { id: incident.id }, body: {} })
  const timeline = await stage.timeline(incident.id)
  await second.until(() => its(second).length >= timeline.length - its(first).length)
  const heard = [...its(first), ...its(second)]
  expect(heard.map(({ seq, type }) => [seq, type])).toEqual(timeline.map(({ seq, type }) => [seq, type]))
  await second.leave()
})

test('many acknowledgements at the very moment the next level is due: nobody is paged for what somebody has', async () => {
  const count = 40
  await stage.policy(['0s lin', '30s ada'], 'kim')
  const alarms = Array.from({ length: count }, (_, i) => ({ title: `Race ${i}`, dedup_key: `race-${i}`, severity: 'critical' }))
  await stage.world.post(`/in/${keyOf('alarms')}`, alarms)
  await stage.world.pass({ seconds: 29 })
  const { items } = await stage.world.api.listIncidents({ query: { status: ['open'], limit: 200 } })
  expect(items).toHaveLength(count)
  const passing = stage.world.pass({ seconds: 1 })
  await Promise.all(items.map(({ id }) => stage.world.api.acknowledgeIncident({ params: { id }, body: {} })))
  await passing
  const atTheDeadline = stage.phones.rang().length
  await stage.world.pass({ seconds: 110 })
  expect(stage.phones.rang().length).toBe(atTheDeadline)
  expect(stage.phones.rang().filter((ring) => ring.startsWith('ada/mail'))).toEqual([])
  sceneBegan = stage.world.now() - 600_000
  await mustHold()
})
