import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { keyOf, type Stage, setStage } from '../world/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'lin', 'kim'] })
  await stage.policy(['0s ada'], 'kim')
  await stage.write({ Service: { api: { policy: 'api' }, till: { displayName: 'The till', policy: 'api' } } })
})
afterAll(() => stage.close())
beforeEach(() => stage.curtain())

/** As a script does that opens incidents by PagerDuty's REST API, with nothing changed but its address. */
async function createIncident(token: string, change: object = {}, headers: Record<string, string> = {}) {
  const response = await fetch(`${stage.world.baseUrl}/incidents`, {
    method: 'POST',
    headers: { Authorization: `Token token=${token}`, 'Content-Type': 'application/json', From: 'ada@example.org', ...headers },
    body: JSON.stringify({
      incident: {
        type: 'incident',
        title: 'High error rate on API',
        service: { id: 'PSERVICE1', type: 'service_reference' },
        urgency: 'high',
        body: { type: 'incident_body', details: 'Error rate exceeded 5 % for 10 minutes.' },
        ...change,
      },
    }),
  })
  await stage.world.settle()
  return { status: response.status, body: (await response.json()) as { incident: Record<string, unknown>; error: Record<string, unknown> } }
}

const tokenOf = async (role: 'responder' | 'viewer' = 'responder') =>
  (await stage.world.api.createToken({ body: { label: 'deploy script', role } })).secret

test('a script that opens incidents at PagerDuty opens them here by its address alone: its key is an integration’s', async () => {
  const { status, body } = await createIncident(keyOf('alarms'))
  expect(status).toBe(201)
  const [incident] = (await stage.world.api.listIncidents({ query: { limit: 1 } })).items
  expect(incident).toMatchObject({ title: 'High error rate on API', service: 'api', severity: 2, urgency: 'high', declaredBy: 'alarms' })
  expect(incident!.summary).toBe('Error rate exceeded 5 % for 10 minutes.\n\nSent for ada@example.org.')
  const number = incident!.number.slice(4)
  expect(body.incident).toMatchObject({
    ...{ id: incident!.id, type: 'incident', status: 'triggered', urgency: 'high', title: 'High error rate on API' },
    ...{ incident_number: Number(number), summary: `[#${number}] High error rate on API`, created_at: incident!.startedAt },
    html_url: `http://tocsin.test/i/${number}`,
    service: { id: 'api', type: 'service_reference', summary: 'api' },
    escalation_policy: { id: 'api', type: 'escalation_policy_reference' },
  })
  expect(stage.phones.rang()).toEqual(['ada @0'])
})

test('with a token of ours it names the service; low urgency wakes nobody by itself', async () => {
  const { status, body } = await createIncident(await tokenOf(), { service: { id: 'till' }, urgency: 'low' })
  expect([status, body.incident['service']]).toEqual([201, expect.objectContaining({ id: 'till', summary: 'The till' })])
  expect(await stage.incident(body.incident['id'] as string)).toMatchObject({
    service: 'till',
    urgency: 'low',
    declaredBy: 'deploy script',
  })
})

test('of one incident_key one is open at a time on a service', async () => {
  const first = await createIncident(keyOf('alarms'), { incident_key: 'deploy-41' })
  expect([first.status, first.body.incident['incident_key']]).toEqual([201, 'deploy-41'])
  const second = await createIncident(keyOf('alarms'), { incident_key: 'deploy-41' })
  expect(second).toMatchObject({ status: 400, body: { error: { code: 2001, errors: [expect.stringContaining('already exists')] } } })
  expect((await createIncident(await tokenOf(), { incident_key: 'deploy-41', service: { id: 'till' } })).status).toBe(201)
  const over = { resolution: 'Rolled back.', dataLoss: 'none' as const, override: { reason: 'A test.' } }
  await stage.world.api.resolveIncident({ params: { id: first.body.incident['id'] as string }, body: over })
  expect((await createIncident(keyOf('alarms'), { incident_key: 'deploy-41' })).status).toBe(201)
})

test('what is wrong is told in the shape its programs read, with the mend', async () => {
  const wrong = async (token: string, change: object, headers?: Record<string, string>) => {
    const { status, body } = await createIncident(token, change, headers)
    return [status, body.error['code'], String((body.error['errors'] as string[])[0])]
  }
  const known = keyOf('alarms')
  expect(await wrong('nobodys-token-00000000000', {})).toEqual([401, 2006, expect.stringContaining('Token token=')])
  expect(await wrong(known, { title: ' ' })).toEqual([400, 2001, "title can't be blank"])
  expect(await wrong(known, { title: 7 })).toEqual([400, 2001, "title can't be blank"])
  expect(await wrong(known, { service: undefined })).toEqual([400, 2001, "service can't be blank"])
  expect(await wrong(known, { urgency: 'urgent' })).toEqual([400, 2001, 'urgency is high or low'])
  expect(await wrong(await tokenOf(), {})).toEqual([400, 2001, expect.stringContaining('There is no service ‹PSERVICE1›')])
  expect((await stage.world.api.listIncidents({ query: { status: ['open'] } })).items).toEqual([])
  const none = await fetch(`${stage.world.baseUrl}/incidents`, {
    method: 'POST',
    headers: { authorization: `Bearer ${known}` },
    body: 'no json',
  })
  expect([none.status, await none.json()]).toEqual([
    400,
    { error: { code: 2001, message: 'Invalid Input Provided', errors: ['The body is not JSON.'] } },
  ])
})
