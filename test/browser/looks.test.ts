import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeInBrowser, hearTroubles, openBrowser, signIn } from './browser.ts'
import { readRungPhone } from './drawn-phone.ts'
import { type DemoProgram, startDemo } from './program.ts'

const SIZES = { phone: { width: 360, height: 640 }, desk: { width: 1440, height: 900 } } as const
const NARROWEST = { width: 320, height: 640 }
const FIRST_LOAD_BYTES_MAX = 140_000
/** At 400 kbit/s and 400 ms there is time for no more. */
const INCIDENT_REQUESTS_MAX = 12
const INCIDENT_BYTES_MAX = 205_000
const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']
const FOLDER = 'test-results/screens'
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What each page shows once it is whole; looks before that would be of its skeleton. */
interface Screen {
  path(): string
  ready(page: Page): Promise<unknown>
  signedOut?: true
}

describeInBrowser('every screen, light and dark, on a phone and on a desk', () => {
  let program: DemoProgram
  let browser: Browser
  let signedIn: BrowserContext
  let signedOut: BrowserContext
  let incidentPath: string
  let alertPath: string
  let worstPath: string
  let nightUrl: string
  let signInUrl: string
  let unparsedEvent: string

  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true })
    program = await startDemo()
    browser = await openBrowser()
    signedIn = await browser.newContext({ reducedMotion: 'reduce' })
    signedOut = await browser.newContext({ reducedMotion: 'reduce' })
    for (const context of [signedIn, signedOut]) context.setDefaultTimeout(10_000)
    const page = await signedIn.newPage()
    await signIn(page, program.signInLink)
    await program.raise()
    await page.getByRole('region', { name: 'Nobody has it yet' }).getByRole('link').click()
    await page.getByRole('heading', { name: 'Checkout is slow', level: 1 }).waitFor()
    await page.getByRole('listitem').filter({ hasText: 'took the page' }).first().waitFor()
    incidentPath = new URL(page.url()).pathname
    const alerts = await signedIn.request.get(`${program.url}/api/v1/alerts?limit=1`)
    alertPath = `/a/${((await alerts.json()) as { items: { id: string }[] }).items[0]!.id}`
    const found = await signedIn.request.get(`${program.url}/api/v1/incidents?text=Partners+are+paid+twice&status=open`)
    worstPath = `/i/${((await found.json()) as { items: { number: string }[] }).items[0]!.number.replace(/\D+/g, '')}`
    nightUrl = (await readRungPhone(signedIn, program.url)).acknowledgeLink
    signInUrl = await makeSignInLink()
    unparsedEvent = await sendNoJson()
    await page.close()
  })

  afterAll(async () => {
    await browser?.close()
    await program?.stop()
  })

  const screens: Record<string, Screen> = {
    now: {
      path: () => '/',
      async ready(page) {
        await page.getByRole('region', { name: 'Nobody has it yet' }).getByRole('link', { name: 'Checkout is slow' }).waitFor()
        await page.getByRole('complementary', { name: 'About this installation' }).waitFor()
        await page.getByRole('region', { name: 'Who is on call' }).getByRole('listitem').first().waitFor()
      },
    },
    incidents: {
      path: () => '/incidents',
      ready: (page) => page.getByRole('main').getByRole('link', { name: 'Checkout is slow' }).waitFor(),
    },
    'incidents-preview': {
      path: () => '/incidents',
      async ready(page) {
        await page.getByRole('main').getByRole('link', { name: 'Checkout is slow' }).focus()
        await page.keyboard.press(' ')
        await page.getByRole('region', { name: 'Preview' }).getByText('took the page').first().waitFor()
      },
    },
    alerts: {
      path: () => '/alerts?status=all',
      async ready(page) {
        await page.getByRole('table', { name: 'Alert list' }).getByRole('link', { name: 'Checkout is slow' }).waitFor()
        await page.getByText(/alerts became \d+ incidents/).waitFor()
      },
    },
    alert: {
      path: () => alertPath,
      ready: (page) =>
        page.getByRole('list', { name: 'Every decision, from receipt to delivery' }).getByText('shown on screen').first().waitFor(),
    },
    'alert-labels': {
      path: () => `${alertPath}?tab=labels`,
      ready: (page) => page.getByRole('heading', { name: 'Facts' }).waitFor(),
    },
    'alert-payload': {
      path: () => `${alertPath}?tab=payload`,
      ready: (page) => page.getByRole('region', { name: 'The body that opened it, as it came' }).waitFor(),
    },
    'incident-timeline': {
      path: () => incidentPath,
      ready: (page) => page.getByRole('list', { name: 'Timeline, newest first' }).getByText('took the page').first().waitFor(),
    },
    'incident-alerts': {
      path: () => `${incidentPath}?tab=alerts`,
      ready: (page) =>
        page.getByRole('list', { name: 'Every decision, from receipt to delivery' }).getByText('shown on screen').first().waitFor(),
    },
    'incident-pages': {
      path: () => `${incidentPath}?tab=pages`,
      ready: (page) => page.getByRole('table', { name: 'Delivery log' }).getByText('Delivered').first().waitFor(),
    },
    'incident-command': {
      path: () => worstPath,
      ready: (page) => page.getByText('Ask the bank to hold the second file').first().waitFor(),
    },
    'incident-updates': {
      path: () => `${worstPath}?tab=updates`,
      ready: (page) => page.getByText('The job is stopped, no more go out').first().waitFor(),
    },
    'incident-tasks': {
      path: () => `${worstPath}?tab=tasks`,
      ready: (page) => page.getByText('List every payout that went out twice').first().waitFor(),
    },
    'incident-people': {
      path: () => `${worstPath}?tab=people`,
      ready: (page) => page.getByText('Paged for it').first().waitFor(),
    },
    wall: {
      path: () => `${worstPath}/wall`,
      async ready(page) {
        await page.getByText('Ask the bank to hold the second file').first().waitFor()
        await page.getByText('Beatriz Amado', { exact: true }).waitFor()
      },
    },
    'response-plan': {
      path: () => `${worstPath}/plan`,
      ready: (page) => page.getByText('Ask the bank to hold the second file').first().waitFor(),
    },
    executive: {
      path: () => `${worstPath}/executive`,
      ready: (page) => page.getByText('Beatriz Amado leads').waitFor(),
    },
    'on-call': {
      path: () => '/on-call',
      async ready(page) {
        await page.getByRole('table', { name: 'Who is on call' }).getByText('Payments primary').first().waitFor()
        await page.getByRole('img', { name: /^Core primary, 60 days/ }).waitFor()
      },
    },
    'on-call-at': {
      path: () => '/on-call?at=2027-01-12T03:11:00Z',
      ready: (page) => page.getByRole('table', { name: 'Who is on call' }).getByText('Payments primary').first().waitFor(),
    },
    people: {
      path: () => '/people',
      ready: (page) => page.getByRole('main').getByRole('link', { name: 'Raj Iyer' }).waitFor(),
    },
    person: {
      path: () => '/people/raj',
      ready: (page) => page.getByRole('list', { name: 'Minute by minute' }).getByText('Catch-all').waitFor(),
    },
    teams: {
      path: () => '/teams',
      ready: (page) => page.getByRole('main').getByRole('link', { name: 'Payments' }).waitFor(),
    },
    team: {
      path: () => '/teams/payments',
      ready: (page) => page.getByRole('list', { name: 'Members' }).getByText('Raj Iyer').waitFor(),
    },
    'person-form': {
      path: () => '/people/li/edit',
      ready: (page) => page.getByRole('group', { name: 'Low urgency' }).getByLabel('After').waitFor(),
    },
    'team-form': {
      path: () => '/teams/payments/edit',
      ready: (page) => page.getByRole('group', { name: 'Members' }).getByText('Raj Iyer').waitFor(),
    },
    profile: {
      path: () => '/profile',
      ready: (page) => page.getByText('No contact yet').waitFor(),
    },
    services: {
      path: () => '/services',
      ready: (page) => page.getByRole('table', { name: 'Services, the worst first' }).getByRole('link', { name: 'Checkout' }).waitFor(),
    },
    service: {
      path: () => '/services/api-gateway',
      async ready(page) {
        await page.getByRole('group', { name: /Checkout use API gateway/ }).waitFor()
        await page.getByRole('region', { name: 'On call now' }).getByText('Raj Iyer').first().waitFor()
        await page.getByRole('link', { name: 'Prometheus eu and us' }).waitFor()
      },
    },
    'service-form': {
      path: () => '/services/api-gateway/edit',
      ready: (page) => page.getByLabel('What it lets people do').waitFor(),
    },
    integrations: {
      path: () => '/integrations',
      ready: (page) => page.getByRole('table', { name: 'Integrations' }).getByRole('link', { name: 'Try it yourself' }).waitFor(),
    },
    integration: {
      path: () => '/integrations/demo',
      async ready(page) {
        await page.getByLabel('To paste: curl', { exact: true }).waitFor()
        await page.getByRole('region', { name: 'Last payloads' }).getByText('Checkout is slow').first().waitFor()
      },
    },
    'integration-new': {
      path: () => '/new/integrations',
      ready: (page) => page.getByRole('dialog').getByLabel('Service').waitFor(),
    },
    unparsed: {
      path: () => `/unparsed?event=${unparsedEvent}`,
      ready: (page) => page.getByText('It stops being JSON in line 1, which is lit.').waitFor(),
    },
    settings: {
      path: () => '/settings',
      ready: (page) => page.getByRole('table', { name: 'Background work' }).getByText('On time').first().waitFor(),
    },
    'settings-access': {
      path: () => '/settings/access',
      ready: (page) => page.getByRole('main').getByText('No token is in force').waitFor(),
    },
    'settings-yaml': {
      path: () => '/settings/yaml',
      ready: (page) => page.getByRole('region', { name: 'Configuration as YAML' }).getByText('apiVersion').first().waitFor(),
    },
    'settings-network': {
      path: () => '/settings/network',
      ready: (page) => page.getByRole('main').getByText('TOCSIN_EGRESS_ALLOW').waitFor(),
    },
    'settings-database': {
      path: () => '/settings/database',
      ready: (page) => page.getByRole('main').getByText('TOCSIN_SECRET_KEY_FILE').waitFor(),
    },
    'settings-demo': {
      path: () => '/settings/demo',
      ready: (page) => page.getByRole('button', { name: 'Remove the demo' }).waitFor(),
    },
    severity: {
      path: () => '/severity',
      async ready(page) {
        await page.getByRole('table', { name: 'Levels, the worst first' }).waitFor()
        await page.getByText('SEV2 Major is proposed').waitFor()
        await page.getByRole('region', { name: 'Used by' }).waitFor()
      },
    },
    palette: {
      path: () => '/',
      async ready(page) {
        await page.getByRole('region', { name: 'Nobody has it yet' }).getByRole('link', { name: 'Checkout is slow' }).waitFor()
        await page.keyboard.press('Control+k')
        await page.getByRole('combobox', { name: 'Search or run a command' }).fill('che')
        await page
          .getByRole('option', { name: /Checkout is slow/ })
          .first()
          .waitFor()
      },
    },
    keys: {
      path: () => '/incidents',
      async ready(page) {
        await page.getByRole('main').getByRole('link', { name: 'Checkout is slow' }).waitFor()
        await page.keyboard.press('?')
        await page.getByRole('dialog', { name: 'Keys' }).waitFor()
      },
    },
    'incident-severity': {
      path: () => incidentPath,
      async ready(page) {
        await page.getByRole('list', { name: 'Timeline, newest first' }).getByText('took the page').first().waitFor()
        await page.getByRole('button', { name: 'Severity' }).click()
        await page.getByRole('dialog', { name: /^Severity of/ }).waitFor()
      },
    },
    phone: {
      path: () => '/phone',
      async ready(page) {
        await page.getByRole('log', { name: 'A drawn phone' }).getByRole('button', { name: 'Acknowledge' }).first().waitFor()
        await page.getByRole('list', { name: 'The way of the alert, in order' }).getByText('Paged').first().waitFor()
      },
    },
    policies: {
      path: () => '/policies',
      ready: (page) => page.getByRole('table', { name: 'Escalation policies' }).getByText('Payments policy').waitFor(),
    },
    policy: {
      path: () => '/policies/payments',
      ready: (page) => page.getByRole('list', { name: 'Who is paged, and when' }).getByText('Catch-all').first().waitFor(),
    },
    schedules: {
      path: () => '/schedules',
      ready: (page) => page.getByRole('table', { name: 'Schedules, with who is on call' }).getByText('Payments primary').waitFor(),
    },
    schedule: {
      path: () => '/schedules/payments-primary',
      async ready(page) {
        await page.getByRole('heading', { name: 'Next 60 days' }).waitFor()
        await page.getByRole('region', { name: 'Somebody else for a while' }).getByText('Nobody stands in').waitFor()
      },
    },
    'new-schedule': {
      path: () => '/new/schedules',
      ready: (page) => page.getByText('1 gap').waitFor(),
    },
    'sign-in': {
      path: () => '/',
      ready: (page) => page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor(),
      signedOut: true,
    },
    'sign-in-link': {
      path: () => new URL(signInUrl).pathname,
      ready: (page) => page.getByRole('button', { name: 'Sign in' }).waitFor(),
      signedOut: true,
    },
    'page-at-night': {
      path: () => new URL(nightUrl).pathname,
      ready: (page) => page.getByRole('button', { name: 'Acknowledge' }).waitFor(),
      signedOut: true,
    },
    parts: {
      path: () => '/parts',
      ready: (page) => page.getByRole('heading', { name: 'Tocsin parts', level: 1 }).waitFor(),
    },
  }

  /** Another one: looking at it does not use it up. */
  async function makeSignInLink(): Promise<string> {
    const response = await signedIn.request.post(`${program.url}/api/v1/login-links`, { data: { person: 'owner' } })
    return ((await response.json()) as { url: string }).url
  }

  async function sendNoJson(): Promise<string> {
    const demo = (await (await signedIn.request.get(`${program.url}/api/v1/demo`)).json()) as { firstAlert: { url: string } }
    await signedIn.request.post(demo.firstAlert.url, { data: '{"title": oops', headers: { 'content-type': 'text/plain' } })
    for (;;) {
      const { items } = (await (await signedIn.request.get(`${program.url}/api/v1/unparsed-events`)).json()) as { items: { id: string }[] }
      if (items[0]) return items[0].id
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  describe('in English', () => {
    const open: Partial<Record<'in' | 'out', { page: Page; troubles: string[] }>> = {}

    beforeAll(async () => {
      for (const [who, context] of [['in', signedIn] as const, ['out', signedOut] as const]) {
        const page = await context.newPage()
        open[who] = { page, troubles: await hearTroubles(page) }
      }
    })

    for (const [name, screen] of Object.entries(screens)) {
      test(`${name}: nobody is shut out, it is as wide as its window, and the browser does not complain`, async () => {
        const { page, troubles } = open[screen.signedOut ? 'out' : 'in']!
        troubles.length = 0
        await page.setViewportSize(SIZES.phone)
        await page.emulateMedia({ colorScheme: 'light' })
        await page.goto(`${program.url}${screen.path()}`)
        await screen.ready(page)
        // Evaluated, not added as an element: the content policy of the pages refuses that, as it should.
        await page.evaluate(axe)
        const violations: string[] = []
        for (const [size, viewport] of Object.entries(SIZES)) {
          await page.setViewportSize(viewport)
          for (const theme of ['light', 'dark'] as const) {
            await page.emulateMedia({ colorScheme: theme })
            await page.screenshot({ path: `${FOLDER}/${name}-${size}-${theme}.png` })
            // A theme is colours and nothing else.
            const found = await violationsOn(page, theme === 'light' ? 'everything' : 'colours')
            violations.push(...found.map((one) => `${size}, ${theme}: ${one}`))
          }
        }
        expect(violations).toEqual([])
        await page.setViewportSize(NARROWEST)
        expect(await page.evaluate(OVERHANGING)).toEqual([])
        expect(troubles.filter((trouble) => !isRefusedSession(trouble, screen))).toEqual([])
      })
    }
  })

  describe('in German', () => {
    let german: Page
    let stranger: Page

    beforeAll(async () => {
      const asGerman = { locale: 'de-DE', reducedMotion: 'reduce', viewport: SIZES.phone } as const
      const contexts = [
        await browser.newContext({ ...asGerman, storageState: await signedIn.storageState() }),
        await browser.newContext(asGerman),
      ] as const
      for (const context of contexts) context.setDefaultTimeout(10_000)
      german = await contexts[0].newPage()
      stranger = await contexts[1].newPage()
    })

    // The developers' page stays English.
    test.each(Object.entries(screens).filter(([name]) => name !== 'parts'))(
      '%s fits a phone, and nobody is shut out',
      async (name, screen) => {
        const page = screen.signedOut ? stranger : german
        await page.goto(`${program.url}${screen.path()}`)
        await page.getByRole('heading', { level: 1 }).first().waitFor()
        // What is fetched makes the page wider, if anything does.
        await page.getByRole('main').locator('.skeleton').first().waitFor({ state: 'detached' })
        await page.screenshot({ path: `${FOLDER}/${name}-phone-german.png`, fullPage: true })
        expect(await page.evaluate('document.documentElement.lang')).toBe('de')
        expect(await page.evaluate(OVERHANGING)).toEqual([])
        await page.evaluate(axe)
        expect(await violationsOn(page, 'words')).toEqual([])
      },
    )
  })

  test('an incident opened from a page comes in few requests, and is small', async () => {
    // A phone that was never here before.
    const context = await browser.newContext({
      serviceWorkers: 'block',
      viewport: SIZES.phone,
      storageState: await signedIn.storageState(),
    })
    try {
      const page = await context.newPage()
      const line = await context.newCDPSession(page)
      await line.send('Network.enable')
      const asked: string[] = []
      let bytes = 0
      line.on('Network.requestWillBeSent', ({ request }) => void asked.push(new URL(request.url).pathname))
      line.on('Network.loadingFinished', ({ encodedDataLength }) => {
        bytes += encodedDataLength
      })
      await page.goto(`${program.url}${incidentPath}`)
      await screens['incident-timeline']!.ready(page)
      await page.waitForLoadState('networkidle')
      expect(asked.length, asked.join('\n')).toBeLessThanOrEqual(INCIDENT_REQUESTS_MAX)
      expect(bytes).toBeLessThanOrEqual(INCIDENT_BYTES_MAX)
    } finally {
      await context.close()
    }
  })

  test('what the browser loads first is small', async () => {
    const context = await browser.newContext({ serviceWorkers: 'block', storageState: await signedIn.storageState() })
    try {
      const page = await context.newPage()
      const scripts: Promise<{ path: string; bytes: number }>[] = []
      page.on('response', (response) => {
        if (response.request().resourceType() !== 'script') return
        const path = new URL(response.url()).pathname
        scripts.push(
          response
            .request()
            .sizes()
            .then(({ responseBodySize }) => ({ path, bytes: responseBodySize })),
        )
        expect(response.headers()['content-encoding']).toBe('br')
      })
      await page.goto(`${program.url}/`)
      await screens['now']!.ready(page)
      const loaded = await Promise.all(scripts)
      expect(loaded.length).toBeGreaterThan(2)
      expect(
        loaded.reduce((sum, { bytes }) => sum + bytes, 0),
        JSON.stringify(loaded),
      ).toBeLessThanOrEqual(FIRST_LOAD_BYTES_MAX)
    } finally {
      await context.close()
    }
  })
})

/** Each as one line that names the rule and the place. Words have no colour, and colours no words. */
async function violationsOn(page: Page, what: 'everything' | 'colours' | 'words'): Promise<string[]> {
  const options = {
    everything: { runOnly: WCAG_22_AA },
    colours: { runOnly: COLOUR_RULES },
    words: { runOnly: WCAG_22_AA, rules: Object.fromEntries(COLOUR_RULES.map((rule) => [rule, { enabled: false }])) },
  }[what]
  return page.evaluate(`axe.run(document, ${JSON.stringify({ ...options, resultTypes: ['violations'] })}).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' at ' + target.join(' ') + ': ' + failureSummary)))`)
}

/** What makes a page scroll sideways, by its selector. Tables and code may scroll inside a region of their own. */
const OVERHANGING = `
  [document.documentElement, document.body, ...document.querySelectorAll('main')]
    .filter((one) => one.scrollWidth > Math.min(one.clientWidth, innerWidth))
    .map((one) => one.localName + ' is ' + one.scrollWidth + ' px wide')`

/** Whoever is not signed in asks once who they are, and the browser notes the refusal. */
function isRefusedSession(trouble: string, screen: Screen): boolean {
  return screen.signedOut === true && /status of 401/.test(trouble)
}
