import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, hearTroubles, openBrowser, signIn } from './browser.ts'
import { type DemoProgram, startDemo } from './program.ts'

describeInBrowser('a private incident', () => {
  let program: DemoProgram
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let troubles: string[]

  beforeAll(async () => {
    program = await startDemo()
    browser = await openBrowser()
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
    context.setDefaultTimeout(20_000)
    page = await context.newPage()
    troubles = await hearTroubles(page)
    await signIn(page, program.signInLink)
  })

  afterAll(async () => {
    await browser?.close()
    await program?.stop()
  })

  test('is declared with whom it is for, tells who sees it, and lets others in and out', async () => {
    await page.getByRole('button', { name: 'Declare incident' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('What is wrong').fill('A deploy key has leaked')
    await dialog.getByLabel(/^Private/).check()
    await dialog.getByRole('combobox', { name: 'Add a person or a team' }).fill('raj')
    await page.getByRole('option', { name: /Raj Iyer/ }).click()
    await dialog.getByRole('button', { name: 'Without Raj Iyer' }).waitFor()
    await dialog.getByRole('button', { name: 'Declare' }).click()

    await page.getByRole('heading', { name: 'A deploy key has leaked', level: 1 }).waitFor()
    await page.getByText('Private', { exact: true }).waitFor()
    const seen = page.getByRole('region', { name: 'Who sees this' })
    await seen.getByText('Raj Iyer').waitFor()
    expect(await seen.getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringContaining('declared it'),
      expect.stringContaining('was let in'),
    ])
    await seen.getByRole('combobox', { name: 'Let somebody in' }).fill('payments')
    await page.getByRole('option', { name: /Payments/ }).click()
    await seen.getByText('Team Payments').waitFor()
    await seen.getByRole('button', { name: 'Take Raj Iyer off' }).click()
    await expect.poll(() => seen.getByText('Raj Iyer').count()).toBe(0)
  })

  test('one that is not there for whoever asks looks the same, and an owner may break the glass', async () => {
    await page.goto(`${program.url}/i/99999`)
    await page.getByRole('heading', { name: 'There is no INC-99999 for you', level: 1 }).waitFor()
    const box = page.getByRole('region', { name: 'Break the glass' })
    await box.getByLabel('Why must you see it?').fill('The press has called about it.')
    // Asked again, it is as missing as before, and what was written stays.
    const again = page.waitForResponse((response) => response.url().endsWith('/incidents/99999'))
    await context.setOffline(true)
    await context.setOffline(false)
    await again
    await box.getByRole('button', { name: 'Break the glass' }).click()
    await box.getByText('The glass is whole.', { exact: false }).waitFor()
    expect(troubles.filter((trouble) => !/status of 404|ERR_INTERNET_DISCONNECTED/.test(trouble))).toEqual([])
  })
})
