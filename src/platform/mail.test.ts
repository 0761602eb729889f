import net, { type AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { selfSigned } from '../../test/world/self-signed.ts'
import { type MailServer, startMailServer } from '../../test/world/smtp-server.ts'
import { createMailer, greetingName, type Mail } from './mail.ts'

const closing: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function mailServer(options: Parameters<typeof startMailServer>[0] = {}): Promise<MailServer> {
  const server = await startMailServer(options)
  closing.push(server.close)
  return server
}

function mailer(url: string, timeoutMs = 5000) {
  const made = createMailer({ url, from: 'Tocsin <tocsin@example.org>', timeoutMs })
  closing.push(made.close)
  return made
}

const mail: Mail = {
  to: 'ada@example.org',
  subject: '[SEV1] Küche brennt (INC-142)',
  text: 'Küche brennt\n'.repeat(30),
  html: `<p>Küche brennt ${'=3D '.repeat(40)}</p>`,
  headers: { 'Auto-Submitted': 'auto-generated' },
  messageId: '<0123456789abcdef@example.org>',
}

test('a mail arrives as it was written, and the server’s word is the answer', async () => {
  const server = await mailServer()
  expect(await mailer(server.url).send(mail)).toEqual({ kind: 'delivered', answer: expect.stringMatching(/^250 .*queued as 4711/) })
  const [received] = server.mails
  expect(received).toMatchObject({ from: 'tocsin@example.org', to: ['ada@example.org'], subject: mail.subject, html: mail.html })
  expect(received?.text.replaceAll('\r\n', '\n').trim()).toBe(mail.text.trim())
  expect(Object.fromEntries(received!.headers)).toMatchObject({
    'message-id': mail.messageId,
    'auto-submitted': 'auto-generated',
    from: 'Tocsin <tocsin@example.org>',
  })
})

test('a storm shares a few connections', async () => {
  const server = await mailServer()
  const { send } = mailer(server.url)
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => send(mail)))
  expect(outcomes.every((outcome) => outcome.kind === 'delivered')).toBe(true)
  expect(server.mails).toHaveLength(50)
  expect(server.connections()).toBeLessThanOrEqual(8)
})

test('an address that tries to be two is never two', async () => {
  const server = await mailServer()
  for (const to of [
    'ada@example.org, eve@example.org',
    'ada@example.org\r\nRCPT TO:<eve@example.org>',
    'ada@example.org> <eve@example.org',
  ]) {
    await mailer(server.url).send({ ...mail, to, subject: 'a\r\nBcc: eve@example.org' })
  }
  expect(server.mails.flatMap((received) => received.to).filter((to) => to === 'eve@example.org')).toEqual([])
  expect(server.mails.every((received) => !received.headers.has('bcc') && received.to.length === 1)).toBe(true)
})

describe('what the server says decides', () => {
  test.each([
    ['greeting', 421, 'try-again'],
    ['greeting', 554, 'try-again'],
    ['sender', 451, 'try-again'],
    ['sender', 550, 'try-again'],
    ['recipient', 450, 'try-again'],
    ['recipient', 550, 'gave-up'],
    ['data', 452, 'try-again'],
    ['data', 503, 'try-again'],
    ['data', 554, 'gave-up'],
  ] as const)('%s refused with %i: %s', async (at, code, kind) => {
    const server = await mailServer()
    server.behave({ kind: 'refuse', at, code, text: `4.2.0 for a reason` })
    expect(await mailer(server.url).send(mail)).toEqual({ kind, answer: expect.stringMatching(new RegExp(`${code}.*for a reason`)) })
  })

  test('a refused recipient spoils nothing for the next mail', async () => {
    const server = await mailServer()
    const { send } = mailer(server.url)
    server.behave({ kind: 'refuse', at: 'recipient', code: 550, text: 'no such user' })
    await send(mail)
    server.behave({ kind: 'take' })
    expect(await send(mail)).toMatchObject({ kind: 'delivered' })
  })

  test('a refused sign-in is the operator’s to mend, and the password is not told', async () => {
    const server = await mailServer({ user: 'tocsin', password: 'correct horse' })
    const wrong = server.url.replace('correct', 'incorrect')
    const outcome = await mailer(wrong).send(mail)
    expect(outcome).toEqual({ kind: 'try-again', answer: expect.stringContaining('535') })
    expect(outcome.answer).not.toContain('horse')
    expect(await mailer(server.url).send(mail)).toMatchObject({ kind: 'delivered' })
  })
})

describe('without an answer', () => {
  const STEPS = [
    ['greeting', 'try-again'],
    ['sender', 'try-again'],
    ['recipient', 'try-again'],
    ['data', 'unknown'],
  ] as const

  test.each(STEPS)('because the connection is cut instead of an answer to %s: %s', async (at, kind) => {
    const server = await mailServer()
    server.behave({ kind: 'cut', at })
    expect(await mailer(server.url).send(mail)).toMatchObject({ kind })
  })

  test('in time, it depends on the step: only after DATA may the mail have been taken', async () => {
    const outcomes = STEPS.map(async ([at]) => {
      const server = await mailServer()
      server.behave({ kind: 'hang', at })
      return mailer(server.url, 1500).send(mail)
    })
    expect(await Promise.all(outcomes)).toEqual(STEPS.map(([, kind]) => ({ kind, answer: expect.stringContaining('time-out') })))
  })

  test('because nobody listens, it can be tried again', async () => {
    const server = await mailServer()
    await server.close()
    expect(await mailer(server.url).send(mail)).toEqual({ kind: 'try-again', answer: expect.stringContaining('ECONNREFUSED') })
  })

  test('because all connections are stuck, a mail still waiting its turn is certain not to have been sent', async () => {
    const server = await mailServer()
    server.behave({ kind: 'hang', at: 'data' })
    const { send } = mailer(server.url, 1500)
    const kinds = (await Promise.all(Array.from({ length: 10 }, () => send(mail)))).map((outcome) => outcome.kind).sort()
    expect(kinds).toEqual(['try-again', 'try-again', ...Array(8).fill('unknown')])
  })

  test('because the server trickles a reply that never ends, the time is up all the same', async () => {
    const trickling = net.createServer((socket) => {
      socket.on('error', () => {})
      const drip = setInterval(() => socket.write('220-still here\r\n'), 10)
      socket.on('close', () => clearInterval(drip))
    })
    trickling.listen(0, '127.0.0.1')
    await new Promise((listening) => trickling.once('listening', listening))
    closing.push(() => trickling.close())
    const { port } = trickling.address() as AddressInfo
    expect(await mailer(`smtp://127.0.0.1:${port}`, 100).send(mail)).toEqual({
      kind: 'try-again',
      answer: expect.stringContaining('0.1 s'),
    })
  })
})

test.each([
  ['mail.example.org', 'Tocsin <tocsin@example.org>', 'TOCSIN_SMTP_URL'],
  ['http://user:hunter2@mail.example.org', 'Tocsin <tocsin@example.org>', 'TOCSIN_SMTP_URL'],
  ['smtp://mail.example.org', 'Tocsin', 'TOCSIN_MAIL_FROM'],
  ['smtp://mail.example.org', 'a@example.org, b@example.org', 'TOCSIN_MAIL_FROM'],
])('%s with sender %s stops the start, naming %s', (url, from, setting) => {
  expect(() => createMailer({ url, from })).toThrow(setting)
  expect(() => createMailer({ url, from })).not.toThrow('hunter2')
})

test('a sender that dies in the middle of a mail is no mail, and takes nothing down with it', async () => {
  const server = await mailServer()
  const dying = net.connect(server.port, '127.0.0.1')
  let heard = ''
  dying.on('data', (bytes) => {
    heard += bytes
  })
  const answered = (code: string) => expect.poll(() => heard.split('\r\n').at(-2)).toMatch(new RegExp(`^${code} `))
  await answered('220')
  for (const [line, code] of [
    ['EHLO x', '250'],
    ['MAIL FROM:<a@example.org>', '250'],
    ['RCPT TO:<b@example.org>', '250'],
    ['DATA', '354'],
  ] as const) {
    heard = ''
    dying.write(`${line}\r\n`)
    await answered(code)
  }
  dying.write('Subject: half a mail\r\n\r\nThe disk is')
  await new Promise((done) => setTimeout(done, 20))
  dying.resetAndDestroy()
  expect(await mailer(server.url).send(mail)).toMatchObject({ kind: 'delivered' })
  expect(server.mails).toHaveLength(1)
})

describe('the name we greet by', () => {
  const from = 'Tocsin <tocsin@example.org>'

  test.each([
    ['smtp://relay.example.org', 'https://pager.example.net', 'pager.example.net'],
    ['smtp://relay.example.org?name=mx.example.com', 'https://pager.example.net', 'mx.example.com'],
    ['smtp://relay.example.org', 'http://10.0.0.7:4400', 'example.org'],
    ['smtp://relay.example.org', 'http://[::1]:4400', 'example.org'],
    ['smtp://relay.example.org', 'http://pager:4400', 'example.org'],
    ['smtp://relay.example.org', null, 'example.org'],
  ])('%s, reached at %s: %s', (url, ownUrl, name) => expect(greetingName(url, from, ownUrl)).toBe(name))

  test('has a dot or is left to the library', () => {
    expect(greetingName('smtp://relay', 'tocsin@localhost', 'http://localhost:4400')).toBeUndefined()
  })

  test('is what the server hears, also when it stands in the address', async () => {
    const server = await mailServer()
    for (const [url, ownUrl] of [
      [server.url, 'https://pager.example.net'],
      [server.url, null],
      [`${server.url}?name=mx.example.com`, 'https://pager.example.net'],
    ] as const) {
      const made = createMailer({ url, from, ownUrl })
      closing.push(made.close)
      expect(await made.send(mail)).toMatchObject({ kind: 'delivered' })
    }
    expect(server.greetings).toEqual(['pager.example.net', 'example.org', 'mx.example.com'])
  })

  test('refused all the same, says what to write', async () => {
    const strict = net.createServer((socket) => {
      socket.on('error', () => {})
      socket.write('220 relay ESMTP\r\n')
      socket.on('data', () => socket.end('421 4.7.0 Try again later, closing connection. (EHLO)\r\n'))
    })
    await new Promise<void>((done) => strict.listen(0, '127.0.0.1', done))
    closing.push(() => strict.close())
    const { port } = strict.address() as AddressInfo
    const outcome = await mailer(`smtp://127.0.0.1:${port}`).send(mail)
    expect(outcome).toMatchObject({
      kind: 'try-again',
      answer: expect.stringMatching(/^the mail server refuses our greeting \(421 4\.7\.0 .*\?name=/),
    })
  })
})

test('a certificate of the relay’s own is told apart from a relay that is away, with both mends; and can be taken', async () => {
  const server = await mailServer({ starttls: selfSigned() })
  const { answer } = await mailer(server.url).send(mail)
  expect(answer).toContain('certificate is not trusted (self-signed certificate)')
  expect(answer).toContain('NODE_EXTRA_CA_CERTS')
  expect(answer).toContain('?tls.rejectUnauthorized=false')
  expect(await mailer(`${server.url}?tls.rejectUnauthorized=false`).send(mail)).toMatchObject({ kind: 'delivered' })
})
