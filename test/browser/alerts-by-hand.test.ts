import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { describeInBrowser, hearTroubles, openBrowser, signIn } from './browser.ts'
import { type DemoProgram, startDemo } from './program.ts'

describeInBrowser('alerts put where they belong', () => {
  let program: DemoProgram
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let troubles: string[]
  let number: string

  beforeAll(async () => {
    program = await startDemo()
    browser = await openBrowser()
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
    context.setDefaultTimeout(10_000)
    page = await context.newPage()
    troubles = await hearTroubles(page)
    await signIn(page, program.signInLink)
    const { firstAlert } = (await (await context.request.get(`${program.url}/api/v1/demo`)).json()) as { firstAlert: { url: string } }
    for (const name of ['disk', 'cpu', 'net']) {
      const data = { title: `${name} is slow`, severity: 'critical', dedup_key: name, labels: { alertname: 'Slow' } }
      await context.request.post(firstAlert.url, { data })
    }
    number = await vi.waitFor(
      async () => {
        const found = (await alertOf('net'))?.incidentNumber
        if (!found) throw new Error('It was not taken in yet.')
        return found
      },
      { timeout: 10_000 },
    )
  })

  afterAll(async () => {
    await browser?.close()
    await program?.stop()
  })

  async function alertOf(key: string) {
    const answer = await context.request.get(`${program.url}/api/v1/alerts?dedupKey=${key}`)
    return ((await answer.json()) as { items: { id: string; incidentNumber: string }[] }).items[0]
  }
  const open = async (key: string) => page.goto(`${program.url}/i/${number.slice(4)}?tab=alerts&alert=${(await alertOf(key))!.id}`)

  test('one is split off into an incident that one has', async () => {
    await open('disk')
    await page.getByRole('button', { name: 'Split off …' }).click()
    const dialog = page.getByRole('dialog', { name: 'Split this alert off' })
    await dialog.getByLabel('What is it called?').fill('The disk of db-1 is full')
    if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/split.png` })
    await dialog.getByRole('button', { name: 'Make a new incident' }).click()
    await page.getByRole('heading', { name: 'The disk of db-1 is full', level: 1 }).waitFor()
    await page.getByRole('table', { name: 'Alerts in this incident' }).getByRole('link', { name: 'disk is slow' }).waitFor()
    expect((await alertOf('disk'))!.incidentNumber).not.toBe(number)
  })

  test('one is moved to it; what stands against it is said where it was asked', async () => {
    await open('cpu')
    await page.getByRole('button', { name: 'Move …' }).click()
    const dialog = page.getByRole('dialog', { name: 'Move this alert' })
    const to = (await alertOf('disk'))!.incidentNumber
    await dialog.getByLabel('Into which incident').selectOption(to)
    if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/move.png` })
    await dialog.getByRole('button', { name: 'Move the alert' }).click()
    await page.getByText(`The alert is in ${to} now.`).waitFor()
    await page
      .getByRole('table', { name: 'Alerts in this incident' })
      .getByRole('link', { name: 'cpu is slow' })
      .waitFor({ state: 'detached' })
    expect((await alertOf('cpu'))!.incidentNumber).toBe(to)

    // What opened an incident cannot be left with nothing.
    await open('net')
    await page.getByRole('button', { name: 'Move …' }).click()
    await dialog.getByLabel('Into which incident').selectOption(to)
    await dialog.getByRole('button', { name: 'Move the alert' }).click()
    await dialog.getByText(/would keep no alert; merge the whole of it/).waitFor()
    expect(troubles.filter((trouble) => !/status of 409/.test(trouble))).toEqual([])
  })

  test('on a phone both stand below the list, and nothing is wider than it', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await open('net')
    await page.getByRole('button', { name: 'Move …' }).waitFor()
    if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/phone.png`, fullPage: true })
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
  })
})
