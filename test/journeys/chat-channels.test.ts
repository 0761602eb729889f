import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type SlackServer, startSlackServer } from '../world/slack-server.ts'
import { type Stage, setStage } from '../world/stage.ts'
import { startTelegramServer, type TelegramServer } from '../world/telegram-server.ts'

const TOKEN = '987654321:AAFfoP7tGz_ofThisJourneyOnly0000000'
let telegram: TelegramServer
let slack: SlackServer
let stage: Stage

beforeAll(async () => {
  telegram = await startTelegramServer({ token: TOKEN, chats: ['42'] })
  slack = await startSlackServer()
  process.env['TOCSIN_SECRET_TELEGRAM'] = TOKEN
  process.env['TOCSIN_SECRET_SLACK'] = slack.webhook
  stage = await setStage()
  await stage.write({
    Person: {
      ada: {
        contacts: [
          {
            ...{ name: 'telegram', channel: 'telegram', address: '42', bundle: false },
            secret: { env: 'TOCSIN_SECRET_TELEGRAM' },
            settings: { server: telegram.url },
          },
          { name: 'slack', channel: 'slack', address: '#payments', bundle: false, secret: { env: 'TOCSIN_SECRET_SLACK' } },
        ],
        paging: {
          high: [
            { contact: 'telegram', after: '0s' },
            { contact: 'slack', after: '10m' },
          ],
        },
      },
    },
  })
})
afterAll(async () => {
  await stage.close()
  await telegram.close()
  await slack.close()
})

beforeEach(async () => {
  await stage.curtain()
  telegram.behave({ kind: 'take' })
  telegram.messages.length = 0
  slack.messages.length = 0
})

const ways = async (incident: string) =>
  (await stage.world.api.getPages({ params: { id: incident } })).items.map(({ contact, status, attempts }) => [
    contact,
    status,
    attempts.map(({ outcome }) => outcome),
  ])

test('Ada acknowledges from the link in the message', async () => {
  const incident = await stage.alarm()
  const link = telegram.messages[0]!.buttons.flat().find(({ text }) => text === 'Acknowledge')!.url
  const reply = await fetch(link.replace('http://tocsin.test', stage.world.baseUrl), { method: 'POST' })
  expect(reply.status).toBeLessThan(400)
  expect((await stage.incident(incident!.id)).status).toBe('acknowledged')
  await stage.world.pass({ minutes: 11 })
  expect(slack.messages).toEqual([])
})

test('a bot that Ada blocked fails for good, and Slack hears at once', async () => {
  telegram.behave({ kind: 'refuse', status: 403, description: 'Forbidden: bot was blocked by the user' })
  const incident = await stage.alarm()
  await stage.world.pass({ seconds: 5 })
  expect(await ways(incident!.id)).toEqual([
    ['telegram', 'gave-up', ['gave-up']],
    ['slack', 'delivered', ['delivered']],
  ])
  expect(slack.messages[0]!.buttons.map(({ text }) => text)).toEqual(['Acknowledge', 'Escalate', 'Open'])
})

test('a lost answer is unknown: the page is sent again and says that it may be there already', async () => {
  telegram.behave({ kind: 'cut' })
  const incident = await stage.alarm()
  await telegram.waitFor(() => true)
  telegram.behave({ kind: 'take' })
  await stage.world.pass({ minutes: 2 })
  const [[, , outcomes]] = (await ways(incident!.id)) as [[string, string, string[]]]
  expect(outcomes.at(0)).toBe('unknown')
  expect(outcomes.at(-1)).toBe('delivered')
  expect(telegram.messages.at(0)!.text).not.toContain('You may have had this page before')
  expect(telegram.messages.at(-1)!.text).toContain('You may have had this page before')
})

test('neither the token nor the webhook’s URL is told by anything that is read', async () => {
  for (const status of [500, 404]) {
    telegram.behave({ kind: 'answer', status, body: `no such method: /bot${TOKEN}/sendMessage` })
    await stage.alarm({ dedup_key: `leak-${status}` })
    await stage.world.pass({ seconds: 5 })
  }
  const { db, baseUrl } = stage.world
  const rows = await db.sql`select coalesce(string_agg(to_jsonb(p)::text, ''), '') as all from paging_pages p`
  const headers = { Authorization: 'Bearer an-admin-token-of-the-test-world-0123456789' }
  const told = [JSON.stringify(rows)]
  for (const path of ['/api/v1/configuration/export', '/api/v1/people/ada', '/api/v1/channels', '/api/v1/installation/health'])
    told.push(await (await fetch(`${baseUrl}${path}`, { headers })).text())
  expect(told.join('')).toContain('TOCSIN_SECRET_SLACK')
  for (const text of told) expect(text).not.toMatch(/AAFfoP7t|x7YzqWv9|B0456EFGH/)
})

test('what a channel wants is asked for when the contact is saved', async () => {
  const put = async (contact: object) => {
    const text = JSON.stringify({ apiVersion: 'tocsin.dev/v1', kind: 'Person', metadata: { name: 'lin' }, spec: { contacts: [contact] } })
    return JSON.stringify(await stage.world.api.validateConfiguration({ body: { files: [{ file: 'lin.yaml', text }] } }))
  }
  const secret = { env: 'TOCSIN_SECRET_SLACK' }
  expect(await put({ name: 'a', channel: 'telegram', address: '42' })).toContain('is required for telegram; write { env: TOCSIN_SECRET_… }')
  expect(await put({ name: 'a', channel: 'telegram', address: '42', secret, settings: { topik: 1 } })).toContain('did you mean ‹topic›?')
  const leaked = await put({ name: 'a', channel: 'slack', address: slack.webhook, secret })
  expect(leaked).toContain('write it as the contact’s secret')
  expect(leaked).not.toContain('x7YzqWv9')
})

test('what channels want and can do is told to programs', async () => {
  const { items } = await stage.world.api.listChannels()
  expect(items.map(({ name }) => name)).toEqual(['email', 'ntfy', 'screen', 'slack', 'telegram', 'webhook'])
  expect(items.find(({ name }) => name === 'telegram')).toMatchObject({
    title: { en: 'Telegram' },
    secret: { required: true, hint: { de: 'Das Token des Bots, von @BotFather.' } },
    settings: {
      schema: { properties: { topic: { type: 'integer' } } },
      labels: { topic: { label: { de: 'Thema in der Gruppe, als Nummer' } } },
    },
    can: { acknowledge: 'by a link', bundle: true, reaches: 'a phone', perMinute: 20 },
  })
})

test.each([
  ['NUL in what it calls a message', 200, '{"ok":true,"result":{"message_id":"a\\u0000b"}}', 'delivered'],
  ['a message that is no text at all', 200, '{"ok":true,"result":{"message_id":{"toString":1,"valueOf":1}}}', 'delivered'],
  ['half of a pair in its reason', 500, '{"ok":false,"description":"gone \\ud800"}', 'retrying'],
])('an answer that no database takes holds up no page: %s', async (_, status, body, becomes) => {
  telegram.behave({ kind: 'answer', status, body })
  const incident = (await stage.alarm())!
  await stage.world.pass({ minutes: 11 })
  const became = new Map((await ways(incident.id)).map(([contact, status]) => [contact, status]))
  expect(became).toMatchObject(
    new Map([
      ['telegram', becomes],
      ['slack', 'delivered'],
      ['kim', 'delivered'],
    ]),
  )
})
