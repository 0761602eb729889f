import net, { type AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { startWebhookReceiver, type WebhookReceiver } from '../../../test/world/webhook-receiver.ts'
import { createEgress, type Egress, type EgressOptions, type Reply } from './egress.ts'

const LOOPBACK = ['127.0.0.0/8']
const closing: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

function egressWith(options: Partial<EgressOptions> = {}): Egress {
  const egress = createEgress({ allow: LOOPBACK, userAgent: 'Tocsin/test', ...options })
  closing.push(egress.close)
  return egress
}

async function receiverWith(options: Parameters<typeof startWebhookReceiver>[0] = {}): Promise<WebhookReceiver> {
  const receiver = await startWebhookReceiver(options)
  closing.push(receiver.close)
  return receiver
}

function post(
  egress: Egress,
  url: string,
  more: { timeoutMs?: number; body?: string | Buffer; headers?: Record<string, string>; maxReplyBytes?: number } = {},
): Promise<Reply> {
  return egress.request({ method: 'POST', url, headers: {}, body: '{}', timeoutMs: 5000, ...more })
}

describe('an address that leads inside', () => {
  const inside = [
    'http://127.0.0.1/',
    'http://0x7f.1/',
    'http://2130706433/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://①②⑦.⓪.⓪.①/',
    'http://[::ffff:7f00:1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::1]/',
    'http://[::]/',
    'http://0.0.0.0/',
    'http://localhost/',
    'http://localhost./',
    'http://tocsin.localhost/',
    'http://169.254.169.254/latest/meta-data/',
    'http://metadata.google.internal/',
    'http://[fd00:ec2::254]/',
    'http://[64:ff9b::7f00:1]/',
    'http://192.168.1.1:8080/',
    'https://user:secret@10.0.0.1/',
  ]

  test.each(inside)('%s is refused when it is saved, with the setting that would allow it', (url) => {
    const sentence = egressWith({ allow: [] }).checkUrl(url)
    expect(sentence).toContain('TOCSIN_EGRESS_ALLOW')
    expect(sentence).not.toContain('secret')
  })

  test.each(inside)('%s is not called', async (url) => {
    const egress = egressWith({ allow: [], resolve: async () => ['127.0.0.1', '::1', '169.254.169.254'] })
    expect(await post(egress, url)).toEqual({ kind: 'failed', unknown: false, reason: expect.stringContaining('TOCSIN_EGRESS_ALLOW') })
  })

  test('a name that resolves to it is not called, and its address is not told', async () => {
    const receiver = await receiverWith()
    const egress = egressWith({ allow: [], resolve: async () => ['127.0.0.1'] })
    const url = `http://hooks.example.org:${receiver.port}/`
    expect(egress.checkUrl(url)).toBeUndefined()
    const reply = await post(egress, url)
    expect(reply).toEqual({
      kind: 'failed',
      unknown: false,
      reason: expect.stringMatching(/hooks\.example\.org leads to a loopback address.*TOCSIN_EGRESS_ALLOW/),
    })
    expect((reply as { reason: string }).reason).not.toContain('127.0.0.1')
    expect(receiver.connections()).toBe(0)
  })

  test('a redirect to it is an answer like any other, and is not followed', async () => {
    const [outside, insider] = [await receiverWith(), await receiverWith()]
    outside.behave({ kind: 'answer', status: 302, headers: { location: insider.url } })
    expect(await post(egressWith(), outside.url)).toMatchObject({ kind: 'answered', status: 302, headers: { location: insider.url } })
    expect(insider.connections()).toBe(0)
  })
})

test.each([
  'https://example.org/hook',
  'http://8.8.8.8/',
  'https://[2606:4700::1111]/',
  'https://[64:ff9b::808:808]/',
  'http://127.0.0.1.example.org/',
])('%s may be saved', (url) => {
  expect(egressWith({ allow: [] }).checkUrl(url)).toBeUndefined()
})

test.each([
  ['not an address', 'Write it like https://example.org/hook'],
  ['ftp://example.org/', 'https:// or http://'],
  ['file:///etc/passwd', 'https:// or http://'],
  ['https://example.org:25/', 'another port'],
  ['http://[::1', 'Write it like'],
])('%s is refused: %s', async (url, mend) => {
  expect(egressWith().checkUrl(url)).toContain(mend)
  expect(await post(egressWith(), url)).toEqual({ kind: 'failed', unknown: false, reason: expect.stringContaining(mend) })
})

describe('a name', () => {
  test('is connected to at the very addresses that were checked: asked once, and only those allowed', async () => {
    const receiver = await receiverWith()
    let asked = 0
    // Another answer to a second question is what DNS rebinding is.
    const resolve = async () => (asked++ === 0 ? ['10.9.9.9', '127.0.0.1'] : ['10.9.9.9'])
    const reply = await post(egressWith({ resolve }), `http://rebinding.example.org:${receiver.port}/`)
    expect(reply).toMatchObject({ kind: 'answered', status: 200 })
    expect(receiver.requests[0]?.headers.host).toBe(`rebinding.example.org:${receiver.port}`)
    expect(asked).toBe(1)
  })

  test('is looked up as the system does, hosts file included', async () => {
    const receiver = await receiverWith()
    expect(await post(egressWith(), `http://localhost.:${receiver.port}/`)).toMatchObject({ kind: 'answered', status: 200 })
  })

  test('is asked for once by a whole storm', async () => {
    const receiver = await receiverWith()
    let asked = 0
    const egress = egressWith({
      resolve: async () => {
        asked++
        return ['127.0.0.1']
      },
    })
    const replies = await Promise.all(Array.from({ length: 20 }, () => post(egress, `http://hooks.example.org:${receiver.port}/`)))
    expect(replies.every((reply) => reply.kind === 'answered')).toBe(true)
    expect(asked).toBe(1)
  })

  test('without an address, or with none in time, was certainly not called', async () => {
    expect(await post(egressWith(), 'http://nowhere.invalid/')).toEqual({
      kind: 'failed',
      unknown: false,
      reason: expect.stringContaining('DNS'),
    })
    expect(await post(egressWith({ resolve: async () => [] }), 'http://empty.example.org/')).toEqual({
      kind: 'failed',
      unknown: false,
      reason: 'DNS: empty.example.org has no address',
    })
    const silent = egressWith({ resolve: () => new Promise(() => {}) })
    expect(await post(silent, 'http://slow.example.org/', { timeoutMs: 40 })).toEqual({
      kind: 'failed',
      unknown: false,
      reason: 'time-out: no connection within 0.04 s',
    })
  })
})

describe('a request', () => {
  test('arrives as it was given, with the credentials of the address as Basic authorization', async () => {
    const receiver = await receiverWith()
    receiver.behave({ kind: 'answer', status: 201, headers: { 'x-receiver': 'one', 'set-cookie': 'a=1' }, body: 'créé' })
    const url = receiver.url.replace('http://', 'http://us%20er:p%3Ass@').concat('/päth?q=1')
    const reply = await post(egressWith(), url, { body: Buffer.from('{"ok":"é"}'), headers: { 'idempotency-key': 'inc:run:1' } })
    expect(reply).toMatchObject({
      kind: 'answered',
      status: 201,
      headers: { 'x-receiver': 'one', 'set-cookie': 'a=1' },
      body: 'créé',
      whole: true,
    })
    const request = receiver.requests[0]!
    expect(request).toMatchObject({ method: 'POST', path: '/hook/p%C3%A4th?q=1', json: { ok: 'é' } })
    expect(request.headers).toMatchObject({
      'user-agent': 'Tocsin/test',
      'idempotency-key': 'inc:run:1',
      'content-length': '11',
      authorization: `Basic ${Buffer.from('us er:p:ss').toString('base64')}`,
    })
  })

  test('uses one connection for many, and a new one when the receiver says it will not wait', async () => {
    const receiver = await receiverWith()
    const egress = egressWith()
    for (let i = 0; i < 5; i++) await post(egress, receiver.url)
    expect(receiver.connections()).toBe(1)
    receiver.behave({ kind: 'answer', status: 200, headers: { 'keep-alive': 'timeout=0' } })
    await post(egress, receiver.url)
    await post(egress, receiver.url)
    expect(receiver.connections()).toBe(2)
  })

  test('that cannot be written is an answer, not an exception', async () => {
    const receiver = await receiverWith()
    for (const reply of [
      await post(egressWith(), receiver.url, { headers: { 'idempotency-key': 'a\r\nx: y' } }),
      await post(egressWith(), receiver.url.replace('//', '//%zz@')),
    ]) {
      expect(reply).toEqual({ kind: 'failed', unknown: false, reason: expect.stringContaining('cannot be sent') })
    }
  })
})

describe('the request has certainly not been taken', () => {
  test('when the connection is refused', async () => {
    const receiver = await receiverWith()
    await receiver.stopListening()
    expect(await post(egressWith(), receiver.url)).toEqual({
      kind: 'failed',
      unknown: false,
      reason: `127.0.0.1:${receiver.port} refused the connection`,
    })
  })

  test('when nobody vouches for the certificate', async () => {
    const receiver = await receiverWith({ tls: true })
    expect(await post(egressWith(), receiver.url)).toEqual({
      kind: 'failed',
      unknown: false,
      reason: expect.stringMatching(/^TLS: .*NODE_EXTRA_CA_CERTS/),
    })
    expect(receiver.requests).toHaveLength(0)
  })

  test('though when that certificate ends can be seen, where we may look at all', async () => {
    const receiver = await receiverWith({ tls: true })
    const server = { host: '127.0.0.1', port: receiver.port, isOurs: false }
    expect(await egressWith().certificateEndsAt(server, 5000)).toBe(Date.parse('2099-01-01T00:00:00Z'))
    expect(await egressWith({ allow: [] }).certificateEndsAt(server, 5000)).toBeUndefined()
    expect(await egressWith({ allow: [] }).certificateEndsAt({ ...server, isOurs: true }, 5000)).toBe(Date.parse('2099-01-01T00:00:00Z'))
    const plain = await receiverWith()
    expect(await egressWith().certificateEndsAt({ ...server, port: plain.port }, 5000)).toBeUndefined()
    expect(receiver.requests).toHaveLength(0)
  })

  test('when the other side does not speak TLS, or never gets to it', async () => {
    const receiver = await receiverWith()
    expect(await post(egressWith(), receiver.url.replace('http:', 'https:'))).toMatchObject({ kind: 'failed', unknown: false })
    const mute = net.createServer(() => {}).listen(0, '127.0.0.1')
    await new Promise((listening) => mute.once('listening', listening))
    closing.push(() => mute.close())
    const reply = await post(egressWith(), `https://127.0.0.1:${(mute.address() as AddressInfo).port}/`, { timeoutMs: 60 })
    expect(reply).toEqual({ kind: 'failed', unknown: false, reason: 'time-out: no connection within 0.06 s' })
  })
})

describe('the request may have been taken', () => {
  test('when no answer comes in time', async () => {
    const receiver = await receiverWith()
    receiver.behave({ kind: 'hang' })
    expect(await post(egressWith(), receiver.url, { timeoutMs: 300 })).toEqual({
      kind: 'failed',
      unknown: true,
      reason: 'time-out: no answer within 0.3 s',
    })
    expect(receiver.requests).toHaveLength(1)
  })

  test.each(['cut', 'cut-mid-request'] as const)('when the connection is %s', async (kind) => {
    const receiver = await receiverWith()
    receiver.behave({ kind })
    expect(await post(egressWith(), receiver.url, { body: 'x'.repeat(1_000_000) })).toEqual({
      kind: 'failed',
      unknown: true,
      reason: expect.stringContaining('cut the connection'),
    })
  })

  test('when a used connection is cut: it is not sent a second time behind the caller’s back', async () => {
    const receiver = await receiverWith()
    const egress = egressWith()
    await post(egress, receiver.url)
    receiver.behave({ kind: 'cut' })
    expect(await post(egress, receiver.url)).toMatchObject({ kind: 'failed', unknown: true })
    expect(receiver.connections()).toBe(1)
    expect(receiver.requests).toHaveLength(2)
  })

  test.each(['SSH-2.0-OpenSSH_9.9\r\n', 'HTTP/1.1 200 OK\r\nx: ' + 'y'.repeat(100_000)])(
    'when the answer is not HTTP: %.30s',
    async (bytes) => {
      const receiver = await receiverWith()
      receiver.behave({ kind: 'gibberish', bytes })
      expect(await post(egressWith(), receiver.url)).toEqual({ kind: 'failed', unknown: true, reason: expect.stringContaining('not HTTP') })
    },
  )
})

describe('once the status is there, it counts', () => {
  test('and a body without end is read to the limit only', async () => {
    const receiver = await receiverWith()
    receiver.behave({ kind: 'endless', status: 200 })
    const reply = await post(egressWith(), receiver.url, { maxReplyBytes: 1000 })
    expect(reply).toMatchObject({ kind: 'answered', status: 200, whole: false })
    expect((reply as { body: string }).body).toHaveLength(1000)
    const byDefault = await post(egressWith(), receiver.url)
    expect((byDefault as { body: string }).body).toHaveLength(64 * 1024)
  })

  test.each([
    ['stalls', 'stall', 300],
    // Noticed at once: this test has no patience for the time-out.
    ['is cut', 'cut-mid-answer', 60_000],
  ] as const)('when the rest %s', async (_what, kind, timeoutMs) => {
    const receiver = await receiverWith()
    receiver.behave({ kind, status: 503 })
    const reply = await post(egressWith(), receiver.url, { timeoutMs })
    expect(reply).toMatchObject({ kind: 'answered', status: 503, body: expect.stringMatching(/^the first/), whole: false })
  })

  test('when the receiver changes to another protocol', async () => {
    const receiver = await receiverWith()
    receiver.behave({ kind: 'gibberish', bytes: 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: chat\r\n\r\n' })
    expect(await post(egressWith(), receiver.url)).toMatchObject({ kind: 'answered', status: 101, whole: false })
  })
})

test('where a proxy is set and not used, a failure to get out says so; nothing else does', async () => {
  const egress = egressWith({ unusedProxy: 'HTTPS_PROXY', resolve: async (host) => (host === 'gone.example' ? [] : ['127.0.0.1']) })
  const receiver = await receiverWith()
  const { port } = receiver
  expect(await post(egress, receiver.url)).toMatchObject({ kind: 'answered' })
  await receiver.stopListening()
  const told = '; HTTPS_PROXY is set, and not used'
  expect(await post(egress, `http://hook.example:${port}/`)).toEqual({
    kind: 'failed',
    reason: `hook.example:${port} refused the connection${told}`,
    unknown: false,
  })
  expect(await post(egress, 'http://gone.example/')).toMatchObject({ reason: `DNS: gone.example has no address${told}` })
  expect(await post(egress, 'http://10.0.0.1/')).toMatchObject({ reason: expect.not.stringContaining('HTTPS_PROXY') })
})
