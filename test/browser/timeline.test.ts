import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, hearTroubles, openBrowser, signIn } from './browser.ts'
import { type DemoProgram, startDemo } from './program.ts'

describeInBrowser('the timeline of an incident', () => {
  let program: DemoProgram
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let troubles: string[]

  beforeAll(async () => {
    program = await startDemo()
    browser = await openBrowser()
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, timezoneId: 'Europe/Berlin' })
    context.setDefaultTimeout(10_000)
    page = await context.newPage()
    troubles = await hearTroubles(page)
    await signIn(page, program.signInLink)
    await program.raise()
    await page.goto(`${program.url}/incidents`)
    await page.getByRole('link', { name: 'Checkout is slow' }).first().click()
    await page.getByRole('heading', { name: 'Checkout is slow', level: 1 }).waitFor()
  })

  afterAll(async () => {
    await browser?.close()
    await program?.stop()
  })

  const timeline = () => page.getByRole('list', { name: 'Timeline, newest first' })
  const entry = (text: string) => timeline().getByRole('listitem').filter({ hasText: text })
  const field = () => page.getByRole('textbox', { name: 'Write a note' })

  test('a decision is written down by its key, and is a key moment', async () => {
    await page.keyboard.press('d')
    await page.keyboard.type('Roll back')
    await page.keyboard.press('Control+Enter')
    await entry('wrote down a decision').waitFor()
    await page.getByRole('button', { name: 'Key', exact: true }).click()
    await entry('Roll back').waitFor()
    await page.getByRole('button', { name: 'Alerts', exact: true }).click()
    await entry('Roll back').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'All', exact: true }).click()
  })

  test('a file is attached, stands on the timeline and is saved as it was; an empty one is refused in words', async () => {
    const files = page.getByLabel('Attach files').and(page.locator('input'))
    await files.setInputFiles({ name: 'sockets.txt', mimeType: 'text/plain', buffer: Buffer.from('512 of 512') })
    await page.getByText('sockets.txt is attached').waitFor()
    const link = entry('sockets.txt').getByRole('link', { name: 'Save it' })
    const saved = await context.request.get(`${program.url}${await link.getAttribute('href')}`)
    expect([saved.status(), await saved.text()]).toEqual([200, '512 of 512'])
    expect(saved.headers()['content-disposition']).toMatch(/^attachment/)
    await files.setInputFiles({ name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.from('') })
    await page.getByText(/empty\.txt is not attached: /).waitFor()
    troubles.splice(0, troubles.length, ...troubles.filter((one) => !/status of 400/.test(one)))
  })

  test('what happened earlier stands there, with both moments', async () => {
    await field().fill('The export was slow already')
    await page.getByRole('button', { name: 'Happened now' }).click()
    await page.getByLabel('When it happened').fill('00:01')
    await page.getByRole('button', { name: 'Add note' }).click()
    await entry('The export was slow already')
      .getByText(/typed .+ later/)
      .waitFor()
    expect(await timeline().getByRole('listitem').last().textContent()).toContain('The export was slow already')
    // Nobody said anything between that and the alert.
    await timeline().getByText('No person, alert, change or update in this time.').first().waitFor()
  })

  test('an entry of one’s own is edited and deleted; what it said is a click away', async () => {
    await entry('The export was slow already').getByRole('button', { name: 'Edit or delete' }).click()
    await page.getByRole('menuitem', { name: 'Edit' }).click()
    await page.getByRole('textbox', { name: 'Words' }).fill('The export was slow since midnight')
    await page.getByRole('button', { name: 'Save' }).click()
    const edited = entry('The export was slow since midnight')
    await edited.getByText('Edited').click()
    await edited.getByText('The export was slow already').waitFor()
    await entry('Roll back').getByRole('button', { name: 'Edit or delete' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByRole('textbox', { name: 'Why' }).fill('said too soon')
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    const deleted = timeline().getByRole('listitem').filter({ hasText: 'said too soon' })
    await deleted.getByText('Show it').click()
    await deleted.getByText('Roll back').waitFor()
    expect(await deleted.getByRole('button', { name: 'Edit or delete' }).count()).toBe(0)
    expect(troubles).toEqual([])
  })
})
