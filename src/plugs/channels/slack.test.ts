import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { reachWith, somePage } from '../../../test/world/pages.ts'
import { type SlackServer, startSlackServer } from '../../../test/world/slack-server.ts'
import { createEgress, type Egress } from '../../platform/egress/index.ts'
import { slack } from './slack.ts'

let server: SlackServer
let egress: Egress

beforeEach(async () => {
  server = await startSlackServer()
  egress = createEgress({ allow: ['127.0.0.0/8'], userAgent: 'Tocsin/test' })
})

afterEach(async () => {
  egress.close()
  await server.close()
})

const page = somePage()
const send = (pages = [page], { secret = server.webhook, timeoutMs = 5000 } = {}) =>
  slack.send({ idempotencyKey: page.page.id, pages }, { address: '#payments', secret, settings: {} }, reachWith(egress, { timeoutMs }))

describe('a page', () => {
  test('says what, since when, how bad and why me, and its buttons are links', async () => {
    expect(await send()).toEqual({ kind: 'delivered', answer: '200 ok' })
    expect(server.messages).toEqual([
      {
        text: 'SEV1 Checkout is down (INC-142)',
        sections: [
          '*SEV1 Checkout is down (INC-142)*',
          [
            'checkout · since 16:02 Berlin, 14:02 UTC (12 min ago) · 3 alerts',
            '5xx above 5 %',
            'alertname=Checkout5xx region=eu-1',
            'You are on call for payments.',
            'If nobody acknowledges, the next level of the escalation policy is paged.',
          ].join('\n'),
        ],
        buttons: [
          { text: 'Acknowledge', url: 'https://tocsin.example.org/a/ack-sYqE5mJx0nQ2', style: 'primary' },
          { text: 'Escalate', url: 'https://tocsin.example.org/a/esc-Hn6vRd1CuXy4' },
          { text: 'Open', url: 'https://tocsin.example.org/incidents/INC-142' },
        ],
      },
    ])
  })

  test('is in German for somebody who reads German, and says when it may be there twice', async () => {
    await send([somePage({ person: { language: 'de' }, page: { possiblyDuplicate: true } })])
    expect(server.messages[0]!.sections[1]).toContain('Diese Alarmierung kam vielleicht schon einmal')
    expect(server.messages[0]!.buttons.map(({ text }) => text)).toEqual(['Quittieren', 'Eskalieren', 'Öffnen'])
  })

  test('calls nobody and links nowhere, whatever an alert says', async () => {
    await send([somePage({ incident: { title: 'R&D <!channel> <https://evil.example|Acknowledge> &lt;' } })])
    const [{ text, sections }] = server.messages as [(typeof server.messages)[number]]
    expect(text).toBe('SEV1 R&amp;D &lt;!channel&gt; &lt;https://evil.example|Acknowledge&gt; &amp;lt; (INC-142)')
    for (const said of [text, ...sections]) expect(said).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/)
  })

  test('of any size is one that Slack takes, and no sign is cut in two', async () => {
    const labels = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`label-${i}`, '<'.repeat(500)]))
    const alert = { dedupKey: 'a', title: '&'.repeat(5000), severity: 1, labels, annotations: {} }
    const large = somePage({
      incident: { title: '&'.repeat(3000), service: '<'.repeat(500) },
      page: { reason: '>'.repeat(9000) },
      alerts: { count: 1, newest: [alert] },
    })
    expect(await send([large])).toEqual({ kind: 'delivered', answer: '200 ok' })
    expect(await send(Array.from({ length: 200 }, () => large))).toEqual({ kind: 'delivered', answer: '200 ok' })
    expect(server.messages[1]!.sections.at(-1)).toBe('… and 185 more')
    for (const said of server.messages.flatMap(({ sections }) => sections)) expect(said).not.toMatch(/&(?!amp;|lt;|gt;)/)
  })
})

test('a bundle is one message: a line and a button for each, the worst first', async () => {
  const other = somePage({
    incident: { id: 'inc_2', number: 'INC-143', title: 'Search is slow', severity: 3 },
    page: { possiblyDuplicate: true },
  })
  await send([other, page])
  expect(server.messages[0]!.sections).toEqual([
    '*2 incidents need you. You may have had this page before: the last attempt ended without an answer.*',
    'SEV1 Checkout is down (INC-142), checkout · since 16:02 Berlin, 14:02 UTC (12 min ago) · 3 alerts',
    'SEV3 Search is slow (INC-143), checkout · since 16:02 Berlin, 14:02 UTC (12 min ago) · 3 alerts',
  ])
  expect(server.messages[0]!.buttons.map(({ text }) => text)).toEqual(['Ack INC-142', 'Ack INC-143'])
})

describe('what Slack answers decides', () => {
  test.each([
    [403, 'invalid_token', 'gave-up'],
    [403, 'action_prohibited', 'gave-up'],
    [404, 'no_service', 'gave-up'],
    [404, 'no_team', 'gave-up'],
    [404, 'channel_not_found', 'gave-up'],
    [410, 'channel_is_archived', 'gave-up'],
    [400, 'invalid_payload', 'try-again'],
    [403, 'Forbidden by the proxy', 'try-again'],
    [404, 'page not found', 'try-again'],
    [500, 'rollup_error', 'try-again'],
    [503, 'no_service', 'try-again'],
  ] as const)('%i %s: %s', async (status, body, kind) => {
    server.behave({ kind: 'refuse', status, body })
    expect(await send()).toEqual({ kind, answer: `${status} ${body}` })
  })

  test('too many: later, when it says', async () => {
    server.behave({ kind: 'refuse', status: 429, body: 'rate_limited', headers: { 'retry-after': '30' } })
    expect(await send()).toEqual({ kind: 'try-again', answer: '429 rate_limited', retryAfterMs: 30_000 })
  })

  test('a webhook that was taken away: for good', async () => {
    expect(await send([page], { secret: server.webhook.replace('B0456EFGH', 'B9') })).toEqual({ kind: 'gave-up', answer: '404 no_service' })
    expect(await send([page], { secret: `${server.webhook}x` })).toEqual({ kind: 'gave-up', answer: '403 invalid_token' })
  })

  test('no answer, or not Slack’s: the message may have arrived', async () => {
    server.behave({ kind: 'hang' })
    expect(await send([page], { timeoutMs: 300 })).toMatchObject({ kind: 'unknown' })
    server.behave({ kind: 'refuse', status: 200, body: '<html>Sign in to the guest network</html>' })
    expect(await send()).toEqual({ kind: 'unknown', answer: '200, and not in the words of Slack' })
    server.behave({ kind: 'refuse', status: 200, body: `<html>${'Sign in. '.repeat(10_000)}</html>` })
    expect(await send()).toEqual({ kind: 'unknown', answer: '200, and not in the words of Slack' })
  })

  test('nobody listening: it has not', async () => {
    await server.close()
    expect(await send()).toMatchObject({ kind: 'try-again', answer: expect.stringMatching(/^127\.0\.0\.1:\d+ refused the connection$/) })
  })

  test('a secret that is no URL is told without being shown', async () => {
    expect(await send([page], { secret: 'xoxb-1234-abcd' })).toEqual({
      kind: 'try-again',
      answer: 'the secret is not the URL of an incoming webhook',
    })
  })
})

test('the webhook’s URL, which is a secret, never gets into the delivery log', async () => {
  const { pathname } = new URL(server.webhook)
  const outcomes = []
  for (const body of [`no such path ${pathname}`, `no_service ${server.webhook}`, `x7YzqWv9LmNpQrStUvWx1234`])
    for (const status of [302, 400, 404, 410, 500]) {
      server.behave({ kind: 'refuse', status, body })
      outcomes.push(await send())
    }
  await server.close()
  outcomes.push(await send())
  expect(outcomes).toHaveLength(16)
  for (const { answer } of outcomes) expect(answer).not.toMatch(/x7Yzq|B0456|T0123/)
})

describe('an address', () => {
  test.each(['#payments-pages', '@ada', 'the war room'])('%s is one: what people call the place', (address) => {
    expect(slack.address.schema.safeParse(address)).toEqual({ success: true, data: address })
  })

  test.each(['https://hooks.slack.com/services/T0/B0/x', 'hooks.slack.com/services/T0/B0/x'])('%s is not: it is a secret', (address) => {
    const message = slack.address.schema.safeParse(address).error?.issues[0]?.message
    expect(message).toContain('write it as the contact’s secret')
    expect(message).not.toContain('T0')
  })
})
