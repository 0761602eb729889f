import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, openBrowser, signIn } from './browser.ts'
import { type DemoProgram, startDemo } from './program.ts'

describeInBrowser('a way in, from its address to the phone that rings', () => {
  let program: DemoProgram
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    program = await startDemo()
    browser = await openBrowser()
    page = await browser.newPage()
    page.setDefaultTimeout(10_000)
    await signIn(page, program.signInLink)
  })

  afterAll(async () => {
    await browser?.close()
    await program?.stop()
  })

  test('a new integration is three presses from Services, and its address works at once', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Services' }).first().click()
    await page.getByRole('link', { name: 'Integrations' }).click()
    await page.getByRole('button', { name: 'Add integration' }).click()
    await page.getByRole('dialog').getByLabel('What it speaks').selectOption('generic')
    await page.getByRole('dialog').getByLabel('Service').selectOption({ label: 'Checkout' })
    await page.getByRole('button', { name: 'Make the address' }).click()
    await page.getByText('This is the only time the key is shown.').waitFor()
    const address = await page.getByLabel('Address, speaks Generic JSON').inputValue()
    const answer = await page.request.post(address, { data: { title: 'Sent to a fresh address', severity: 'info' } })
    expect(answer.status()).toBe(202)
    await page.getByRole('region', { name: 'Last payloads' }).getByText('Sent to a fresh address').first().waitFor()

    await page.reload()
    await page.getByText('Write it where YOUR-KEY stands.').waitFor()
    expect(await page.getByLabel('Address, speaks Generic JSON').inputValue()).toContain('YOUR-KEY')
  })

  test('send test says whom it pages, and then tells the way until the phone has rung', async () => {
    await page.goto(`${program.url}/integrations/demo`)
    await page.getByRole('button', { name: 'Send test' }).waitFor()
    await page.keyboard.press('t')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('region', { name: 'This pages' }).getByText('Raj Iyer').waitFor()
    expect(await dialog.getByRole('radio', { name: 'SEV4' }).isChecked()).toBe(true)
    await dialog.getByRole('button', { name: 'Send it' }).click()
    const way = page.getByRole('list', { name: 'The way of the test, in order' })
    await way.getByText(/took the page/).waitFor()
    await page.getByRole('button', { name: 'Resolve it' }).click()
    await page.getByRole('button', { name: 'Resolve it' }).waitFor({ state: 'detached' })
    await way.getByText('Stopped', { exact: true }).waitFor()
  })

  test('what cannot be read is shown with its reason, what was answered, and the line at fault', async () => {
    const address = await freshAddress()
    await page.request.post(address, {
      data: '{\n  "title": "Half a body",\n  "severity": oops\n}',
      headers: { 'content-type': 'text/plain' },
    })
    await page.goto(`${program.url}/unparsed`)
    await page.getByRole('link', { name: 'The body is not JSON.' }).first().click()
    await page.getByText('It stops being JSON in line 3, which is lit.').waitFor()
    await page
      .getByRole('complementary')
      .or(page.getByRole('region', { name: 'One event' }))
      .getByText('Answered 400, nobody was paged.')
      .waitFor()
    expect(new URL(page.url()).searchParams.get('event')).toMatch(/^unp_/)
  })

  test('a revoked key is refused at once', async () => {
    const address = await freshAddress()
    const send = () => page.request.post(address, { data: { title: 'Still here', severity: 'info', dedup_key: 'still' } })
    expect((await send()).status()).toBe(202)
    await page.getByRole('button', { name: 'Revoke' }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke the key' }).click()
    await page.getByText('Revoked. Senders with that key are refused.').waitFor()
    expect((await send()).status()).toBe(404)
  })

  test('services stand worst first and are narrowed by words', async () => {
    await program.raise()
    await page.goto(`${program.url}/services`)
    const table = page.getByRole('table', { name: 'Services, the worst first' })
    await table.getByText('Nobody has it').or(table.getByText('nobody has them')).first().waitFor()
    expect(await table.getByRole('row').nth(1).textContent()).toContain('Checkout')
    await page.getByLabel('Filter services').fill('mail')
    await table.getByRole('link', { name: 'Outgoing mail' }).waitFor()
    expect(await table.getByRole('row').count()).toBe(2)
    expect(new URL(page.url()).searchParams.get('q')).toBe('mail')
  })

  /** Another key of the demo's first integration, taken from the screen that shows it once. */
  async function freshAddress(): Promise<string> {
    await page.goto(`${program.url}/integrations/demo`)
    await page.getByRole('button', { name: 'Make a new key' }).click()
    await page.getByText('This is the only time the key is shown.').waitFor()
    return page.getByLabel('Address, speaks Generic JSON').inputValue()
  }
})
