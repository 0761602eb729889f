import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, hearTroubles, openBrowser, signIn } from './browser.ts'
import { type DemoProgram, startDemo } from './program.ts'

const DRAWN_ROWS_MAX = 80

describeInBrowser('lists of incidents and alerts', () => {
  let program: DemoProgram
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let troubles: string[]

  beforeAll(async () => {
    program = await startDemo()
    browser = await openBrowser()
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
    context.setDefaultTimeout(20_000)
    page = await context.newPage()
    troubles = await hearTroubles(page)
    await signIn(page, program.signInLink)
    await program.raise()
  })

  afterAll(async () => {
    await browser?.close()
    await program?.stop()
  })

  const list = () => page.getByRole('table', { name: 'Incident list' })
  const row = (title: string) => list().getByRole('row').filter({ hasText: title })
  const search = () => new URL(page.url()).search

  test('the list says who is paged next, and when', async () => {
    await page.goto(`${program.url}/incidents`)
    await row('Checkout is slow')
      .getByText(/\w+ in \d+:\d\d/)
      .waitFor()
  })

  test('facets come after the rows; picking one narrows the list and stands in the address', async () => {
    const facets = page.getByRole('region', { name: 'Filters' })
    await facets.getByRole('checkbox', { name: /checkout/ }).check()
    expect(search()).toBe('?service=checkout')
    await row('Checkout is slow').waitFor()
    expect(await list().getByRole('row').filter({ hasText: 'Mail is' }).count()).toBe(0)
    await page.reload()
    await row('Checkout is slow').waitFor()
    expect(await facets.getByRole('checkbox', { name: /checkout/ }).isChecked()).toBe(true)
    await facets.getByRole('link', { name: 'Clear filters' }).click()
    expect(search()).toBe('')
  })

  test('a slash leads to the search, which finds by number; Escape leaves it empty', async () => {
    await row('Checkout is slow').waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('nothing has this')
    await page.getByRole('heading', { name: 'Nothing matches' }).waitFor()
    expect(search()).toBe('?q=nothing+has+this')
    await page.keyboard.press('Escape')
    await row('Checkout is slow').waitFor()
    expect(search()).toBe('')
  })

  test('rows are read with the keys: j, space for the preview, Enter to open, and the way back', async () => {
    await page.keyboard.press('j')
    await page.keyboard.press(' ')
    const preview = page.getByRole('region', { name: 'Preview' })
    await preview.getByRole('heading', { name: 'Checkout is slow' }).waitFor()
    await preview.getByText('took the page').waitFor()
    await page.keyboard.press('j')
    await preview.getByRole('heading', { name: 'Partners are paid twice' }).waitFor()
    await page.keyboard.press('Escape')
    await preview.waitFor({ state: 'hidden' })
    await page.keyboard.press('k')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Checkout is slow', level: 1 }).waitFor()
    await page.goBack()
    await row('Checkout is slow').waitFor()
  })

  test('what comes waits until it is shown, and nothing moves meanwhile', async () => {
    const before = await list().getByRole('row').allInnerTexts()
    await program.raise()
    await page.getByRole('button', { name: 'Show 1 new' }).waitFor()
    expect((await list().getByRole('row').allInnerTexts()).length).toBe(before.length)
    await page.keyboard.press('.')
    await expect.poll(() => row('Checkout is slow').count()).toBe(2)
  })

  test('rows picked with x are acknowledged together, and stay where they are', async () => {
    await page.goto(`${program.url}/incidents?status=detected`)
    await expect.poll(() => row('Checkout is slow').count()).toBe(2)
    for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key)
    await page.getByText('2 selected').waitFor()
    await page.keyboard.press('Shift+A')
    await page.getByText('2 acknowledged. Nobody else is paged.').waitFor()
    await page.getByRole('button', { name: 'Clear 2 that left' }).waitFor()
    expect(await row('Checkout is slow').count()).toBe(2)
    await page.keyboard.press('.')
    await page.getByRole('heading', { name: 'Somebody has every incident' }).waitFor()
  })

  test('a filter with a name is found again, in this browser', async () => {
    await page.goto(`${program.url}/incidents?status=all&severity=1`)
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('menuitem', { name: 'Save this view' }).click()
    await page.keyboard.type('The worst')
    await page.keyboard.press('Enter')
    await page.goto(`${program.url}/alerts`)
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'The worst' }).click()
    await page.getByRole('heading', { name: 'Incidents', level: 1 }).waitFor()
    expect(search()).toBe('?status=all&severity=1')
    await page.getByRole('button', { name: 'The worst' }).click()
    await page.getByRole('menuitem', { name: 'Forget “The worst”' }).click()
    await page.getByRole('button', { name: 'Views' }).waitFor()
  })

  test('alerts say why they are grouped and what they became; one opens with its whole story', async () => {
    await page.goto(`${program.url}/alerts?status=all`)
    const alerts = page.getByRole('table', { name: 'Alert list' })
    await alerts.getByText('Same alertname and region').first().waitFor()
    await page.getByText(/alerts became \d+ incidents and \d+ pages/).waitFor()
    const first = alerts.getByRole('link', { name: 'Checkout is slow' }).first()
    await first.focus()
    await page.keyboard.press('w')
    const aside = page.getByRole('region', { name: 'One alert' })
    await aside.getByText(/^Paged .* in .*, acknowledged in/).waitFor()
    await aside.getByRole('link', { name: 'Open alert' }).click()
    await page.getByRole('heading', { name: 'Checkout is slow', level: 1 }).waitFor()
    await page.getByRole('list', { name: 'Every decision, from receipt to delivery' }).getByText('Received', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'Payload' }).click()
    await page.getByRole('region', { name: 'The body that opened it, as it came' }).getByText('"title": "Checkout is slow"').waitFor()
    await page.getByRole('link', { name: /^Open INC-/ }).click()
    await page.getByRole('list', { name: 'Lifecycle' }).waitFor()
  })

  test('every time a key was open stands in its history, and a label leads to the alerts that carry it', async () => {
    const [alert] = (await get<{ items: { id: string; labels: Record<string, string> }[] }>('/alerts?integration=prometheus&limit=1')).items
    await page.goto(`${program.url}/a/${alert!.id}?tab=labels`)
    const [name, value] = Object.entries(alert!.labels)[0]!
    await page.getByRole('link', { name: `Alerts with ${name}=${value}` }).click()
    await page.getByRole('button', { name: `Take ${name}=${value} away` }).waitFor()
    await page.getByRole('table', { name: 'Alert list' }).getByRole('link').first().waitFor()
    await page.goto(`${program.url}/a/alr_none`)
    await page.getByRole('heading', { name: 'Nothing is at this address' }).waitFor()
  })

  test('a hundred thousand alerts are read as they are scrolled to, and few of them are ever drawn', async () => {
    await serveManyAlerts(100_000)
    await page.goto(`${program.url}/alerts`)
    const alerts = page.getByRole('table', { name: 'Alert list' })
    await alerts.getByText('Host 1 is down', { exact: true }).waitFor()
    let most = 0
    for (let turn = 0; turn < 40; turn++) {
      await scrollTo('1')
      await page.waitForTimeout(50)
      most = Math.max(most, await alerts.getByRole('row').count())
    }
    expect(most).toBeGreaterThan(15)
    expect(most).toBeLessThanOrEqual(DRAWN_ROWS_MAX)
    await expect
      .poll(async () => Number(/Host (\d+)/.exec((await alerts.getByRole('row').last().innerText()) ?? '')?.[1]))
      .toBeGreaterThan(2000)
    await scrollTo('0')
    await alerts.getByText('Host 1 is down', { exact: true }).waitFor()
    await page.unrouteAll({ behavior: 'ignoreErrors' })
  })

  test('the part that draws them takes all hundred thousand at once', async () => {
    await page.goto(`${program.url}/parts/alerts?show=many`)
    const alerts = page.getByRole('table', { name: 'Alert list' })
    await alerts.getByText('Host 1 does not answer', { exact: true }).waitFor()
    expect(await alerts.getAttribute('aria-rowcount')).toBe('100000')
    for (const share of [0.25, 0.5, 0.999, 1]) {
      await scrollTo(String(share))
      await expect.poll(() => alerts.getByRole('row').count()).toBeLessThanOrEqual(DRAWN_ROWS_MAX)
    }
    await alerts.getByText('Host 100000 does not answer', { exact: true }).waitFor()
    await page.setViewportSize({ width: 360, height: 640 })
    await page.evaluate('scrollTo(0, document.documentElement.scrollHeight / 2)')
    await alerts
      .getByText(/Host (4|5)\d{4} does/)
      .first()
      .waitFor()
    expect(await alerts.getByRole('row').count()).toBeLessThanOrEqual(DRAWN_ROWS_MAX)
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  test('the browser had nothing to complain about on the way', () => {
    expect(troubles.filter((trouble) => !/status of (404|410)/.test(trouble))).toEqual([])
  })

  /** A share of the whole list, from its top. */
  function scrollTo(share: string): Promise<unknown> {
    return page.evaluate(`{ const region = document.querySelector('.list-region'); region.scrollTo(0, region.scrollHeight * ${share}) }`)
  }

  /** Answers the list with more alerts than anybody would wait for. */
  async function serveManyAlerts(total: number): Promise<void> {
    const [pattern] = (await get<{ items: object[] }>('/alerts?limit=1')).items
    await page.route(/\/api\/v1\/alerts\?/, (route) => {
      const query = new URL(route.request().url()).searchParams
      const from = Number(query.get('cursor') ?? 0)
      const until = Math.min(total, from + Number(query.get('limit')))
      const items = Array.from({ length: until - from }, (_, i) => ({
        ...pattern,
        id: `alr_${String(total - from - i).padStart(8, '0')}`,
        title: `Host ${from + i + 1} is down`,
      }))
      return route.fulfill({ json: { items, next: until < total ? String(until) : null } })
    })
  }

  /** As the person signed in. */
  async function get<Reply>(path: string): Promise<Reply> {
    const response = await context.request.get(`${program.url}/api/v1${path}`)
    expect(response.status()).toBe(200)
    return (await response.json()) as Reply
  }
})
