import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeInBrowser, openBrowser, signIn } from './browser.ts'
import { type DemoProgram, startDemo } from './program.ts'

describeInBrowser('when the server cannot be heard', () => {
  let program: DemoProgram
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let incidentUrl: string

  beforeAll(async () => {
    program = await startDemo()
    browser = await openBrowser()
    context = await browser.newContext()
    context.setDefaultTimeout(10_000)
    const first = await context.newPage()
    await signIn(first, program.signInLink)
    await program.raise()
    await first.getByRole('region', { name: 'Nobody has it yet' }).getByRole('link').click()
    await first.getByRole('heading', { name: 'Checkout is slow', level: 1 }).waitFor()
    incidentUrl = first.url()
    await first.close()
  })

  beforeEach(async () => {
    page = await context.newPage()
  })

  afterEach(async () => {
    program.thaw()
    await page.close()
  })

  afterAll(async () => {
    await browser?.close()
    await program?.stop()
  })

  test('after 20 seconds of silence the screen says since when it is not live, and is live again when the server is', async () => {
    await page.clock.install()
    await page.goto(`${program.url}/`)
    await page.getByText('Live', { exact: true }).waitFor()
    await page.getByRole('region', { name: 'Nobody has it yet' }).getByRole('link', { name: 'Checkout is slow' }).waitFor()
    const notice = page.getByText(/^Not live since \d\d:\d\d:\d\d UTC\./)

    program.freeze()
    await page.clock.fastForward(15_000)
    expect(await notice.count()).toBe(0)
    await page.clock.fastForward(7_000)
    await notice.waitFor()
    expect(await page.getByText('Live', { exact: true }).count()).toBe(0)
    // What was there stays, for a person who needs it now.
    expect(await page.getByRole('region', { name: 'Nobody has it yet' }).getByRole('link', { name: 'Checkout is slow' }).count()).toBe(1)
    const since = sinceIn(await notice.textContent())

    // The next tries find it frozen still: the moment does not move with them.
    await page.clock.fastForward(10_000)
    expect(sinceIn(await notice.textContent())).toBe(since)

    program.thaw()
    await page.clock.fastForward(10_000)
    await notice.waitFor({ state: 'hidden' })
    await page.getByText('Live', { exact: true }).waitFor()
  })

  test('what happens to another incident stands in the rail at once, and nothing is asked again for it', async () => {
    const api = `${program.url}/api/v1/incidents`
    const declared = await context.request.post(api, { data: { title: 'Mail is late', policy: 'payments' } })
    const other = `${api}/${((await declared.json()) as { id: string }).id}`
    const listening = page.waitForResponse((response) => response.url().includes('/api/v1/events'))
    await page.goto(incidentUrl)
    await page.getByRole('link', { name: 'Mail is late' }).waitFor()
    await listening
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))

    await context.request.post(`${other}/notes`, { data: { text: 'Queue is long.' } })
    await context.request.patch(other, { data: { title: 'Mail is lost' } })
    await page.getByRole('link', { name: 'Mail is lost' }).waitFor()
    // What the other's events would have asked for goes with this.
    const again = page.waitForRequest((request) => request.url().endsWith('/escalation'))
    await context.request.post(`${api}/${incidentUrl.split('/').at(-1)}/escalation`, { data: {} })
    await again
    expect(asked.filter((path) => /^\/api\/v1\/(incidents|alerts)$/.test(path))).toEqual([])
    await context.request.post(`${other}/resolution`, { data: { resolution: 'Found again.', override: { reason: 'a test' } } })
  })

  test('an acknowledgement that fails says that the escalation is still running, and the incident looks as it is', async () => {
    await page.goto(incidentUrl)
    await page.route('**/api/v1/incidents/*/acknowledgement', (route) => route.abort())
    await page.getByRole('button', { name: 'Acknowledge' }).click()
    await page.getByText('not sent, the escalation is still running.').waitFor()

    const current = page.getByRole('list', { name: 'Lifecycle' }).locator('[aria-current=step]')
    expect(await current.textContent()).toContain('Detected')
    await page.getByRole('button', { name: 'Acknowledge', disabled: false }).waitFor()
    const incident = await context.request.get(incidentUrl.replace('/i/', '/api/v1/incidents/'))
    expect(await incident.json()).toMatchObject({ status: 'detected', acknowledgedBy: null })
  })

  test('an acknowledgement without a network says so at once, and can be given up', async () => {
    await page.goto(incidentUrl)
    await page.getByRole('button', { name: 'Acknowledge' }).waitFor()
    await context.setOffline(true)
    try {
      await page.getByRole('button', { name: 'Acknowledge' }).click()
      await page.getByText('not sent, the escalation is still running.').waitFor()
      await page.getByRole('button', { name: 'Discard' }).click()
    } finally {
      await context.setOffline(false)
    }
  })

  test('an acknowledgement that nobody answers does not look done, and is told as failed after a while', async () => {
    await page.clock.install()
    await page.goto(incidentUrl)
    const acknowledge = page.getByRole('button', { name: 'Acknowledge' })
    await acknowledge.waitFor()
    await page.route('**/api/v1/incidents/*/acknowledgement', () => {})
    await acknowledge.click()
    await page.clock.fastForward(5_000)
    expect(await page.getByRole('list', { name: 'Lifecycle' }).locator('[aria-current=step]').textContent()).toContain('Detected')
    expect(await page.getByText('Acknowledged. Nobody else is paged.').count()).toBe(0)
    await page.clock.fastForward(10_000)
    await page.getByText('not sent, the escalation is still running.').waitFor()
    await page.getByRole('button', { name: 'Discard' }).click()
  })
})

/** The moment in the sentence, without how long it is to the next try. */
function sinceIn(text: string | null): string | undefined {
  return /since (\S+)/.exec(text ?? '')?.[1]
}
