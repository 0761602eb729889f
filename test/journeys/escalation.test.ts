import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { keyOf, policyOf, type Stage, setStage } from '../world/stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'lin', 'kim', 'olga'] })
})
afterAll(() => stage.close())
beforeEach(() => stage.curtain())

const rang = () => stage.phones.rang()
const pass: Stage['world']['pass'] = (time) => stage.world.pass(time)
const refuse = (phone: string) => stage.phones.behave(phone, { kind: 'answer', status: 503, body: 'down' })

describe('when nobody answers', () => {
  test('level 2 is paged at its time and not before, then the catch-all, every 15 minutes', async () => {
    await stage.policy(['0s ada', '30s lin'], 'kim')
    const incident = await stage.alarm()
    await pass({ seconds: 29 })
    expect(rang()).toEqual(['ada @0'])
    await pass({ seconds: 1 })
    expect(rang()).toEqual(['ada @0', 'lin @30'])
    await pass({ seconds: 30 })
    stage.pace.stepSeconds = 30
    await pass({ minutes: 45 })
    stage.pace.stepSeconds = 5
    expect(rang()).toEqual(['ada @0', 'lin @30', 'kim @60', 'kim @960', 'kim @1860', 'kim @2760'])
    const pages = await stage.world.api.getPages({ params: { id: incident!.id } })
    expect(pages.items.map(({ round, level }) => [round, level])).toEqual([
      [0, 1],
      [0, 2],
      [1, 3],
      [2, 3],
      [3, 3],
      [4, 3],
    ])
    expect(new Set(pages.items.map(({ id }) => id)).size).toBe(6)
  })

  test('further rounds come before the catch-all', async () => {
    await stage.policy(['0s ada', '30s lin'], 'kim', { repeat: 2 })
    await stage.alarm()
    await pass({ minutes: 3 })
    expect(rang()).toEqual(['ada @0', 'lin @30', 'ada @60', 'lin @90', 'ada @120', 'lin @150', 'kim @180'])
  })

  test('a round takes as long as the policy says', async () => {
    await stage.policy(['0s ada', '30s lin'], 'kim', { repeat: 1, round: '2m' })
    await stage.alarm()
    await pass({ minutes: 5 })
    expect(rang()).toEqual(['ada @0', 'lin @30', 'ada @120', 'lin @150', 'kim @240'])
  })

  test('a team is all its members, each once a level however often they are named', async () => {
    await stage.write({ Team: { payments: { members: ['ada', 'lin', 'kim'] } } })
    await stage.policy(['0s team payments, ada, lin', '30s ada, ada'], 'olga')
    await stage.alarm()
    await pass({ seconds: 30 })
    expect(rang().slice(0, 3).sort()).toEqual(['ada @0', 'kim @0', 'lin @0'])
    expect(rang().slice(3)).toEqual(['ada @30'])
  })

  test('a first level with a delay waits, and the incident says who is next', async () => {
    await stage.policy(['20s ada', '50s lin'], 'kim')
    const incident = await stage.alarm()
    expect(rang()).toEqual([])
    const escalation = await stage.world.api.getEscalation({ params: { id: incident!.id } })
    expect(escalation).toMatchObject({ state: 'active', level: null, next: { level: 1, round: 0, people: [{ person: 'ada' }] } })
    await pass({ seconds: 50 })
    expect(rang()).toEqual(['ada @20', 'lin @50'])
  })
})

describe('levels for severities', () => {
  const levels = ['0s ada', '30s lin; 1', '60s kim']

  test('a level for others is as if unwritten, its time stays', async () => {
    await stage.policy(levels, 'olga')
    await stage.alarm({ severity: 'error' })
    await pass({ seconds: 60 })
    expect(rang()).toEqual(['ada @0', 'kim @60'])
  })

  test('the first that applies goes at once; when none does the catch-all goes', async () => {
    await stage.policy(['0s ada; 1', '30s lin; 1,2', '60s kim; 1'], 'olga')
    await stage.alarm({ severity: 'error' })
    expect(rang()).toEqual(['lin @0'])
    await stage.curtain()
    await stage.alarm({ severity: 'warning' })
    expect(rang()).toEqual(['olga @0'])
  })

  test('an incident that gets worse is escalated by the levels that then apply', async () => {
    await stage.policy(levels, 'olga')
    await stage.alarm({ severity: 'error' })
    await pass({ seconds: 10 })
    await stage.alarm({ severity: 'critical' })
    await pass({ seconds: 50 })
    expect(rang()).toEqual(['ada @0', 'lin @30', 'kim @60'])
  })

  test('one that a person calls less bad skips those that then do not, and is not hurried', async () => {
    await stage.policy(levels, 'olga')
    const incident = await stage.alarm({ severity: 'critical' })
    await stage.world.api.changeIncident({ params: { id: incident!.id }, body: { severity: 2 } })
    await pass({ seconds: 59 })
    expect(rang()).toEqual(['ada @0'])
    await pass({ seconds: 1 })
    expect(rang()).toEqual(['ada @0', 'kim @60'])
  })

  test('a level whose time had passed when it came to apply goes now', async () => {
    await stage.policy(levels, 'olga')
    const incident = await stage.alarm({ severity: 'error' })
    await pass({ seconds: 40 })
    await stage.world.api.changeIncident({ params: { id: incident!.id }, body: { severity: 1 } })
    await stage.world.settle()
    await pass({ seconds: 30 })
    expect(rang()).toEqual(['ada @0', 'lin @40', 'kim @70'])
  })
})

describe('nobody there', () => {
  const gone = { timeZone: 'UTC', layers: [{ name: 'weekly', users: ['ada'], start: '2027-01-01T09:00', turn: '7d' }] }
  const empty = { timeZone: 'UTC', layers: [{ name: 'weekly', users: [], start: '2026-01-05T09:00', turn: '7d' }] }
  const left = { timeZone: 'UTC', layers: [{ name: 'weekly', users: ['zoe'], start: '2026-01-05T09:00', turn: '7d' }] }

  test.each([
    ['a gap in the schedule', { Schedule: { night: gone } }, 'schedule night', 'nobody is on call for schedule night'],
    ['an empty rotation', { Schedule: { night: empty } }, 'schedule night', 'nobody is on call for schedule night'],
    ['a person who was deleted', { Schedule: { night: left } }, 'schedule night', 'zoe does not exist any more'],
    ['a person without a contact', { Person: { max: {} } }, 'max', 'max has no contact'],
    ['a team without members', { Team: { nobody: { members: [] } } }, 'team nobody', 'the team nobody has no members'],
  ])('%s: the next level goes at once, the others move with it, and the reason is told', async (_what, documents, target, reason) => {
    await stage.write(documents)
    await stage.policy([`0s ${target}`, '30s lin', '90s kim'], 'olga')
    const incident = await stage.alarm()
    expect(rang()).toEqual(['lin @0'])
    await pass({ seconds: 59 })
    expect(rang()).toEqual(['lin @0'])
    await pass({ seconds: 1 })
    expect(rang()).toEqual(['lin @0', 'kim @60'])
    expect(await stage.why(incident!.id)).toContain(`Nobody here: ${reason}. The next goes at once.`)
  })

  test('a whole round without anybody leads straight to the catch-all, once every 15 minutes', async () => {
    await stage.write({ Person: { max: {} } })
    await stage.policy(['0s max', '30s max'], 'kim', { repeat: 3 })
    await stage.alarm()
    expect(rang()).toEqual(['kim @0'])
    stage.pace.stepSeconds = 60
    await pass({ minutes: 15 })
    stage.pace.stepSeconds = 5
    expect(rang()).toEqual(['kim @0', 'kim @900'])
  })

  test('a last level without anybody does not end a round that has reached somebody', async () => {
    await stage.write({ Schedule: { night: empty } })
    await stage.policy(['0s ada', '30s schedule night'], 'kim', { repeat: 2 })
    await stage.alarm()
    await pass({ seconds: 95 })
    expect(rang()).toEqual(['ada @0', 'ada @30', 'ada @60', 'kim @90'])
  })

  test('when the catch-all leads to nobody it is the admins, then everyone who can be reached', async () => {
    const contacts = [stage.phones.contact('olga')]
    await stage.write({ Person: { max: {}, olga: { role: 'admin', contacts } } })
    await stage.policy(['0s max'], 'max')
    const incident = await stage.alarm()
    expect(rang()).toEqual(['olga @0'])
    expect(await stage.why(incident!.id)).toContain('olga was chosen: admin of this installation.')

    await stage.write({ Person: { olga: { contacts } } })
    await stage.curtain()
    const other = await stage.alarm()
    expect(rang().sort()).toEqual(['ada @0', 'kim @0', 'lin @0', 'olga @0'])
    expect(await stage.why(other!.id)).toContain('lin was chosen: nobody else could be reached.')
  })
})

describe('every contact of a level fails', () => {
  test('the next level goes now and the others move with it, in the words of the timeline', async () => {
    await stage.policy(['0s ada', '30s lin', '90s kim'], 'olga')
    refuse('ada')
    const incident = await stage.alarm()
    expect(rang()).toEqual(['ada @0', 'lin @0'])
    stage.phones.behave('ada', { kind: 'answer', status: 200 })
    await pass({ seconds: 60 })
    expect(rang()).toEqual(['ada @0', 'lin @0', 'ada @5 (attempt 2)', 'kim @60'])
    expect(await stage.why(incident!.id)).toContain('Every contact of level 1 failed: the next level goes now.')
  })

  test('a round whose levels all fail leads straight to the catch-all, without asking them again', async () => {
    await stage.policy(['0s ada', '30s lin'], 'kim', { repeat: 50 })
    refuse('ada')
    refuse('lin')
    await stage.alarm()
    expect(rang()).toEqual(['ada @0', 'lin @0', 'kim @0'])
  })

  test('a last level that fails starts the next round, with the pause its levels span', async () => {
    await stage.policy(['0s ada', '0s lin', '60s kim'], 'olga', { repeat: 1 })
    refuse('kim')
    await stage.alarm()
    await pass({ seconds: 60 })
    const firstRings = rang().filter((ring) => !ring.includes('attempt'))
    expect(firstRings).toEqual(['ada @0', 'lin @0', 'kim @60', 'ada @60', 'lin @60'])
  })

  test('levels of one minute never hurry through their rounds because one of them fails', async () => {
    await stage.policy(['0s ada', '0s lin'], 'kim', { repeat: 50 })
    refuse('lin')
    await stage.alarm()
    await pass({ seconds: 290 })
    expect(rang().filter((ring) => ring.startsWith('ada'))).toEqual(['ada @0'])
    await pass({ seconds: 10 })
    expect(rang().filter((ring) => ring.startsWith('ada'))).toEqual(['ada @0', 'ada @300'])
  })

  test('a catch-all that fails is tried again with patience, not in a rush, and the admins and everyone else go beside it', async () => {
    await stage.write({ Person: { olga: { role: 'admin', contacts: [stage.phones.contact('olga')] } } })
    await stage.policy(['0s ada'], 'kim')
    for (const phone of ['ada', 'kim', 'olga']) refuse(phone)
    const incident = await stage.alarm()
    expect(rang().slice(0, 3)).toEqual(['ada @0', 'kim @0', 'olga @0'])
    expect(rang().slice(3).sort()).toEqual(['ada @0', 'lin @0'])
    await pass({ minutes: 1 })
    expect(rang().filter((ring) => ring.startsWith('lin'))).toEqual(['lin @0'])
    expect(rang().filter((ring) => ring.startsWith('kim'))).toEqual([
      'kim @0',
      'kim @5 (attempt 2)',
      'kim @15 (attempt 3)',
      'kim @35 (attempt 4)',
    ])
    const pages = await stage.world.api.getPages({ params: { id: incident!.id } })
    expect(pages.items.length).toBeLessThan(8)
    stage.pace.stepSeconds = 60
    await pass({ minutes: 14 })
    stage.pace.stepSeconds = 5
    // The next pass asks them anew.
    expect(rang()).toContain('kim @900')
    await stage.write({ Person: { olga: { contacts: [stage.phones.contact('olga')] } } })
  })
})

describe('a level that is late', () => {
  test('a phone that hangs has failed after ten seconds; the level was reached when it began to ring', async () => {
    await stage.write({ Person: { ada: { contacts: [stage.phones.contact('ada'), stage.phones.contact('ada/mail')] } } })
    await stage.policy(['0s ada', '30s lin'], 'kim')
    stage.phones.behave('ada', { kind: 'hang' })
    stage.phones.behave('ada/mail', { kind: 'hang' })
    await stage.alarm()
    expect(rang()).toEqual(['ada @0', 'ada/mail @0', 'lin @10'])
    await stage.write({ Person: { ada: { contacts: [stage.phones.contact('ada')] } } })
  })

  test('when every slot hangs the first page leaves late, and the next level keeps its distance', async () => {
    const crowd = Array.from({ length: 32 }, (_, i) => `p${i}`)
    await stage.write({
      Person: Object.fromEntries(crowd.map((name) => [name, { contacts: [stage.phones.contact(name)] }])),
      Team: { crowd: { members: crowd } },
      EscalationPolicy: { crowd: policyOf(['0s team crowd', '1h kim'], 'kim') },
      Service: { busy: { policy: 'crowd' } },
      Integration: { busy: { source: 'generic', service: 'busy', key: keyOf('busy') } },
    })
    for (const name of crowd) stage.phones.behave(name, { kind: 'hang' })
    await stage.policy(['0s ada', '30s lin'], 'kim')
    const send = (key: string, body: object) =>
      fetch(`${stage.world.baseUrl}/in/${key}`, { method: 'POST', body: JSON.stringify(body) }).then(({ status }) => status)
    expect(await send(keyOf('busy'), { title: 'Everything hangs', dedup_key: 'all' })).toBe(202)
    expect(await send(keyOf('alarms'), { title: 'Disk is full', dedup_key: 'disk' })).toBe(202)
    await stage.world.settle()
    const quick = () => rang().filter((ring) => /^(ada|lin)/.test(ring))
    expect(quick()).toEqual(['ada @10'])
    for (const name of crowd) stage.phones.behave(name, { kind: 'answer', status: 200 })
    await pass({ seconds: 30 })
    expect(quick()).toEqual(['ada @10', 'lin @40'])
    await stage.write({ Person: Object.fromEntries(crowd.map((name) => [name, null])) })
  })

  test('repeats to phones that hang keep nobody else from their first page', async () => {
    await stage.policy(['0s ada, olga'], 'kim')
    refuse('ada')
    const send = (body: object) => fetch(`${stage.world.baseUrl}/in/${keyOf('alarms')}`, { method: 'POST', body: JSON.stringify(body) })
    await Promise.all(Array.from({ length: 80 }, (_, i) => send({ title: 'Disk is full', dedup_key: `disk-${i}` })))
    await stage.world.settle()
    await stage.policy(['0s lin'], 'kim')
    // Eighty repeats fall due and take all slots; while they wait for an answer something new happens.
    let answer = () => {}
    const after = new Promise<void>((resolve) => {
      answer = resolve
    })
    stage.phones.behave('ada', { kind: 'answer', status: 503, after })
    const passing = pass({ seconds: 5 })
    const repeats = () => rang().filter((ring) => ring.startsWith('ada @5'))
    await expect.poll(() => repeats().length, { timeout: 10_000 }).toBe(32)
    await send({ title: 'Fire', dedup_key: 'fire' })
    answer()
    await passing
    expect(repeats()).toHaveLength(80)
    const later = rang().filter((ring) => ring.endsWith('@5') || ring.startsWith('ada @5'))
    expect(later.indexOf('lin @5')).toBeLessThan(64)
  })
})

describe('what a run keeps, and what it looks up', () => {
  test('a policy that is changed meanwhile does not change an escalation under way; its contacts and people are today’s', async () => {
    await stage.policy(['0s ada', '30s lin'], 'kim')
    await stage.alarm()
    await pass({ seconds: 10 })
    await stage.policy(['0s olga', '15s olga'], 'olga')
    await stage.write({ Person: { lin: { contacts: [stage.phones.contact('lin/new')] } } })
    await pass({ seconds: 50 })
    expect(rang()).toEqual(['ada @0', 'lin/new @30', 'kim @60'])
    await stage.write({ Person: { lin: { contacts: [stage.phones.contact('lin')] } } })
  })

  test('a policy that is removed meanwhile is followed to its end; what begins then pages the admins', async () => {
    await stage.write({ Person: { olga: { role: 'admin', contacts: [stage.phones.contact('olga')] } } })
    await stage.policy(['0s ada', '30s lin'], 'kim')
    const incident = await stage.alarm()
    await stage.write({ EscalationPolicy: { api: null } })
    await pass({ seconds: 30 })
    expect(rang()).toEqual(['ada @0', 'lin @30'])
    await stage.world.api.escalateIncident({ params: { id: incident!.id }, body: {} })
    await stage.world.settle()
    expect(rang()).toEqual(['ada @0', 'lin @30', 'olga @30'])
    await stage.write({ Person: { olga: { contacts: [stage.phones.contact('olga')] } } })
  })

  test('by hand, an incident goes one level higher by its own policy, and begins with the first level of another', async () => {
    await stage.policy(['0s ada', '10m lin'], 'kim')
    const own = (await stage.alarm())!
    await stage.world.api.escalateIncident({ params: { id: own.id }, body: {} })
    await stage.world.settle()
    expect(rang()).toEqual(['ada @0', 'lin @0'])

    await stage.curtain()
    await stage.write({ EscalationPolicy: { other: policyOf(['0s kim', '10m lin'], 'ada') } })
    const moved = (await stage.alarm({ dedup_key: 'moved' }))!
    // A run goes by the policy it began with; from here on the incident names another.
    await stage.world.db.sql`update incidents_incidents set policy = 'other' where id = ${moved.id}`
    await stage.world.api.escalateIncident({ params: { id: moved.id }, body: {} })
    await stage.world.settle()
    expect(rang()).toEqual(['ada @0', 'kim @0'])
  })

  test('an override saved a second before a level is reached decides it, and is the reason told', async () => {
    await stage.write({
      Schedule: { night: { timeZone: 'UTC', layers: [{ name: 'weekly', users: ['lin'], start: '2026-01-05T09:00', turn: '7d' }] } },
    })
    await stage.policy(['0s ada', '30s schedule night'], 'kim')
    const incident = await stage.alarm()
    await pass({ seconds: 29 })
    const from = new Date(stage.world.now()).toISOString()
    const until = new Date(stage.world.now() + 3_600_000).toISOString()
    await stage.world.api.makeOverride({ params: { name: 'night' }, body: { person: 'olga', from, until, reason: 'Lin is ill' } })
    await pass({ seconds: 1 })
    expect(rang()).toEqual(['ada @0', 'olga @30'])
    expect((await stage.why(incident!.id)).join('\n')).toMatch(/olga was chosen: on call for night \(override, Lin is ill\) until/)
  })
})

test('a single level waits five minutes for its next round, and for the catch-all', async () => {
  await stage.policy(['0s ada'], 'kim', { repeat: 1 })
  await stage.alarm()
  await pass({ minutes: 12 })
  expect(rang()).toEqual(['ada @0', 'ada @300', 'kim @600'])
})

test('a first level that waits counts from the moment the incident was opened', async () => {
  await stage.policy(['20s ada', '50s lin'], 'kim')
  const incident = (await stage.alarm())!
  await pass({ minutes: 1 })
  expect(rang()).toEqual(['ada @20', 'lin @50'])
  expect(Date.parse(stage.phones.page('ada').incident.startedAt)).toBe(Date.parse(incident.startedAt))
})
