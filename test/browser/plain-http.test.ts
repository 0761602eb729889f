import type { Browser, BrowserContext, Page, Request } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { describeInBrowser, openBrowser, signIn } from './browser.ts'
import { type DemoProgram, startDemo } from './program.ts'

const HOST = 'pager.test'
const TABS = 9

/** As most offices will have it first: by a name, without a certificate. Browsers leave out there what they keep for HTTPS. */
describeInBrowser('over plain HTTP, by a name', () => {
  let program: DemoProgram
  let browser: Browser
  let context: BrowserContext
  let page: Page
  const streams = new Set<Request>()

  beforeAll(async () => {
    program = await startDemo(HOST)
    browser = await openBrowser([`--host-resolver-rules=MAP ${HOST} 127.0.0.1`])
    context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    context.setDefaultTimeout(20_000)
    context.on('request', (request) => request.url().includes('/api/v1/events') && streams.add(request))
    context.on('requestfinished', (request) => streams.delete(request))
    context.on('requestfailed', (request) => streams.delete(request))
    page = await context.newPage()
    await signIn(page, program.signInLink)
  })

  afterAll(async () => {
    await browser?.close()
    await program?.stop()
  })

  /** Another incident that nobody has. */
  async function declare(title: string): Promise<{ id: string; url: string }> {
    const data = { title, policy: 'payments' }
    const { id, number } = (await page.evaluate(
      `fetch('/api/v1/incidents', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '${JSON.stringify(data)}' })
        .then((reply) => reply.json())`,
    )) as { id: string; number: string }
    return { id, url: `${program.url}/i/${number.replace(/\D+/, '')}` }
  }

  /** The rail shows at once what lists hold back until they are asked. */
  const inRail = (tab: Page, title: string) =>
    tab
      .getByRole('link', { name: new RegExp(title) })
      .first()
      .waitFor()

  const statusOf = (id: string) =>
    page.evaluate(`fetch('/api/v1/incidents/${id}').then((reply) => reply.json()).then(({ status }) => status)`)

  test('the page is without what needs HTTPS, and Acknowledge works all the same', async () => {
    const { id, url } = await declare('Valve 7 is stuck')
    await page.goto(url)
    expect(await page.evaluate('[isSecureContext, typeof crypto.randomUUID, typeof navigator.locks, typeof navigator.clipboard]')).toEqual([
      false,
      'undefined',
      'undefined',
      'undefined',
    ])
    await page.getByRole('button', { name: 'Acknowledge' }).click()
    await page.getByText('Acknowledged. Nobody else is paged.').waitFor()
    expect(await statusOf(id)).toBe('acknowledged')
    await page.getByRole('textbox', { name: 'Write a note' }).fill('Opened by hand')
    await page.getByRole('button', { name: 'Add note' }).click()
    await page.getByText('The note is on the timeline.').waitFor()
  })

  test('an incident is declared', async () => {
    await page.getByRole('button', { name: 'Declare' }).first().click()
    await page.getByRole('dialog').getByRole('textbox', { name: 'What is wrong' }).fill('Water in hall 3')
    await page.getByRole('dialog').getByRole('button', { name: 'Declare' }).click()
    await page.getByRole('heading', { name: 'Water in hall 3', level: 1 }).waitFor()
  })

  test('a text is copied', async () => {
    await page.goto(`${program.url}/integrations/demo`)
    await page.getByRole('button', { name: 'Copy' }).first().click()
    await page.getByRole('button', { name: 'Copied' }).first().waitFor()
  })

  test('nine tabs hold one stream, all of them are live, and another one listens when that tab is closed', async () => {
    const tabs = [page]
    await page.goto(`${program.url}/incidents`)
    await page.getByText('Live', { exact: true }).waitFor()
    while (tabs.length < TABS) {
      const tab = await context.newPage()
      tabs.push(tab)
      await tab.goto(`${program.url}/incidents`)
      await tab.getByText('Live', { exact: true }).waitFor()
    }
    for (const tab of tabs) await tab.getByRole('main').getByRole('link', { name: 'Water in hall 3' }).waitFor()
    expect(streams.size).toBe(1)
    await declare('Pump 2 runs dry')
    await Promise.all(tabs.map((tab) => inRail(tab, 'Pump 2 runs dry')))

    const listening = [...streams][0]!.frame().page()
    const others = tabs.filter((tab) => tab !== listening)
    page = others[0]!
    const taken = context.waitForEvent('request', (request) => request.url().includes('/api/v1/events'))
    await listening.close()
    await taken
    await declare('Lift 4 stands')
    await Promise.all(others.map((tab) => inRail(tab, 'Lift 4 stands')))
    const open = () => [...streams].filter((request) => others.includes(request.frame().page()))
    expect(open()).toHaveLength(1)

    // One that is busy or put to sleep answers nobody; when it wakes, two listen, and agree on one.
    const sleeping = open()[0]!.frame().page()
    const takenAgain = context.waitForEvent('request', (request) => request.url().includes('/api/v1/events'))
    await sleeping.evaluate(`setTimeout(() => { for (const until = Date.now() + 8_000; Date.now() < until; ); })`)
    await takenAgain
    await vi.waitUntil(() => open().length === 1, { timeout: 30_000 })
    await declare('Door 5 is open')
    await Promise.all(others.map((tab) => inRail(tab, 'Door 5 is open')))
    await Promise.all(others.slice(1).map((tab) => tab.close()))
  })

  test('a press that this browser cannot carry out says so', async () => {
    const { id, url } = await declare('Fan 9 is loud')
    // Even chance is missing: whatever a later browser leaves out.
    const bare = await context.newPage()
    await bare.addInitScript('crypto.getRandomValues = undefined')
    await bare.goto(url)
    await bare.getByRole('button', { name: 'Acknowledge' }).click()
    await bare
      .getByText(/^This page could not do it: .+ Reload the page and try again\.$/)
      .first()
      .waitFor()
    expect(await statusOf(id)).toBe('detected')
    await bare.getByRole('button', { name: 'Declare' }).first().click()
    await bare.getByRole('dialog').getByRole('textbox', { name: 'What is wrong' }).fill('Water in hall 4')
    await bare.getByRole('dialog').getByRole('button', { name: 'Declare' }).click()
    await bare
      .getByRole('dialog')
      .getByText(/Not declared\. This page could not do it/)
      .waitFor()
    await bare.close()
  })
})
