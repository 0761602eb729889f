import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, hearTroubles, openBrowser, signIn } from './browser.ts'
import { type DemoProgram, startDemo } from './program.ts'

describeInBrowser('all of it on a phone, with a thumb', () => {
  let program: DemoProgram
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let troubles: string[]

  beforeAll(async () => {
    program = await startDemo()
    browser = await openBrowser()
    context = await browser.newContext({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true })
    context.setDefaultTimeout(10_000)
    page = await context.newPage()
    troubles = await hearTroubles(page)
  })

  afterAll(async () => {
    await browser?.close()
    await program?.stop()
  })

  async function statusOf(number: string): Promise<string> {
    const response = await context.request.get(`${program.url}/api/v1/incidents/${number}`)
    return ((await response.json()) as { status: string }).status
  }

  const timeline = () => page.getByRole('list', { name: 'Timeline, newest first' })

  test('whoever is new signs in, raises the first alert, and sees it wait for them', async () => {
    await signIn(page, program.signInLink)
    await program.raise()
    await page.getByRole('region', { name: 'Nobody has it yet' }).getByRole('link', { name: 'Checkout is slow' }).waitFor()
  })

  test('one tap on what waits acknowledges it, and it waits no more', async () => {
    await page.getByRole('region', { name: 'Nobody has it yet' }).getByRole('button', { name: 'Acknowledge' }).tap()
    await page.getByText('Acknowledged. Nobody else is paged.').waitFor()
    await page.getByRole('region', { name: 'Nobody has it yet' }).waitFor({ state: 'detached' })
  })

  test('whoever commands declares with a title, takes it, writes what is known, and resolves', async () => {
    await page.getByRole('navigation', { name: 'Main, phone' }).getByRole('button', { name: 'More' }).tap()
    await page.getByRole('dialog', { name: 'More' }).getByRole('button', { name: 'Declare incident' }).tap()
    const declare = page.getByRole('dialog', { name: 'Declare an incident' })
    await declare.getByLabel('What is wrong').fill('Parcels are sent twice')
    // Of the mildest level nothing has to be checked before it ends.
    await declare.getByText('SEV4', { exact: true }).tap()
    await declare.getByRole('button', { name: 'Declare SEV4' }).tap()
    await page.getByRole('heading', { name: 'Parcels are sent twice', level: 1 }).waitFor()
    const number = `INC-${new URL(page.url()).pathname.replace(/\D+/g, '')}`

    await page.getByRole('button', { name: 'Acknowledge' }).tap()
    await timeline().getByText('acknowledged in the browser').waitFor()
    expect(await statusOf(number)).toBe('acknowledged')

    await page.getByRole('textbox', { name: 'Write a note' }).fill('The label printer runs twice')
    await page.getByRole('button', { name: 'Add note' }).tap()
    await timeline().getByText('The label printer runs twice').waitFor()

    await page.getByRole('button', { name: /: set status$/ }).tap()
    await page.getByRole('menuitem', { name: 'Resolve …' }).tap()
    const ending = page.getByRole('dialog', { name: /^Resolve/ })
    await ending.getByLabel('What ended it?').fill('The label printer prints once again')
    await ending.getByRole('button', { name: 'Resolve', exact: true }).tap()
    await timeline().getByText('resolved it').waitFor()
    expect(await statusOf(number)).toBe('resolved')
  })

  test('every place is reached from the bar, and none is wider than the phone', async () => {
    const bar = page.getByRole('navigation', { name: 'Main, phone' })
    for (const place of ['Now', 'Incidents', 'On-call']) {
      await bar.getByRole('link', { name: place }).tap()
      await bar.locator('[aria-current=page]', { hasText: place }).waitFor()
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), place).toBeLessThanOrEqual(0)
    }
    await bar.getByRole('button', { name: 'More' }).tap()
    await page.getByRole('dialog', { name: 'More' }).getByRole('link', { name: 'Services' }).tap()
    await page.getByRole('heading', { name: 'Services', level: 1 }).waitFor()
  })

  test('the demo leaves with one tap', async () => {
    await page.goto(`${program.url}/phone`)
    await page.getByRole('button', { name: 'Remove demo data' }).tap()
    await page.getByText('The demo company is gone.').waitFor()
  })

  test('the browser had nothing to complain about on the way', () => {
    expect(troubles).toEqual([])
  })
})
