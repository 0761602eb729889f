import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, openBrowser, signIn } from './browser.ts'
import { type DemoProgram, startDemo } from './program.ts'

describeInBrowser('how many there are', () => {
  let program: DemoProgram
  let browser: Browser
  let context: BrowserContext
  let page: Page

  beforeAll(async () => {
    program = await startDemo()
    browser = await openBrowser()
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' })
    context.setDefaultTimeout(20_000)
    page = await context.newPage()
    await signIn(page, program.signInLink)
    // More than a page of any list.
    for (let n = 0; n < 210; n += 10)
      await Promise.all(
        Array.from({ length: 10 }, (_, i) =>
          context.request.post(`${program.url}/api/v1/incidents`, { data: { title: `Pump ${n + i} stands`, severity: 4 } }),
        ),
      )
  })

  afterAll(async () => {
    await browser?.close()
    await program?.stop()
  })

  test('the rail, Now, Incidents and Alerts say the same number, and it is the true one', async () => {
    const facets = (await (await context.request.get(`${program.url}/api/v1/incidents/facets?status=open`)).json()) as {
      status: { values: { value: string; count: number }[] }
    }
    const open = facets.status.values.filter(({ value }) => value !== 'resolved').reduce((sum, { count }) => sum + count, 0)
    expect(open).toBeGreaterThan(200)
    for (const path of ['/', '/incidents', '/alerts']) {
      await page.goto(`${program.url}${path}`)
      await page
        .getByRole('navigation', { name: 'Main' })
        .getByRole('link', { name: `Incidents ${open}` })
        .waitFor()
      await page
        .getByRole('region', { name: 'Open now' })
        .getByRole('heading', { name: `Open now ${open}` })
        .waitFor()
      const said =
        path === '/'
          ? page.getByRole('link', { name: new RegExp(`\\b${open}\\b`) })
          : page.getByRole('main').getByText(String(open), { exact: true })
      await said.first().waitFor()
      // The end of a first page is no number of anything.
      expect(await page.getByText('200', { exact: true }).evaluateAll((found) => found.map((one) => one.parentElement!.outerHTML))).toEqual(
        [],
      )
    }
  })

  test('while nobody knows, no number stands there', async () => {
    const answers: (() => void)[] = []
    await page.route('**/api/v1/incidents*', async (route) => {
      await new Promise<void>((resolve) => answers.push(resolve))
      await route.continue().catch(() => {})
    })
    await page.goto(`${program.url}/services`)
    const link = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Incidents' })
    await link.waitFor()
    expect(await link.textContent()).toBe('Incidents')
    await page.unroute('**/api/v1/incidents*')
    for (const answer of answers) answer()
    await expect.poll(() => link.textContent()).toMatch(/^Incidents2\d\d$/)
  })

  test('of several choices none of which is taken, none is drawn as taken', async () => {
    await page.goto(`${program.url}/parts`)
    await page.getByRole('heading', { name: 'Tocsin parts', level: 1 }).waitFor()
    const grounds = await page.evaluate(`(() => {
      const label = document.querySelector('.choice:has(input[type=radio])')
      const copies = [1, 2].map(() => label.cloneNode(true))
      const room = document.createElement('form')
      room.append(...copies)
      document.body.append(room)
      const ground = (one) => getComputedStyle(one.querySelector('input')).backgroundColor
      for (const copy of copies) { copy.querySelector('input').name = 'fresh'; copy.querySelector('input').checked = false }
      const untaken = copies.map(ground)
      copies[0].querySelector('input').checked = true
      return [...untaken, ground(copies[0])]
    })()`)
    const [first, second, taken] = grounds as string[]
    expect(first).toBe(second)
    expect(first).not.toBe(taken)
  })
})
