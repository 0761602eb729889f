import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { reachWith, somePage } from '../../../test/world/pages.ts'
import { startTelegramServer, type TelegramServer } from '../../../test/world/telegram-server.ts'
import { createEgress, type Egress } from '../../platform/egress/index.ts'
import { telegram } from './telegram.ts'

const TOKEN = '123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw'
let server: TelegramServer
let egress: Egress

beforeEach(async () => {
  server = await startTelegramServer({ token: TOKEN, chats: ['42', '-1001234'] })
  egress = createEgress({ allow: ['127.0.0.0/8'], userAgent: 'Tocsin/test' })
})

afterEach(async () => {
  egress.close()
  await server.close()
})

const page = somePage()
const send = (pages = [page], { address = '42', secret = TOKEN, settings = {}, timeoutMs = 5000 } = {}) =>
  telegram.send(
    { idempotencyKey: page.page.id, pages },
    { address, secret, settings: { server: server.url, ...settings } },
    reachWith(egress, { timeoutMs }),
  )

describe('a page', () => {
  test('says what, since when, how bad and why me, and has buttons that open the page of each act', async () => {
    expect(await send()).toEqual({ kind: 'delivered', answer: '200 message 17' })
    expect(server.messages).toEqual([
      {
        chat: '42',
        topic: undefined,
        bold: 'SEV1 Checkout is down (INC-142)',
        text: [
          'SEV1 Checkout is down (INC-142)',
          'checkout · since 16:02 Berlin, 14:02 UTC (12 min ago) · 3 alerts',
          '5xx above 5 %',
          'alertname=Checkout5xx region=eu-1',
          'You are on call for payments.',
          'If nobody acknowledges, the next level of the escalation policy is paged.',
        ].join('\n'),
        silent: false,
        buttons: [
          [
            { text: 'Acknowledge', url: 'https://tocsin.example.org/a/ack-sYqE5mJx0nQ2' },
            { text: 'Escalate', url: 'https://tocsin.example.org/a/esc-Hn6vRd1CuXy4' },
          ],
          [{ text: 'Open', url: 'https://tocsin.example.org/incidents/INC-142' }],
        ],
      },
    ])
  })

  test('is in German for somebody who reads German, and says when it may be there twice', async () => {
    await send([somePage({ person: { language: 'de' }, page: { possiblyDuplicate: true } })])
    expect(server.messages[0]!.text).toContain('Diese Alarmierung kam vielleicht schon einmal')
    expect(server.messages[0]!.buttons.flat().map(({ text }) => text)).toEqual(['Quittieren', 'Eskalieren', 'Öffnen'])
  })

  test('of low urgency comes without a sound, and into the topic that is set', async () => {
    await send([somePage({ incident: { urgency: 'low' } })], { address: '-1001234', settings: { topic: 7 } })
    expect(server.messages[0]).toMatchObject({ chat: '-1001234', topic: 7, silent: true })
  })

  test('says what an alert says, signs and umlauts and all, and makes nothing of it', async () => {
    await send([somePage({ incident: { title: '<b>Küche</b> *brennt* _jetzt_ &amp; 🔥' } })])
    expect(server.messages[0]!.bold).toBe('SEV1 <b>Küche</b> *brennt* _jetzt_ &amp; 🔥 (INC-142)')
  })

  test('of any size is one that Telegram takes', async () => {
    const labels = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`label-${i}`, 'x'.repeat(500)]))
    const alert = { dedupKey: 'a', title: 'é'.repeat(5000), severity: 1, labels, annotations: {} }
    const large = somePage({
      incident: { title: '😀'.repeat(3000) },
      page: { reason: 'r'.repeat(9000) },
      alerts: { count: 1, newest: [alert] },
    })
    expect(await send([large])).toMatchObject({ kind: 'delivered' })
    expect(await send(Array.from({ length: 200 }, () => large))).toMatchObject({ kind: 'delivered' })
  })

  test('has its links in the text where Telegram takes no buttons to them', async () => {
    const local = (name: string) => `http://localhost:4400/a/${name}`
    await send([somePage({ actions: { acknowledge: local('ack'), escalate: local('esc'), resolve: local('res') } })])
    expect(server.messages[0]!.text).toContain(
      'Acknowledge: http://localhost:4400/a/ack\nEscalate: http://localhost:4400/a/esc\nOpen: https://',
    )
    expect(server.messages[0]!.buttons).toEqual([])
  })
})

test('a bundle is one message: a line and a button for each, the worst first', async () => {
  const other = somePage({
    incident: { id: 'inc_2', number: 'INC-143', title: 'Search is slow', severity: 3 },
    page: { possiblyDuplicate: true },
  })
  await send([other, page])
  const [message] = server.messages
  expect(message!.bold).toBe('2 incidents need you')
  expect(message!.text.split('\n')).toEqual([
    '2 incidents need you',
    'You may have had this page before: the last attempt ended without an answer.',
    'SEV1 Checkout is down (INC-142), checkout · since 16:02 Berlin, 14:02 UTC (12 min ago) · 3 alerts',
    'SEV3 Search is slow (INC-143), checkout · since 16:02 Berlin, 14:02 UTC (12 min ago) · 3 alerts',
  ])
  expect(message!.buttons.flat().map(({ text }) => text)).toEqual(['Ack INC-142', 'Ack INC-143'])
})

describe('what Telegram answers decides', () => {
  test.each([
    [403, 'Forbidden: bot was blocked by the user', 'gave-up'],
    [403, 'Forbidden: user is deactivated', 'gave-up'],
    [400, 'Bad Request: group is deactivated', 'gave-up'],
    [400, 'Bad Request: message thread not found', 'gave-up'],
    [400, 'Bad Request: not enough rights to send text messages to the chat', 'gave-up'],
    [400, 'Bad Request: something new', 'try-again'],
    [500, 'Internal Server Error', 'try-again'],
    [502, 'Bad Gateway', 'try-again'],
  ] as const)('%i %s: %s', async (status, description, kind) => {
    server.behave({ kind: 'refuse', status, description })
    expect(await send()).toEqual({ kind, answer: `${status} ${description}` })
  })

  test('a chat that is not there: for good', async () => {
    expect(await send([page], { address: '43' })).toEqual({ kind: 'gave-up', answer: '400 Bad Request: chat not found' })
  })

  test('too many: later, when it says', async () => {
    server.behave({ kind: 'refuse', status: 429, description: 'Too Many Requests: retry after 35', parameters: { retry_after: 35 } })
    expect(await send()).toEqual({ kind: 'try-again', answer: '429 Too Many Requests: retry after 35', retryAfterMs: 35_000 })
  })

  test('a group that became a supergroup: for good, and its new id is told', async () => {
    const description = 'Bad Request: group chat was upgraded to a supergroup chat'
    server.behave({ kind: 'refuse', status: 400, description, parameters: { migrate_to_chat_id: -1001234567890 } })
    expect(await send()).toEqual({ kind: 'gave-up', answer: `400 ${description}; its id is now -1001234567890` })
  })

  test('a wrong token: again, until it is mended', async () => {
    expect(await send([page], { secret: '1:wrong' })).toEqual({ kind: 'try-again', answer: '401 Unauthorized' })
    expect(await send([page], { secret: '../../admin?' })).toEqual({
      kind: 'try-again',
      answer: 'the secret is not the token of a bot; @BotFather tells it',
    })
  })

  test('no answer, or not Telegram’s: the message may have arrived', async () => {
    server.behave({ kind: 'hang' })
    expect(await send([page], { timeoutMs: 300 })).toMatchObject({ kind: 'unknown' })
    server.behave({ kind: 'cut' })
    expect(await send()).toMatchObject({ kind: 'unknown' })
    server.behave({ kind: 'answer', status: 200, body: '<html>Sign in to the guest network</html>' })
    expect(await send()).toEqual({ kind: 'unknown', answer: '200, and not in the words of Telegram' })
    server.behave({ kind: 'answer', status: 200, body: `<html>${'Sign in. '.repeat(10_000)}</html>` })
    expect(await send()).toEqual({ kind: 'unknown', answer: '200, and not in the words of Telegram' })
    server.behave({ kind: 'answer', status: 200, body: `{"ok":true,"result":{"message_id":17,"text":"${'long '.repeat(20_000)}"}}` })
    expect(await send()).toEqual({ kind: 'delivered', answer: '200' })
  })

  test('nobody listening: it has not', async () => {
    await server.close()
    expect(await send()).toMatchObject({ kind: 'try-again', answer: expect.stringMatching(/^127\.0\.0\.1:\d+ refused the connection$/) })
  })
})

test('the token, which stands in the address that is called, never gets into the delivery log', async () => {
  const outcomes = []
  for (const body of [`no such path /bot${TOKEN}/sendMessage`, JSON.stringify({ ok: false, description: `bad ${TOKEN}` })])
    for (const status of [400, 403, 404, 429, 500]) {
      server.behave({ kind: 'answer', status, body })
      outcomes.push(await send())
    }
  server.behave({ kind: 'answer', status: 302, body: '' })
  outcomes.push(await send())
  await server.close()
  outcomes.push(await send())
  expect(outcomes).toHaveLength(12)
  for (const { answer } of outcomes) expect(answer).not.toMatch(/AAHdqTcv|PALDsaw/)
})

describe('an address', () => {
  test.each(['123456789', '-100123456789', '@tocsin_pages', ' 42 '])('%s is one', (address) => {
    expect(telegram.address.schema.safeParse(address)).toEqual({ success: true, data: address.trim() })
  })

  test.each(['ada', '@a', 't.me/ada', '+49 170 1234567', ''])('%j is refused with the mend', (address) => {
    expect(telegram.address.schema.safeParse(address).error?.issues[0]?.message).toContain('the id of a chat')
  })

  test('leads to Telegram, or to the server that is set', () => {
    expect(telegram.leadsTo?.('42', {})).toBe('https://api.telegram.org')
    expect(telegram.leadsTo?.('42', { server: 'https://bots.example.org' })).toBe('https://bots.example.org')
  })
})
