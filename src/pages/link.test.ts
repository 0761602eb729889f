import { expect, test } from 'vitest'
import { signLink } from '../modules/incidents/index.ts'
import { ANONYMOUS, type RawRequest } from '../platform/http.ts'
import { type LinkParts, linkRoutes } from './link.ts'

const linkKey = Buffer.alloc(32, 1)
const token = signLink(linkKey, {
  action: 'acknowledge',
  incidentId: 'inc_1',
  pageId: 'inc_1:1:1:1:ada:0',
  person: 'ada',
  contact: 'phone',
  issuedAt: 0,
})

const away = () => Promise.reject(new Error('connect ECONNREFUSED'))
const logged: string[] = []
const parts = {
  db: { sql: away, transaction: away },
  clock: { now: () => 1 },
  log: { error: (_: unknown, text: string) => logged.push(text) },
  linkKey,
} as unknown as LinkParts
const [show, act] = linkRoutes(parts)

function request(method: string, headers: Record<string, string>): RawRequest {
  return {
    method,
    path: `/l/${token}`,
    params: { token },
    query: new URLSearchParams(),
    headers,
    body: Buffer.alloc(0),
    caller: ANONYMOUS,
    onClose: () => {},
  }
}

test('when the database is away a person gets a page that lets them try again, and a program a refusal', async () => {
  expect(await show!.handle(request('GET', { accept: 'text/html' }))).toMatchObject({
    status: 503,
    body: expect.stringContaining('href="">Try again</a>'),
  })
  const pressed = await act!.handle(request('POST', { accept: 'text/html' }))
  expect(pressed).toMatchObject({ status: 503, body: expect.stringContaining('<form method="post">'), headers: { 'retry-after': '5' } })
  const program = await act!.handle(request('POST', { accept: '*/*' }))
  expect(program.status).toBe(503)
  expect(JSON.parse(String(program.body))).toMatchObject({ refusal: 'unavailable' })
  expect(logged).toHaveLength(3)
})
