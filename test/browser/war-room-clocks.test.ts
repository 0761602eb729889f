import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, hearTroubles, openBrowser, signIn } from './browser.ts'
import { FAULTS_OF_LAYOUT } from './layout-faults.ts'
import { type DemoProgram, startDemo } from './program.ts'

describeInBrowser('what waits, what falls due and what is told, in a declared incident', () => {
  let program: DemoProgram
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let troubles: string[]
  let number: string

  beforeAll(async () => {
    program = await startDemo()
    browser = await openBrowser()
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', timezoneId: 'Europe/Berlin' })
    context.setDefaultTimeout(15_000)
    page = await context.newPage()
    troubles = await hearTroubles(page)
    await signIn(page, program.signInLink)
    // In a drill three minutes of a scribe's empty chair are nine seconds.
    const drill = { title: 'API Gateway Down', level: 'SEV1', service: 'api-gateway', drill: { pace: 20 } }
    number = String((await post('/incidents', drill))['number'])
    await post(`/incidents/${number}/transitions`, { act: 'investigate' })
    await page.goto(`${program.url}/i/${number.replace(/\D/g, '')}`)
  })

  afterEach(() => {
    expect(troubles.filter((trouble) => !/status of 409/.test(trouble))).toEqual([])
  })

  afterAll(async () => {
    await browser?.close()
    await program?.stop()
  })

  async function post(path: string, data: object): Promise<Record<string, unknown>> {
    return (await (await context.request.post(`${program.url}/api/v1${path}`, { data })).json()) as Record<string, unknown>
  }

  async function items(what: string): Promise<Record<string, unknown>[]> {
    const answer = await context.request.get(`${program.url}/api/v1/incidents/${number}/${what}`)
    return ((await answer.json()) as { items: Record<string, unknown>[] }).items
  }

  const needs = () => page.getByRole('region', { name: 'Needs a person' })
  const need = (text: string) => needs().getByRole('listitem').filter({ hasText: text })
  const clocks = () => page.getByRole('region', { name: 'Clocks' })
  const tasks = () => page.getByRole('region', { name: /^Tasks/ })

  test('before anything is overdue nothing waits, and clocks run', async () => {
    await clocks().getByText('Internal update').waitFor()
    await clocks()
      .getByText(/^promised \d\d:\d\d UTC$/)
      .waitFor()
  })

  test('an empty chair is taken where it is asked for', async () => {
    await need('Commander is empty').getByRole('button', { name: 'Take it' }).click()
    await need('Commander is empty').waitFor({ state: 'detached' })
    const taken = (await items('roles')).find(({ role }) => role === 'commander')
    expect(taken).toMatchObject({ people: [{ accepted: true }] })
  })

  test('what cannot be done now is put off, or is not needed and why', async () => {
    await need('Scribe is empty').getByRole('button', { name: '10 min more' }).click()
    await page.getByText('Put off: reminded again in 10 min.').waitFor()
    await need('Scribe is empty').waitFor({ state: 'detached' })
    await clocks()
      .getByText(/^put off to /)
      .waitFor()
    await clocks().getByRole('button', { name: 'Scribe empty: later or not needed' }).click()
    await page.getByRole('menuitem', { name: 'Not needed …' }).click()
    await sayWhy()
    expect(await items('reminders')).toContainEqual(
      expect.objectContaining({ rule: 'role-empty', subject: 'scribe', stoppedBecause: 'The timeline is enough' }),
    )
    await needs().getByRole('button', { name: 'Not needed: Technical lead is empty' }).click()
    await sayWhy()
    await need('Technical lead is empty').waitFor({ state: 'detached' })
  })

  async function sayWhy(): Promise<void> {
    const why = page.getByRole('dialog', { name: /^Why is it not needed/ })
    await why.getByLabel('Reason').fill('The timeline is enough')
    await why.getByRole('button', { name: 'Not needed' }).click()
    await why.waitFor({ state: 'detached' })
  }

  const dialog = () => page.getByRole('dialog', { name: 'Add a task' })

  test('a task is given from the keyboard; whoever commands is kept from work of the hands, unless they insist', async () => {
    await page.keyboard.press('t')
    await dialog().getByLabel('What is to be done').fill('Roll back gw 2.14 on eu-1')
    await dialog().getByRole('combobox', { name: 'Who does it' }).click()
    await page.keyboard.type('Owner')
    await page.keyboard.press('Enter')
    await dialog().getByRole('button', { name: '30m' }).click()
    await dialog()
      .getByRole('checkbox', { name: /^Hands on/ })
      .check()
    await dialog().getByLabel('What is to be done').press('Control+Enter')
    await dialog()
      .getByText(/should keep the whole in sight/)
      .waitFor()
    await dialog().getByRole('button', { name: 'Add all the same' }).click()
    await tasks()
      .getByRole('checkbox', { name: /Roll back gw 2.14/ })
      .waitFor()
    expect(await items('tasks')).toMatchObject([{ text: 'Roll back gw 2.14 on eu-1', handsOn: true, state: 'open' }])
  })

  test('what is open already and much alike is shown before it is added twice', async () => {
    await page.keyboard.press('t')
    await dialog().getByLabel('What is to be done').fill('Roll back gw 2.14')
    await dialog().getByText('Open already, and much alike:').waitFor()
    await dialog().getByLabel('When it is due').fill('tomorrow')
    await dialog().getByText('Write a while such as 15m, or a time such as 14:30.').waitFor()
    await dialog().getByRole('button', { name: 'Back' }).click()
  })

  test('done is one press, and one more takes it back', async () => {
    const box = tasks().getByRole('checkbox', { name: /Roll back gw 2.14/ })
    await box.click()
    await page.getByText('Done: Roll back gw 2.14 on eu-1').waitFor()
    await expect.poll(() => box.isChecked()).toBe(true)
    await page.keyboard.press('z')
    await expect.poll(async () => (await items('tasks'))[0]!['state']).toBe('open')
    await expect.poll(() => box.isChecked()).toBe(false)
  })

  test('an update is written beside what has happened, and says when the next one comes', async () => {
    await page.keyboard.press('u')
    const update = page.getByRole('dialog', { name: /^Update on INC-/ })
    await update.getByText('This is the first one.').waitFor()
    await update.getByText('Left empty: in 30 minutes, as SEV1 asks.').waitFor()
    await update.getByLabel('How it stands').fill('38 % of EU calls fail. We roll back gw 2.14.')
    await update.getByRole('button', { name: '1h' }).click()
    await update.getByLabel('How it stands').press('Control+Enter')
    await page.getByText('The update is posted.').waitFor()
    await page.getByRole('link', { name: 'Updates 1' }).click()
    const list = page.getByRole('list', { name: 'Updates, latest first' })
    await list.getByText('38 % of EU calls fail. We roll back gw 2.14.').waitFor()
    await list.getByText(/^Next one promised by /).waitFor()
  })

  test('everybody is asked for objections; it is decided when nobody has one', async () => {
    await page.getByRole('link', { name: 'Tasks 1' }).click()
    await page.getByRole('button', { name: 'Poll', exact: true }).click()
    const asks = page.getByRole('dialog', { name: 'What is proposed?' })
    await asks.getByLabel('Proposal').fill('Take the US out of the rotation')
    await asks.getByRole('button', { name: 'Ask everybody' }).click()
    // A minute is three seconds in this drill: it is decided before anybody finds the button.
    await page.getByText(/^Decided \d\d:\d\d UTC, nobody objected$/).waitFor()
    const polls = await items('polls')
    expect(polls).toMatchObject([{ text: 'Take the US out of the rotation', objections: [] }])
  })

  test('a task is dropped with a reason, and what is left for afterwards is written down', async () => {
    await page.getByRole('button', { name: 'Roll back gw 2.14 on eu-1: more' }).click()
    await page.getByRole('menuitem', { name: 'Drop …' }).click()
    const why = page.getByRole('dialog', { name: 'Why need it not be done?' })
    await why.getByLabel('Reason').fill('It went back by itself')
    await why.getByRole('button', { name: 'Drop it' }).click()
    await page.getByText('Dropped: It went back by itself').waitFor()
    await page.getByRole('button', { name: 'Follow-up', exact: true }).click()
    const follow = page.getByRole('dialog', { name: 'Add a follow-up' })
    await follow.getByLabel('What is to be done').fill('Test the retry limit')
    await follow.getByRole('button', { name: 'Add follow-up' }).click()
    await page.getByRole('checkbox', { name: /Test the retry limit/ }).waitFor()
  })

  test('M asks what mitigated it', async () => {
    await page.keyboard.press('m')
    const done = page.getByRole('dialog', { name: /^What mitigated INC-/ })
    await done.getByRole('button', { name: 'Back' }).click()
  })

  test('on a phone what waits is seen without scrolling, and nothing is wider than it', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await page.getByRole('link', { name: 'Timeline' }).click()
    await needs()
      .getByRole('heading', { name: /^Needs a person/ })
      .waitFor()
    const { y } = (await needs().getByRole('listitem').first().boundingBox())!
    const bar = (await page.getByRole('navigation', { name: 'Main, phone' }).boundingBox())!
    expect(y + 40).toBeLessThan(bar.y)
    expect(await page.evaluate(FAULTS_OF_LAYOUT)).toEqual([])
  })
  test('whoever objects says why, and it stands with what was proposed', async () => {
    await page.setViewportSize({ width: 1440, height: 900 })
    const other = String((await post('/incidents', { title: 'Labels print twice', level: 'SEV3', service: 'api-gateway' }))['number'])
    await post(`/incidents/${other}/polls`, { text: 'Switch the printers off' })
    await page.goto(`${program.url}/i/${other.replace(/\D/g, '')}?tab=tasks`)
    await page.getByRole('button', { name: 'Object …' }).click()
    const asks = page.getByRole('dialog', { name: 'What speaks against it?' })
    await asks.getByLabel('Objection').fill('Parcels would wait')
    await asks.getByRole('button', { name: 'Object', exact: true }).click()
    await page.getByText('Owner objects: Parcels would wait').waitFor()
    await needs().getByText('Nothing waits for a person.').waitFor()
  })
})
