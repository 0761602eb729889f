import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, hearTroubles, openBrowser, signIn } from './browser.ts'
import { type DemoProgram, startDemo } from './program.ts'

const FOLDER = 'test-results/severity'

describeInBrowser('what the levels mean, and how one is found', () => {
  let program: DemoProgram
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let troubles: string[]

  beforeAll(async () => {
    program = await startDemo()
    browser = await openBrowser()
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', timezoneId: 'Europe/Berlin' })
    context.setDefaultTimeout(10_000)
    page = await context.newPage()
    troubles = await hearTroubles(page)
    await signIn(page, program.signInLink)
  })

  afterEach(() => expect(troubles).toEqual([]))

  afterAll(async () => {
    await browser?.close()
    await program?.stop()
  })

  const levels = () => page.getByRole('table', { name: 'Levels, the worst first' })
  const rules = () => page.getByRole('list', { name: 'Rules' })
  const row = (key: string) => levels().getByRole('row').filter({ hasText: key }).textContent()

  test('a row says whom a level wakes, which roles it wants and how often an update is due', async () => {
    await page.goto(`${program.url}/severity`)
    await levels().waitFor()
    const worst = await row('SEV1')
    for (const said of ['The service is down', 'Who is on call', 'The executives', '5 minutes', '30 minutes', 'Commander', 'Required'])
      expect(worst).toContain(said)
    expect(await row('SEV4')).toContain('Nobody')
    await page
      .getByRole('region', { name: 'Used by' })
      .getByText(/^\d+ services$/)
      .waitFor()
  })

  test('from row to row by key, and the one that is opened is read aloud', async () => {
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('region', { name: 'SEV2, said aloud' }).getByText('We say where we are every hour.').waitFor()
    expect(page.url()).toContain('level=SEV2')
  })

  test('what is tried lights the rule that decides, and those that match too', async () => {
    await page.getByRole('group', { name: 'Data' }).getByRole('button', { name: 'Lost' }).click()
    await page.getByText('SEV1 Critical is proposed').waitFor()
    const decides = rules().getByRole('listitem').filter({ hasText: 'decides' })
    expect(await decides.textContent()).toContain('Data is lost')
    await page.getByRole('group', { name: 'What is lost' }).getByRole('button', { name: 'A part' }).click()
    await page.getByText(/^Decided by rule 3\. Rule \d+ matches too\.$/).waitFor()
    await page.getByRole('button', { name: 'Clear' }).click()
    await decides.waitFor({ state: 'detached' })
  })

  test('another scheme has an address of its own; one that is not there says so', async () => {
    await page.getByRole('navigation', { name: 'Severity schemes' }).getByRole('link', { name: 'p1-p4' }).click()
    await page.getByRole('heading', { name: 'P1 to P4', level: 1 }).waitFor()
    await rules().getByText('Lost an hour: 1,000 to 10,000 US$').waitFor()
    await page.getByRole('region', { name: 'Used by' }).getByText('Nothing uses it.').waitFor()
    await page.goto(`${program.url}/severity/nowhere`)
    await page.getByRole('link', { name: 'All schemes' }).click()
    await levels().waitFor()
  })

  test('it is found from the palette and from the form in which a level is chosen', async () => {
    await page.goto(program.url)
    await page.getByRole('button', { name: 'Declare incident' }).click()
    const link = page.getByRole('dialog').getByRole('link', { name: 'What the levels mean' })
    expect(await link.getAttribute('href')).toBe('/severity/sev1-sev4-sre')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Search or run a command' }).fill('severity levels')
    await page.getByRole('option', { name: /Severity levels/ }).click()
    await levels().waitFor()
  })

  test.each([1440, 900, 360])('at %i pixels, light and dark', async (width) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: width === 360 ? 740 : 900 })
      await page.goto(`${program.url}/severity`)
      await page.getByRole('group', { name: 'Data' }).getByRole('button', { name: 'Lost' }).click()
      await page.getByText('SEV1 Critical is proposed').waitFor()
      await page.screenshot({ path: `${FOLDER}/severity-${width}-${colorScheme}.png`, fullPage: width < 1440 })
    }
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  })

  test('on paper all rules are there, and nothing to press', async () => {
    await page.setViewportSize({ width: 900, height: 1200 })
    await page.emulateMedia({ media: 'print', colorScheme: 'light' })
    expect(await rules().isVisible()).toBe(true)
    expect(await page.getByRole('region', { name: 'Try it', exact: true }).isVisible()).toBe(false)
    await page.screenshot({ path: `${FOLDER}/severity-print.png`, fullPage: true })
    await page.emulateMedia({ media: 'screen' })
  })
})
