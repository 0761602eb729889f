import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, hearTroubles, openBrowser, signIn } from './browser.ts'
import { type RungPhone, readRungPhone } from './drawn-phone.ts'
import { type DemoProgram, startDemo } from './program.ts'

describeInBrowser('from the first start to the end of the demo', () => {
  let program: DemoProgram
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let troubles: string[]
  let phone: RungPhone
  let number: string

  beforeAll(async () => {
    program = await startDemo()
    browser = await openBrowser()
    context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    context.setDefaultTimeout(10_000)
    page = await context.newPage()
    troubles = await hearTroubles(page)
  })

  afterAll(async () => {
    await browser?.close()
    await program?.stop()
  })

  test('the printed link shows a button, and the button leads to Now with the demo company', async () => {
    await signIn(page, program.signInLink)
    expect(new URL(page.url()).pathname).toBe('/')
    await page.getByRole('complementary', { name: 'About this installation' }).getByText('Demo company').waitFor()
    expect(await page.getByRole('region', { name: 'Nobody has it yet' }).count()).toBe(0)
  })

  test('the printed command opens an incident, and Now shows it within a second without being loaded again', async () => {
    await page.evaluate('window.wasHere = true')
    expect((await program.raise()).ok).toBe(true)
    const waiting = page.getByRole('region', { name: 'Nobody has it yet' })
    await waiting.getByRole('link', { name: 'Checkout is slow' }).waitFor({ timeout: 1000 })
    expect(await page.evaluate('window.wasHere')).toBe(true)
  })

  test('the drawn phone shows the page', async () => {
    await page.goto(`${program.url}/phone`)
    const notice = page.getByRole('log', { name: 'A drawn phone' }).getByRole('article').filter({ hasText: 'Checkout is slow' })
    await notice.getByRole('button', { name: 'Acknowledge' }).waitFor()
    await page.getByRole('list', { name: 'The way of the alert, in order' }).getByText('Paged').waitFor()

    phone = await readRungPhone(context, program.url)
    number = phone.incident.number
    expect(phone.incident.title).toBe('Checkout is slow')
  })

  test('its signed link acknowledges without cookies and without script, but only when the button is pressed; the incident page follows', async () => {
    await page.goto(`${program.url}/`)
    await page.getByRole('region', { name: 'Nobody has it yet' }).getByRole('link', { name: 'Checkout is slow' }).click()
    await page.getByRole('heading', { name: 'Checkout is slow', level: 1 }).waitFor()
    const lifecycle = page.getByRole('list', { name: 'Lifecycle' })
    expect(await lifecycle.locator('[aria-current=step]').textContent()).toContain('Detected')

    const elsewhere = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 640 } })
    try {
      const night = await elsewhere.newPage()
      await night.goto(phone.acknowledgeLink)
      await night.getByText('Opening this does not acknowledge.').waitFor()
      expect(await statusOf(number)).toBe('detected')
      await night.getByRole('button', { name: 'Acknowledge' }).click()
      await night.getByRole('status').getByText('Acknowledged by').waitFor()
    } finally {
      await elsewhere.close()
    }

    await lifecycle.locator('[aria-current=step]', { hasText: 'Acknowledged' }).waitFor()
    await entry('acknowledged from a page').waitFor()
    expect(await entry('acknowledged from a page').textContent()).toContain(phone.displayName.split(' ')[0])
    await page.getByText(`Stopped when ${phone.displayName} acknowledged.`).waitFor()
    expect(await page.getByRole('button', { name: 'Acknowledge' }).count()).toBe(0)
  })

  test('escalating by hand pages again, and the incident is nobody’s until somebody acknowledges', async () => {
    await page.getByRole('button', { name: 'Escalate' }).click()
    await entry('Escalated by hand').waitFor()
    await page.getByRole('button', { name: 'Acknowledge' }).waitFor()
    expect(await statusOf(number)).toBe('detected')
  })

  test('the dialog resolves it with the keyboard alone', async () => {
    await page.keyboard.press('Shift+R')
    const dialog = page.getByRole('dialog', { name: `Resolve ${number}?` })
    await dialog.getByText('One alert still fires. It ends with the incident.').waitFor()
    const focused = dialog.locator('button:focus')
    for (let presses = 0; presses < 5 && (await focused.textContent()) !== 'Resolve'; presses++) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    await entry('resolved it').waitFor()
    await page.getByRole('list', { name: 'Lifecycle' }).locator('[aria-current=step]', { hasText: 'Resolved' }).waitFor()
    expect(await page.getByRole('button', { name: 'Resolve' }).count()).toBe(0)
    expect(await statusOf(number)).toBe('resolved')
  })

  test('the alert tells every decision, from received to the answer of the phone', async () => {
    await page.getByRole('navigation', { name: 'Incident' }).getByRole('link', { name: 'Alerts' }).click()
    const chain = page.getByRole('list', { name: 'Every decision, from receipt to delivery' }).getByRole('listitem')
    await chain.first().waitFor()
    const told = (await chain.allInnerTexts()).join('\n')
    const inOrder = [
      'Received from the integration',
      'No alert of this key was open',
      'It opened a new incident',
      'Routed to the service',
      'Level 1 of the policy',
      `${phone.displayName} was chosen`,
      `${phone.displayName}’s rule 1`,
      'took the page, attempt 1: shown on screen.',
      'The escalation stopped (acknowledged)',
      'The escalation stopped (resolved)',
    ].map((words) => ({ words, at: told.indexOf(words) }))
    expect(inOrder.filter(({ at }) => at === -1)).toEqual([])
    expect(inOrder.map(({ at }) => at)).toEqual(inOrder.map(({ at }) => at).toSorted((a, b) => a - b))
  })

  test('declaring an incident takes a title, and opens it', async () => {
    await page.getByRole('button', { name: 'Declare incident' }).click()
    const dialog = page.getByRole('dialog', { name: 'Declare an incident' })
    await page.keyboard.type('Parcels are sent twice')
    await expect.poll(() => dialog.getByLabel('What is wrong').inputValue()).toBe('Parcels are sent twice')
    await dialog.getByRole('button', { name: /^Declare/ }).click()
    await page.getByRole('heading', { name: 'Parcels are sent twice', level: 1 }).waitFor()
    expect(new URL(page.url()).pathname).toMatch(/^\/i\/\d+$/)
    await page.getByText('It has no escalation policy, so it pages nobody.').waitFor()
  })

  test('the demo company leaves with one click; what a person has declared stays', async () => {
    await page.goto(`${program.url}/phone`)
    await page.getByRole('button', { name: 'Remove demo data' }).click()
    await page.getByText('The demo company is gone.').waitFor()
    expect(new URL(page.url()).pathname).toBe('/')
    await page.getByRole('complementary', { name: 'About this installation' }).waitFor({ state: 'detached' })
    expect(await get<{ present: boolean }>('/demo')).toMatchObject({ present: false })
    expect((await get<{ items: unknown[] }>('/incidents')).items).toHaveLength(1)

    // Nothing else is set up: Now begins with the first steps, and what is open stands in the list.
    await page.goto(`${program.url}/incidents`)
    await page.getByRole('link', { name: 'Parcels are sent twice', exact: true }).waitFor()

    await page.goto(`${program.url}/phone`)
    await page.getByRole('heading', { name: 'Nothing is at this address' }).waitFor()
  })

  test('the browser had nothing to complain about on the way', () => {
    expect(troubles).toEqual([])
  })

  function entry(words: string) {
    return page.getByRole('list', { name: 'Timeline, newest first' }).getByRole('listitem').filter({ hasText: words })
  }

  /** As the person signed in. */
  async function get<Reply>(path: string): Promise<Reply> {
    const response = await context.request.get(`${program.url}/api/v1${path}`)
    expect(response.status()).toBe(200)
    return (await response.json()) as Reply
  }

  async function statusOf(incident: string): Promise<string> {
    return (await get<{ status: string }>(`/incidents/${incident}`)).status
  }
})
