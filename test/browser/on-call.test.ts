import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, hearTroubles, openBrowser, signIn } from './browser.ts'
import { type DemoProgram, startDemo } from './program.ts'

describeInBrowser('on call, and whether people can be woken', () => {
  let program: DemoProgram
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let troubles: string[]

  /** As Raj, who has the turn on Payments primary. */
  beforeAll(async () => {
    program = await startDemo()
    browser = await openBrowser()
    const owner = await browser.newContext()
    await signIn(await owner.newPage(), program.signInLink)
    const link = await owner.request.post(`${program.url}/api/v1/login-links`, { data: { person: 'raj' } })
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, timezoneId: 'Europe/Berlin', reducedMotion: 'reduce' })
    context.setDefaultTimeout(10_000)
    page = await context.newPage()
    troubles = await hearTroubles(page)
    await signIn(page, ((await link.json()) as { url: string }).url)
    await owner.close()
  })

  afterAll(async () => {
    await browser?.close()
    await program?.stop()
  })

  const rowOf = (text: string) => page.getByRole('table', { name: 'Who is on call' }).getByRole('row').filter({ hasText: text })

  test('one sentence says that every page reaches a person, and oneself stands first', async () => {
    await page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: 'On-call' }).click()
    await page.getByText('Every page reaches a person now.').waitFor()
    await page.getByText(/^You are on call: Payments policy until \w+ .*09:00 Berlin\.$/).waitFor()
    const first = page.getByRole('table', { name: 'Who is on call' }).getByRole('row').nth(2)
    expect(await first.textContent()).toContain('Raj Iyer')
  })

  test('three clicks put somebody else on call, and one takes it back', async () => {
    const shifts = page.getByRole('region', { name: 'Your shifts', exact: true })
    await shifts.getByRole('button', { name: 'Cover me' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Override: somebody else for a while' })
    await dialog.getByRole('radio', { name: 'Beatriz Amado' }).click()
    await dialog.getByRole('button', { name: 'Put Beatriz on call' }).click()
    await dialog.waitFor({ state: 'detached' })
    await rowOf('Payments primary').getByRole('link', { name: 'Beatriz Amado' }).waitFor()
    await rowOf('Payments primary').getByText('Override').first().waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await rowOf('Payments primary').getByRole('link', { name: 'Raj Iyer' }).waitFor()
  })

  test('nobody outside of office hours is on purpose, with whoever is paged instead', async () => {
    await page.goto(`${program.url}/on-call?at=2026-12-06T03:11:00Z`)
    await rowOf('outside its hours').filter({ hasText: 'goes to' }).waitFor()
    await page.getByText('As it is planned for').waitFor()
    await page.getByRole('link', { name: 'Back to now' }).click()
    await page.getByText('Every page reaches a person now.').waitFor()
    expect(new URL(page.url()).search).toBe('')
  })

  test('another moment is typed digit by digit, and the address has it', async () => {
    await page.goto(`${program.url}/on-call`)
    const at = page.getByLabel('At (Berlin)').first()
    await at.focus()
    await page.keyboard.type('12152026')
    await page.keyboard.press('Tab')
    await page.keyboard.type('0311AM')
    await page.getByText('As it is planned for').waitFor()
    await page.waitForURL('**/on-call?at=2026-12-15T02*')
    await page.goBack()
    await page.getByText('Every page reaches a person now.').waitFor()
  })

  test('whoever cannot be woken stands first among people', async () => {
    await page.getByRole('navigation', { name: 'Views of on-call' }).getByRole('link', { name: 'People' }).click()
    await page.getByText(/(is|are) hard to wake\. They stand first\.$/).waitFor()
    const rows = page.getByRole('table', { name: 'People and how they can be woken' }).getByRole('row')
    expect(await rows.nth(1).textContent()).toContain('No contact')
    await page.getByRole('searchbox', { name: 'Name or team' }).fill('payments')
    await rows.filter({ hasText: 'Noor Haddad' }).waitFor({ state: 'detached' })
    expect(await rows.count()).toBe(4)
  })

  test('a person’s page plays the night minute by minute, and as another level when asked', async () => {
    await page.goto(`${program.url}/people/noor`)
    const night = page.getByRole('list', { name: 'Minute by minute' })
    await night.getByText('Catch-all').waitFor()
    expect((await night.getByRole('listitem').allTextContents()).slice(0, 2)).toEqual([
      '03:11phone (Drawn phone)',
      '03:16Level 2: Tom Reyes',
    ])
    await page.getByLabel('On call as').selectOption({ label: 'Payments policy, level 2' })
    // Whose turn that night is goes by the week.
    await night.getByText(/^Level 1: \S+ \S+$/).waitFor()
    expect(new URL(page.url()).searchParams.get('as')).toBe('payments:2')
  })

  test('a test page rings on one’s own phone, and the contact is shown to work', async () => {
    await page.goto(`${program.url}/people/raj`)
    await page.getByRole('button', { name: 'Send a test page to phone' }).click()
    await page.getByText('The test page went to phone. Look whether it rings.').waitFor()
    await page.getByRole('region', { name: 'Last pages' }).getByText('Test page').first().waitFor()
    await page.goto(`${program.url}/people/noor`)
    await page.getByRole('heading', { name: 'Noor Haddad', level: 1 }).waitFor()
    expect(await page.getByRole('button', { name: /^Send a test page/ }).count()).toBe(0)
  })

  test('a team shows what it owns and who has the turn', async () => {
    await page.goto(`${program.url}/teams/payments`)
    await page.getByRole('list', { name: 'Services' }).getByRole('link', { name: 'Checkout' }).waitFor()
    await page
      .getByRole('list', { name: 'Schedules' })
      .getByRole('listitem')
      .filter({ hasText: 'Payments primary' })
      .getByText('Raj')
      .waitFor()
    await page.getByRole('list', { name: 'Members' }).getByRole('link', { name: 'Li Wen' }).click()
    await page.getByRole('heading', { name: 'Li Wen', level: 1 }).waitFor()
  })

  test('the profile says how one is woken, and speaks German when asked', async () => {
    await page.goto(`${program.url}/profile`)
    await page.getByRole('list', { name: 'How you are woken' }).getByText('phone').first().waitFor()
    await page.getByRole('button', { name: 'Deutsch' }).click()
    await page.getByRole('heading', { name: 'Sprache und Zeit' }).waitFor()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'Language and time' }).waitFor()
  })

  test('on a phone, whether one is on call can be read at once', async () => {
    await page.setViewportSize({ width: 360, height: 640 })
    await page.goto(`${program.url}/on-call`)
    const mine = page.getByText(/^You are on call: Payments policy/)
    await mine.waitFor()
    const [box, row] = [await mine.boundingBox(), await rowOf('Payments primary').first().boundingBox()]
    expect(box!.y + box!.height).toBeLessThan(580)
    expect(row!.y).toBeLessThan(580)
  })

  test('the browser has had nothing to complain about', () => {
    expect(troubles).toEqual([])
  })
})
