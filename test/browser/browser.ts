import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { describe } from 'vitest'

const MUST_RUN = process.env['TOCSIN_NO_SKIP'] === '1'
const path = findBrowser()

if (!path && !MUST_RUN) process.stderr.write('Skipped: no Chromium was found. Install it, or set CHROMIUM to its path.\n')

/** Tests that need a browser: skipped, and said so, on a machine without one; CI forbids that. */
export const describeInBrowser = describe.skipIf(!path && !MUST_RUN)

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', '--disable-quic']

export function openBrowser(args: string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: foundPath(), args: [...ARGS, ...args] })
}

/** One with a single profile in a folder, for tools that drive it from outside too. */
export function openProfile(folder: string, args: string[]): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, { executablePath: foundPath(), args: [...ARGS, ...args] })
}

function foundPath(): string {
  if (!path) throw new Error('No Chromium was found: not at CHROMIUM, not at /usr/bin/chromium, not in PATH.')
  return path
}

function findBrowser(): string | undefined {
  const inPath = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'chromium'))
  return [process.env['CHROMIUM'], '/usr/bin/chromium', ...inPath].find((candidate) => candidate && isProgram(candidate))
}

function isProgram(candidate: string): boolean {
  try {
    accessSync(candidate, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** By the link that the program printed: a page with one button, which leads to Now. */
export async function signIn(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('region', { name: 'Open incidents' }).waitFor()
}

/** The same where nothing is set up: it leads to the first steps. */
export async function signInFirst(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Your first page in five minutes' }).waitFor()
}

/** What a developer would see in the browser's console: errors, and what the content policy has refused. */
export async function hearTroubles(page: Page): Promise<string[]> {
  const troubles: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      troubles.push(`${message.type()}: ${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (error) => void troubles.push(`thrown: ${error.message}`))
  await page.exposeFunction('tellRefused', (text: string) => void troubles.push(`refused by the content policy: ${text}`))
  await page.addInitScript({
    content: `addEventListener('securitypolicyviolation', (event) => tellRefused(event.violatedDirective + ' ' + event.blockedURI))`,
  })
  return troubles
}
