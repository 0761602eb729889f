import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, hearTroubles, openBrowser, signIn } from './browser.ts'
import { FAULTS_OF_LAYOUT } from './layout-faults.ts'
import { type DemoProgram, startDemo } from './program.ts'

const SIZES = { desk: [1440, 900], mid: [900, 900], phone: [360, 740] } as const
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const FOLDER = 'test-results/war-room'

describeInBrowser('the people of a declared incident', () => {
  let program: DemoProgram
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let troubles: string[]
  let me: string
  let id: string

  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true })
    program = await startDemo()
    browser = await openBrowser()
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', timezoneId: 'Europe/Berlin' })
    context.setDefaultTimeout(15_000)
    page = await context.newPage()
    troubles = await hearTroubles(page)
    await signIn(page, program.signInLink)
    me = ((await api('me', { token: false })) as { person: { name: string } }).person.name
    const declared = (await api('incidents', {
      method: 'POST',
      body: { title: 'API Gateway Down', service: 'api-gateway', level: 'SEV1' },
    })) as {
      id: string
      number: string
    }
    id = declared.id
    await page.goto(`${program.url}/i/${declared.number.replace('INC-', '')}`)
    await page.getByRole('heading', { name: 'API Gateway Down', level: 1 }).waitFor()
  })

  afterEach(() => {
    expect(troubles.filter((trouble) => !/status of (409|422)/.test(trouble))).toEqual([])
  })

  afterAll(async () => {
    await browser?.close()
    await program?.stop()
  })

  /** As the program beside, which is nobody; or as whoever is signed in. */
  async function api(
    path: string,
    { method = 'GET', body, token = true }: { method?: string; body?: object; token?: boolean } = {},
  ): Promise<unknown> {
    const authorization = `Bearer ${readFileSync(join(program.data, 'local.token'), 'utf8').trim()}`
    const reply = await context.request.fetch(`${program.url}/api/v1/${path}`, {
      method,
      headers: token ? { authorization } : {},
      ...(body && { data: body }),
    })
    if (!reply.ok()) throw new Error(`${method} ${path}: ${reply.status()} ${await reply.text()}`)
    return reply.json()
  }

  async function whoHas(role: string): Promise<string[]> {
    const { items } = (await api(`incidents/${id}/roles`)) as { items: { role: string; people: { person: string }[] }[] }
    return items.find((one) => one.role === role)!.people.map(({ person }) => person)
  }

  /** Drawn at each size, in light and in dark, for somebody to look at; nothing may be drawn over anything or be cut. */
  async function look(name: string, sizes: (keyof typeof SIZES)[] = ['desk', 'mid', 'phone']): Promise<void> {
    for (const size of sizes) {
      const [width, height] = SIZES[size]
      await page.setViewportSize({ width, height })
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        if (size === sizes[0]) expect([name, colorScheme, await axeFaults()]).toEqual([name, colorScheme, []])
        await page.screenshot({ path: `${FOLDER}/${name}-${size}-${colorScheme}.png` })
      }
      expect([name, size, await page.evaluate(FAULTS_OF_LAYOUT)]).toEqual([name, size, []])
    }
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize({ width: 1440, height: 900 })
  }

  async function axeFaults(): Promise<unknown> {
    await page.evaluate(axe)
    return page.evaluate(
      `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`,
    )
  }

  const band = () => page.getByRole('region', { name: 'Roles' })

  async function choose(role: string, item: string): Promise<void> {
    await band()
      .getByRole('button', { name: new RegExp(`^${role}`) })
      .click()
    await page.getByRole('menuitem', { name: item }).click()
  }

  test('an empty role is taken by one press, and says so', async () => {
    await band().getByText('Empty').first().waitFor()
    await look('roles-empty')
    await band().getByRole('button', { name: 'Take Scribe' }).click()
    await expect.poll(() => whoHas('scribe')).toEqual([me])
    await page.keyboard.press('r')
    expect(await page.evaluate('document.activeElement.textContent')).toContain('Commander')
  })

  test('a role is given to somebody, who loses it only with a reason', async () => {
    await choose('Commander', 'Give it to …')
    const give = page.getByRole('dialog', { name: 'Give Commander to somebody' })
    await give.getByRole('combobox', { name: 'To' }).fill('beat')
    await page.getByRole('option', { name: /Beatriz/ }).click()
    await give.getByRole('button', { name: 'Give it' }).click()
    await expect.poll(() => whoHas('commander')).toEqual(['beatriz'])
    await band().getByText('Beatriz').waitFor()
    await choose('Commander', 'Take it from Beatriz …')
    const take = page.getByRole('dialog', { name: 'Take Commander from Beatriz' })
    await take.getByText('Beatriz has it, and loses it at once', { exact: false }).waitFor()
    await look('take-from', ['desk', 'phone'])
    await take.getByLabel('Why?').fill('Beatriz dropped off the call')
    await take.getByRole('button', { name: 'Take it' }).click()
    await expect.poll(() => whoHas('commander')).toEqual([me])
  })

  test('a role is handed over with a brief, and the offer can be taken back', async () => {
    await api(`incidents/${id}/tasks`, { method: 'POST', body: { text: 'Roll back gw 2.14', person: 'sam', handsOn: true } })
    await api(`incidents/${id}/notes`, { method: 'POST', body: { text: 'Roll back now, add sockets later', kind: 'decision' } })
    await choose('Commander', 'Hand over …')
    const dialog = page.getByRole('dialog', { name: 'Hand over: Commander' })
    await dialog.getByText('Roll back now, add sockets later').waitFor()
    await dialog.getByRole('combobox', { name: 'To' }).fill('sam')
    await page.getByRole('option', { name: /Sam/ }).click()
    await dialog.getByText(/^Sam has their hands on a task: Roll back gw 2.14/).waitFor()
    await look('hand-over')
    await dialog.getByLabel('Add a word').fill('Raj is tired too.')
    await dialog.getByLabel('Add a word').press('Control+Enter')
    await band()
      .getByText(/^offered to Sam, lapses in/)
      .waitFor()
    await look('offer-open')
    expect(await whoHas('commander')).toEqual([me])
    await choose('Commander', 'Take the offer to Sam back')
    await expect
      .poll(() =>
        band()
          .getByText(/^offered to Sam/)
          .count(),
      )
      .toBe(0)
  })

  test('whoever is offered a role sees it at once; declining wants a reason', async () => {
    await choose('Commander', 'Leave it')
    await expect.poll(() => whoHas('commander')).toEqual([])
    await api(`incidents/${id}/roles/commander/handover`, { method: 'POST', body: { to: me } })
    const dialog = page.getByRole('dialog', { name: /offers you command$/ })
    await dialog.waitFor()
    await look('answer')
    await dialog.getByRole('button', { name: 'Not now' }).click()
    const why = page.getByRole('dialog', { name: 'Why not now?' })
    await why.getByText('My hands are on a fix').click()
    await look('decline', ['desk', 'phone'])
    await why.getByRole('button', { name: 'Send' }).click()
    await why.waitFor({ state: 'detached' })
    expect(await whoHas('commander')).toEqual([])
  })

  test('on a phone one thumb takes command', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await api(`incidents/${id}/roles/commander/handover`, { method: 'POST', body: { to: me } })
    const sheet = page.getByRole('dialog', { name: /offers you command$/ })
    await sheet.getByRole('button', { name: 'Take command' }).waitFor()
    await look('answer-phone', ['phone'])
    await page.setViewportSize({ width: 360, height: 740 })
    expect((await sheet.getByRole('button', { name: 'Take command' }).boundingBox())!.height).toBe(64)
    await page.keyboard.press('Escape')
    await look('offer-strip')
    await page
      .getByRole('region', { name: /offers you command$/ })
      .getByRole('button', { name: 'Take command' })
      .click()
    await expect.poll(() => whoHas('commander')).toEqual([me])
    await look('roles')
  })

  test('somebody is paged to come, stands in the tab, and is released', async () => {
    await page.keyboard.press('p')
    const dialog = page.getByRole('dialog', { name: 'Page someone to come' })
    await look('page-someone', ['desk', 'phone'])
    await dialog.getByRole('button', { name: 'Team' }).click()
    await dialog.getByRole('combobox', { name: 'Whom' }).fill('ident')
    await page.getByRole('option', { name: /Identity/ }).click()
    await dialog.getByLabel('What for?').fill('Sign-ins fail too')
    await dialog.getByLabel('What for?').press('Control+Enter')
    await dialog.waitFor({ state: 'detached' })
    await page
      .getByRole('navigation', { name: 'Incident' })
      .getByRole('link', { name: /^People/ })
      .click()
    const asked = page.getByRole('region', { name: 'Asked to come' })
    await asked.getByText('Team identity').waitFor()
    await asked.getByText('Sign-ins fail too').waitFor()
    await look('people-tab')
    await asked.getByRole('button', { name: 'Release Team identity' }).click()
    await asked.getByText(/^Released /).waitFor()
  })

  test('whoever comes is here, and catches up in half a minute', async () => {
    await page.getByText('one here').waitFor()
    await page.getByRole('button', { name: 'Catch up' }).click()
    const dialog = page.getByRole('dialog', { name: 'Catch up' })
    await dialog.getByRole('region', { name: 'Last five that matter' }).waitFor()
    await look('catch-up', ['desk'])
    await page.keyboard.press('Escape')
    await page.setViewportSize({ width: 360, height: 740 })
    await page.getByRole('button', { name: 'Catch up' }).click()
    await dialog.getByRole('region', { name: 'Last five that matter' }).waitFor()
    await look('catch-up', ['phone'])
    await page.keyboard.press('Escape')
    await look('head')
    expect(await api(`incidents/${id}/presence`)).toMatchObject({ items: [{ person: me, writing: false }] })
    await page.getByRole('navigation', { name: 'Incident' }).getByRole('link', { name: 'Timeline' }).click()
    await page.getByLabel('Write a note', { exact: true }).fill('Looking at the')
    await expect.poll(() => api(`incidents/${id}/presence`)).toMatchObject({ items: [{ person: me, writing: true }] })
  })
})
