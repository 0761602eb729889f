import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { contract } from '../../src/contract.ts'
import { createClient } from '../../src/platform/client.ts'
import { type Stage, setStage } from '../world/stage.ts'

let stage: Stage

/** Friday 20 November 2026, 03:11 UTC: in Berlin it is 04:11. */
beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'lin', 'kim'] })
  const weekly = { name: 'weekly', users: ['ada', 'lin'], start: '2026-11-16T09:00', turn: '1w' }
  await writeAda({})
  await stage.write({
    Person: { max: { timeZone: 'Europe/Berlin' } },
    Team: { payments: { displayName: 'Payments', members: ['ada', 'lin'], lead: 'ada' } },
    Schedule: {
      primary: { displayName: 'Primary', timeZone: 'Europe/Berlin', layers: [weekly] },
      office: {
        timeZone: 'Europe/Berlin',
        layers: [
          { ...weekly, users: ['max'], restrictions: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', until: '18:00' }] },
        ],
      },
      forgotten: { timeZone: 'UTC', layers: [{ ...weekly, users: ['kim'], end: '2026-11-18T12:00' }] },
    },
    Service: { api: { policy: 'api', team: 'payments', displayName: 'API' } },
  })
  await stage.policy(['0s schedule primary', '5m schedule office', '10m team payments'], 'kim')
})
afterAll(() => stage.close())
beforeEach(() => stage.curtain())

const api = () => stage.world.api
const onCall = async (query: { at?: string; schedule?: string } = {}) => (await api().listOnCall({ query })).items

describe('who is on call', () => {
  test('says which layer put somebody there, until when, and who comes then', async () => {
    const [primary] = await onCall({ schedule: 'primary' })
    expect(primary).toMatchObject({
      person: 'ada',
      timeZone: 'Europe/Berlin',
      absence: null,
      origin: { kind: 'layer', layer: 'weekly', override: null, madeBy: null, until: '2026-11-23T08:00:00.000Z' },
      next: { person: 'lin', from: '2026-11-23T08:00:00.000Z', until: '2026-11-30T08:00:00.000Z' },
    })
  })

  test('an override names who made it, and the rotation is who comes then', async () => {
    const made = await api().makeOverride({
      params: { name: 'primary' },
      body: { person: 'kim', until: '2026-11-20T08:00', reason: 'Ada sleeps' },
    })
    const [primary] = await onCall({ schedule: 'primary' })
    expect(primary).toMatchObject({
      person: 'kim',
      origin: { kind: 'override', override: made.id, reason: 'Ada sleeps', madeBy: made.madeBy, until: '2026-11-20T07:00:00.000Z' },
      next: { person: 'ada' },
    })
    await api().endOverride({ params: { name: 'primary', id: made.id } })
    expect((await onCall({ schedule: 'primary' }))[0]).toMatchObject({ person: 'ada', origin: { kind: 'layer' } })
  })

  test('nobody outside the hours of a schedule is on purpose and ends by itself, nobody where somebody should be is a gap', async () => {
    expect((await onCall({ schedule: 'office' }))[0]).toMatchObject({
      person: null,
      absence: 'outside-hours',
      until: '2026-11-20T08:00:00.000Z',
      next: { person: 'max' },
    })
    expect((await onCall({ schedule: 'forgotten' }))[0]).toMatchObject({ person: null, absence: 'gap', until: null, next: null })
  })

  test('a level that pages nobody as it is written is told as such', async () => {
    await stage.write({
      EscalationPolicy: {
        sparse: { levels: [{ after: '0s', notify: [] }], catchAll: { notify: [{ person: 'gone' }] } },
      },
    })
    const sparse = (await onCall()).filter(({ policy }) => policy === 'sparse')
    expect(sparse.map(({ level, catchAll, absence }) => [level, catchAll, absence])).toEqual([
      [1, false, 'left-empty'],
      [2, true, 'missing'],
    ])
    await stage.write({ EscalationPolicy: { sparse: null } })
  })

  test('any other moment can be asked for', async () => {
    const [primary] = await onCall({ schedule: 'primary', at: '2026-11-25T03:11:00+01:00' })
    expect(primary?.person).toBe('lin')
  })

  test('cover ahead tells hours without anybody from days on which somebody is missing', async () => {
    const { items } = await api().listCover({ query: { days: 4 } })
    const days = Object.fromEntries(items.map((one) => [one.schedule, one.days.map(({ cover }) => cover)]))
    expect(days).toEqual({
      primary: ['whole', 'whole', 'whole', 'whole'],
      office: ['part', 'none', 'none', 'part'],
      forgotten: ['gap', 'gap', 'gap', 'gap'],
    })
    expect(items.map(({ schedule, gaps }) => [schedule, gaps.length])).toEqual([
      ['forgotten', 1],
      ['office', 0],
      ['primary', 0],
    ])
  })
})

describe('people', () => {
  test('whoever nothing reaches stands first, with the check that says so', async () => {
    const { items } = await api().listPeople({ query: { order: 'hardest-first' } })
    expect(items[0]).toMatchObject({ name: 'max', reach: 'unreachable' })
    expect(items[0]?.checks.filter(({ passes }) => !passes)).toMatchObject([{ check: 'has-contact' }])
    expect((await api().listPeople({ query: {} })).items.map(({ name }) => name)).toEqual(['ada', 'kim', 'lin', 'max'])
  })

  test('a page that arrived proves the contact, until the contact is changed', async () => {
    const contact = async () => (await api().getPerson({ params: { name: 'ada' } })).contacts[0]
    expect(await contact()).toMatchObject({ contact: 'phone', state: 'untried', lastDeliveredAt: null })
    await stage.alarm()
    await stage.world.settle()
    expect(await contact()).toMatchObject({ state: 'works', lastDeliveredAt: expect.any(String), failure: null })
    expect((await onCall({ schedule: 'primary' }))[0]?.reachable).toMatchObject([
      { contact: 'phone', state: 'works' },
      { contact: 'second' },
    ])
    const changed = stage.phones.contact('ada/3', { name: 'phone' })
    await writeAda({ contacts: [changed, stage.phones.contact('ada/2', { name: 'second' })] })
    expect(await contact()).toMatchObject({ state: 'untried', lastDeliveredAt: null })
    await writeAda({})
    expect(await contact()).toMatchObject({ state: 'works' })
  })

  test('a contact that fails is told with the provider’s word', async () => {
    stage.phones.behave('ada', { kind: 'answer', status: 500, body: 'no' })
    await stage.alarm()
    await stage.world.settle()
    const ada = await api().getPerson({ params: { name: 'ada' } })
    expect(ada.contacts[0]).toMatchObject({ state: 'failing', failure: expect.stringContaining('500') })
    expect(ada.reach).toBe('doubtful')
  })

  test('a person’s page says where they stand, what is theirs to come, and how soon they have acknowledged', async () => {
    const incident = await stage.alarm()
    await stage.world.pass({ seconds: 20 })
    const ada = createClient(contract, { baseUrl: stage.world.baseUrl, token: await tokenOf('ada') })
    await ada.acknowledgeIncident({ params: { id: incident!.id }, body: {} })
    const person = await api().getPerson({ params: { name: 'ada' } })
    expect(person).toMatchObject({
      displayName: 'Ada Ekwueme',
      teams: [{ name: 'payments', displayName: 'Payments' }],
      onCall: [
        { policy: 'api', level: 1, until: '2026-11-23T08:00:00.000Z' },
        { level: 3, until: null },
      ],
      places: [
        { policy: 'api', level: 1, through: 'Primary' },
        { policy: 'api', level: 3, through: 'Payments' },
      ],
      rules: {
        high: [
          { contact: 'phone', afterSeconds: 0 },
          { contact: 'second', afterSeconds: 120 },
        ],
        low: [{}, {}],
      },
      ownRules: { high: true, low: false },
    })
    expect(person.shifts.slice(0, 2).map(({ from }) => from)).toEqual([expect.any(String), '2026-11-30T08:00:00.000Z'])
    expect(person.recentPages[0]).toMatchObject({
      incident: { number: incident!.number, title: 'Disk is full' },
      status: expect.any(String),
    })
    expect(person.recentPages.find(({ acknowledgedAfterSeconds }) => acknowledgedAfterSeconds !== null)?.acknowledgedAfterSeconds).toBe(20)
    expect(person.acknowledges).toEqual({ medianSeconds: 20, count: 1 })
  })

  test('an unknown name is refused', async () => {
    await expect(api().getPerson({ params: { name: 'nobody' } })).rejects.toMatchObject({ status: 404 })
    await expect(api().listPeople({ query: { team: 'nobody' } })).rejects.toMatchObject({ status: 404 })
  })
})

describe('the night a person makes', () => {
  const night = (name: string, query: Parameters<ReturnType<typeof api>['getNight']>[0]['query'] = {}) =>
    api().getNight({ params: { name }, query })
  const told = (view: Awaited<ReturnType<typeof night>>) =>
    view.lines.map(({ afterSeconds, kind, contact, people }) =>
      `${afterSeconds} ${kind} ${contact ?? people.map(({ name }) => name).join(',')}`.trim(),
    )

  test('is played at 03:11 where they live, with their own rules and whoever comes after them', async () => {
    const view = await night('ada')
    expect(view).toMatchObject({
      startsAt: '2026-11-21T02:11:00.000Z',
      timeZone: 'Europe/Berlin',
      urgency: 'high',
      policy: 'api',
      level: 1,
    })
    expect(told(view)).toEqual([
      '0 level ada',
      '0 page phone',
      '120 page second',
      // Nobody keeps office hours at night: the level after it goes at once.
      '300 level',
      '300 level ada,lin',
      '300 page phone',
      '420 page second',
      '600 catch-all kim',
    ])
  })

  test('is the same as what then really happens', async () => {
    const view = await night('ada', { at: new Date(stage.world.now() + 1000).toISOString() })
    await stage.world.pass({ seconds: 1 })
    await stage.alarm()
    await stage.world.pass({ minutes: 9 })
    const rang = stage.phones.rang().filter((ring) => ring.startsWith('ada')).length
    expect(rang).toBe(view.lines.filter(({ kind, afterSeconds }) => kind === 'page' && afterSeconds <= 540).length)
  })

  test('for whoever is in no policy tells their own rules alone', async () => {
    await stage.write({ Person: { pat: { contacts: [stage.phones.contact('pat')] } } })
    expect(told(await night('pat'))).toEqual(['0 page pat'])
    expect(await night('pat')).toMatchObject({ policy: null, timeZone: 'UTC', startsAt: '2026-11-21T03:11:00.000Z' })
    await expect(night('pat', { policy: 'api' })).rejects.toMatchObject({ status: 422 })
  })
})

describe('a test page', () => {
  const send = (name: string, contact: string, by = api()) => by.testContact({ params: { name, contact }, body: {} })
  const openIncidents = async () => (await api().listIncidents({ query: { status: ['open'] } })).items

  test('goes through the real channel, says what it is, proves the contact, and opens nothing', async () => {
    const { page } = await send('lin', 'lin')
    await stage.world.settle()
    expect(stage.phones.rang()).toEqual(['lin @0'])
    expect(stage.phones.messages('lin')[0]?.json).toMatchObject({
      type: 'page',
      page: { id: page, reason: 'test', ifNobodyActs: 'This is a test: nothing is wrong, and nobody else is paged.' },
      incident: { number: 'TEST', title: 'Test page', urgency: 'high', service: null },
      alerts: { count: 0 },
    })
    expect(await openIncidents()).toEqual([])
    const lin = await api().getPerson({ params: { name: 'lin' } })
    expect(lin.recentPages[0]).toMatchObject({ id: page, incident: null, status: 'delivered' })
    expect(lin.contacts[0]?.state).toBe('works')
  })

  test('that fails is not tried again, and nobody else is paged for it', async () => {
    await stage.world.pass({ minutes: 1 })
    stage.phones.listen()
    stage.phones.behave('ada/2', { kind: 'answer', status: 500, body: 'no' })
    await send('ada', 'second')
    await stage.world.settle()
    await stage.world.pass({ minutes: 3 })
    expect(stage.phones.rang()).toEqual(['ada/2 @0'])
    const ada = await api().getPerson({ params: { name: 'ada' } })
    expect(ada.contacts[1]).toMatchObject({ contact: 'second', state: 'failing', failure: expect.stringContaining('500') })
    expect(ada.recentPages[0]).toMatchObject({ incident: null, status: 'gave-up' })
  })

  test('never holds up a real page to the same contact', async () => {
    await stage.write({ Person: { kay: { contacts: [stage.phones.contact('kay', { bundle: true })] } } })
    await stage.policy(['0s kay'], 'kim')
    await send('kay', 'kay')
    await stage.world.settle()
    await stage.alarm()
    await stage.world.settle()
    expect(stage.phones.rang()).toEqual(['kay @0', 'kay @0'])
    await stage.policy(['0s schedule primary', '5m schedule office', '10m team payments'], 'kim')
  })

  test('is not sent again at once, nor by anybody to anybody', async () => {
    const lin = createClient(contract, { baseUrl: stage.world.baseUrl, token: await tokenOf('lin') })
    await stage.world.pass({ minutes: 1 })
    await send('lin', 'lin', lin)
    await expect(send('lin', 'lin', lin)).rejects.toMatchObject({ status: 429, refusal: 'just-tested' })
    await expect(send('kim', 'kim', lin)).rejects.toMatchObject({ status: 403, refusal: 'not-yours' })
    await expect(send('kim', 'pager')).rejects.toMatchObject({ status: 404 })
  })

  test('has links that say that it was one, and do nothing', async () => {
    await stage.world.pass({ minutes: 1 })
    await send('kim', 'kim')
    await stage.world.settle()
    const { actions } = stage.phones.page('kim')
    const here = actions.acknowledge.replace('http://tocsin.test', stage.world.baseUrl)
    const shown = await fetch(here)
    expect([shown.status, await shown.text()]).toEqual([200, expect.stringContaining('The test page arrived')])
    const pressed = await fetch(here, { method: 'POST' })
    expect([pressed.status, await pressed.json()]).toEqual([200, { test: true, message: expect.any(String) }])
  })
})

describe('teams', () => {
  test('own services, the policies these follow and the schedules those ask', async () => {
    const team = await api().getTeam({ params: { name: 'payments' } })
    expect(team).toMatchObject({
      displayName: 'Payments',
      lead: { name: 'ada', displayName: 'Ada Ekwueme' },
      services: 1,
      openIncidents: 0,
      owns: {
        services: [{ name: 'api', displayName: 'API', openIncidents: 0 }],
        policies: [{ name: 'api', through: 'service' }],
        schedules: [
          { name: 'office', onCall: null },
          { name: 'primary', onCall: { name: 'ada' }, until: '2026-11-23T08:00:00.000Z' },
        ],
      },
      incidents: [],
    })
  })

  test('show what is open on their services', async () => {
    const incident = await stage.alarm()
    expect((await api().listTeams({ query: {} })).items).toMatchObject([{ name: 'payments', openIncidents: 1, worstSeverity: 1 }])
    expect((await api().getTeam({ params: { name: 'payments' } })).incidents).toMatchObject([
      { number: incident!.number, status: 'detected', service: 'api', acknowledgedBy: null },
    ])
  })
})

async function writeAda(over: object): Promise<void> {
  const ada = {
    displayName: 'Ada Ekwueme',
    email: 'ada@example.org',
    timeZone: 'Europe/Berlin',
    contacts: [stage.phones.contact('ada', { name: 'phone' }), stage.phones.contact('ada/2', { name: 'second' })],
    paging: {
      high: [
        { contact: 'phone', after: '0s' },
        { contact: 'second', after: '2m' },
      ],
    },
  }
  await stage.write({ Person: { ada: { ...ada, ...over } } })
}

async function tokenOf(person: string): Promise<string> {
  return (await api().createToken({ body: { label: `${person}’s`, person } })).secret
}
