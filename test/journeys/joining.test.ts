import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { keyOf, type Stage, setStage } from '../world/stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'lin'], stepSeconds: 600 })
  await stage.write({ Integration: { prometheus: { source: 'alertmanager', service: 'api', key: keyOf('prometheus') } } })
})
afterAll(() => stage.close())
beforeEach(async () => {
  await stage.curtain()
  await grouped()
})

const grouped = (more: object = {}) => stage.write({ Service: { api: { policy: 'api', grouping: { by: ['cluster'] }, ...more } } })
const alert = (alertname: string, severity: string, ended = false) => ({
  status: ended ? 'resolved' : 'firing',
  labels: { alertname, severity, cluster: 'north' },
  startsAt: new Date(stage.world.now()).toISOString(),
  ...(ended && { endsAt: new Date(stage.world.now()).toISOString() }),
})
const send = (...alerts: object[]) => stage.world.post(`/in/${keyOf('prometheus')}`, { alerts })
const fires = (alertname: string, severity: string) => send(alert(alertname, severity))
const ends = (alertname: string, severity: string) => send(alert(alertname, severity, true))
const open = async () => (await stage.world.api.listIncidents({ query: { status: ['open'] } })).items
const incident = async () => {
  const [one, ...others] = await open()
  expect(others).toEqual([])
  return one!
}
const acknowledge = async () => stage.world.api.acknowledgeIncident({ params: { id: (await incident()).id }, body: {} })
const rang = () => stage.phones.rang().length
const page = () => stage.phones.page('ada')
const night = async () => {
  const { pathname } = new URL(page().actions.acknowledge)
  return (await fetch(`${stage.world.baseUrl}${pathname}`)).text()
}
const told = async (type: string) => (await stage.timeline((await incident()).id)).filter((fact) => fact.type === type).at(-1)?.data

describe('beside an alert that never ends', () => {
  test('each critical one pages again, and its page is called after it', async () => {
    await fires('Watchdog', 'none')
    expect(rang()).toBe(1)
    await fires('DiskFull', 'critical')
    expect(rang()).toBe(2)
    expect(page()).toMatchObject({
      page: {
        cause: { title: 'DiskFull', severity: 1 },
        reason: expect.stringMatching(/^DiskFull \(SEV1\) makes INC-\d+ ‹Watchdog› urgent; /),
      },
      incident: { title: 'DiskFull', severity: 1, urgency: 'high' },
    })
    expect(await told('escalation.level-decided')).toMatchObject({ reason: 'urgent', cause: { title: 'DiskFull' } })
    await acknowledge()
    await ends('DiskFull', 'critical')
    await stage.world.pass({ hours: 2 })

    await fires('DatabaseDown', 'critical')
    expect(rang()).toBe(3)
    expect(await incident()).toMatchObject({ title: 'Watchdog', status: 'detected', severity: 1 })
    expect(page()).toMatchObject({
      page: {
        id: expect.stringMatching(/:3:0:1:ada:0$/),
        cause: { title: 'DatabaseDown' },
        reason: expect.stringMatching(/^DatabaseDown \(SEV1\) is worse than all else that is open in INC-\d+ ‹Watchdog›; /),
      },
      incident: { title: 'DatabaseDown' },
      alerts: { newest: [{ title: 'DatabaseDown' }, { title: 'Watchdog' }, { title: 'DiskFull' }] },
    })
    expect(await told('incident.unacknowledged')).toMatchObject({ reason: 'worse', alert: { title: 'DatabaseDown', severity: 1 } })
    const shown = await night()
    expect(shown).toContain('<h1 dir="auto">DatabaseDown</h1>')
    expect(shown).toContain('<span dir="auto">Watchdog</span>')
  })

  test('also when the one before it ends in the same message', async () => {
    await fires('Watchdog', 'none')
    await fires('DiskFull', 'critical')
    await acknowledge()
    await send(alert('DiskFull', 'critical', true), alert('DatabaseDown', 'critical'))
    expect(page()).toMatchObject({ incident: { title: 'DatabaseDown' } })
    expect(rang()).toBe(3)
  })

  test('a warning pages by its own urgency, and what is urgent after it is heard all the same', async () => {
    await fires('Watchdog', 'none')
    await fires('DiskFull', 'critical')
    await acknowledge()
    await ends('DiskFull', 'critical')
    await fires('Slow', 'warning')
    expect(page()).toMatchObject({ incident: { title: 'Slow', severity: 3, urgency: 'low' } })
    expect(await incident()).toMatchObject({ severity: 1, urgency: 'high' })
    await fires('DatabaseDown', 'critical')
    expect(page()).toMatchObject({ incident: { title: 'DatabaseDown', severity: 1, urgency: 'high' } })
    expect(rang()).toBe(4)
    // What pages already is not begun anew, or it would never come to level 2.
    await fires('Another', 'critical')
    expect(rang()).toBe(4)
  })

  test('an incident that alerts open together is called after the worst of them', async () => {
    await send(alert('Watchdog', 'none'), alert('DiskFull', 'critical'))
    expect(await incident()).toMatchObject({ title: 'DiskFull', severity: 1 })
    expect(page()).toMatchObject({ incident: { title: 'DiskFull' } })
  })
})

test('a severity that a person set hides nothing', async () => {
  await fires('Watchdog', 'none')
  await stage.world.api.changeIncident({ params: { id: (await incident()).id }, body: { severity: 4, reason: 'Only a test system' } })
  await acknowledge()
  await fires('DatabaseDown', 'critical')
  expect(await incident()).toMatchObject({ severity: 4, status: 'detected' })
  expect(page()).toMatchObject({ incident: { title: 'DatabaseDown', severity: 1, urgency: 'high' } })
  // Escalating by hand goes on about the same.
  await stage.world.api.escalateIncident({ params: { id: (await incident()).id }, body: {} })
  await stage.world.settle()
  expect(stage.phones.page('lin')).toMatchObject({ incident: { title: 'DatabaseDown', urgency: 'high' } })
})

test('an alert that gets worse pages again when nothing else that is open is as bad', async () => {
  const disk = (severity: string) => stage.alarm({ dedup_key: 'disk', title: 'Disk', severity, labels: { cluster: 'north' } })
  await fires('Watchdog', 'none')
  await disk('warning')
  await acknowledge()
  await disk('warning')
  expect(rang()).toBe(1)
  await disk('critical')
  expect(rang()).toBe(2)
  expect(page()).toMatchObject({ incident: { title: 'Disk', severity: 1 } })
})

describe('an acknowledgement', () => {
  test('covers what joins for a day, then what is urgent pages again', async () => {
    await fires('DatabaseDown', 'critical')
    await acknowledge()
    await stage.world.pass({ hours: 23 })
    await fires('DiskFull', 'critical')
    expect(rang()).toBe(1)
    await stage.world.pass({ hours: 1 })
    await fires('Slow', 'warning')
    expect(rang()).toBe(1)
    await fires('FanDown', 'critical')
    expect(rang()).toBe(2)
    expect(page().page.reason).toMatch(/^FanDown \(SEV1\) joined INC-\d+ ‹DatabaseDown›, which was acknowledged long ago; /)
    expect(await told('incident.unacknowledged')).toMatchObject({ reason: 'long-acknowledged' })
  })

  test('for as long as the service says', async () => {
    await grouped({ grouping: { by: ['cluster'], holds: '2h' } })
    expect((await stage.world.api.getService({ params: { name: 'api' } })).holds).toBe('2h')
    await fires('DatabaseDown', 'critical')
    await acknowledge()
    await stage.world.pass({ hours: 2 })
    await fires('DiskFull', 'critical')
    expect(rang()).toBe(2)
  })

  test('of an incident that nothing is open in, and that does not resolve by itself, covers nothing', async () => {
    await grouped({ autoResolve: false })
    await fires('DatabaseDown', 'critical')
    await acknowledge()
    await ends('DatabaseDown', 'critical')
    await fires('DiskFull', 'error')
    expect(rang()).toBe(2)
  })
})
