import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Stage, setStage } from '../world/stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'lin', 'kim', 'olga'] })
})
afterAll(() => stage.close())
beforeEach(() => stage.curtain())

const rang = (phone?: string) => stage.phones.rang().filter((ring) => phone === undefined || ring.startsWith(`${phone} `))
const pass: Stage['world']['pass'] = (time) => stage.world.pass(time)
const answer = (phone: string, status: number) => stage.phones.behave(phone, { kind: 'answer', status, body: 'as told' })
const pagesOf = async (id: string) => (await stage.world.api.getPages({ params: { id }, query: { limit: 200 } })).items
const acknowledge = (id: string) => stage.world.api.acknowledgeIncident({ params: { id }, body: {} })
const escalate = async (id: string) => {
  const incident = await stage.world.api.escalateIncident({ params: { id }, body: {} })
  await stage.world.settle()
  return incident
}

/** Ada's contacts and rules for one scene; she has one phone and no rules again afterwards. */
async function withAda(contacts: string[], high: string[], scene: () => Promise<void>): Promise<void> {
  const rules = high.map((rule) => rule.split(' ')).map(([after, phone]) => ({ contact: phone!.replace('/', '-'), after }))
  const low = [{ contact: contacts.at(-1)!.replace('/', '-'), after: '10s' }]
  await stage.write({ Person: { ada: { contacts: contacts.map((one) => stage.phones.contact(one)), paging: { high: rules, low } } } })
  try {
    await scene()
  } finally {
    await stage.curtain()
    await stage.write({ Person: { ada: { contacts: [stage.phones.contact('ada')] } } })
  }
}

describe('acknowledging', () => {
  test('stops the escalation, withdraws what waits, and is answered with who did it, however often', async () => {
    await withAda(['ada', 'ada/mail'], ['0s ada', '20s ada/mail'], async () => {
      await stage.policy(['0s ada', '30s lin'], 'kim')
      const incident = await stage.alarm()
      await pass({ seconds: 10 })
      const first = await acknowledge(incident!.id)
      expect(first).toMatchObject({ status: 'acknowledged', acknowledgedBy: 'admin token', acknowledgedAt: expect.any(String) })
      await pass({ minutes: 2 })
      expect(await acknowledge(incident!.id)).toEqual(first)
      stage.pace.stepSeconds = 3600
      await pass({ days: 1 })
      stage.pace.stepSeconds = 5
      expect(rang()).toEqual(['ada @0'])
      expect((await pagesOf(incident!.id)).map(({ status, endedReason }) => [status, endedReason])).toEqual([
        ['delivered', '200 ok'],
        ['withdrawn', 'acknowledged'],
      ])
      const facts = (await stage.timeline(incident!.id)).map(({ type }) => type)
      expect(facts.filter((type) => type === 'incident.acknowledged')).toHaveLength(1)
      expect((await stage.why(incident!.id)).at(-1)).toBe('The escalation stopped (acknowledged); 1 page was withdrawn.')
    })
  })

  test('ends repeats to a phone that never answered, also of a page sent by hand', async () => {
    await stage.policy(['0s ada', '5m lin'], 'kim')
    answer('ada', 500)
    const incident = await stage.alarm()
    await escalate(incident!.id)
    await acknowledge(incident!.id)
    stage.pace.stepSeconds = 60
    await pass({ hours: 3 })
    stage.pace.stepSeconds = 5
    // The first level had failed, so the second was paged at once, and by hand came what follows it.
    expect(rang()).toEqual(['ada @0', 'lin @0', 'kim @0'])
  })

  test('a page leased but withdrawn before its request does not leave', async () => {
    await stage.policy(['1h ada'], 'kim')
    const incident = await stage.alarm()
    const [row] = await stage.world.db.sql<{ id: string }>`select id from escalation_runs where incident_id = ${incident!.id}`
    const page = {
      id: `${incident!.id}:1:0:1:ada:0`,
      ...{
        incidentId: incident!.id,
        runId: row!.id as `run_${string}`,
        round: 0,
        level: 1,
        person: 'ada',
        contact: 'ada',
        channel: 'webhook',
      },
      ...{ attempt: 1, possiblyDuplicate: false, bundleId: null, found: { target: { person: 'ada' }, person: 'ada' } },
    }
    const at = new Date(stage.world.now()).toISOString()
    await stage.world.db.sql`
      insert into paging_pages (id, incident_id, run_id, round, level, person, person_version, rule, contact, channel, urgency, reason, after_ms, status, queued_at,
        due_at, attempts, lease_owner, lease_until)
      values (${page.id}, ${page.incidentId}, ${page.runId}, 0, 1, 'ada', 1, 0, 'ada', 'webhook', 'high', '{}', 0, 'sending', ${at}::timestamptz, ${at}::timestamptz, 1,
        'node-under-test', ${at}::timestamptz + interval '20 s')`
    const { slots } = stage.world.app.paging
    const leasedAt = stage.world.now()
    await pass({ seconds: 2 })
    await acknowledge(incident!.id)
    expect(slots.reserve(1)).toBe(1)
    slots.send([page], leasedAt)
    await stage.world.settle()
    expect(rang()).toEqual([])
    expect(stage.world.app.paging.inFlight()).toBe(0)
  })

  test('of a resolved incident is refused, resolving twice is not', async () => {
    const incident = await stage.alarm()
    await stage.world.api.resolveIncident({ params: { id: incident!.number }, body: {} })
    expect(await stage.world.api.resolveIncident({ params: { id: incident!.id }, body: {} })).toMatchObject({ status: 'resolved' })
    await expect(acknowledge(incident!.id)).rejects.toMatchObject({ status: 409, refusal: 'already-resolved' })
    await expect(escalate(incident!.id)).rejects.toMatchObject({ status: 409, refusal: 'already-resolved' })
  })
})

describe('escalating by hand', () => {
  test('pages the next level now, takes the incident back to detected, and comes to the catch-all', async () => {
    await stage.policy(['0s ada', '5m lin', '15m kim'], 'olga')
    const incident = await stage.alarm()
    await acknowledge(incident!.id)
    expect(await escalate(incident!.id)).toMatchObject({ status: 'detected', acknowledgedBy: null, acknowledgedAt: null })
    expect(rang()).toEqual(['ada @0', 'lin @0'])
    await pass({ seconds: 10 })
    await escalate(incident!.id)
    await escalate(incident!.id)
    await escalate(incident!.id)
    expect(rang()).toEqual(['ada @0', 'lin @0', 'kim @10', 'olga @10', 'olga @10'])
    expect(new Set((await pagesOf(incident!.id)).map(({ id }) => id)).size).toBe(5)
    const told = await stage.timeline(incident!.id)
    const decided = told.filter(({ type }) => type === 'escalation.level-decided')
    expect(decided.map(({ actor, data }) => [actor, data['reason'], data['level'] ?? null])).toEqual([
      ['system', 'opened', 1],
      ['token:admin token', 'by-hand', 2],
      ['token:admin token', 'by-hand', 3],
      ['token:admin token', 'by-hand', null],
      ['token:admin token', 'by-hand', null],
    ])
  })

  test('the levels after it keep their distances', async () => {
    await stage.policy(['0s ada', '5m lin', '6m kim'], 'olga')
    const incident = await stage.alarm()
    await pass({ seconds: 10 })
    await escalate(incident!.id)
    await pass({ minutes: 2 })
    expect(rang()).toEqual(['ada @0', 'lin @10', 'kim @70', 'olga @130'])
  })

  test('before a first level that waits it is that level', async () => {
    await stage.policy(['5m ada', '10m lin'], 'olga')
    const incident = await stage.alarm()
    await escalate(incident!.id)
    expect(rang()).toEqual(['ada @0'])
    await pass({ minutes: 5 })
    expect(rang()).toEqual(['ada @0', 'lin @300'])
  })
})

describe('paging again', () => {
  test('an alert that makes an acknowledged incident worse brings it back, from level 1', async () => {
    await stage.write({ Service: { api: { policy: 'api', grouping: { by: 'all' } } } })
    await stage.policy(['0s ada', '5m lin'], 'kim')
    const incident = await stage.alarm({ severity: 'error' })
    await acknowledge(incident!.id)
    await pass({ minutes: 1 })
    await stage.alarm({ dedup_key: 'mild', severity: 'warning' })
    await stage.alarm({ dedup_key: 'same', severity: 'error' })
    expect(rang()).toEqual(['ada @0'])
    await stage.alarm({ dedup_key: 'worse', severity: 'critical' })
    expect(rang()).toEqual(['ada @0', 'ada @60'])
    expect(await stage.incident(incident!.id)).toMatchObject({ status: 'detected', severity: 1, acknowledgedBy: null })
    expect((await stage.timeline(incident!.id)).find(({ type }) => type === 'incident.unacknowledged')).toMatchObject({
      data: { reason: 'worse' },
    })
    await pass({ minutes: 5 })
    expect(rang()).toEqual(['ada @0', 'ada @60', 'lin @360'])
    await stage.curtain()
    await stage.write({ Service: { api: { policy: 'api' } } })
  })

  test('an alert of its own that gets worse does so as well, even if it eases in the same moment', async () => {
    const incident = await stage.alarm({ severity: 'error' })
    await acknowledge(incident!.id)
    const send = (severity: string) => ({ title: 'Disk is full', dedup_key: 'disk', severity })
    await stage.alarm({ severity: 'error' })
    expect(rang()).toEqual(['ada @0'])
    const { status } = await stage.world.post('/in/key-of-alarms-000000000000000000', [send('critical'), send('info')])
    expect(status).toBe(202)
    expect(await stage.incident(incident!.id)).toMatchObject({ severity: 1, status: 'detected' })
    expect(rang()).toEqual(['ada @0', 'ada @0'])
  })

  test('an unacknowledged one that becomes urgent starts over with the rules of high urgency', async () => {
    await withAda(['ada', 'ada/mail'], ['0s ada'], async () => {
      await stage.policy(['0s ada', '5m lin'], 'kim')
      const incident = await stage.alarm({ severity: 'warning' })
      await pass({ seconds: 10 })
      expect(incident).toMatchObject({ urgency: 'low' })
      expect(rang()).toEqual(['ada/mail @10'])
      await stage.alarm({ severity: 'error' })
      expect(rang()).toEqual(['ada/mail @10', 'ada @10'])
      // Worse, but no more urgent: nobody is paged for that.
      await stage.alarm({ severity: 'critical' })
      await pass({ minutes: 5 })
      expect(rang()).toEqual(['ada/mail @10', 'ada @10', 'lin @310'])
    })
  })

  test('an acknowledgement lapses where the service says so', async () => {
    await stage.write({ Service: { api: { policy: 'api', ackTimeout: '10m' } } })
    const incident = await stage.alarm()
    await pass({ seconds: 10 })
    await acknowledge(incident!.id)
    stage.pace.stepSeconds = 30
    await pass({ seconds: 590 })
    expect(rang()).toEqual(['ada @0'])
    await pass({ seconds: 20 })
    stage.pace.stepSeconds = 5
    expect(rang()).toEqual(['ada @0', 'ada @620'])
    expect(await stage.incident(incident!.id)).toMatchObject({ status: 'detected' })
    await stage.write({ Service: { api: { policy: 'api' } } })
  })

  test('an alert that joins pages nobody', async () => {
    await stage.write({ Service: { api: { policy: 'api', grouping: { by: 'all' } } } })
    const incident = await stage.alarm()
    const same = await stage.alarm({ dedup_key: 'other' })
    expect(same!.id).toBe(incident!.id)
    expect(rang()).toEqual(['ada @0'])
    await stage.write({ Service: { api: { policy: 'api' } } })
  })
})

describe('a person’s rules', () => {
  test('run on, each at its time, until somebody acknowledges', async () => {
    await withAda(['ada', 'ada/mail', 'ada/sms'], ['0s ada', '10s ada/mail', '2m ada/sms'], async () => {
      await stage.policy(['0s ada', '30s lin'], 'kim')
      await stage.alarm()
      await pass({ minutes: 2 })
      expect(rang()).toEqual(['ada @0', 'ada/mail @10', 'lin @30', 'kim @60', 'ada/sms @120'])
    })
  })

  test('start over when she is named again, and what still waited keeps the earlier time', async () => {
    await withAda(['ada', 'ada/mail'], ['0s ada', '50s ada/mail'], async () => {
      await stage.policy(['0s ada', '30s ada', '5m lin'], 'kim')
      const incident = await stage.alarm()
      await pass({ minutes: 3 })
      expect(rang()).toEqual(['ada @0', 'ada @30', 'ada/mail @50'])
      expect((await pagesOf(incident!.id)).filter(({ endedReason }) => endedReason === 'superseded')).toHaveLength(1)
    })
  })

  test('may name one contact twice: it rings at both times, and once each when she is named again', async () => {
    await withAda(['ada'], ['10s ada', '40s ada'], async () => {
      await stage.policy(['0s ada', '20s ada', '5m lin'], 'kim')
      await stage.alarm()
      await pass({ minutes: 2 })
      // Level 1 is reached at 10 s, so level 2 names her at 30 s, while her second ring of 40 s still waits.
      expect(rang()).toEqual(['ada @10', 'ada @40', 'ada @70'])
    })
  })

  test('for low urgency are the ones she wrote for it; without any all contacts go now', async () => {
    await withAda(['ada', 'ada/mail'], ['0s ada'], async () => {
      await stage.policy(['0s ada'], 'kim')
      await stage.alarm({ severity: 'info' })
      await pass({ seconds: 10 })
      expect(rang()).toEqual(['ada/mail @10'])
    })
    await stage.write({ Person: { ada: { contacts: [stage.phones.contact('ada'), stage.phones.contact('ada/mail')] } } })
    await stage.alarm({ severity: 'info' })
    expect(rang().sort()).toEqual(['ada @0', 'ada/mail @0'])
    await stage.write({ Person: { ada: { contacts: [stage.phones.contact('ada')] } } })
  })

  test('count from when her level was reached, also when a busy phone had to wait for that', async () => {
    const contacts = [stage.phones.contact('ada', { bundle: true }), stage.phones.contact('ada/mail')]
    const high = [
      { contact: 'ada', after: '0s' },
      { contact: 'ada-mail', after: '1m' },
    ]
    await stage.write({ Person: { ada: { contacts, paging: { high } } } })
    await stage.policy(['0s ada', '2m lin'], 'kim')
    const first = await stage.alarm({ dedup_key: 'one' })
    await acknowledge(first!.id)
    await pass({ seconds: 10 })
    const second = await stage.alarm({ dedup_key: 'two' })
    await pass({ minutes: 3 })
    const its = (await pagesOf(second!.id)).map(({ contact, attempts }) => [contact, attempts[0]?.beganAt])
    const secondsIn = (seconds: number) => new Date(Date.parse(second!.startedAt) + seconds * 1000).toISOString()
    // Her phone was free again 30 s after the first incident's page: 20 s into the second.
    expect(its).toEqual([
      ['ada', secondsIn(20)],
      ['ada-mail', secondsIn(80)],
      ['lin', secondsIn(140)],
    ])
    await stage.curtain()
    await stage.write({ Person: { ada: { contacts: [stage.phones.contact('ada')] } } })
  })
})

describe('a contact that fails', () => {
  test.each([
    ['refuses', 503, 0],
    ['answers nonsense', 302, 0],
  ])('%s: the next one goes now, while it is tried again with backoff until somebody acknowledges', async (_what, status, at) => {
    await withAda(['ada', 'ada/mail'], ['0s ada', '5m ada/mail'], async () => {
      await stage.policy(['0s ada', '1h lin'], 'kim')
      answer('ada', status)
      const incident = await stage.alarm()
      expect(rang()).toEqual(['ada @0', `ada/mail @${at}`])
      await pass({ minutes: 5 })
      expect(rang('ada')).toEqual([
        'ada @0',
        'ada @5 (attempt 2)',
        'ada @15 (attempt 3)',
        'ada @35 (attempt 4)',
        'ada @75 (attempt 5)',
        'ada @135 (attempt 6)',
        'ada @195 (attempt 7)',
        'ada @255 (attempt 8)',
      ])
      const keys = new Set(stage.phones.messages('ada').map(({ headers }) => headers['idempotency-key']))
      expect([...keys]).toEqual([stage.phones.page('ada').page.id])
      await acknowledge(incident!.id)
      await pass({ minutes: 2 })
      expect(rang('ada')).toHaveLength(8)
    })
  })

  test('hangs: the next one goes after ten seconds, and the repeat says that it may be one', async () => {
    await withAda(['ada', 'ada/mail'], ['0s ada', '5m ada/mail'], async () => {
      await stage.policy(['0s ada', '1h lin'], 'kim')
      stage.phones.behave('ada', { kind: 'hang' })
      await stage.alarm()
      expect(rang()).toEqual(['ada @0', 'ada/mail @10'])
      answer('ada', 200)
      await pass({ seconds: 5 })
      expect(rang('ada')).toEqual(['ada @0', 'ada @15 (attempt 2)'])
      const [first, second] = stage.phones.messages('ada')
      expect([first, second].map((one) => one!.json!.page!.possiblyDuplicate)).toEqual([false, true])
      expect(second!.headers['idempotency-key']).toBe(first!.headers['idempotency-key'])
    })
  })

  test('cuts the connection: nobody knows, so it is repeated and says so', async () => {
    await stage.policy(['0s ada', '1h lin'], 'kim')
    stage.phones.behave('ada', { kind: 'cut' })
    const incident = await stage.alarm()
    answer('ada', 200)
    await pass({ seconds: 5 })
    expect(stage.phones.messages('ada').map(({ json }) => json!.page!.possiblyDuplicate)).toEqual([false, true])
    expect((await stage.why(incident!.id)).join('\n')).toContain('Nobody knows whether ada’s ada (webhook) got it')
  })

  test('is not there any more: 410 is final, the next goes now', async () => {
    await withAda(['ada', 'ada/mail'], ['0s ada', '5m ada/mail'], async () => {
      answer('ada', 410)
      const incident = await stage.alarm()
      await pass({ minutes: 2 })
      expect(rang()).toEqual(['ada @0', 'ada/mail @0'])
      expect((await pagesOf(incident!.id))[0]).toMatchObject({ status: 'gave-up', endedReason: '410 as told' })
    })
  })

  test('lies: delivered is not acknowledged, the next level goes at its time', async () => {
    await stage.policy(['0s ada', '30s lin'], 'kim')
    const incident = await stage.alarm()
    expect((await pagesOf(incident!.id))[0]).toMatchObject({ status: 'delivered' })
    await pass({ seconds: 30 })
    expect(rang()).toEqual(['ada @0', 'lin @30'])
  })

  test('fails only after its node had died in the first attempt: the next goes now all the same', async () => {
    await withAda(['ada', 'ada/mail'], ['0s ada', '5m ada/mail'], async () => {
      await stage.policy(['0s ada', '1h lin'], 'kim')
      const incident = await stage.alarm()
      // As a node leaves it that was killed between the request and its record.
      await stage.world.db.sql`
        update paging_pages set status = 'sending', attempts = 1, lease_owner = 'a node that died', lease_until = due_at + interval '20 s', ended_at = null
        where incident_id = ${incident!.id} and contact = 'ada'`
      answer('ada', 503)
      await pass({ seconds: 20 })
      expect(rang()).toEqual(['ada @0', 'ada @20 (attempt 2)', 'ada/mail @20'])
      expect(stage.phones.messages('ada')[1]!.json!.page!.possiblyDuplicate).toBe(true)
    })
  })
})

describe('a contact or a person removed', () => {
  test('what waits for it is withdrawn at once, and nobody waits for it', async () => {
    await withAda(['ada', 'ada/mail'], ['0s ada', '20s ada/mail'], async () => {
      await stage.policy(['0s ada', '60s lin'], 'kim')
      const incident = await stage.alarm()
      await stage.world.api.putObject({
        params: { kind: 'people', name: 'ada' },
        body: { spec: { contacts: [stage.phones.contact('ada')] } },
      })
      expect((await pagesOf(incident!.id)).map(({ status, endedReason }) => [status, endedReason])).toEqual([
        ['delivered', '200 ok'],
        ['withdrawn', 'contact-removed'],
      ])
      await pass({ minutes: 1 })
      expect(rang()).toEqual(['ada @0', 'lin @60'])
    })
  })

  test('a level none of whose pages had left counts as failed: the next goes at once', async () => {
    await withAda(['ada', 'ada/mail'], ['40s ada/mail'], async () => {
      await stage.policy(['0s ada', '5m lin'], 'kim')
      await stage.alarm()
      await pass({ seconds: 35 })
      // Behind the back of whoever withdraws: found when it falls due.
      await stage.write({ Person: { ada: { contacts: [stage.phones.contact('ada')] } } })
      await pass({ seconds: 5 })
      expect(rang()).toEqual(['lin @40'])
    })
  })
})

test('an acknowledgement lasts where nothing says when it lapses', async () => {
  await stage.policy(['0s ada', '30s lin'], 'kim')
  const incident = await stage.alarm()
  await acknowledge(incident!.id)
  stage.pace.stepSeconds = 6 * 3600
  await pass({ days: 14 })
  stage.pace.stepSeconds = 5
  expect(rang()).toEqual(['ada @0'])
  expect(await stage.incident(incident!.id)).toMatchObject({ status: 'acknowledged' })
})

test('a contact gets pages and nothing else, whatever happens to the incident', async () => {
  await stage.policy(['0s ada', '1h lin'], 'kim')
  const { api } = stage.world
  const incident = await stage.alarm()
  const params = { id: incident!.id }
  await api.addNote({ params, body: { text: 'Looking.' } })
  await api.changeIncident({ params, body: { severity: 1, title: 'Disk of db-1 is full', summary: 'Nearly.' } })
  await acknowledge(params.id)
  await stage.alarm()
  await pass({ minutes: 2 })
  await api.resolveIncident({ params, body: {} })
  await pass({ minutes: 2 })
  expect(rang()).toEqual(['ada @0'])
  expect(stage.phones.messages().map(({ json }) => json?.type)).toEqual(['page'])
})

test('a change of shift withdraws nothing: whoever was paged goes on being paged, the next level is today’s', async () => {
  await stage.write({
    Schedule: { night: { timeZone: 'UTC', layers: [{ name: 'weekly', users: ['ada'], start: '2026-11-16T09:00', turn: '7d' }] } },
  })
  await withAda(['ada', 'ada/mail'], ['0s ada', '60s ada/mail'], async () => {
    await stage.policy(['0s schedule night', '90s schedule night'], 'kim')
    const incident = await stage.alarm()
    await pass({ seconds: 30 })
    await stage.world.api.makeOverride({ params: { name: 'night' }, body: { person: 'lin', until: '2027-11-20T00:00:00Z' } })
    await pass({ seconds: 65 })
    expect(rang()).toEqual(['ada @0', 'ada/mail @60', 'lin @90'])
    expect((await pagesOf(incident!.id)).filter(({ status }) => status === 'withdrawn')).toEqual([])
  })
})

test('resolving withdraws what waits, as acknowledging does', async () => {
  await withAda(['ada', 'ada/mail'], ['0s ada', '60s ada/mail'], async () => {
    await stage.policy(['0s ada', '30s lin'], 'kim')
    const incident = await stage.alarm()
    await stage.world.api.resolveIncident({ params: { id: incident!.id }, body: {} })
    await pass({ minutes: 20 })
    expect(rang()).toEqual(['ada @0'])
    expect((await pagesOf(incident!.id)).map(({ status, endedReason }) => [status, endedReason])).toEqual([
      ['delivered', '200 ok'],
      ['withdrawn', 'resolved'],
    ])
  })
})

test('a page is named by incident, run, round, level, person and rule; each catch-all pass is a round, each escalation by hand a run', async () => {
  await withAda(['ada', 'ada/mail'], ['0s ada', '10s ada/mail'], async () => {
    await stage.policy(['0s ada'], 'kim')
    const { id } = (await stage.alarm())!
    await pass({ minutes: 21 })
    await escalate(id)
    const names = (await pagesOf(id)).map((page) => page.id.replace(`${id}:`, '')).sort()
    // Level 2 of a policy with one level is its catch-all.
    expect(names).toEqual(['1:0:1:ada:0', '1:0:1:ada:1', '1:1:2:kim:0', '1:2:2:kim:0', '2:0:2:kim:0'])
  })
})

test('Tocsin’s own alarm about a channel that only fails pages the admins, and ends with the next page that is delivered', async () => {
  await stage.write({ Person: { olga: { role: 'admin', contacts: [stage.phones.contact('olga')] } } })
  await stage.policy(['0s ada'], 'lin')
  for (const phone of ['ada', 'lin', 'kim', 'olga']) answer(phone, 503)
  await stage.alarm()
  await pass({ minutes: 6 })
  const own = async () => (await stage.world.api.listIncidents({ query: { service: ['tocsin'] } })).items
  const [alarm] = await own()
  expect(alarm).toMatchObject({
    status: 'detected',
    title: expect.stringMatching(/^Pages by webhook do not get out: \d+ attempts failed in a row$/),
  })
  expect((await pagesOf(alarm!.id)).some(({ person, level }) => person === 'olga' && level === 1)).toBe(true)
  // Hers is tried again within a minute; that the others go on failing does not hide that pages get out.
  answer('olga', 200)
  const before = stage.world.now()
  const hasEnded = async () => (await own()).some(({ id, status }) => id === alarm!.id && status === 'resolved')
  while (!(await hasEnded()) && stage.world.now() - before < 80_000) await pass({ seconds: 5 })
  expect((await own())[0]).toMatchObject({ id: alarm!.id, status: 'resolved' })
  await stage.write({ Person: { olga: { contacts: [stage.phones.contact('olga')] } } })
})
