import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, hearTroubles, openBrowser, signIn } from './browser.ts'
import { type DemoProgram, startDemo } from './program.ts'

const PLACES = {
  desk: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
}

describeInBrowser.each(['desk', 'phone'] as const)('an incident from declare to closed, at the %s', (place) => {
  let program: DemoProgram
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let troubles: string[]

  beforeAll(async () => {
    program = await startDemo()
    browser = await openBrowser()
    context = await browser.newContext({ ...PLACES[place], reducedMotion: 'reduce', timezoneId: 'Europe/Berlin' })
    context.setDefaultTimeout(15_000)
    page = await context.newPage()
    troubles = await hearTroubles(page)
    await signIn(page, program.signInLink)
  })

  afterEach(() => {
    // The browser notes every refusal that the form then tells in words.
    expect(troubles.filter((trouble) => !/status of (409|422)/.test(trouble))).toEqual([])
  })

  afterAll(async () => {
    await browser?.close()
    await program?.stop()
  })

  const dialog = () => page.getByRole('dialog', { name: 'Declare an incident' })

  async function openForm(): Promise<void> {
    if (place === 'desk') return page.getByRole('button', { name: 'Declare incident' }).click()
    await page.getByRole('navigation', { name: 'Main, phone' }).getByRole('button', { name: 'More' }).tap()
    await page.getByRole('dialog', { name: 'More' }).getByRole('button', { name: 'Declare incident' }).tap()
  }

  async function read(path = ''): Promise<Record<string, unknown>> {
    const number = new URL(page.url()).pathname.replace(/\D+/g, '')
    return (await (await context.request.get(`${program.url}/api/v1/incidents/INC-${number}${path}`)).json()) as Record<string, unknown>
  }

  test('the facts propose the level, and what decides is lit', async () => {
    await openForm()
    await dialog().getByLabel('What is wrong').fill('API Gateway Down')
    await dialog().getByText('SEV2 Major is proposed').waitFor()
    await dialog().getByLabel('Service', { exact: true }).selectOption('api-gateway')
    await dialog().getByRole('group', { name: 'What is lost' }).getByRole('button', { name: 'All' }).click()
    await dialog().getByText('SEV1 Critical is proposed').waitFor()
    expect(await dialog().locator('.fact-decides').textContent()).toContain('What is lost')
    const plan = dialog().getByRole('list', { name: 'What happens at SEV1' })
    await plan.getByText(/^Page /).waitFor()
    await plan.getByText('Offer 4 roles').waitFor()
  })

  test('a milder level says what will not happen, and wants a reason', async () => {
    await dialog().getByText('SEV3', { exact: true }).click()
    const plan = dialog().getByRole('list', { name: 'What happens at SEV3' })
    await plan.locator('s', { hasText: 'Page' }).waitFor()
    await plan.getByText('3 hours 30 minutes later than at SEV1.').waitFor()
    await dialog().getByRole('button', { name: 'Declare SEV3' }).click()
    expect(
      await dialog()
        .getByLabel('Why milder than SEV1?')
        .evaluate((field) => field.matches(':invalid')),
    ).toBe(true)
    await dialog().getByText('SEV1', { exact: true }).click()
    await dialog().getByLabel('Why milder than SEV1?').waitFor({ state: 'detached' })
  })

  test('the same questions are asked one by one, until no answer would change it', async () => {
    await dialog().getByRole('button', { name: 'Ask me one question at a time' }).click()
    await dialog().getByText('No answer would change it any more.').waitFor()
    await dialog().getByRole('button', { name: 'Show all facts' }).click()
    const extent = dialog().getByRole('group', { name: 'What is lost' })
    await extent.getByRole('button', { name: 'Not known' }).click()
    await dialog().getByRole('button', { name: 'Ask me one question at a time' }).click()
    await dialog().getByRole('group', { name: 'What does not work?' }).getByRole('button', { name: 'Not known' }).click()
    await dialog().getByRole('group', { name: 'Is data lost?' }).getByRole('button', { name: 'Data is lost' }).click()
    await dialog().getByText('SEV1 Critical is proposed').waitFor()
  })

  test('it is declared from the keyboard, at that level, by those facts', async () => {
    await dialog().getByLabel('What is wrong').press('Control+Enter')
    await page.getByRole('heading', { name: 'API Gateway Down', level: 1 }).waitFor()
    expect(await read()).toMatchObject({ level: 'SEV1', declared: true, facts: { data: 'lost' }, service: 'api-gateway' })
  })

  async function set(step: string): Promise<void> {
    await page
      .getByRole('main')
      .getByRole('button', { name: /: set status$/ })
      .click()
    await page.getByRole('menuitem', { name: step }).click()
  }

  const pill = (status: string) => page.getByRole('main').getByRole('button', { name: `${status}: set status` })

  test('the status is set from its pill; identified wants a cause, mitigated what was done', async () => {
    await set('Investigating')
    await pill('Investigating').waitFor()
    await set('Identified …')
    const cause = page.getByRole('dialog', { name: /^What is the cause of INC-/ })
    await cause.getByLabel('Cause').fill('gw 2.14 raises the retry limit')
    await cause.getByRole('button', { name: 'Set Identified' }).click()
    await pill('Identified').waitFor()
    await set('Mitigated …')
    const done = page.getByRole('dialog', { name: /^What mitigated INC-/ })
    await done.getByLabel('What was done').fill('Rolled back gw 2.14')
    await done.getByLabel('What was done').press('Control+Enter')
    await pill('Monitoring').waitFor()
    await page
      .getByRole('main')
      .getByText(/^Watched until /)
      .waitFor()
    expect(await read()).toMatchObject({ status: 'monitoring', cause: 'gw 2.14 raises the retry limit', held: true })
    const moments = page.getByRole('list', { name: 'Lifecycle' }).getByRole('listitem')
    expect(await moments.count()).toBe(7)
  })

  test('it is not resolved before everything is checked; a person says what Tocsin cannot see', async () => {
    await set('Resolve …')
    const ending = page.getByRole('dialog', { name: /^Resolve INC-/ })
    await ending.getByRole('heading', { name: /^Not met/ }).waitFor()
    expect(await ending.getByRole('button', { name: 'Resolve', exact: true }).isDisabled()).toBe(true)
    await ending.getByRole('button', { name: 'Say: Works when tried by hand' }).click()
    await ending.getByLabel('What was looked at, or why it is waived').fill('12 calls from Frankfurt, all 200')
    await ending.getByRole('button', { name: 'It is so', exact: true }).click()
    await ending
      .getByRole('region', { name: /^A person’s word/ })
      .getByText('12 calls from Frankfurt, all 200')
      .waitFor()
  })

  test('it is resolved all the same, overruled with a reason', async () => {
    const ending = page.getByRole('dialog', { name: /^Resolve INC-/ })
    await ending.getByLabel('What ended it?').fill('gw 2.14 is rolled back everywhere')
    await ending.getByRole('group', { name: 'Data lost?' }).getByRole('button', { name: 'None' }).click()
    await ending.getByRole('checkbox', { name: /^Override the / }).check()
    await ending.getByLabel('Reason, shown for ever').fill('Watched from the other region')
    await ending.getByRole('button', { name: /^Resolve with \d overruled$/ }).click()
    await pill('Resolved').waitFor()
    expect(await read()).toMatchObject({ status: 'resolved', resolution: 'gw 2.14 is rolled back everywhere', dataLoss: 'none' })
  })

  test('it closes once its review is decided', async () => {
    await set('Close …')
    const ending = page.getByRole('dialog', { name: /^Close INC-/ })
    expect(await ending.getByRole('button', { name: 'Close it' }).isDisabled()).toBe(true)
    await ending.getByLabel('What was looked at, or why it is waived').fill('Only practised')
    await ending.getByRole('button', { name: 'Waive the review' }).click()
    await ending.getByText(/^Everything is checked: \d of \d\.$/).waitFor()
    await ending.getByRole('button', { name: 'Close it' }).click()
    await pill('Closed').waitFor()
    expect(await read()).toMatchObject({ status: 'closed', review: { waived: 'Only practised' } })
  })
})
