import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { somePage } from '../test/world/pages.ts'
import { LANGUAGES } from './kernel/language.ts'
import { momentText } from './kernel/moment.ts'
import { HOUR, MINUTE } from './kernel/time.ts'
import type { PageContent } from './modules/paging/index.ts'
import { absentText, foundText, type Telling } from './modules/timeline/index.ts'
import { nightPage } from './pages/night.ts'
import { nextText } from './pages/night-next.ts'
import { channels } from './plugs/channels/index.ts'
import { webhook } from './plugs/channels/webhook.ts'
import { followingText } from './reads/pieces/words.ts'

/** Late in the evening of one of these zones and next morning in another, so that days differ as well. */
const now = Date.parse('2026-11-20T18:41:00Z')
const ZONES = ['Europe/Berlin', 'Asia/Kolkata', 'America/New_York', 'Pacific/Auckland']

/** What is left of a text when every moment that is said by both clocks is taken out of it still names a time of day. */
function saidOnce(text: string): string[] {
  const date = String.raw`(\d{1,2}\.? \p{L}+\.? (\d{4} )?)?`
  const both = new RegExp(String.raw`${date}\d\d:\d\d [\p{L} ]+, ${date}\d\d:\d\d UTC`, 'gu')
  return text.replaceAll(both, '').match(/[^\n]{0,30}(?<![\d:])\d\d:\d\d(?![\d:])[^\n]{0,20}/g) ?? []
}

function tellingIn(zone: string, language: (typeof LANGUAGES)[number]): Telling {
  return { reader: { zone, language }, now, called: { person: String, schedule: String, team: String } }
}

/** Where each channel finds its reader; the content is what is read. A channel that is added stands here. */
const CONTACTS: Record<string, { address: string; secret?: string }> = {
  email: { address: 'ada@example.org' },
  ntfy: { address: 'https://ntfy.example.org/ada' },
  slack: { address: 'slack', secret: 'https://hooks.slack.com/services/T00000000/B00000000/abcdefghijklmnop' },
  telegram: { address: '123456789', secret: '123456:abc-DEF' },
}

/** Everything a channel sends off, as lines. */
async function sentBy(channel: (typeof channels)[number], pages: PageContent[]): Promise<string> {
  const sent: unknown[] = []
  const reach = {
    async request({ body }: { body?: string }) {
      sent.push(JSON.parse(body ?? 'null'))
      return { kind: 'answered' as const, status: 200, headers: {}, body: '{}' }
    },
    mail: { from: 'tocsin@example.org', send: async (mail: unknown) => ({ kind: 'delivered' as const, answer: `${sent.push(mail)}` }) },
    screen: { show: async () => {} },
    now,
  } as unknown as Parameters<typeof channel.send>[2]
  await channel.send({ idempotencyKey: 'k', pages }, { settings: {}, ...CONTACTS[channel.name]! }, reach)
  return textsIn(sent)
    .join('\n')
    .replaceAll(/<style.*?<\/style>|<[^>]+>/gs, '\n')
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

const readers = ZONES.flatMap((zone) => LANGUAGES.map((language) => ({ zone, language })))

test.each(readers)(
  'everything sent to somebody in $zone ($language) says each moment by their clock and in UTC',
  async ({ zone, language }) => {
    const telling = tellingIn(zone, language)
    const until = now + 60 * HOUR
    const found = [
      { target: { schedule: 'nights' }, person: 'ada', shift: { from: now, until, layer: 'weekly' } },
      { target: { schedule: 'nights' }, person: 'ada', shift: { from: now, until, override: 'ovr_1', reason: 'dentist' } },
    ].map((one) => foundText(one, telling))
    const following = followingText(2, ['lin'], now + 5 * MINUTE, telling)
    const page = somePage({
      person: { language, timeZone: zone },
      incident: { startedAt: new Date(now - 30 * HOUR).toISOString() },
      page: { reason: found[0]!, ifNobodyActs: following, possiblyDuplicate: true },
    })
    const facts = {
      ...{ now, number: 142, title: 'Checkout is down', severity: 1, joined: null, since: now - 30 * HOUR, level: 1, impact: null },
      ...{
        service: null,
        where: [],
        alerts: { total: 0, open: 0, newest: [] },
        reference: null,
        policy: 'api',
        declared: false,
        wanted: 'escalate' as const,
      },
      reader: { displayName: 'Ada', zone, language },
      actions: { acknowledge: 'a', resolve: 'r', escalate: 'e' },
      next: { kind: 'again' as const, at: now + 5 * HOUR },
      taken: { by: 'Lin', at: now - 26 * HOUR },
      escalatedAt: now - 25 * HOUR,
    }
    const texts = {
      found: found.join('\n'),
      absent: absentText({ target: { schedule: 'nights' }, absent: 'nobody-on-call' }, telling),
      following,
      detected: String(nightPage({ ...facts, status: 'detected', taken: null }).body).replaceAll(/<style.*?<\/style>|<[^>]+>/gs, '\n'),
      acknowledged: String(nightPage({ ...facts, status: 'acknowledged' }).body).replaceAll(/<style.*?<\/style>|<[^>]+>/gs, '\n'),
      resolved: String(nightPage({ ...facts, status: 'resolved' }).body).replaceAll(/<style.*?<\/style>|<[^>]+>/gs, '\n'),
      next: nextText({ kind: 'people', you: false, others: ['Lin'], at: now + 5 * HOUR }, now, { zone, language }).detail,
    }
    for (const [what, text] of Object.entries(texts)) expect(saidOnce(text), what).toEqual([])
    // The check sees moments at all: each of these names one.
    for (const what of ['found', 'following', 'resolved', 'next'] as const) expect(texts[what], what).toContain(' UTC')
    // A webhook is read by programs, and the screen words what it is given itself.
    for (const channel of channels.filter(({ name }) => name !== 'webhook' && name !== 'screen'))
      for (const pages of [[page], [page, page]]) {
        const text = await sentBy(channel, pages)
        expect([saidOnce(text), text.includes(' UTC')], `${channel.name}, ${pages.length}`).toEqual([[], true])
      }
  },
)

test('a moment said by one clock only is noticed', () => {
  const reader = { zone: 'Europe/Berlin', language: 'en' } as const
  expect(saidOnce(`since ${momentText(now - 60 * HOUR, now, reader)} (60 h ago)`)).toEqual([])
  expect(saidOnce('since 2026-11-20 14:02 UTC (12 min ago)')).toHaveLength(1)
  expect(saidOnce('Level 2 is paged at 04:15 Berlin.')).toHaveLength(1)
})

/** Where a clock may be drawn: sentences get theirs from the first, columns and screens, which name the zone at their head, from the others. */
const CLOCKS = ['src/kernel/moment.ts', 'src/cli/text/moments.ts', 'src/web/parts/time-words.ts']

function clocksDrawn(text: string): string[] {
  return text.match(/hour: '(2-digit|numeric)'|\.slice\((0|11), (16|19)\)\.replace\('T'|\.slice\(11, 1[69]\)/g) ?? []
}

test('no other file makes a time of day out of a moment', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).map((name) => `src/${name}`)
  const others = files.filter((path) => /\.tsx?$/.test(path) && !path.includes('.test.') && !CLOCKS.includes(path))
  expect(others.filter((path) => clocksDrawn(readFileSync(path, 'utf8')).length > 0)).toEqual([])
  expect(clocksDrawn("iso(at).slice(0, 16).replace('T', ' ')")).toHaveLength(1)
  expect(clocksDrawn("new Intl.DateTimeFormat('en', { hour: '2-digit' })")).toHaveLength(1)
})

test('a webhook, which programs read, gets moments as the API tells them', async () => {
  let body = ''
  const request = async (asked: { body?: string }) => {
    body = asked.body ?? ''
    return { kind: 'answered' as const, status: 200, headers: {}, body: '' }
  }
  const reach = { request, screen: { show: async () => {} }, now } as unknown as Parameters<typeof webhook.send>[2]
  await webhook.send({ idempotencyKey: 'k', pages: [somePage()] }, { address: 'https://example.org/hook', settings: {} }, reach)
  expect(JSON.parse(body)).toMatchObject({ pages: [{ incident: { startedAt: '2025-05-12T14:02:00.000Z' } }] })
})
