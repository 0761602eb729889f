import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, hearTroubles, openBrowser, signIn } from './browser.ts'
import { type DemoProgram, startDemo } from './program.ts'

describeInBrowser('whoever signs in first', () => {
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

  test('gives themselves a name and a contact, presses one button, and is paged', async () => {
    await page.goto(`${program.url}/profile`)
    await page.getByRole('link', { name: 'Change how I am paged' }).click()
    await page.getByLabel('What people call them').fill('Oskar Brandt')
    await page.getByRole('button', { name: 'Add a contact' }).click()
    const contacts = page.getByRole('group', { name: 'Contacts' })
    await contacts.getByLabel('Name').fill('browser')
    await contacts.getByLabel('Channel').selectOption({ label: 'Drawn phone, for the demo and drills' })
    await contacts.getByLabel('Address').fill('my browser')
    await page.getByRole('button', { name: /^Save/ }).click()
    await page.getByRole('heading', { name: 'Oskar Brandt', level: 1 }).waitFor()

    await page.goto(`${program.url}/profile`)
    await page.getByRole('button', { name: 'Page me now' }).click()
    await page.getByText('The test page went to browser.').waitFor()
    const shown = await context.request.get(`${program.url}/api/v1/demo/phones/owner/messages`)
    expect(await shown.json()).toMatchObject({
      items: [{ contact: 'my browser', pages: [{ incident: { title: expect.stringMatching(/test/i) } }] }],
    })
    expect(troubles).toEqual([])
  })

  test('without the right to write the configuration changes oneself, and nobody else', async () => {
    const person = { displayName: 'Lin Dao', role: 'viewer', email: 'lin@example.org' }
    const put = (path: string, data: unknown) => context.request.put(`${program.url}/api/v1${path}`, { data, headers: { 'x-tocsin': '1' } })
    expect((await put('/configuration/people/lin-dao', { spec: person })).status()).toBe(200)
    const link = await context.request.post(`${program.url}/api/v1/login-links`, { data: { person: 'lin-dao' } })
    const lin = await (await browser.newContext({ viewport: { width: 900, height: 900 }, reducedMotion: 'reduce' })).newPage()
    lin.setDefaultTimeout(10_000)
    await signIn(lin, ((await link.json()) as { url: string }).url)
    await lin.goto(`${program.url}/people/lin-dao/edit`)
    await lin.getByText('This is you').waitFor()
    expect(await lin.getByLabel('Mail address').isEditable()).toBe(false)
    await lin.getByLabel('What people call them').fill('Lin')
    await lin.getByRole('button', { name: /^Save/ }).click()
    await lin.getByRole('heading', { name: 'Lin', level: 1, exact: true }).waitFor()
    await lin.goto(`${program.url}/people/owner/edit`)
    await lin.getByText('This may be read here').waitFor()
    expect(await lin.getByLabel('What people call them').isEditable()).toBe(false)
    await lin.context().close()
  })
})
