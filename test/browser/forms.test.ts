import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeInBrowser, hearTroubles, openBrowser, signIn } from './browser.ts'
import { type DemoProgram, startDemo } from './program.ts'

/** One that nothing else of the demo is played on. */
const POLICY = 'identity'

describeInBrowser('configuration, changed in a form', () => {
  let program: DemoProgram
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let troubles: string[]

  beforeAll(async () => {
    program = await startDemo()
    browser = await openBrowser()
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', timezoneId: 'Europe/Berlin' })
    context.setDefaultTimeout(10_000)
    const first = await context.newPage()
    await signIn(first, program.signInLink)
    await first.close()
  })

  beforeEach(async () => {
    page = await context.newPage()
    troubles = await hearTroubles(page)
  })

  afterEach(async () => {
    await page.close()
    // The browser notes every refusal that the form then tells in words.
    expect(troubles.filter((trouble) => !/status of (409|422|404)|ERR_INTERNET_DISCONNECTED/.test(trouble))).toEqual([])
  })

  afterAll(async () => {
    await browser?.close()
    await program?.stop()
  })

  test('the simulation follows what is typed, before it is saved, on Sunday at 03:11', async () => {
    await openPolicy()
    const second = page.getByRole('region', { name: 'Level 2' })
    const after = second.getByLabel('After the start')
    expect(await after.inputValue()).toBe('8m')
    expect(await timeOf('Level 2')).toBe('03:19')
    await after.fill('12')
    await after.blur()
    expect(await after.inputValue()).toBe('12m')
    await second.getByText('12 minutes').waitFor()
    await expect.poll(() => timeOf('Level 2')).toBe('03:23')
    expect((await readPolicy()).version).toBe(1)

    await page.getByLabel('Severity', { exact: true }).selectOption({ label: 'SEV4' })
    await page.getByText('Low urgency').waitFor()
  })

  test('what cannot be simulated keeps the last simulation, and the mend stands at the field', async () => {
    await openPolicy()
    const after = page.getByRole('region', { name: 'Level 2' }).getByLabel('After the start')
    await after.fill('soon')
    await page.getByText('Shows the last one that could be worked out.').waitFor()
    expect(await timeOf('Level 2')).toBe('03:19')
    await page.getByText('1 thing to mend').waitFor()
    const below = await after.getAttribute('aria-describedby')
    expect(await page.locator(`[id="${below}"]`).textContent()).toContain('Write a duration such as 90s, 5m, 2h or 7d')
  })

  test('by the keyboard alone a level is added, named, moved and saved', async () => {
    await openPolicy()
    const before = (await readPolicy()).spec
    await page.getByRole('main').focus()
    await page.keyboard.press('l')
    await expect.poll(() => page.locator(':focus').getAttribute('aria-label')).toBe('Level 3: add who is paged')
    await page.keyboard.type('beatriz')
    await page.keyboard.press('Enter')
    await page.getByRole('region', { name: 'Level 3' }).getByText('Beatriz Amado').waitFor()
    await page.keyboard.press('Alt+ArrowUp')
    await page.getByRole('region', { name: 'Level 2' }).getByText('Beatriz Amado').waitFor()
    expect(await page.locator(':focus').getAttribute('aria-label')).toBe('Move Level 2 up')
    await page.keyboard.press('Control+s')
    await page.getByText('Saved as version 2.').waitFor()
    const { spec } = await readPolicy()
    expect(spec.levels.map(({ after }) => after)).toEqual(['0s', '8m', '16m'])
    expect(spec.levels[1]!.notify).toEqual([{ person: 'beatriz' }])
    expect(spec.levels[2]!.notify).toEqual(before.levels[1]!.notify)
    expect(spec.catchAll).toEqual(before.catchAll)

    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Put back as version 3.').waitFor()
    expect((await readPolicy()).spec).toEqual(before)
    await expect.poll(() => page.getByRole('region', { name: /^Level \d/ }).count()).toBe(2)
  })

  test('the catch-all is the floor: nothing removes it', async () => {
    await openPolicy()
    const floor = page.getByRole('region', { name: 'Catch-all' })
    await floor.getByText('Cannot be removed').waitFor()
    expect(await floor.getByRole('button', { name: /^(Remove|Move)/ }).count()).toBe(0)
  })

  test('form and YAML are one document; what cannot be read is told with its line', async () => {
    await openPolicy()
    await page.getByRole('button', { name: 'YAML' }).click()
    const yaml = page.getByLabel('Document as YAML')
    const text = await yaml.inputValue()
    await yaml.fill(text.replace('after: 8m', 'after: 9m'))
    await expect.poll(() => timeOf('Level 2')).toBe('03:20')
    await yaml.fill(text.replace('after: 8m', 'after: [5m'))
    await page.getByText(/^Line \d+: /).waitFor()
    expect(await page.getByRole('button', { name: /^Save/ }).isDisabled()).toBe(true)
    await yaml.fill(text.replace('after: 8m', 'after: 7m'))
    await page.getByRole('button', { name: 'Form' }).click()
    expect(await page.getByRole('region', { name: 'Level 2' }).getByLabel('After the start').inputValue()).toBe('7m')
  })

  test('a conflict shows both versions; theirs can be kept, or mine saved over it', async () => {
    for (const choice of ['Keep theirs', 'Save mine over it']) {
      await openPolicy()
      await page.getByLabel('Name', { exact: true }).first().fill('Mine')
      const { spec, version } = await readPolicy()
      await put({ ...spec, displayName: `Theirs ${choice}` }, version)
      await page.getByRole('button', { name: /^Save/ }).click()
      const dialog = page.getByRole('dialog', { name: 'Somebody else changed it meanwhile' })
      const row = dialog.getByRole('row').filter({ hasText: 'displayName' })
      await row.waitFor()
      expect(await row.getByRole('cell').allTextContents()).toEqual([spec.displayName, `Theirs ${choice}`, 'Mine'])
      await dialog.getByRole('button', { name: choice }).click()
      await dialog.waitFor({ state: 'hidden' })
      const kept = choice === 'Keep theirs' ? `Theirs ${choice}` : 'Mine'
      await page.getByRole('heading', { name: kept, level: 1 }).waitFor()
      await expect.poll(async () => (await readPolicy()).spec.displayName).toBe(kept)
      expect(await page.getByText('Not saved').count()).toBe(0)
    }
  })

  test('an object of a file is read-only, says where it comes from, and can be taken over', async () => {
    const team = 'apiVersion: tocsin.dev/v1\nkind: Team\nmetadata: { name: filed }\nspec:\n  displayName: From a file\n  members: [raj]\n'
    const applied = await context.request.post(`${program.url}/api/v1/configuration/apply`, {
      data: { files: [{ file: 'teams.yaml', text: team }] },
    })
    expect(applied.status()).toBe(200)
    await page.goto(`${program.url}/teams/filed/edit`)
    await page.getByText('Comes from teams.yaml, line 1.').waitFor()
    const name = page.getByLabel('Name', { exact: true }).first()
    expect(await name.getAttribute('readonly')).not.toBeNull()
    expect(await page.getByRole('button', { name: /^(Save|Remove|Add)/ }).count()).toBe(0)
    await page.getByRole('button', { name: 'Take over' }).click()
    await page.getByText('Taken over. The file no longer decides.').waitFor()
    await name.fill('Ours now')
    await page.getByRole('button', { name: 'Save version 3' }).click()
    await page.getByText('Saved as version 3.').waitFor()

    await page.getByRole('button', { name: 'History' }).click()
    const history = page.getByRole('dialog', { name: 'History' })
    await history.getByText('displayName: From a file → Ours now').waitFor()
    await history.getByText('teams.yaml, line 1').waitFor()
    await history.getByRole('button', { name: 'Put version 1 back' }).click()
    await page.getByText('Put back as version 4.').waitFor()
    await expect.poll(() => name.inputValue()).toBe('From a file')
  })

  test('a failed save loses nothing, and leaving asks first', async () => {
    await openPolicy()
    await page.getByLabel('Name', { exact: true }).first().fill('Typed in a tunnel')
    await context.setOffline(true)
    try {
      await page.getByRole('button', { name: /^Save/ }).click()
      await page.getByText('Not saved. The server does not answer.').waitFor()
    } finally {
      await context.setOffline(false)
    }
    await page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: 'Now' }).click()
    const leave = page.getByRole('dialog', { name: 'Leave without saving?' })
    await leave.getByRole('button', { name: 'Stay here' }).click()
    expect(await page.getByLabel('Name', { exact: true }).first().inputValue()).toBe('Typed in a tunnel')
    await page.getByRole('button', { name: /^Save/ }).click()
    await page.getByText(/^Saved as version/).waitFor()
    expect((await readPolicy()).spec.displayName).toBe('Typed in a tunnel')
  })

  test('what others refer to is not removed, and says who does', async () => {
    await openPolicy()
    await page.getByRole('main').getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
    await dialog.getByText('It cannot be removed yet:').waitFor()
    await dialog
      .getByText(/Service ‹.+› refers to it in policy/)
      .first()
      .waitFor()
    await dialog.getByRole('button', { name: 'Keep it' }).click()
    expect((await readPolicy()).spec.levels).toHaveLength(2)
  })

  test('a schedule shows its gap while it is being written, and somebody is put on call for a while', async () => {
    await page.goto(`${program.url}/new/schedules`)
    const preview = page.getByRole('region', { name: 'Who is on call' })
    await preview.getByText('1 gap').waitFor()
    await page.getByLabel('Name', { exact: true }).first().fill('Night watch')
    const turns = page.getByRole('group', { name: 'Who takes turns, in order' })
    for (const person of ['Raj Iyer', 'Li Wen']) {
      await turns.getByRole('combobox').fill(person)
      await page.keyboard.press('Enter')
    }
    await preview.getByText('No gap').waitFor()
    await page.getByRole('button', { name: 'Create' }).click()
    await page.waitForURL(`${program.url}/schedules/night-watch`)

    const panel = page.getByRole('region', { name: 'Somebody else for a while' })
    await panel.getByRole('combobox').click()
    await page.getByRole('option', { name: 'Sam Okafor' }).click()
    await panel.getByRole('button', { name: 'Put on call' }).click()
    await page.getByText('Sam Okafor is on call for that time.').waitFor()
    await preview.getByRole('listitem').filter({ hasText: 'Sam Okafor (override)' }).waitFor({ state: 'attached' })
    await panel.getByRole('button', { name: 'End' }).click()
    await page.getByText('Ended. The rotation decides again.').waitFor()
    await panel.getByText('Nobody stands in for anybody.').waitFor()

    await page.getByRole('main').getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByText('Night watch is removed.').waitFor()
    await page.getByRole('table', { name: 'Schedules, with who is on call' }).getByText('Payments primary').waitFor()
    await page.goto(`${program.url}/schedules/night-watch`)
    await page.getByRole('heading', { name: 'The schedule ‹night-watch› was removed' }).waitFor()
    await page.getByRole('button', { name: 'Put it back' }).click()
    await page.getByRole('heading', { name: 'Night watch', level: 1 }).waitFor()
  })

  test('a schedule that leaves nobody on call is asked about before it is saved', async () => {
    const spec = {
      timeZone: 'UTC',
      layers: [
        { name: 'nights', users: ['raj'], start: '2026-01-05T22:00', turn: '7d', restrictions: [{ from: '22:00', until: '06:00' }] },
      ],
    }
    const { status } = await context.request
      .put(`${program.url}/api/v1/configuration/schedules/gappy`, { data: { spec } })
      .then((response) => ({ status: response.status() }))
    expect(status).toBe(200)
    await page.goto(`${program.url}/schedules/gappy`)
    await page.getByLabel('Name', { exact: true }).first().fill('Nights alone')
    // At once: nobody waits for the check of what is typed.
    await page.getByRole('button', { name: 'Save version 2' }).click()
    const dialog = page.getByRole('dialog', { name: 'Save it all the same?' })
    await dialog.getByText(/^Nobody is on call from /).waitFor()
    await dialog.getByRole('button', { name: 'Go on editing' }).click()
    await page.getByRole('button', { name: 'Save version 2' }).click()
    await dialog.getByRole('button', { name: 'Save all the same' }).click()
    await page.getByText('Saved as version 2.').waitFor()
  })

  test('one more person in a rotation: the form says that the pager moves, and leaves it where it is', async () => {
    const read = async (path: string) =>
      (await (await context.request.get(`${program.url}/api/v1/${path}`)).json()) as { items: { name: string }[] }
    const people = (await read('configuration/people')).items.map(({ name }) => name).filter((name) => name !== 'li')
    const users = people.slice(0, 4)
    // In the middle of the fifth turn: the first of four has it, and of five the last would.
    const start = new Date(Date.now() - 4.5 * 7 * 86_400_000).toISOString().slice(0, 16)
    const spec = { timeZone: 'UTC', layers: [{ name: 'w', users, start, turn: '7d' }] }
    await context.request.put(`${program.url}/api/v1/configuration/schedules/grows`, { data: { spec } })

    await page.goto(`${program.url}/schedules/grows`)
    const turns = page.getByRole('group', { name: 'Who takes turns, in order' })
    await turns.getByRole('combobox').fill('Li Wen')
    await page.keyboard.press('Enter')
    await page.getByText(/Saved now, on call changes at once from .+ to Li Wen\. Of the next 6 shifts \d change/).waitFor()
    await page.getByRole('button', { name: 'Keep the turn' }).click()
    await page.getByText(/Saved now, .+ stays on call\./).waitFor()
    await page.getByRole('button', { name: 'Save version 2' }).click()
    await page.getByText('Saved as version 2.').waitFor()
    const { items } = (await read('schedules/grows/shifts?limit=1')) as unknown as { items: { person: string }[] }
    expect(items[0]!.person).toBe(users[0])
  })

  async function openPolicy(): Promise<void> {
    await page.goto(`${program.url}/policies/${POLICY}`)
    await page.getByRole('list', { name: 'Who is paged, and when' }).getByRole('listitem').first().waitFor()
  }

  /** When a level is first paged in the simulation. */
  async function timeOf(level: string): Promise<string | null> {
    const steps = page.getByRole('list', { name: 'Who is paged, and when' }).getByRole('listitem')
    return steps.filter({ hasText: level }).first().locator('time').textContent()
  }

  interface Policy {
    version: number
    spec: { displayName: string; levels: { after: string; notify: unknown[] }[]; catchAll: unknown }
  }

  async function readPolicy(): Promise<Policy> {
    return (await (await context.request.get(`${program.url}/api/v1/configuration/policies/${POLICY}`)).json()) as Policy
  }

  async function put(spec: unknown, expectedVersion: number): Promise<void> {
    const reply = await context.request.put(`${program.url}/api/v1/configuration/policies/${POLICY}`, { data: { spec, expectedVersion } })
    expect(reply.status()).toBe(200)
  }
})
