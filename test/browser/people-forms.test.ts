import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, hearTroubles, openBrowser, signIn } from './browser.ts'
import { type DemoProgram, startDemo } from './program.ts'

describeInBrowser('people and teams are added, changed and removed by forms', () => {
  let program: DemoProgram
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let troubles: string[]

  beforeAll(async () => {
    program = await startDemo()
    browser = await openBrowser()
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
    context.setDefaultTimeout(10_000)
    page = await context.newPage()
    troubles = await hearTroubles(page)
    await signIn(page, program.signInLink)
  })

  afterAll(async () => {
    await browser?.close()
    await program?.stop()
  })

  const specOf = async (kind: string, name: string) =>
    ((await (await context.request.get(`${program.url}/api/v1/configuration/${kind}/${name}`)).json()) as { spec: unknown }).spec

  test('a person is added with a contact and the order in which it wakes them', async () => {
    await page.goto(`${program.url}/people`)
    await page.getByRole('link', { name: 'Add a person' }).click()
    await page.getByLabel('What people call them').fill('Ada Ekwueme')
    await page.getByRole('button', { name: 'Add a contact' }).click()
    const contacts = page.getByRole('group', { name: 'Contacts' })
    await contacts.getByLabel('Name').fill('mail')
    await contacts.getByLabel('Channel').selectOption({ label: 'Mail' })
    await contacts.getByLabel('Address').fill('ada@example.org')
    const high = page.getByRole('group', { name: 'How to wake them: high urgency' })
    await high.getByRole('button', { name: 'Add a step' }).click()
    await high.getByLabel('After').fill('2m')
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('heading', { name: 'Ada Ekwueme', level: 1 }).waitFor()
    await page.waitForURL('**/people/ada-ekwueme')
    expect(await specOf('people', 'ada-ekwueme')).toEqual({
      displayName: 'Ada Ekwueme',
      contacts: [{ name: 'mail', channel: 'email', address: 'ada@example.org' }],
      paging: { high: [{ contact: 'mail', after: '2m' }] },
    })
    await page.getByText('The first contact waits for more than a minute.').waitFor()
  })

  test('what cannot be right is said at the field before it is saved', async () => {
    await page.getByRole('link', { name: 'Edit' }).click()
    const contacts = page.getByRole('group', { name: 'Contacts' })
    await contacts.getByLabel('Address').fill('not an address')
    await contacts.locator('.field-error').first().waitFor()
    await contacts.getByLabel('Address').fill('ada@example.net')
    await page.getByRole('button', { name: /^Save/ }).click()
    await page.getByText(/^Version 2/).waitFor()
  })

  test('a channel’s form asks for what the channel says it wants', async () => {
    await page.goto(`${program.url}/people/ada-ekwueme/edit`)
    const contacts = page.getByRole('group', { name: 'Contacts' })
    await contacts.getByLabel('Channel').selectOption({ label: 'Telegram' })
    await contacts.getByText('The chat’s number; of a group, with - in front.').waitFor()
    await contacts.getByLabel('Address').fill('-1001234567890')
    await contacts.locator('.field-error', { hasText: 'is required for telegram' }).waitFor()
    await contacts.getByLabel('Secret').selectOption({ label: 'In the server’s environment' })
    await contacts.getByLabel('Name of the variable (TOCSIN_SECRET_…)').fill('TOCSIN_SECRET_TELEGRAM')
    await contacts.getByLabel('Topic in the group, by its number').fill('7')
    await contacts.getByLabel('Bot API server, if it is your own').waitFor()
    await page.getByRole('button', { name: /^Save/ }).click()
    await page.getByText(/^Version 3/).waitFor()
    const { contacts: saved } = (await specOf('people', 'ada-ekwueme')) as { contacts: unknown[] }
    expect(saved).toEqual([
      {
        ...{ name: 'mail', channel: 'telegram', address: '-1001234567890' },
        ...{ secret: { env: 'TOCSIN_SECRET_TELEGRAM' }, settings: { topic: 7 } },
      },
    ])
  })

  test('a team takes them in, and its page shows them', async () => {
    await page.goto(`${program.url}/teams/payments/edit`)
    await page.getByRole('combobox', { name: 'Add a member' }).fill('Ada')
    await page.getByRole('option', { name: /Ada Ekwueme/ }).click()
    await page.getByRole('button', { name: /^Save/ }).click()
    await page.getByText(/^Version 2/).waitFor()
    await page.goto(`${program.url}/teams/payments`)
    await page.getByRole('list', { name: 'Members' }).getByRole('link', { name: 'Ada Ekwueme' }).waitFor()
  })

  test('whoever is still in a team is not removed, and it says why', async () => {
    await page.goto(`${program.url}/people/ada-ekwueme/edit`)
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: /^Remove/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: /^Remove/ }).click()
    await dialog.getByText('payments').first().waitFor()
  })

  test('the browser has had nothing to complain about but that refusal', () => {
    expect(troubles.filter((trouble) => !/status of 4(00|09|22)/.test(trouble))).toEqual([])
  })
})
