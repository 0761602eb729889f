import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, openProfile, signIn } from './browser.ts'
import { type DemoProgram, startDemo } from './program.ts'

/** What is used of it; its own types bring a browser's with them. */
type Lighthouse = (url: string, flags: object) => Promise<{ lhr: Result } | undefined>

interface Result {
  runtimeError?: { message: string }
  finalDisplayedUrl: string
  categories: { accessibility: { score: number | null; auditRefs: { id: string; weight: number }[] } }
  audits: Record<string, { score: number | null; scoreDisplayMode: string; title: string }>
}

describeInBrowser('Lighthouse finds nothing that shuts anybody out', () => {
  let program: DemoProgram
  let profile: string
  let context: BrowserContext
  let port: number
  let incidentPath: string
  let lighthouse: Lighthouse

  beforeAll(async () => {
    program = await startDemo()
    profile = await mkdtemp(join(tmpdir(), 'tocsin-lighthouse-'))
    port = await freePort()
    // It opens a tab of its own in the browser's only profile, so that one has to be signed in.
    context = await openProfile(profile, [`--remote-debugging-port=${port}`])
    const page = await context.newPage()
    await signIn(page, program.signInLink)
    await program.raise()
    await page.getByRole('region', { name: 'Nobody has it yet' }).getByRole('link').click()
    await page.getByRole('heading', { name: 'Checkout is slow', level: 1 }).waitFor()
    incidentPath = new URL(page.url()).pathname
    await page.close()
    const name = 'lighthouse'
    lighthouse = ((await import(name)) as { default: Lighthouse }).default
  })

  afterAll(async () => {
    await context?.close()
    await program?.stop()
    if (profile) await rm(profile, { recursive: true, force: true })
  })

  test.each([
    ['Now', () => '/'],
    ['Incidents', () => '/incidents'],
    ['Incident', () => incidentPath],
  ])('%s', async (_, path) => {
    const found = await lighthouse(`${program.url}${path()}`, {
      port,
      output: 'json',
      logLevel: 'error',
      onlyCategories: ['accessibility'],
      // Storage holds who is signed in.
      disableStorageReset: true,
    })
    const { runtimeError, finalDisplayedUrl, categories, audits } = found!.lhr
    expect(runtimeError?.message).toBeUndefined()
    expect(new URL(finalDisplayedUrl).pathname).toBe(path())
    const failed = categories.accessibility.auditRefs
      .map(({ id }) => audits[id]!)
      .filter(({ score, scoreDisplayMode }) => scoreDisplayMode === 'binary' && score !== 1)
    expect(failed.map(({ title }) => title)).toEqual([])
    expect(categories.accessibility.score).toBe(1)
  })
})

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
