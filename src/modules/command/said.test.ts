import { expect, test } from 'vitest'
import { type Asker, SAID, understand } from './said.ts'

const now = Date.parse('2026-11-21T02:40:00Z')
const asker: Asker = { now, zone: 'Europe/Berlin', person: 'raj', levels: ['SEV1', 'SEV2', 'SEV3', 'SEV4'] }
const said = (line: string, more: Partial<Asker> = {}) => {
  const understood = understand(line, { ...asker, ...more })
  if (!('request' in understood)) return understood
  const { method, path, params, body } = understood.request
  return [`${understood.target ?? ''} ${method} ${path}`.trim(), ...(params ? [params] : []), ...(body ? [body] : [])]
}

test.each([
  ['create SEV1 "API Gateway Down"', ['POST /incidents', { title: 'API Gateway Down', level: 'SEV1' }]],
  [
    'declare sev 1 API gateway down for api-gateway',
    ['POST /incidents', { title: 'API gateway down', level: 'SEV1', service: 'api-gateway' }],
  ],
  ['new 1 "disk full"', ['POST /incidents', { title: 'disk full', severity: 1 }]],
  // Without a quote behind it a digit is the title's; so is S3.
  ['create 3 nodes down', ['POST /incidents', { title: '3 nodes down' }]],
  ['create S3 uploads fail', ['POST /incidents', { title: 'S3 uploads fail' }]],
  ['create p1 "DB gone" private', ['POST /incidents', { title: 'DB gone', level: 'P1', visibility: 'private' }]],
  ['create private keys leaked', ['POST /incidents', { title: 'private keys leaked' }]],
  ['create "game day" drill x10', ['POST /incidents', { title: 'game day', drill: { pace: 10 } }]],
  // Later than now was yesterday; in Berlin it is 03:40.
  ['create "slow" at 03:11', ['POST /incidents', { title: 'slow', impactStartedAt: '2026-11-21T02:11:00.000Z' }]],
  ['create "slow" at 04:00', ['POST /incidents', { title: 'slow', impactStartedAt: '2026-11-20T03:00:00.000Z' }]],
  ['142', ['INC-142 GET /incidents/{id}']],
  ['INC-142 ack', ['INC-142 POST /incidents/{id}/acknowledgement', {}]],
  ['142 identified “gw 2.14”', ['INC-142 POST /incidents/{id}/transitions', { act: 'identify', cause: 'gw 2.14' }]],
  [
    '142 mitigated "rolled back" at 03:20',
    ['INC-142 POST /incidents/{id}/transitions', { act: 'mitigated', text: 'rolled back', at: '2026-11-21T02:20:00.000Z' }],
  ],
  [
    'resolve "rolled back" data none override "quiet"',
    ['POST /incidents/{id}/resolution', { resolution: 'rolled back', dataLoss: 'none', override: { reason: 'quiet' } }],
  ],
  ['sev 2 "only the sandbox"', ['PATCH /incidents/{id}', { severity: 2, reason: 'only the sandbox' }]],
  ['sev sev3', ['PATCH /incidents/{id}', { level: 'SEV3' }]],
  ['ic me', ['PUT /incidents/{id}/roles/{role}', { role: 'commander' }, { person: 'raj' }]],
  ['ic', ['PUT /incidents/{id}/roles/{role}', { role: 'commander' }, { person: 'raj' }]],
  ['role comms @li', ['PUT /incidents/{id}/roles/{role}', { role: 'communications-lead' }, { person: 'li' }]],
  ['handoff ic @li', ['POST /incidents/{id}/roles/{role}/handover', { role: 'commander' }, { to: 'li' }]],
  ['decline "asleep"', ['PUT /incidents/{id}/roles/{role}/handover/answer', { role: 'commander' }, { accept: false, reason: 'asleep' }]],
  ['page', ['POST /incidents/{id}/escalation', {}]],
  ['page @li "database"', ['POST /incidents/{id}/responders', { person: 'li', message: 'database' }]],
  ['update "rolling back" next 20m', ['POST /incidents/{id}/updates', { text: 'rolling back', audience: 'internal', next: '20m' }]],
  ['task @raj "check p99" 3m', ['POST /incidents/{id}/tasks', { text: 'check p99', person: 'raj', due: '3m' }]],
  ['followup "alert on retries" @li', ['POST /incidents/{id}/follow-ups', { text: 'alert on retries', person: 'li' }]],
  ['note errors began at eu-1', { wrong: expect.stringContaining('eu-1') }],
  ['note "errors began" at 03:11', ['POST /incidents/{id}/notes', { text: 'errors began', happenedAt: '2026-11-21T02:11:00.000Z' }]],
  ['142 merge 141', ['INC-142 PUT /incidents/{id}/merge', { into: 'INC-141' }]],
])('%s', (line, expected) => {
  expect(said(line)).toEqual(expected)
})

test('a slip of the fingers is asked about, and never carried out', () => {
  expect(said('142 reslove "done"')).toEqual({ suggestions: expect.arrayContaining(['INC-142 resolve "done"']) })
  expect((said('142 mitigat "x"') as { suggestions: string[] }).suggestions).toHaveLength(2)
  // Of two alike the one that can be done stands first.
  expect((said('142 mitigat "x"', { possible: ['mitigating'] }) as { suggestions: string[] }).suggestions[0]).toContain('mitigating')
  // Looking does no harm.
  expect(said('lsit')).toEqual(['GET /incidents'])
  expect(said('142 frobnicate')).toEqual({ wrong: expect.stringContaining('frobnicate') })
})

test('what lacks is said, with an example', () => {
  expect(said('142 mitigated')).toEqual({ wrong: expect.stringMatching(/Say how.*mitigated "rolled back"/) })
  expect(said('create')).toEqual({ wrong: expect.stringMatching(/what is wrong/) })
})

test('every example is understood', () => {
  for (const { example } of SAID) expect(understand(example, asker), example).toHaveProperty('request')
})
