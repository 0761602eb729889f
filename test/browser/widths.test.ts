import { mkdirSync, readFileSync } from 'node:fs'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, openBrowser, signIn } from './browser.ts'
import { FAULTS_OF_LAYOUT, STYLES_OF_PAGE } from './layout-faults.ts'
import { type DemoProgram, startDemo } from './program.ts'

const SIZES = [
  { width: 360, height: 640 },
  { width: 768, height: 700 },
  { width: 900, height: 700 },
  { width: 1024, height: 768 },
  { width: 1440, height: 900 },
]
const FOLDER = 'test-results/widths'

/** What people and machines write: one word without a break, scripts without blanks, and from right to left. */
const TITLES = {
  unbroken: 'Überlaufventilsteuerungsmodul'.repeat(14).slice(0, 400),
  chinese: '支付网关在欧洲区域返回错误客户无法完成结账'.repeat(20).slice(0, 400),
  arabic: 'بوابة الدفع لا تستجيب في المنطقة الأوروبية '.repeat(10).slice(0, 400),
}
const PEOPLE = [
  'Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren Maximiliane',
  '欧阳娜娜司马相如',
  'عبد الرحمن بن محمد الخوارزمي',
  'Li',
]
const THING = 'Auftragsabwicklungsschnittstellenverwaltung für Geschäftskunden 支付 الدفع'

/** Every address with something in it; `$unbroken` and the others are what was made for them. */
const PATHS = [
  '/',
  '/start',
  '/incidents',
  '/incidents?status=all',
  '/i/$unbroken',
  '/i/$unbroken?tab=alerts',
  '/i/$unbroken?tab=pages',
  '/i/$declared',
  '/i/$declared?tab=updates',
  '/i/$declared?tab=tasks',
  '/i/$declared?tab=people',
  '/i/$declared/plan',
  '/i/$declared/wall',
  '/i/$declared/executive',
  '/i/$chinese',
  '/i/$arabic',
  '/alerts?status=all',
  '/a/$alert',
  '/a/$alert?tab=labels',
  '/a/$alert?tab=payload',
  '/on-call',
  '/people',
  '/people/raj',
  '/people/raj/edit',
  '/new/people',
  '/teams',
  '/teams/payments',
  '/teams/payments/edit',
  '/new/teams',
  '/profile',
  '/services',
  '/services/api-gateway',
  '/services/api-gateway/edit',
  '/new/services',
  '/integrations',
  '/integrations/demo',
  '/integrations/demo/edit',
  '/new/integrations',
  '/unparsed',
  '/settings',
  '/settings/access',
  '/settings/yaml',
  '/settings/webhooks',
  '/settings/network',
  '/settings/database',
  '/settings/demo',
  '/severity',
  '/severity/p1-p4',
  '/policies',
  '/policies/payments',
  '/new/policies',
  '/schedules',
  '/schedules/payments-primary',
  '/new/schedules',
  '/phone',
  '/nowhere',
]
/** Drawn for developers, and for those who are not signed in. */
const ELSEWHERE = ['/parts', '/parts/$screen', '/sign-in']

describeInBrowser('every screen at every width, with the longest words', () => {
  let program: DemoProgram
  let browser: Browser
  let context: BrowserContext
  let page: Page
  const made: Record<string, string> = {}
  const stylesOf = new Map<string, Record<string, string[]>>()
  const addressOf = (path: string) => path.replace(/\$(\w+)/, (_, name: string) => made[name]!)

  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true })
    program = await startDemo()
    browser = await openBrowser()
    context = await browser.newContext({ reducedMotion: 'reduce', viewport: SIZES[4]! })
    context.setDefaultTimeout(20_000)
    page = await context.newPage()
    await signIn(page, program.signInLink)
    for (const [name, title] of Object.entries(TITLES)) {
      await program.raise({ title, dedup_key: name, labels: { host: 'x'.repeat(200), region: '东京', service: 'الدفع' } })
      made[name] = await waitFor(async () => {
        const { items } = await get<{ items: { title: string; number: string }[] }>('/incidents?limit=20')
        return items.find((one) => one.title.startsWith(title.trim().slice(0, 60)))?.number.replace(/\D+/, '')
      })
    }
    // Where it has gone up, more people and more ways stand on the page.
    for (let level = 2; level < 5; level++)
      await context.request.post(`${program.url}/api/v1/incidents/${made['arabic']}/escalation`, { data: {} })
    // Whose next level is a whole team.
    await context.request.post(`${program.url}/api/v1/incidents/${made['chinese']}/escalation`, { data: {} })
    made['declared'] = await declared()
    made['alert'] = (await get<{ items: { id: string }[] }>(`/alerts?incident=${made['unbroken']}&limit=1`)).items[0]!.id
    for (const kind of ['people', 'teams', 'services', 'schedules', 'policies', 'integrations']) {
      const { items } = await get<{ items: { name: string; version: number; spec: Record<string, unknown> }[] }>(
        `/configuration/${kind}?limit=200`,
      )
      for (const [place, { name, version, spec }] of items.entries()) {
        // The phone's page goes by it.
        if (name === 'demo') continue
        const displayName = kind === 'people' ? PEOPLE[place % 4] : `${THING} ${place}`
        await context.request.put(`${program.url}/api/v1/configuration/${kind}/${name}`, {
          data: { spec: { ...spec, displayName }, expectedVersion: version },
        })
      }
    }
  })

  afterAll(async () => {
    await browser?.close()
    await program?.stop()
  })

  /** With somebody in a role, something to do and something said. */
  async function declared(): Promise<string> {
    const say = async (path: string, data: object, method: 'post' | 'put' = 'post') => {
      const response = await context.request[method](`${program.url}/api/v1/incidents${path}`, { data })
      expect(response.status(), `${path}: ${await response.text()}`).toBeLessThan(300)
      return (await response.json()) as { number: string }
    }
    const { number } = await say('', { title: TITLES.unbroken, summary: TITLES.arabic, level: 'SEV1', service: 'api-gateway' })
    await say(`/${number}/roles/commander`, { person: 'raj' }, 'put')
    await say(`/${number}/tasks`, { text: TITLES.unbroken, person: 'li', due: '10m', handsOn: true })
    await say(`/${number}/updates`, { text: TITLES.chinese })
    await say(`/${number}/responders`, { team: 'payments', message: TITLES.arabic.slice(0, 300) })
    return number.replace(/\D+/, '')
  }

  /** Nothing of it is on its way any more. */
  async function whole(): Promise<void> {
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await expect.poll(() => page.locator('.skeleton').count(), { timeout: 20_000 }).toBe(0)
  }

  async function get<Reply>(path: string): Promise<Reply> {
    const response = await context.request.get(`${program.url}/api/v1${path}`)
    expect(response.status(), path).toBe(200)
    return (await response.json()) as Reply
  }

  test.each(PATHS)('%s', async (path) => {
    await page.setViewportSize(SIZES[4]!)
    await page.goto(`${program.url}${addressOf(path)}`)
    await whole()
    stylesOf.set(path, await page.evaluate(STYLES_OF_PAGE))
    const weeks = page.getByRole('button', { name: '4 weeks' })
    if ((await weeks.count()) > 0) await weeks.click()
    const faults: string[] = []
    for (const size of SIZES) {
      await page.setViewportSize(size)
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
      await page.screenshot({ path: `${FOLDER}/${path.replace(/[^\w]+/g, '_')}-${size.width}.png`, fullPage: size.width === 360 })
      faults.push(...((await page.evaluate(FAULTS_OF_LAYOUT)) as string[]).map((fault) => `${size.width}: ${fault}`))
    }
    expect(faults).toEqual([])
  })

  test('reached by links, each looks as it does when it is loaded', async () => {
    await page.setViewportSize(SIZES[4]!)
    await page.goto(program.url)
    const different: string[] = []
    for (const [path, styles] of stylesOf) {
      await page.evaluate(`history.pushState(null, '', '${addressOf(path)}'); dispatchEvent(new PopStateEvent('popstate'))`)
      await whole()
      const now: Record<string, string[]> = await page.evaluate(STYLES_OF_PAGE)
      for (const [place, values] of Object.entries(styles))
        if (now[place] && !values.some((value) => now[place]!.includes(value)))
          different.push(`${path}: ${place} was ${values[0]}, is ${now[place]![0]}`)
    }
    expect(different).toEqual([])
    expect(stylesOf.size).toBeGreaterThan(30)
  }, 240_000)

  test('no address of the application is left out', () => {
    const addresses = [...readFileSync('src/web/routes.tsx', 'utf8').matchAll(/path: '([^']+)'/g)].map(([, path]) => path!)
    const visited = (address: string) =>
      [...PATHS, ...ELSEWHERE].some((path) => new RegExp(`^${address.replace(/\$\w+/g, '[^/]+')}$`).test(path.replace(/\?.*/, '')))
    expect(addresses.filter((address) => !visited(address))).toEqual([])
    expect(addresses.length).toBeGreaterThan(30)
  })
})

async function waitFor<Found>(look: () => Promise<Found | undefined>): Promise<Found> {
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
