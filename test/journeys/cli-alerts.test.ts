import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandLine } from '../world/command-line.ts'
import { createWorld, twoPeople, type World } from '../world/world.ts'

let world: World
let token: string
beforeAll(async () => {
  world = await createWorld()
  await world.configure(twoPeople())
  token = (await world.api.createToken({ body: { label: 'ada', role: 'responder', person: 'ada' } })).secret
})
afterAll(() => world.close())

const tocsin = (...argv: string[]) => commandLine(world, argv, { token })
const seen = async (...argv: string[]) => (await commandLine(world, argv, { token, terminal: {} })).out
const fires = (key: string, alertname: string, severity: string) =>
  world.post('/in/generickey0000000000000000000001', { title: `${key} is slow`, dedup_key: key, severity, labels: { alertname } })
const whereIs = async (key: string) => (await world.api.listAlerts({ query: { dedupKey: key, limit: 1 } })).items[0]!.incidentNumber!

test('alerts are moved, split and declared from by their keys', async () => {
  for (const key of ['disk', 'cpu', 'net', 'ram']) await fires(key, 'Machine', 'warning')
  await fires('mail', 'Mail', 'warning')
  const [machine, mail] = [await whereIs('disk'), await whereIs('mail')]

  expect(await seen('alert', 'move', 'disk', 'cpu', '--to', mail, '--dry-run')).toContain(`would put disk, cpu into ${mail}`)
  expect(await whereIs('disk')).toBe(machine)
  expect(await seen('alert', 'move', 'disk', 'cpu', '--to', mail)).toContain(`disk, cpu are in ${mail}`)
  expect([await whereIs('disk'), await whereIs('cpu'), await whereIs('net')]).toEqual([mail, mail, machine])
  expect((await tocsin('alert', 'move', 'disk')).err).toContain('--to 142')

  expect(await seen('alert', 'split', 'disk', '--title', 'The disk is full')).toMatch(/The disk is full, SEV\d.*out of INC-\d+/)
  const { items } = await world.api.listIncidents({ query: { text: 'The disk is full', limit: 1 } })
  expect(items[0]).toMatchObject({ number: await whereIs('disk'), acknowledgedBy: 'ada' })

  const said = await tocsin('incident', 'create', 'Machines', 'are', 'slow', '--alert', 'net')
  expect(said.json(), said.err).toMatchObject({ declared: true, service: 'payments-api', severity: items[0]!.severity })
  expect(await whereIs('net')).toBe(said.json().number)
  // What is left alone in an incident that alerts opened is that incident.
  const whole = await tocsin('incident', 'create', 'Memory is short', '--alert', 'ram')
  expect([whole.code, whole.err]).toEqual([5, expect.stringMatching(/would keep no alert; declare it itself/)])
})
