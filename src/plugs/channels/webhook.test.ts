import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { A_MOMENT, contactAt, reachWith, somePage } from '../../../test/world/pages.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../../../test/world/webhook-receiver.ts'
import { createEgress, type Egress } from '../../platform/egress/index.ts'
import { webhook } from './webhook.ts'

const SECRET = 'whsec-7f3a91c2'
let receiver: WebhookReceiver
let egress: Egress

beforeEach(async () => {
  receiver = await startWebhookReceiver({ secret: SECRET })
  egress = createEgress({ allow: ['127.0.0.0/8'], userAgent: 'Tocsin/test' })
})

afterEach(async () => {
  egress.close()
  await receiver.close()
})

const page = somePage()
const onePage = { idempotencyKey: page.page.id, pages: [page] }
const send = (message = onePage, secret: string | undefined = SECRET, timeoutMs?: number) =>
  webhook.send(message, contactAt(receiver.url, secret), reachWith(egress, timeoutMs === undefined ? {} : { timeoutMs }))

describe('a page to a program', () => {
  test('is the JSON the documentation promises', async () => {
    expect(await send()).toEqual({ kind: 'delivered', answer: '200 ok' })
    const [request] = receiver.requests
    expect(request).toMatchObject({ method: 'POST', path: '/hook' })
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json',
      'idempotency-key': 'inc_1:1:1:1:ada:1',
      'user-agent': 'Tocsin/test',
    })
    expect(request?.json).toEqual({
      type: 'page',
      page: { id: 'inc_1:1:1:1:ada:1', level: 1, attempt: 1, reason: 'You are on call for payments.', possiblyDuplicate: false },
      incident: { ...page.incident },
      person: { name: 'ada', displayName: 'Ada Lovelace' },
      alerts: page.alerts,
      actions: page.actions,
    })
  })

  test('holds the twenty newest alerts at most, and the count of all', async () => {
    const newest = Array.from({ length: 50 }, (_, i) => ({
      dedupKey: `a${i}`,
      title: `Alert ${i}`,
      severity: 1,
      labels: {},
      annotations: {},
    }))
    await send({ ...onePage, pages: [somePage({ alerts: { count: 50, newest } })] })
    expect(receiver.requests[0]?.json?.alerts).toMatchObject({ count: 50 })
    expect(receiver.requests[0]?.json?.alerts?.newest.map((alert) => alert.dedupKey)).toEqual(
      newest.slice(0, 20).map((alert) => alert.dedupKey),
    )
  })

  test('is signed over its very bytes, umlauts and all', async () => {
    await send({ ...onePage, pages: [somePage({ incident: { title: 'Küche brennt \u{1F525} </script>' } })] })
    const { headers, raw, signature } = receiver.requests[0]!
    expect(signature).toBe('right')
    expect(headers['x-tocsin-signature']).toBe(`v1=${createHmac('sha256', SECRET).update(raw).digest('hex')}`)
  })

  test('goes unsigned when there is no secret', async () => {
    await webhook.send(onePage, contactAt(receiver.url), reachWith(egress))
    expect(receiver.requests[0]?.headers).not.toHaveProperty('x-tocsin-signature')
  })

  test('comes as a bundle under the bundle’s id, also when one page is left in it', async () => {
    const other = somePage({ page: { id: 'inc_2:1:1:1:ada:1' }, incident: { id: 'inc_2', number: 'INC-143' } })
    await send({ idempotencyKey: 'bun_1', pages: [page, other] })
    await send({ idempotencyKey: 'bun_1', pages: [other] })
    const [both, left] = receiver.requests
    expect(both?.headers['idempotency-key']).toBe('bun_1')
    expect(both?.json?.type).toBe('pages')
    expect(both?.json?.pages?.map(({ page, incident, actions }) => [page.id, incident.number, actions])).toEqual([
      ['inc_1:1:1:1:ada:1', 'INC-142', page.actions],
      ['inc_2:1:1:1:ada:1', 'INC-143', other.actions],
    ])
    expect(both?.json).not.toHaveProperty('page')
    expect(left?.json).toMatchObject({ type: 'pages', pages: [{ incident: { number: 'INC-143' } }] })
  })
})

describe('what the receiver answers decides', () => {
  test.each([
    [200, 'delivered'],
    [202, 'delivered'],
    [204, 'delivered'],
    [400, 'try-again'],
    [401, 'try-again'],
    [403, 'try-again'],
    [404, 'try-again'],
    [408, 'try-again'],
    [410, 'gave-up'],
    [413, 'try-again'],
    [422, 'try-again'],
    [425, 'try-again'],
    [429, 'try-again'],
    [500, 'try-again'],
    [503, 'try-again'],
  ] as const)('%i: %s', async (status, kind) => {
    receiver.behave({ kind: 'answer', status, body: status === 204 ? '' : 'because\nof this' })
    expect(await send()).toEqual({ kind, answer: status === 204 ? '204' : `${status} because` })
  })

  test.each([301, 302, 307, 308])('%i: not followed, and the mend is told', async (status) => {
    receiver.behave({ kind: 'answer', status, headers: { location: receiver.url } })
    expect(await send()).toEqual({
      kind: 'try-again',
      answer: `${status} is a redirect, which is not followed; write the address it leads to`,
    })
    expect(receiver.requests).toHaveLength(1)
  })

  test.each([
    ['120', 120_000],
    ['0', 0],
    [new Date(A_MOMENT + 90_000).toUTCString(), 90_000],
    [new Date(A_MOMENT - 90_000).toUTCString(), 0],
  ])('Retry-After: %s is respected', async (header, retryAfterMs) => {
    receiver.behave({ kind: 'answer', status: 503, headers: { 'retry-after': header } })
    expect(await send()).toEqual({ kind: 'try-again', answer: '503', retryAfterMs })
  })

  test('a Retry-After that says nothing is none', async () => {
    receiver.behave({ kind: 'answer', status: 429, headers: { 'retry-after': 'soon' } })
    expect(await send()).toEqual({ kind: 'try-again', answer: '429' })
  })
})

describe('without an answer', () => {
  test.each(['hang', 'cut', 'cut-mid-request'] as const)('%s: the page may have arrived', async (kind) => {
    receiver.behave({ kind })
    expect(await send(onePage, SECRET, 300)).toMatchObject({ kind: 'unknown' })
  })

  test('nobody listening: it has not', async () => {
    await receiver.stopListening()
    expect(await send()).toEqual({ kind: 'try-again', answer: `127.0.0.1:${receiver.port} refused the connection` })
  })

  test('a network that is not allowed: it has not, and the setting is named', async () => {
    const strict = createEgress({ allow: [], userAgent: 'Tocsin/test' })
    expect(await webhook.send(onePage, contactAt(receiver.url), reachWith(strict))).toEqual({
      kind: 'try-again',
      answer: expect.stringContaining('TOCSIN_EGRESS_ALLOW'),
    })
  })

  test('ten seconds are given', async () => {
    const asked: number[] = []
    await webhook.send(onePage, contactAt(receiver.url), {
      ...reachWith(egress),
      async request({ timeoutMs }) {
        asked.push(timeoutMs)
        return { kind: 'failed', reason: 'enough', unknown: true }
      },
    })
    expect(asked).toEqual([10_000])
  })
})

test('a receiver that answers with what it was sent puts no secret into the delivery log', async () => {
  const signature = (headers: Record<string, unknown>) => String(headers['x-tocsin-signature'])
  const address = receiver.url.replace('http://', 'http://ada:hunter22@').concat('/T0KEN-in-path?key=k3y-in-query')
  for (const say of ['headers', 'address', 'links', 'url-encoded', 'secret'] as const) {
    receiver.behave((request) => ({
      kind: 'answer',
      status: 500,
      body: {
        headers: signature(request.headers),
        address: `No route ${request.path}`,
        links: Object.values(request.json!.actions!).join(' '),
        'url-encoded': encodeURIComponent(request.json!.actions!.acknowledge),
        secret: `wrong secret ${SECRET}!`,
      }[say],
    }))
    const { answer } = await webhook.send(onePage, contactAt(address, SECRET), reachWith(egress))
    expect(answer).toMatch(/^500 .*…/)
    for (const secret of [
      SECRET,
      signature(receiver.requests.at(-1)!.headers).slice(3),
      'T0KEN',
      'k3y-in',
      'hunter22',
      'ack-sYqE5mJx0nQ2',
      'res-',
      'esc-',
    ]) {
      expect(answer).not.toContain(secret)
    }
  }
})

describe('an address', () => {
  test.each(['https://example.org/hook', 'http://10.0.0.1:8080/', 'https://user:pass@example.org/?a=b', 'http://[::1]/'])(
    '%s has the right form',
    (address) => {
      expect(webhook.address.schema.safeParse(address)).toEqual({ success: true, data: address })
      expect(webhook.leadsTo?.(address, {})).toBe(address)
    },
  )

  test.each([
    ['example.org/hook', 'https://example.org/hook'],
    ['ftp://example.org', 'https://'],
    ['javascript:alert(1)', 'https://'],
    ['', 'https://'],
    ['https://example.org/a b', 'take them out'],
    ['https://example.org/\r\nHost: x', 'take them out'],
    [`https://example.org/${'a'.repeat(2000)}`, '2,000'],
  ])('%j is refused with the mend', (address, mend) => {
    const result = webhook.address.schema.safeParse(address)
    expect(result.error?.issues.map((issue) => issue.message).join()).toContain(mend)
  })
})
