import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, openBrowser, signIn } from './browser.ts'
import { type DemoProgram, startDemo } from './program.ts'

describeInBrowser('a paused installation', () => {
  let program: DemoProgram
  let browser: Browser
  let context: BrowserContext
  let page: Page

  beforeAll(async () => {
    program = await startDemo(undefined, ['--paused'])
    browser = await openBrowser()
    context = await browser.newContext({ serviceWorkers: 'block', viewport: { width: 1440, height: 900 } })
    context.setDefaultTimeout(10_000)
    page = await context.newPage()
    await signIn(page, program.signInLink)
  })

  afterAll(async () => {
    await browser?.close()
    await program?.stop()
  })

  const banner = () => page.getByText('Paused, nobody is paged:')
  const goOn = () => page.getByRole('button', { name: 'Go on paging' })
  const paused = async () => ((await (await context.request.get(`${program.url}/api/v1/pause`)).json()) as { paused: object | null }).paused

  test('says on every screen that nobody is paged, and why, from a desk to a phone', async () => {
    for (const [width, height] of [
      [1440, 900],
      [360, 740],
    ] as const) {
      await page.setViewportSize({ width, height })
      for (const path of ['/', '/incidents', '/alerts', '/on-call', '/services', '/settings']) {
        await page.goto(`${program.url}${path}`)
        await banner().waitFor()
        const box = (await goOn().boundingBox())!
        expect(box.x + box.width, `${path} at ${width}: the button is on the screen`).toBeLessThanOrEqual(width)
        expect(box.y + box.height, `${path} at ${width}: and in its first part`).toBeLessThanOrEqual(height)
      }
    }
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  test('offers whoever may only look no button, and takes none from them', async () => {
    const token = await context.request.post(`${program.url}/api/v1/tokens`, { data: { label: 'looks', role: 'viewer' } })
    const { secret } = (await token.json()) as { secret: string }
    const refused = await fetch(`${program.url}/api/v1/pause`, { method: 'DELETE', headers: { authorization: `Bearer ${secret}` } })
    expect(refused.status).toBe(403)
    await page.route('**/api/v1/me', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...((await response.json()) as object), role: 'viewer', permissions: ['incident:read'] } })
    })
    await page.goto(`${program.url}/incidents`)
    await banner().waitFor()
    expect(await goOn().count()).toBe(0)
    await page.unroute('**/api/v1/me')
  })

  test('a press that does not arrive leaves it paused and says so; one that does ends it on every screen, and pages what is open', async () => {
    await page.goto(`${program.url}/`)
    const other = await context.newPage()
    await other.goto(`${program.url}/incidents`)
    await other.getByText('Paused, nobody is paged:').waitFor()

    await page.route('**/api/v1/pause', (route) => (route.request().method() === 'DELETE' ? route.abort() : route.continue()))
    await goOn().click()
    await page.getByText(/^Still paused\./).waitFor()
    expect(await paused()).not.toBeNull()
    await page.unroute('**/api/v1/pause')

    await goOn().click()
    await page.getByText(/^Paging goes on\./).waitFor()
    await banner().waitFor({ state: 'detached' })
    expect(await paused()).toBeNull()
    await other.reload()
    await other.getByRole('heading', { level: 1 }).waitFor()
    expect(await other.getByText('Paused, nobody is paged:').count()).toBe(0)
    await other.close()
  })
})
