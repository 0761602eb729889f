import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, hearTroubles, openBrowser, signIn } from './browser.ts'
import { type DemoProgram, startDemo } from './program.ts'

describeInBrowser('settings and languages', () => {
  let program: DemoProgram
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let troubles: string[]

  beforeAll(async () => {
    program = await startDemo()
    browser = await openBrowser()
    context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    context.setDefaultTimeout(10_000)
    page = await context.newPage()
    troubles = await hearTroubles(page)
    await signIn(page, program.signInLink)
    expect((await program.raise()).ok).toBe(true)
  })

  afterAll(async () => {
    await browser?.close()
    await program?.stop()
  })

  const main = () => page.getByRole('main')
  const go = (path: string) => page.goto(`${program.url}${path}`)

  test('the rail leads to the settings, which open with what paging promises and what was measured', async () => {
    await page.getByRole('link', { name: 'Settings' }).click()
    await main().getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
    const promise = main().getByRole('region', { name: 'Paging' })
    await promise.getByText('Incident to first page, p99').waitFor()
    await promise.getByText('Late by over 5 s').waitFor()
    await main()
      .getByRole('table', { name: 'Channels' })
      .getByRole('row', { name: /Screen.*Works/ })
      .waitFor()
    await main()
      .getByRole('table', { name: 'Background work' })
      .getByRole('row', { name: /paging.*On time/ })
      .waitFor()
  })

  test('a section is found by the variable that sets it', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('egress')
    const found = page.getByRole('navigation', { name: 'Settings sections' }).getByRole('link')
    expect(await found.allTextContents()).toEqual(['Address and network'])
    await found.click()
    await main().getByText('TOCSIN_EGRESS_ALLOW').waitFor()
    expect(new URL(page.url()).pathname).toBe('/settings/network')
  })

  test('a webhook gets its secret, is tried, and its deliveries are sent again', async () => {
    await go('/settings/webhooks')
    await main().getByText('No program is told anything yet').waitFor()
    const written = await context.request.put(`${program.url}/api/v1/configuration/hooks/tickets`, {
      data: { spec: { displayName: 'Ticket system', url: 'https://tickets.invalid/tocsin', events: ['incident.*'] } },
    })
    expect(written.status(), await written.text()).toBeLessThan(300)
    await go('/settings/webhooks')
    const hook = main().getByRole('region', { name: 'Ticket system' })
    await hook.getByText('Has no secret').waitFor()
    await hook.getByRole('button', { name: 'New secret' }).click()
    const dialog = page.getByRole('dialog')
    expect(await dialog.getByLabel('The secret of Ticket system').inputValue()).toMatch(/^whsec_/)
    await dialog.getByRole('button', { name: 'I have it' }).click()
    await hook.getByRole('button', { name: 'Send a test' }).click()
    await hook.getByText('Fails', { exact: false }).first().waitFor()
    await hook.getByRole('button', { name: 'Deliveries of 7 days' }).click()
    const row = hook.getByRole('row', { name: /hook\.test/ })
    await row.getByText('1 attempt').waitFor()
    await row.getByRole('button', { name: 'Send again: hook.test' }).click()
    await row.getByText('2 attempts').waitFor()
  })

  test('a token is shown once, works, and is refused once it is revoked', async () => {
    await go('/settings/access')
    await main().getByRole('button', { name: 'Make a token' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('What uses it').fill('deploy bot')
    await dialog.getByLabel('Role').selectOption('viewer')
    await dialog.getByRole('button', { name: 'Make a token' }).click()
    const secret = await dialog.getByLabel('The token').inputValue()
    const ask = async () => (await fetch(`${program.url}/api/v1/incidents`, { headers: { authorization: `Bearer ${secret}` } })).status
    expect(await ask()).toBe(200)
    await dialog.getByRole('button', { name: 'It is copied' }).click()
    expect(await page.content()).not.toContain(secret)
    await main().getByRole('button', { name: 'Revoke: deploy bot' }).click()
    await dialog.getByRole('button', { name: 'Revoke' }).click()
    await main().getByText('No token is in force').waitFor()
    expect(await ask()).toBe(401)
  })

  test('pasted documents show their plan before anything changes; what is wrong names its line', async () => {
    await go('/settings/yaml')
    const paste = main().getByLabel('YAML, many documents in one text')
    await paste.fill('apiVersion: tocsin.dev/v1\nkind: Team\nmetadata: { name: night-owls }\nspec: { members: [nobody-here] }')
    await main().getByRole('button', { name: 'Show the plan' }).click()
    const plan = main().getByRole('region', { name: 'Plan' })
    await plan.getByText('One thing is wrong. Nothing was changed.').waitFor()
    await plan.getByText('line 4').waitFor()

    await paste.fill('apiVersion: tocsin.dev/v1\nkind: Team\nmetadata: { name: night-owls }\nspec: { members: [owner] }')
    await plan.getByText('The text has changed since').waitFor()
    await main().getByRole('button', { name: 'Show the plan' }).click()
    await plan.getByText(/^1 made/).waitFor()
    await plan.getByText('night-owls').waitFor()
    const teams = async () => (await context.request.get(`${program.url}/api/v1/configuration/teams`)).text()
    expect(await teams()).not.toContain('night-owls')
    await plan.getByRole('button', { name: 'Apply the plan' }).click()
    await page.getByText('Applied.').waitFor()
    expect(await teams()).toContain('night-owls')
  })

  test('whoever chooses German reads German everywhere, also in another browser', async () => {
    await go('/')
    const saved = page.waitForResponse((response) => response.request().method() === 'PUT' && response.url().endsWith('/me/preferences'))
    await page.getByRole('button', { name: 'Preferences' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Deutsch' }).click()
    expect((await saved).status()).toBe(200)
    await page.getByRole('button', { name: 'Incident melden' }).waitFor()
    expect(await page.evaluate('document.documentElement.lang')).toBe('de')
    await page.getByRole('navigation', { name: 'Hauptmenü', exact: true }).getByRole('link', { name: 'Jetzt' }).waitFor()

    await main().getByRole('region', { name: 'Offene Incidents' }).getByRole('link', { name: 'Checkout is slow' }).waitFor()
    await main().getByRole('region', { name: 'Wer On-Call ist' }).waitFor()

    const response = await context.request.post(`${program.url}/api/v1/login-links`, { data: { person: 'owner' } })
    const { url } = (await response.json()) as { url: string }
    const elsewhere = await browser.newContext({ locale: 'en-GB' })
    elsewhere.setDefaultTimeout(10_000)
    const other = await elsewhere.newPage()
    await other.goto(url)
    await other.getByRole('button', { name: 'Sign in' }).click()
    await other.getByRole('button', { name: 'Incident melden' }).waitFor()
    await elsewhere.close()
  })

  test('an incident is told in German: its facts, and why it went where it went', async () => {
    await go('/')
    await main().getByRole('link', { name: 'Checkout is slow' }).first().click()
    await main().getByRole('heading', { name: 'Checkout is slow', level: 1 }).waitFor()
    await main().getByRole('button', { name: 'Quittieren' }).waitFor()
    await main().getByText('hat die Alarmierung angenommen').first().waitFor()
    await go(`${new URL(page.url()).pathname}?tab=alerts`)
    await main()
      .getByText(/Empfangen von der Integration/)
      .waitFor()
    await main()
      .getByText(/Stufe 1 der Richtlinie/)
      .first()
      .waitFor()
  })

  test('a browser that asks for German signs in in German', async () => {
    const german = await browser.newContext({ locale: 'de-DE' })
    const stranger = await german.newPage()
    await stranger.goto(program.url)
    await stranger.getByRole('heading', { name: 'Anmelden', level: 1 }).waitFor()
    await german.close()
  })

  test('nobody was shut out of the console either', () => {
    expect(troubles).toEqual([])
  })
})
