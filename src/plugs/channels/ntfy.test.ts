import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type NtfyServer, startNtfyServer } from '../../../test/world/ntfy-server.ts'
import { contactAt, reachWith, somePage } from '../../../test/world/pages.ts'
import { startWebhookReceiver } from '../../../test/world/webhook-receiver.ts'
import { createEgress, type Egress } from '../../platform/egress/index.ts'
import { ntfy } from './ntfy.ts'

const TOKEN = 'tk_AgQdq7mVBoFD37zQVN29'
let server: NtfyServer
let egress: Egress

beforeEach(async () => {
  server = await startNtfyServer({ token: TOKEN })
  egress = createEgress({ allow: ['127.0.0.0/8'], userAgent: 'Tocsin/test' })
})

afterEach(async () => {
  egress.close()
  await server.close()
})

const page = somePage()
const send = (
  pages = [page],
  { token = TOKEN, key = 'inc_1:1:1:1:ada:1', timeoutMs = 5000 }: { token?: string; key?: string; timeoutMs?: number } = {},
) => ntfy.send({ idempotencyKey: key, pages }, contactAt(`${server.url}/ada-pages`, token), reachWith(egress, { timeoutMs }))

describe('a page', () => {
  test('rings on the topic with what, since when, how bad and why me', async () => {
    expect(await send()).toEqual({ kind: 'delivered', answer: '200 message hwQ2YpKdmg4s' })
    expect(server.notifications).toEqual([
      expect.objectContaining({
        topic: 'ada-pages',
        title: 'SEV1 Checkout is down (INC-142)',
        priority: 5,
        tags: ['rotating_light', 'sev1', 'checkout'],
        click: 'https://tocsin.example.org/incidents/INC-142',
        token: TOKEN,
        message: [
          'checkout · since 16:02 Berlin, 14:02 UTC (12 min ago) · 3 alerts',
          '5xx above 5 %',
          'alertname=Checkout5xx region=eu-1',
          'You are on call for payments.',
          'If nobody acknowledges, the next level of the escalation policy is paged.',
        ].join('\n'),
      }),
    ])
  })

  test('is in German for somebody who reads German', async () => {
    await send([somePage({ person: { language: 'de' }, page: { reason: 'On-Call für payments', possiblyDuplicate: true } })])
    expect(server.notifications[0]!.message).toBe(
      [
        'checkout · seit 16:02 Berlin, 14:02 UTC (vor 12 min) · 3 Alerts',
        '5xx above 5 %',
        'alertname=Checkout5xx region=eu-1',
        'On-Call für payments',
        'Quittiert niemand, wird die nächste Stufe der Eskalationsrichtlinie alarmiert.',
        'Diese Alarmierung kam vielleicht schon einmal: der letzte Versuch endete ohne Antwort.',
      ].join('\n'),
    )
    expect(server.notifications[0]!.actions.map(({ label }) => label)).toEqual(['Quittieren', 'Eskalieren', 'Öffnen'])
  })

  test('of low urgency does not ring through the night', async () => {
    await send([somePage({ incident: { urgency: 'low', severity: 3 } })])
    expect(server.notifications[0]).toMatchObject({ priority: 3, tags: ['warning', 'sev3', 'checkout'] })
  })

  test('has buttons that act from the lock screen, and one that opens the incident', async () => {
    const tocsin = await startWebhookReceiver()
    const link = (name: string) => tocsin.url.replace('/hook', `/a/${name}`)
    await send([somePage({ actions: { acknowledge: link('ack'), escalate: link('esc') } })])
    const [notification] = server.notifications
    expect(notification?.actions.map(({ action, label, clear }) => [action, label, clear])).toEqual([
      ['http', 'Acknowledge', true],
      ['http', 'Escalate', true],
      ['view', 'Open', false],
    ])
    expect(await server.tap(notification!, 'Acknowledge')).toBe(200)
    expect(await server.tap(notification!, 'Escalate')).toBe(200)
    expect(tocsin.requests.map(({ method, path, raw }) => `${method} ${path} ${raw}`)).toEqual(['POST /a/ack ', 'POST /a/esc '])
    await tocsin.close()
  })

  test('keeps its sequence over all attempts, so that a repeated one replaces the first', async () => {
    await send()
    await send([somePage({ page: { attempt: 2, possiblyDuplicate: true } })])
    await send([page], { key: 'inc_1:1:1:2:ada:1' })
    const [first, again, other] = server.notifications.map((notification) => notification.sequenceId)
    expect(first).toMatch(/^[0-9a-f]{32}$/)
    expect(again).toBe(first)
    expect(other).not.toBe(first)
    expect(server.notifications[1]?.message).toContain('You may have had this page before')
  })

  test('tells what follows when the escalation says it', async () => {
    await send([somePage({ page: { ifNobodyActs: 'Level 2 (Li Wei) is paged at 14:07 UTC.' } })])
    expect(server.notifications[0]?.message).toContain('\nLevel 2 (Li Wei) is paged at 14:07 UTC.')
  })

  test('with hostile words stays one notification of ours', async () => {
    const labels = { 'na\nme': 'va\nlue\u202E', [`long${'x'.repeat(500)}`]: 'ü'.repeat(5000) }
    const alerts = { count: 1, newest: [{ dedupKey: 'k', title: 'T'.repeat(9000), severity: 1, labels, annotations: {} }] }
    const reason = `Why\r\nAcknowledge: http://evil.example.org${' ü'.repeat(5000)}`
    expect(
      await send([somePage({ incident: { title: 'A\nB\u202E,"\\'.repeat(500), service: 'a,b\nc' }, alerts, page: { reason } })]),
    ).toMatchObject({ kind: 'delivered' })
    const [notification] = server.notifications
    expect(notification?.title).toMatch(/^SEV1 A B,/)
    expect(notification?.title.length).toBeLessThanOrEqual(160)
    expect(notification?.tags).toEqual(['rotating_light', 'sev1', 'a-b-c'])
    expect(notification?.message).toContain('na me=va lue long')
    expect(notification?.message).not.toMatch(/\u202E|^Acknowledge|\uFFFD/m)
    expect(Buffer.byteLength(notification!.message)).toBeLessThanOrEqual(1500)
  })

  test.each(['', 'x', 'xx'])('is cut between characters wherever the limit falls (%j)', async (shift) => {
    await send([somePage({ page: { reason: shift + '\u{1F525}'.repeat(1000) } })])
    const { message } = server.notifications[0]!
    expect(message).toMatch(/\u{1F525}…$/u)
    expect(Buffer.byteLength(message)).toBeGreaterThan(1490)
  })

  test('to a server without accounts carries no token', async () => {
    const free = await startNtfyServer()
    expect(await ntfy.send({ idempotencyKey: 'k', pages: [page] }, contactAt(`${free.url}/t`), reachWith(egress))).toMatchObject({
      kind: 'delivered',
    })
    expect(free.notifications[0]?.token).toBeUndefined()
    await free.close()
  })
})

test('a bundle is one notification: the worst on top, three of them to acknowledge', async () => {
  const pages = [4, 2, 1, 3, 2].map((severity, i) =>
    somePage({
      incident: {
        severity,
        number: `INC-${i}`,
        title: `Broken ${i}`,
        urgency: severity < 3 ? 'high' : 'low',
        startedAt: `2025-05-12T14:0${i}:00.000Z`,
      },
      actions: { acknowledge: `https://tocsin.example.org/a/${i}` },
    }),
  )
  await send(pages, { key: 'bun_1' })
  const [notification, ...others] = server.notifications
  expect(others).toEqual([])
  expect(notification).toMatchObject({ title: 'SEV1 Broken 2 (INC-2) and 4 more', priority: 5 })
  expect(notification?.message.split('\n').map((line) => line.slice(0, 22))).toEqual([
    'SEV1 Broken 2 (INC-2),',
    'SEV2 Broken 1 (INC-1),',
    'SEV2 Broken 4 (INC-4),',
    'SEV3 Broken 3 (INC-3),',
    'SEV4 Broken 0 (INC-0),',
  ])
  expect(notification?.actions.map(({ label, url }) => [label, url])).toEqual([
    ['Ack INC-2', 'https://tocsin.example.org/a/2'],
    ['Ack INC-1', 'https://tocsin.example.org/a/1'],
    ['Ack INC-4', 'https://tocsin.example.org/a/4'],
  ])
})

describe('what the server answers decides', () => {
  test('a wrong token can be mended, and is not told', async () => {
    const outcome = await send([page], { token: 'tk_wrong-wrong-wrong' })
    expect(outcome).toEqual({ kind: 'try-again', answer: '401 unauthorized' })
  })

  test('limits are waited for', async () => {
    server.behave({
      kind: 'refuse',
      status: 429,
      code: 42901,
      error: 'limit reached: too many requests, please be nice',
      headers: { 'retry-after': '5' },
    })
    expect(await send()).toEqual({ kind: 'try-again', answer: '429 limit reached: too many requests, please be nice', retryAfterMs: 5000 })
  })

  test('silence leaves it open whether the phone rang', async () => {
    server.behave({ kind: 'hang' })
    expect(await send([page], { timeoutMs: 300 })).toEqual({ kind: 'unknown', answer: 'time-out: no answer within 0.3 s' })
    expect(server.notifications).toHaveLength(1)
  })

  test('something in front that answers for it does not get the topic or the token into the log', async () => {
    const proxy = await startWebhookReceiver()
    proxy.behave((request) => ({ kind: 'answer', status: 502, body: `<html>${request.headers.authorization} ${request.raw}` }))
    const { answer } = await ntfy.send({ idempotencyKey: 'k', pages: [page] }, contactAt(proxy.url, TOKEN), reachWith(egress))
    expect(answer).toMatch(/^502 <html>Bearer …/)
    expect(answer).not.toMatch(/tk_|hook|ack-/)
    await proxy.close()
  })
})

test.each(['', '<html>Sign in to the guest network</html>', `<html>${'Sign in. '.repeat(10_000)}</html>`])(
  'what answers 200 and is not ntfy has delivered nothing (%#)',
  async (body) => {
    const proxy = await startWebhookReceiver()
    proxy.behave({ kind: 'answer', status: 200, body })
    const outcome = await ntfy.send({ idempotencyKey: 'k', pages: [page] }, contactAt(proxy.url), reachWith(egress))
    expect(outcome).toEqual({ kind: 'unknown', answer: '200, and not in the words of ntfy' })
    await proxy.close()
  },
)

describe('an address', () => {
  test.each(['https://ntfy.sh/mytopic', 'http://10.0.0.1:8080/Ada_pages-2/'])('%s is a topic', (address) => {
    expect(ntfy.address.schema.safeParse(address).success).toBe(true)
    expect(ntfy.leadsTo?.(address, {})).toBe(address)
  })

  test.each([
    ['https://ntfy.sh', 'like https://ntfy.example.org/ada-pages'],
    ['https://ntfy.sh/a/b', 'like https://ntfy.example.org/ada-pages'],
    ['https://ntfy.sh/topic?auth=x', 'like https://ntfy.example.org/ada-pages'],
    [`https://ntfy.sh/${'a'.repeat(65)}`, 'at most 64'],
    ['mytopic', 'https://'],
  ])('%s is refused with the mend', (address, mend) => {
    expect(ntfy.address.schema.safeParse(address).error?.issues.map((issue) => issue.message)).toEqual([expect.stringContaining(mend)])
  })
})
