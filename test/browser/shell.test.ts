import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeInBrowser, openBrowser, signIn } from './browser.ts'
import { type DemoProgram, startDemo } from './program.ts'

describeInBrowser('the shell around every page', () => {
  let program: DemoProgram
  let browser: Browser
  let context: BrowserContext
  let page: Page

  beforeAll(async () => {
    program = await startDemo()
    browser = await openBrowser()
    context = await browser.newContext({ serviceWorkers: 'block', viewport: { width: 1440, height: 900 } })
    context.setDefaultTimeout(10_000)
    const first = await context.newPage()
    await signIn(first, program.signInLink)
    await first.close()
  })

  beforeEach(async () => {
    page = await context.newPage()
  })

  afterEach(async () => {
    await context.setOffline(false)
    await page.close()
  })

  afterAll(async () => {
    await browser?.close()
    await program?.stop()
  })

  /** Another incident that nobody has. */
  async function declare(title: string): Promise<{ id: string; number: string; path: string }> {
    const response = await context.request.post(`${program.url}/api/v1/incidents`, { data: { title, policy: 'payments' } })
    const { id, number } = (await response.json()) as { id: string; number: string }
    return { id, number, path: `${program.url}/i/${number.replace(/\D+/, '')}` }
  }

  async function statusOf(id: string): Promise<string> {
    const response = await context.request.get(`${program.url}/api/v1/incidents/${id}`)
    return ((await response.json()) as { status: string }).status
  }

  async function typeInPalette(text: string): Promise<void> {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Search or run a command' }).waitFor()
    await page.keyboard.type(text)
  }

  test('a woken person acknowledges with the keyboard alone: from Now to the incident, a note, resolved', async () => {
    const { id } = await declare('Card payments are declined')
    await page.goto(`${program.url}/`)
    await page.getByRole('region', { name: 'Nobody has it yet' }).getByRole('link', { name: 'Card payments are declined' }).waitFor()

    await typeInPalette('card paymnets')
    await page
      .getByRole('option', { name: /Card payments are declined/ })
      .first()
      .waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Card payments are declined', level: 1 }).waitFor()

    await page.keyboard.press('a')
    await page.getByText('Acknowledged. Nobody else is paged.').waitFor()
    await page.keyboard.press('n')
    await page.keyboard.type('The bank is down, we wait')
    await page.keyboard.press('Control+Enter')
    await page.getByText('The note is on the timeline.').waitFor()
    const timeline = page.getByRole('list', { name: 'Timeline, newest first' })
    await timeline.getByText('The bank is down, we wait').waitFor()

    await page.keyboard.press('Escape')
    await page.keyboard.press('s')
    await page.getByRole('dialog', { name: /^Severity of/ }).waitFor()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Cards of one bank only')
    await page.keyboard.press('Enter')
    await timeline.getByText('Severity changed from SEV2 to SEV3').waitFor()
    await page.getByRole('button', { name: 'Change back' }).waitFor()
    await page.keyboard.press('z')
    await timeline.getByText('Severity changed from SEV3 to SEV2').waitFor()

    await page.keyboard.press('Shift+R')
    await page.getByRole('dialog', { name: /^Resolve/ }).waitFor()
    await page
      .getByRole('dialog')
      .getByRole('heading', { name: /^Not met/ })
      .waitFor()
    await page.keyboard.type('The bank answers again')
    for (const _ of ['none', 'some', 'not known', 'override']) await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await page.keyboard.press('Tab')
    await page.keyboard.type('The bank says so itself')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Resolved.', { exact: true }).waitFor()
    expect(await statusOf(id)).toBe('resolved')
  })

  test('the palette does what the command line does: ack by number, page by name, and tells it to screen readers', async () => {
    const { id, number } = await declare('Mail is late')
    const digits = number.replace(/\D+/, '')
    await page.goto(`${program.url}/incidents`)
    await page.getByRole('main').getByRole('link', { name: 'Mail is late' }).waitFor()
    await typeInPalette(`ack ${digits}`)
    const field = page.getByRole('combobox', { name: 'Search or run a command' })
    const chosen = page.getByRole('option', { selected: true })
    await chosen.getByText(`Acknowledge ${number}`).waitFor()
    expect(await field.getAttribute('aria-activedescendant')).toBe(await chosen.getAttribute('id'))
    expect(await page.getByText(`tocsin ack ${digits}`, { exact: true }).count()).toBe(1)
    await page.keyboard.press('Enter')
    await page.getByText('Acknowledged. Nobody else is paged.').waitFor()
    expect(await statusOf(id)).toBe('acknowledged')

    await typeInPalette('page payments')
    await page
      .getByRole('option', { selected: true })
      .getByText(/payments/i)
      .waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Declare an incident' }).waitFor()
    expect(await page.getByRole('combobox', { name: 'Service' }).inputValue()).toContain('payments')
  })

  test('a key can be put elsewhere, acts there, and is drawn there', async () => {
    await declare('Search returns nothing')
    await page.goto(`${program.url}/`)
    await page.getByRole('region', { name: 'Nobody has it yet' }).waitFor()
    await page.keyboard.press('?')
    await page.getByRole('button', { name: /^A: acknowledge/ }).click()
    await page.keyboard.press('e')
    await page.getByText('E is taken: escalate.').waitFor()
    await page.keyboard.press('q')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.keyboard.press('a')
    await page.waitForTimeout(300)
    expect(await page.getByText('Acknowledged. Nobody else is paged.').count()).toBe(0)
    await page.keyboard.press('q')
    await page.getByText('Acknowledged. Nobody else is paged.').waitFor()
    await page.keyboard.press('?')
    await page.getByRole('button', { name: 'All keys as given' }).click()
  })

  test('an acknowledgement without a network lapses after two minutes and is not sent late', async () => {
    const { id, path } = await declare('Logins fail')
    await page.clock.install()
    await page.goto(path)
    await page.getByRole('button', { name: 'Acknowledge' }).waitFor()
    await context.setOffline(true)
    await page.getByRole('button', { name: 'Acknowledge' }).click()
    await page.getByText('not sent, the escalation is still running.').waitFor()
    expect(await page.getByRole('list', { name: 'Lifecycle' }).locator('[aria-current=step]').textContent()).toContain('Declared')
    for (let minute = 0; minute < 5; minute++) await page.clock.fastForward(25_000)
    await page.getByText('not confirmed within 2 minutes, so it has lapsed.').waitFor()
    await context.setOffline(false)
    await page.clock.fastForward(20_000)
    await page.getByText('Live', { exact: true }).waitFor()
    expect(await statusOf(id)).toBe('detected')

    await page.getByRole('button', { name: 'Acknowledge again' }).click()
    await page.getByText('Acknowledged. Nobody else is paged.').waitFor()
    expect(await statusOf(id)).toBe('acknowledged')
  })

  test('an acknowledgement whose answer was lost is sent again with the same key', async () => {
    const { id, path } = await declare('Uploads hang')
    const keys: (string | undefined)[] = []
    await page.goto(path)
    await page.route('**/acknowledgement', async (route) => {
      keys.push(route.request().headers()['idempotency-key'])
      if (keys.length > 1) return route.continue()
      // It arrives; what is lost is the answer.
      await route.fetch()
      await route.abort()
    })
    await page.getByRole('button', { name: 'Acknowledge' }).click()
    await page.getByText('Acknowledged. Nobody else is paged.').waitFor()
    expect(keys.length).toBe(2)
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/)
    expect(keys[1]).toBe(keys[0])
    expect(await statusOf(id)).toBe('acknowledged')
  })

  test('a note written without a network outlasts a reload and is sent once', async () => {
    const { id, path } = await declare('Exports stop')
    await page.goto(path)
    await page.getByRole('textbox', { name: 'Write a note' }).waitFor()
    await page.route('**/notes', (route) => route.abort())
    await page.getByRole('textbox', { name: 'Write a note' }).fill('Disk of export-3 is full')
    await page.getByRole('button', { name: 'Add note' }).click()
    await page.getByText('not sent yet. It stays here until it is.').waitFor()
    await page.reload()
    await page.getByText('not sent yet. It stays here until it is.').waitFor()
    await page.unroute('**/notes')
    const sent = page.getByText('not sent yet. It stays here until it is.').waitFor({ state: 'hidden' })
    // On a busy machine it has been tried again by itself before the press.
    const pressed = page.getByRole('button', { name: 'Try now' }).click()
    await Promise.race([sent, pressed.catch(() => sent)])
    await sent
    const timeline = (await (await context.request.get(`${program.url}/api/v1/incidents/${id}/timeline`)).json()) as {
      items: { type: string }[]
    }
    expect(timeline.items.filter(({ type }) => type === 'note.added').length).toBe(1)
  })

  test('two people who change the same thing see both', async () => {
    const { id, path } = await declare('Reports are wrong')
    await page.goto(path)
    await page.getByRole('button', { name: 'Edit title and impact' }).click()
    await page.getByRole('textbox', { name: 'Title' }).fill('Monthly reports are wrong')
    await page.route('**/events*', (route) => route.abort())
    await context.request.patch(`${program.url}/api/v1/incidents/${id}`, { data: { title: 'Reports show last month' } })
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('You: title “Monthly reports are wrong”. Meanwhile: title “Reports show last month”.').waitFor()
    await page.getByRole('button', { name: 'Put mine' }).click()
    await page.getByText('Changed.').waitFor()
    await page.getByRole('heading', { name: 'Monthly reports are wrong', level: 1 }).waitFor()
  })

  test('two tabs share one stream, and the second goes on when the first is closed', async () => {
    const streams: string[] = []
    context.on('request', (request) => {
      if (new URL(request.url()).pathname === '/api/v1/events') streams.push(request.url())
    })
    await page.goto(`${program.url}/`)
    await page.getByText('Live', { exact: true }).waitFor()
    await expect.poll(() => streams.length).toBe(1)
    const second = await context.newPage()
    try {
      await second.goto(`${program.url}/incidents`)
      await second.getByText('Live', { exact: true }).waitFor()
      await declare('Heard by both')
      await page
        .getByRole('region', { name: 'Nobody has it yet' })
        .getByRole('link', { name: 'Heard by both' })
        .or(page.getByText('Heard by both'))
        .first()
        .waitFor()
      await second.getByText('Heard by both').first().waitFor()
      expect(streams.length).toBe(1)

      await page.close()
      await expect.poll(() => streams.length).toBe(2)
      await declare('Heard by the one that is left')
      await second.getByText('Heard by the one that is left').first().waitFor()
    } finally {
      await second.close()
      page = await context.newPage()
    }
  })

  test('who is not signed in is led back to where they were', async () => {
    const other = await browser.newContext({ serviceWorkers: 'block' })
    other.setDefaultTimeout(10_000)
    const { path } = await declare('Where one was')
    const link = (
      (await (await context.request.post(`${program.url}/api/v1/login-links`, { data: { person: 'owner' } })).json()) as { url: string }
    ).url
    const stranger = await other.newPage()
    try {
      await stranger.goto(`${path}?tab=pages`)
      await stranger.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor()
      expect(new URL(stranger.url()).pathname).toBe('/sign-in')
      await stranger.getByRole('textbox', { name: 'Code from the link' }).fill(link)
      await stranger.getByRole('button', { name: 'Sign in' }).click()
      await stranger.getByRole('button', { name: 'Sign in' }).click()
      await stranger.getByRole('heading', { name: 'Where one was', level: 1 }).waitFor()
      expect(stranger.url()).toBe(`${path}?tab=pages`)
    } finally {
      await other.close()
    }
  })
})
