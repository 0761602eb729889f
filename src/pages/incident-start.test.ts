import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { RawRequest } from '../platform/http.ts'
import { incidentStartRoute } from './incident-start.ts'

const web = mkdtempSync(join(tmpdir(), 'tocsin-web-'))
mkdirSync(join(web, 'assets'))
writeFileSync(join(web, 'assets/work-1a.js'), '')
writeFileSync(join(web, 'index.html'), '<head></head><body><div id="root"></div></body>')
afterAll(() => rmSync(web, { recursive: true, force: true }))

const TITLE = '</script><img src=x onerror=alert(1)> & $& "Ada"'
const answers: Record<string, unknown> = {
  '/me': { person: { language: null } },
  '/incidents/7': { number: 'INC-7', title: TITLE, severity: 1, status: 'acknowledged', acknowledgedBy: 'ada' },
  '/configuration/people?limit=200': { items: [{ name: 'ada', spec: { displayName: 'Ada <Lovelace>' } }] },
  '/incidents/7/timeline?limit=200': { items: ['x'.repeat(50_000)] },
}

test('what it is and who has it stands in the page; what was written into the incident stays text', async () => {
  const { text, headers } = await open('7', { cookie: 'session=ada' })
  expect(text).toContain('<h1>&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt; &amp; $&amp; &quot;Ada&quot;</h1>')
  expect(text).toContain('Acknowledged by Ada &lt;Lovelace&gt;')
  expect(text).not.toContain('<img')
  expect(text).toContain('<link rel="modulepreload" crossorigin href="/assets/work-1a.js">')
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'content-security-policy': expect.stringContaining("script-src 'self';") })
  const { live, language, replies } = dataIn(text)
  expect({ live, language }).toEqual({ live: '12-3', language: 'en' })
  expect(replies['/api/v1/incidents/7']).toEqual(answers['/incidents/7'])
  // A long answer is fetched once the first words stand.
  expect(Object.keys(replies)).toEqual(['/api/v1/me', '/api/v1/incidents/7', '/api/v1/configuration/people?limit=200'])
})

test('whoever may not see it, or is nobody, gets the page of everybody', async () => {
  const plain = '<head><link rel="modulepreload" crossorigin href="/assets/work-1a.js"></head><body><div id="root"></div></body>'
  expect((await open('7', {})).text).toBe(plain)
  expect((await open('7', { cookie: 'session=stranger' })).text).toBe(plain)
  expect((await open('8', { cookie: 'session=ada' })).text).toBe(plain)
  expect((await open('7%2f..', { cookie: 'session=ada' })).text).toBe(plain)
})

test('a database that stands still does not keep the page', async () => {
  const route = incidentStartRoute({ web, look: async () => undefined, end: () => Promise.reject(new Error('away')) })
  expect((await route.handle(request('7', { cookie: 'session=ada' }))).status).toBe(200)
})

test('its words are in the language of whoever is signed in', async () => {
  const { text } = await open('7', { cookie: 'session=ada', 'accept-language': 'de' })
  expect(text).toContain('Quittiert von Ada')
  expect(dataIn(text).language).toBe('de')
})

function dataIn(text: string): { live: string; language: string; replies: Record<string, unknown> } {
  return JSON.parse(/<script type="application\/json" id="start">(.*?)<\/script>/s.exec(text)![1]!)
}

async function open(number: string, headers: Record<string, string>) {
  const look = async (path: string, { cookie }: RawRequest['headers']) =>
    cookie === 'session=ada' && answers[path] !== undefined ? JSON.stringify(answers[path]) : undefined
  const reply = await incidentStartRoute({ web, look, end: async () => '12-3' }).handle(request(number, headers))
  return { text: String(reply.body), headers: reply.headers }
}

function request(number: string, headers: Record<string, string>): RawRequest {
  return { params: { number }, headers } as unknown as RawRequest
}
