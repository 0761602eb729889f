import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, openBrowser, signIn } from './browser.ts'
import { type DemoProgram, startDemo } from './program.ts'

describeInBrowser('started without a network', () => {
  let program: DemoProgram
  let browser: Browser
  let context: BrowserContext
  let page: Page

  beforeAll(async () => {
    program = await startDemo()
    browser = await openBrowser()
    context = await browser.newContext({ viewport: { width: 360, height: 640 } })
    context.setDefaultTimeout(15_000)
    page = await context.newPage()
    await signIn(page, program.signInLink)
  })

  afterAll(async () => {
    await browser?.close()
    await program?.stop()
  })

  test('the application opens, shows what it had and from when, and is live again when the network is', async () => {
    await page.evaluate(`navigator.serviceWorker.ready`)
    await page.reload()
    await page.getByRole('region', { name: 'Open incidents' }).getByRole('link').first().waitFor()
    const title = await page.getByRole('region', { name: 'Open incidents' }).getByRole('link').first().textContent()
    await context.setOffline(true)
    try {
      await page.reload()
      await page.getByText(/^Offline, from \d\d:\d\d:\d\d UTC\./).waitFor()
      await page.getByRole('region', { name: 'Open incidents' }).getByRole('link', { name: title! }).waitFor()
      expect(await page.getByText('Live', { exact: true }).count()).toBe(0)
    } finally {
      await context.setOffline(false)
    }
    await page.getByText(/^Offline, from/).waitFor({ state: 'hidden' })
  })

  test('it can be installed, and says that it does not ring', async () => {
    const manifest = (await (await context.request.get(`${program.url}/manifest.webmanifest`)).json()) as { icons: { src: string }[] }
    for (const { src } of manifest.icons) expect((await context.request.get(`${program.url}${src}`)).status()).toBe(200)
    const worker = await context.request.get(`${program.url}/worker.js`)
    expect(worker.headers()['cache-control']).toBe('no-cache')

    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('button', { name: 'Install on this device' }).click()
    await page.getByRole('dialog', { name: 'Install on this device' }).getByText('It does not ring.').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog', { name: 'Install on this device' }).waitFor({ state: 'hidden' })
    await page.reload()
  })

  test('nothing of it is left in the browser after signing out', async () => {
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor()
    expect(await page.evaluate(`localStorage.getItem('tocsin.kept')`)).toBeNull()
    // The worker keeps the application alone.
    const kept = await page.evaluate(`caches.keys()
      .then((names) => Promise.all(names.map((name) => caches.open(name).then((cache) => cache.keys()))))
      .then((lists) => lists.flat().map(({ url }) => new URL(url).pathname))`)
    expect((kept as string[]).filter((path) => path.startsWith('/api/'))).toEqual([])
    expect((kept as string[]).length).toBeGreaterThan(10)
  })
})
