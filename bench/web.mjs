#!/usr/bin/env node
// The browser's side, measured in a real Chromium against a server of its own:
//   node bench/web.mjs [--acts 30] [--routes 40] [--slow 3] [--alerts 100000] [--only acts,routes,slow,alerts,lighthouse]
// Times run from the event that a press makes to the frame that shows its answer, read in the page itself.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'

const { values: options } = parseArgs({
  options: {
    acts: { type: 'string', default: '30' },
    routes: { type: 'string', default: '40' },
    slow: { type: 'string', default: '3' },
    alerts: { type: 'string', default: '100000' },
    only: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
})
const wants = (name) => !options.only || options.only.split(',').includes(name)
const TOKEN = 'a-token-for-the-benchmark-only-0123456789'
const root = join(import.meta.dirname, '..')
const scratch = mkdtempSync(join(tmpdir(), 'tocsin-bench-web-'))
const rows = []
const note = (what, figure, aim) => {
  rows.push([what, figure, aim])
  console.error(`${what}: ${figure}`)
}

/** Runs in the page: the moment of a press, and of the end of the first frame that shows the answer. */
const WATCH = `
  window.paintAfterPress = (css, text) => new Promise((resolve) => {
    let pressedAt
    const press = (event) => { pressedAt ??= event.timeStamp }
    addEventListener('click', press, { capture: true, once: true })
    const isThere = () => [...document.querySelectorAll(css)].some((one) => !text || one.textContent.includes(text))
    const look = () => {
      if (pressedAt === undefined || !isThere()) return
      watcher.disconnect()
      // After the frame is made, what is queued behind it runs.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve(performance.now() - pressedAt)
        port2.postMessage(0)
      })
    }
    const watcher = new MutationObserver(look)
    watcher.observe(document, { subtree: true, childList: true, attributes: true })
  })`

/** Runs in the page: scrolls the list as a wheel does, and reads the longest time between two frames. */
const SCROLL = `(async () => {
  const rows = document.querySelector('main [data-row-link]')
  let box = rows
  while (box && !(box.scrollHeight > box.clientHeight + 10 && /auto|scroll/.test(getComputedStyle(box).overflowY))) box = box.parentElement
  box ??= document.scrollingElement
  let longest = 0
  let before = performance.now()
  for (let frame = 0; frame < 180; frame++) {
    box.scrollTop += 240
    await new Promise((resolve) => requestAnimationFrame(resolve))
    const now = performance.now()
    if (frame > 0) longest = Math.max(longest, now - before)
    before = now
  }
  return { longest, inDom: document.querySelectorAll('main [data-row-link]').length }
})()`

/** Runs in the page: the moment of the first paint that shows anything. */
const FIRST_PAINT = `new Promise((resolve) => {
  new PerformanceObserver((seen) => {
    const first = seen.getEntriesByName('first-contentful-paint')[0]
    if (first) resolve(first.startTime)
  }).observe({ type: 'paint', buffered: true })
})`

const server = await startServer()
const port = await freePort()
const context = await chromium.launchPersistentContext(join(scratch, 'profile'), {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  viewport: { width: 1440, height: 900 },
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', `--remote-debugging-port=${port}`],
})
try {
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  await page.goto(server.signInLink)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('region', { name: 'Open incidents' }).waitFor()
  await page.evaluate(WATCH)
  if (wants('acts')) await acts(page)
  if (wants('routes')) await routes(page)
  if (wants('slow')) await slow(page)
  if (wants('alerts')) await alerts(page)
  await page.close()
  if (wants('lighthouse')) await lighthouse()
} finally {
  await context.close()
  await server.stop()
  rmSync(scratch, { recursive: true, force: true })
}
console.log('| | measured | aim |\n|---|---|---|')
for (const row of rows) console.log(`| ${row.join(' | ')} |`)

/** Acknowledge, severity, note: each is painted as what it is before the server has heard of it. */
async function acts(page) {
  const samples = []
  for (let n = 0; n < Number(options.acts); n++) {
    const { number } = await api('POST', '/incidents', { title: `Something is broken, number ${n}`, policy: 'payments' })
    await page.goto(`${server.url}/i/${number.replace(/\D+/, '')}`)
    await page.evaluate(WATCH)
    const acknowledge = page.getByRole('button', { name: 'Acknowledge' })
    await acknowledge.waitFor()
    samples.push(await answered(page, () => acknowledge.click(), '[aria-busy=true], [aria-current=step]:nth-child(3)'))
    await page.getByRole('button', { name: 'Acknowledge' }).waitFor({ state: 'hidden' })
    await page.getByRole('textbox', { name: 'Write a note' }).fill(`Looked at ${n}`)
    samples.push(await answered(page, () => page.getByRole('button', { name: 'Add note' }).click(), `.timeline-quote:text(Looked at ${n})`))
  }
  note('an act to its paint (acknowledge, note)', percentiles(samples), 'p95 ≤ 100 ms')
}

/** Inside the application, by the links that people use; chunks are in the cache after the first visit. */
async function routes(page) {
  await page.goto(`${server.url}/`)
  await page.evaluate(WATCH)
  const places = [
    { link: 'a[href="/incidents"]', shows: 'main .table, main table, main [data-row-link]' },
    { link: 'main a[href^="/i/"]', shows: 'main .incident-head' },
    { link: 'aside a[href="/"]', shows: 'main .now' },
  ]
  const samples = []
  for (let n = 0; n < Number(options.routes); n++) {
    const { link, shows } = places[n % places.length]
    await page.locator(link).first().waitFor()
    const ms = await answered(page, () => page.locator(link).first().click(), shows)
    // The first round fetches the chunks.
    if (n >= places.length) samples.push(ms)
    if (options.verbose) console.error(shows, Math.round(ms))
    await page.waitForTimeout(150)
  }
  note('a change of page to its content', percentiles(samples), 'p95 ≤ 150 ms')
}

/** An incident opened from a page, by a phone that was never here before, on a line of 400 kbit/s and 400 ms. */
async function slow(page) {
  const { number } = await api('POST', '/incidents', { title: 'Something is slow', policy: 'payments' })
  const url = `${server.url}/i/${number.replace(/\D+/, '')}`
  const state = await page.context().storageState()
  const phone = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
  const samples = { readable: [], whole: [] }
  let asked = 0
  let bytes = 0
  try {
    for (let n = 0; n < Number(options.slow); n++) {
      const context = await phone.newContext({
        storageState: state,
        serviceWorkers: 'block',
        viewport: { width: 360, height: 640 },
      })
      const fresh = await context.newPage()
      const line = await context.newCDPSession(fresh)
      await line.send('Network.enable')
      const throughput = 400_000 / 8
      const conditions = { offline: false, latency: 400, downloadThroughput: throughput, uploadThroughput: throughput }
      await line.send('Network.emulateNetworkConditions', conditions)
      asked = 0
      bytes = 0
      line.on('Network.requestWillBeSent', ({ request }) => {
        asked++
        if (options.verbose) console.error(Math.round(performance.now() - began), request.url.replace(server.url, ''))
      })
      line.on('Network.loadingFinished', ({ encodedDataLength }) => {
        bytes += encodedDataLength
      })
      const began = performance.now()
      const opened = fresh.goto(url, { waitUntil: 'commit' })
      await fresh.getByRole('heading', { name: 'Something is slow', level: 1 }).waitFor()
      // What is there is read once it is painted.
      samples.readable.push(await fresh.evaluate(FIRST_PAINT))
      await fresh.getByRole('button', { name: 'Acknowledge' }).waitFor()
      await fresh.locator('main .timeline li').first().waitFor()
      await fresh.getByRole('list', { name: /^Timeline/ }).waitFor()
      samples.whole.push(performance.now() - began)
      await opened
      await fresh.waitForLoadState('networkidle')
      await context.close()
    }
  } finally {
    await phone.close()
  }
  note('an incident on a slow phone, until it can be read', percentiles(samples.readable), '≤ 4 s')
  note('the same, until all of it is there', percentiles(samples.whole), '≤ 7 s')
  note('the same, requests and bytes', `${asked}, ${Math.round(bytes / 1000)} kB`, 'fewer')
}

/** A list of a hundred thousand: rows first, then scrolled to its middle in steps. */
async function alerts(page) {
  const count = Number(options.alerts)
  // One incident for all of them, and nobody paged: what is looked at here is the list.
  await api('PUT', '/configuration/services/bench', { spec: { displayName: 'Bench', grouping: { by: 'all' } } })
  await api('PUT', '/configuration/integrations/bench', {
    spec: { source: 'generic', service: 'bench', key: 'benchwebkey000000000000000000001' },
  })
  const url = `${server.url}/in/benchwebkey000000000000000000001`
  const began = performance.now()
  for (let sent = 0; sent < count; sent += 500) {
    const batch = Array.from({ length: Math.min(500, count - sent) }, (_, n) => ({
      title: `Alert ${sent + n}`,
      severity: 'info',
      dedup_key: `bench-${sent + n}`,
      labels: { host: `host-${(sent + n) % 200}`, region: ['eu', 'us', 'ap'][n % 3] },
    }))
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(batch) })
    if (!response.ok) throw new Error(`The intake answered ${response.status}: ${await response.text()}`)
  }
  for (;;) {
    const metrics = await (await fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })).text()
    if (/^tocsin_intake_backlog 0$/m.test(metrics)) break
    if (performance.now() - began > 900_000) throw new Error('The backlog is not worked off after 15 minutes.')
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  console.error(`${count} alerts seeded in ${Math.round((performance.now() - began) / 1000)} s`)
  await page.goto(`${server.url}/`)
  await page.evaluate(WATCH)
  await page.locator('a[href="/incidents"]').first().click()
  const tab = page.locator('main a[href^="/alerts"]').first()
  await tab.waitFor()
  await tab.hover()
  const samples = []
  for (let n = 0; n < 6; n++) {
    const ms = await answered(page, () => page.locator('main a[href^="/alerts"]').first().click(), 'main [data-row-link]')
    if (n > 0) samples.push(ms)
    if (n < 5) {
      await page.locator('aside a[href="/incidents"]').first().click()
      await page.locator('main a[href^="/alerts"]').first().waitFor()
    }
  }
  note(`first rows of ${count.toLocaleString('en')} alerts`, percentiles(samples), '≤ 300 ms')
  const { longest, inDom } = await page.evaluate(SCROLL)
  note('longest frame while scrolling them', `${Math.round(longest)} ms`, 'no stall')
  note('rows in the page then', String(inDom), '≤ 300')
}

async function lighthouse() {
  const { default: look } = await import('lighthouse')
  const [open] = (await api('GET', '/incidents?limit=1')).items
  for (const [name, path] of Object.entries({ Now: '/', Incidents: '/incidents', Incident: `/i/${open.number.replace(/\D+/, '')}` })) {
    const found = await look(`${server.url}${path}`, {
      port,
      output: 'json',
      logLevel: 'error',
      onlyCategories: ['performance', 'accessibility'],
      disableStorageReset: true,
    })
    const { categories, audits } = found.lhr
    const parts = ['first-contentful-paint', 'largest-contentful-paint', 'speed-index', 'total-blocking-time', 'cumulative-layout-shift']
    console.error(parts.map((part) => `${part} ${audits[part].displayValue}`).join(', '))
    if (options.verbose)
      console.error(
        JSON.stringify(audits['layout-shifts']?.details?.items?.map(({ node, score }) => [score, node?.selector, node?.snippet])),
      )
    const score = (one) => Math.round(one.score * 100)
    note(
      `Lighthouse, ${name}, as on a phone: performance, accessibility`,
      `${score(categories.performance)}, ${score(categories.accessibility)}`,
      '≥ 95, 100',
    )
  }
}

/** From the press to the end of the frame in which `selector` is there. */
async function answered(page, press, selector) {
  const [css, text] = selector.includes(':text(') ? [selector.split(':text(')[0], selector.split(':text(')[1].slice(0, -1)] : [selector, '']
  const answer = page.evaluate(([css, text]) => window.paintAfterPress(css, text), [css, text])
  // The page watches before anything is pressed.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve())))
  await press()
  return answer
}

function percentiles(samples) {
  const sorted = samples.toSorted((a, b) => a - b)
  const at = (part) => Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)])
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms (n ${sorted.length})`
}

async function api(method, path, body) {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`)
  return response.json()
}

async function startServer() {
  const child = spawn(process.execPath, ['bin/tocsin.js', 'serve', '--data', join(scratch, 'data'), '--listen', '127.0.0.1:0'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, TOCSIN_ADMIN_TOKEN: TOKEN },
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  let said = ''
  const found = await new Promise((resolve, reject) => {
    const hear = (chunk) => {
      said += chunk
      const url = /^Tocsin is ready at (\S+)$/m.exec(said)?.[1]
      const signInLink = /^ +(\S+\/sign-in\/\S+)$/m.exec(said)?.[1]
      if (url && signInLink) resolve({ url, signInLink })
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    ended.then((code) => reject(new Error(`The server ended (${code}) before it was ready: ${said}`)))
  })
  return {
    ...found,
    async stop() {
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), 15_000)
      await ended
      clearTimeout(timer)
    },
  }
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}
