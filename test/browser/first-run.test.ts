import { mkdirSync } from 'node:fs'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWebhookReceiver } from '../world/webhook-receiver.ts'
import { describeInBrowser, hearTroubles, openBrowser, signInFirst } from './browser.ts'
import { startBare } from './program.ts'

const FOLDER = 'test-results/first-run'

/** Every address that can be empty. */
const EMPTY = [
  '/start',
  '/incidents',
  '/incidents?status=all',
  '/incidents?status=resolved',
  '/alerts',
  '/alerts?status=all',
  '/alerts?status=ended',
  '/on-call',
  '/people?show=on-call',
  '/teams',
  '/services',
  '/services?show=trouble',
  '/integrations',
  '/unparsed',
  '/policies',
  '/schedules',
  '/settings/access',
  '/settings/demo',
  '/phone',
  '/nowhere',
  '/services/nobody/edit',
  '/i/999',
]

describeInBrowser('a first run, with nothing there', () => {
  let program: Awaited<ReturnType<typeof startBare>>
  let phone: Awaited<ReturnType<typeof startWebhookReceiver>>
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let troubles: string[]

  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true })
    phone = await startWebhookReceiver()
    program = await startBare({ TOCSIN_EGRESS_ALLOW: '127.0.0.0/8' })
    browser = await openBrowser()
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
    context.setDefaultTimeout(10_000)
    page = await context.newPage()
    troubles = await hearTroubles(page)
    await signInFirst(page, program.signInLink)
  })

  afterAll(async () => {
    await browser?.close()
    await program?.stop()
    await phone?.close()
  })

  const step = (name: string) => page.getByRole('region', { name, exact: true })

  test('no place ends in nothing: where nothing is, something can be pressed that leads on', async () => {
    const seen: string[] = []
    for (const path of EMPTY) {
      await page.goto(program.url + path)
      await page.locator('main h1, main .empty-state').first().waitFor()
      await page.locator('main .skeleton').first().waitFor({ state: 'detached' })
      const states = await page.locator('main .empty-state').evaluateAll((all) =>
        all.map((one) => ({
          title: one.querySelector('h1, h2, h3')?.textContent ?? '',
          steps: one.querySelectorAll('a.button, button.button, a.text-link').length,
        })),
      )
      for (const { title, steps } of states) {
        seen.push(`${path}: ${title}`)
        expect(steps, `${path}: ${title}`).toBeGreaterThan(0)
      }
    }
    expect(seen.length).toBeGreaterThan(14)
  })

  test('is five steps, of which none is offered that cannot be done', async () => {
    await page.goto(program.url)
    await page.getByText('0 of 5 done').waitFor()
    // What was asked for before, and is not there, is a failure to the browser, too.
    troubles.splice(0)
    await page.keyboard.press('Enter')
    const picks = page.getByRole('radiogroup', { name: 'What should wake you' }).getByRole('radio')
    expect(await picks.allInnerTexts()).toEqual([expect.stringContaining('ntfy push'), expect.stringContaining('Webhook')])
    expect(await page.getByRole('button', { name: /Put me on call/ }).count()).toBe(0)
    expect(await page.getByRole('button', { name: /Send it from here/ }).count()).toBe(0)
  })

  test('ends with a page that was heard and acknowledged; what is done stands in another browser, too', async () => {
    await step('You').getByLabel('Your name').fill('Oskar Brandt')
    await page.keyboard.press('Enter')
    await page.getByText('1 of 5 done').waitFor()

    await step('What should wake you?')
      .getByRole('radio', { name: /^Webhook/ })
      .click()
    // One that does not ring says why, and is mended by the next: it would be tried first for ever.
    const gone = await startWebhookReceiver()
    await gone.close()
    await step('What should wake you?').getByLabel('Address').fill(`http://127.0.0.1:${gone.port}/oskar`)
    await page.getByRole('button', { name: /Save it and ring/ }).click()
    await step('What should wake you?')
      .getByText(/webhook, does not arrive: .*refused/i)
      .waitFor()
    await step('What should wake you?').getByLabel('Address').fill(`http://127.0.0.1:${phone.port}/oskar`)
    await page.getByRole('button', { name: /Save it and ring/ }).click()
    await step('What should wake you?').getByText('webhook 2, rang').waitFor()
    expect(phone.requests.map(({ path }) => path)).toEqual(['/oskar'])
    expect(await step('What should wake you?').getByRole('listitem').count()).toBe(1)

    await step('What should wake you?').getByRole('button', { name: 'Ring again' }).click()
    await step('What should wake you?')
      .getByText(/^Not done\. A test page went to/)
      .waitFor()

    // A press that gets half-way is gone on from, and names of Tocsin's own are no obstacle.
    await page.route('**/api/v1/configuration/services/*', (route) => route.abort(), { times: 1 })
    await step('What can break, and who answers?').getByLabel('What can break').fill('Tocsin at the parcel desk')
    await page.getByRole('button', { name: /Put me on call/ }).click()
    await step('What can break, and who answers?')
      .getByText(/^Not done\./)
      .waitFor()
    await page.getByRole('button', { name: /Put me on call/ }).click()
    await page.getByText('Tocsin at the parcel desk, answered by Oskar Brandt.').waitFor()
    const made = await context.request.get(`${program.url}/api/v1/configuration/policies`)
    const { items } = (await made.json()) as { items: { name: string }[] }
    expect(items.map(({ name }) => name).filter((name) => name !== 'tocsin-admins')).toEqual(['our-tocsin-at-the-parcel-desk'])

    const line = await step('Send an alert with your own hands').locator('code').innerText()
    const url = /curl -X POST (\S+)/.exec(line)![1]!
    const sent = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: /-d '(.+)'/.exec(line)![1]! })
    expect(sent.status).toBe(202)
    await page.getByText('4 of 5 done').waitFor()
    const way = page.getByRole('list', { name: 'The way of the alert' })
    await way.getByText('Oskar Brandt, webhook').waitFor()
    expect(phone.requests).toHaveLength(2)

    const other = await browser.newContext({
      storageState: await context.storageState(),
      viewport: { width: 360, height: 640 },
      reducedMotion: 'reduce',
    })
    const elsewhere = await other.newPage()
    await elsewhere.goto(program.url)
    await elsewhere.getByText('4 of 5 done').waitFor()
    await elsewhere.screenshot({ path: `${FOLDER}/four-phone.png`, fullPage: true })
    expect(await elsewhere.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
    // Its key was seen by the first browser alone.
    await elsewhere.getByRole('region', { name: 'Send an alert with your own hands' }).click()
    await elsewhere.getByRole('button', { name: 'Make a key to copy' }).waitFor()
    await other.close()

    await page.getByRole('button', { name: /^Acknowledge/ }).click()
    await page.getByText('5 of 5 done').waitFor()
    await way.getByText('by Oskar Brandt').waitFor()
    await page.screenshot({ path: `${FOLDER}/done.png` })
    await page.getByRole('button', { name: 'Go to Now' }).click()
    await page.getByRole('region', { name: 'Open incidents' }).getByRole('link', { name: 'Checkout is slow' }).waitFor()
    await page.reload()
    await page.getByRole('region', { name: 'Open incidents' }).waitFor()
    // What was refused on purpose above is a failure to the browser, too.
    expect(troubles.filter((trouble) => !/status of 4(09|29)|ERR_FAILED/.test(trouble))).toEqual([])
  })

  test('looking around first brings the demo beside what was made; when it goes, its phone goes with it and the rest stays', async () => {
    await page.goto(`${program.url}/start`)
    await page.getByRole('button', { name: /Start it/ }).click()
    await page.getByText('Demo company Harbourline').waitFor({ timeout: 60_000 })
    const open = page.getByRole('region', { name: 'Open incidents' })
    await open.getByRole('link', { name: '12 % of EU API calls fail' }).waitFor()
    await open.getByRole('link', { name: 'Checkout is slow' }).waitFor()
    await page
      .getByRole('list', { name: 'Incidents of the last six hours' })
      .getByRole('link', { name: /Mail is up to/ })
      .waitFor()
    await page.screenshot({ path: `${FOLDER}/demo.png` })
    await page.goto(`${program.url}/phone`)
    await page.getByRole('heading', { name: 'Send an alert, hear the page' }).waitFor()
    await page.getByRole('button', { name: 'Remove demo data' }).click()
    await open.getByRole('link', { name: 'Checkout is slow' }).waitFor()
    await open.getByRole('link', { name: '12 % of EU API calls fail' }).waitFor({ state: 'detached' })
    await page.goto(`${program.url}/phone`)
    await page.getByRole('heading', { name: 'Send an alert, hear the page' }).waitFor({ state: 'detached' })
    await page.locator('.empty-state').waitFor()
    await page.goto(`${program.url}/services`)
    await page.getByRole('link', { name: 'Parcel desk' }).waitFor()
  })
})

describeInBrowser('the first steps by keys', () => {
  test('J and K go through them, Shift+H puts the page away for good, its address brings it back', async () => {
    const program = await startBare()
    const browser = await openBrowser()
    try {
      const page = await browser.newPage({ viewport: { width: 1024, height: 768 } })
      page.setDefaultTimeout(10_000)
      await signInFirst(page, program.signInLink)
      await page.keyboard.press('j')
      const focused = () => page.evaluate("document.activeElement.getAttribute('aria-label')")
      expect(await focused()).toBe('What should wake you?')
      await page.keyboard.press('k')
      expect(await focused()).toBe('You')
      await page.keyboard.press('Shift+H')
      await page.getByRole('region', { name: 'Open incidents' }).waitFor()
      await page.reload()
      await page.getByRole('region', { name: 'Open incidents' }).waitFor()
      await page.goto(`${program.url}/start`)
      await page.getByRole('heading', { name: 'Your first page in five minutes' }).waitFor()
    } finally {
      await browser.close()
      await program.stop()
    }
  })
})
