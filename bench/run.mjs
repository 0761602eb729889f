#!/usr/bin/env node
// Tocsin beside Debian's Alertmanager, in alternating rounds of one run: the same load, the same machine, the same minute.
//   node bench/run.mjs [--rounds 3] [--seconds 4] [--record]     (--record writes bench/recorded.json)
//                      [--only 1,100,1000,page,storm] [--alone]   (some of it; without Alertmanager, to look for what is slow)
//                      [--compare]   (ends with 1 when a ratio is below half the recorded one; looks three times before it says so)
// Each figure is a median; what counts is the ratio. Loopback only, bounded in time, everything it starts it stops.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const here = dirname(fileURLToPath(import.meta.url))
const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '4' },
    record: { type: 'boolean', default: false },
    only: { type: 'string' },
    alone: { type: 'boolean', default: false },
    compare: { type: 'boolean', default: false },
  },
})
const TOKEN = 'a-token-for-the-benchmark-only-0123456789'
const [amPort, sinkPort] = [await freePort(), await freePort()]
const AM = `http://127.0.0.1:${amPort}/api/v2/alerts`
const SINK = `http://127.0.0.1:${sinkPort}/`
const scratch = mkdtempSync(join(tmpdir(), 'tocsin-bench-'))
const results = {}
const note = (name, who, figures) => {
  for (const [figure, value] of Object.entries(figures)) ((results[name] ??= {})[`${who} ${figure}`] ??= []).push(value)
  console.error(name, who, JSON.stringify(figures))
}

const sink = start('node', ['sink.mjs', '--port', String(sinkPort)])
try {
  const rounds = Number(options.rounds)
  // A machine that is busy with something else for a moment is no reason to fail: two more rounds decide.
  for (let round = 1; round <= rounds || (options.compare && round <= rounds + 2 && fallen().length > 0); round++) {
    console.error(`round ${round}`)
    if (wants('1')) await ingest('1 × 64', 1, 64)
    if (wants('100')) await ingest('100 × 8', 100, 8)
    if (wants('1000')) await ingest('1000 × 8', 1000, 8)
    if (wants('page')) await page()
    if (wants('storm')) await storm()
  }
} finally {
  await stop(sink)
  rmSync(scratch, { recursive: true, force: true })
}
report()
if (options.compare) {
  for (const line of fallen()) console.error(line)
  process.exitCode = fallen().length > 0 ? 1 : 0
}

/** New alerts with everything done: dedupe, group, incident, level 1 queued. The time runs until the backlog is gone. */
async function ingest(name, batch, conc) {
  await withAlertmanager('am-ingest.yml', async (pids) => {
    const load = await run(['--url', AM, '--batch', batch, '--conc', conc, '--duration', options.seconds, '--ts', 'none'], pids)
    note(`ingest ${name}`, 'am', {
      'alerts/s': load.alerts_per_s,
      'accept/s': load.alerts_per_s,
      'µs CPU': load.server_cpu_us_per_alert,
      'p99 ms': load.latency_ms.p99,
    })
  })
  await withTocsin(async ({ url, pids, usage }) => {
    const before = usage()
    const began = performance.now()
    const load = await run(
      [
        '--url',
        `${url}/in/benchgroupedkey00000000000000001/api/v2/alerts`,
        '--batch',
        batch,
        '--conc',
        conc,
        '--duration',
        options.seconds,
        '--ts',
        'none',
      ],
      pids,
    )
    const posted = performance.now()
    await drained(url)
    const now = performance.now()
    note(`ingest ${name}`, 'ours', {
      'alerts/s': Math.round(load.alerts_ok / ((now - began) / 1000)),
      'accept/s': load.alerts_per_s,
      'µs CPU': Math.round(((usage() - before) * 1e6) / load.alerts_ok),
      'p99 ms': load.latency_ms.p99,
      'backlog s': Math.round(now - posted) / 1000,
    })
  })
}

/** Low load: from POST to the webhook. */
async function page() {
  const load = (url) => ['--url', url, '--batch', 1, '--conc', 4, '--rate', 20, '--duration', options.seconds]
  await withAlertmanager('am-each.yml', async (pids) => {
    await run(load(AM), pids)
    const { latency_ms: latency } = await sunk()
    note('page', 'am', { 'p50 ms': latency.p50, 'p99 ms': latency.p99 })
  })
  await withTocsin(async ({ url, pids }) => {
    await run(load(`${url}/in/bencheachkey000000000000000000001/api/v2/alerts`), pids)
    const { latency_ms: latency } = await sunk()
    note('page', 'ours', { 'p50 ms': latency.p50, 'p99 ms': latency.p99 })
  })
}

/** 10,000 alerts, each an incident of its own: until the last page has arrived. */
async function storm() {
  const load = (url) => ['--url', url, '--batch', 100, '--conc', 4, '--count', 10_000, '--duration', 120]
  await withAlertmanager('am-each.yml', async (pids) => {
    const began = performance.now()
    await run(load(AM), pids)
    const { alerts, at } = await sunk(10_000)
    note('storm', 'am', { 'all paged s': Math.round(at - began) / 1000, paged: alerts })
  })
  await withTocsin(async ({ url, pids }) => {
    const began = performance.now()
    await run(load(`${url}/in/bencheachkey000000000000000000001/api/v2/alerts`), pids)
    const { alerts, at } = await sunk(10_000)
    note('storm', 'ours', { 'all paged s': Math.round(at - began) / 1000, paged: alerts })
  })
}

/** The same file with the sink's port of this run. */
function withOurSink(file) {
  const path = join(scratch, file)
  writeFileSync(path, readFileSync(join(here, file), 'utf8').replaceAll('http://127.0.0.1:9999/', SINK))
  return path
}

async function freePort() {
  const probe = createServer()
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return port
}

function wants(name) {
  return options.only === undefined || options.only.split(',').includes(name)
}

async function withAlertmanager(config, work) {
  if (options.alone) return
  const folder = mkdtempSync(join(scratch, 'am-'))
  const am = start(process.env.AM ?? 'prometheus-alertmanager', [
    `--config.file=${withOurSink(config)}`,
    `--storage.path=${folder}`,
    `--web.listen-address=127.0.0.1:${amPort}`,
    '--cluster.listen-address=',
    '--log.level=error',
  ])
  await until(async () => (await fetch(`http://127.0.0.1:${amPort}/-/ready`)).ok)
  try {
    await work([am.pid])
  } finally {
    await stop(am)
  }
}

async function withTocsin(work) {
  const folder = mkdtempSync(join(scratch, 'tocsin-'))
  const args = [
    '../bin/tocsin.js',
    'serve',
    '--no-demo',
    '--data',
    folder,
    '--listen',
    '127.0.0.1:0',
    '--config',
    withOurSink('company.yaml'),
  ]
  const env = { ...process.env, TOCSIN_ADMIN_TOKEN: TOKEN, TOCSIN_EGRESS_ALLOW: '127.0.0.0/8' }
  // The database is created once; the start that is measured is one with it there.
  await stop(await ready(start('node', args, env)))
  const began = performance.now()
  const server = await ready(start('node', args, env))
  note('start', 'ours', { 's to ready': Math.round(performance.now() - began) / 1000 })
  const postmaster = Number(readFileSync(join(folder, 'pg/postmaster.pid'), 'utf8').split('\n')[0])
  const { treeUsage } = await import('./lib.mjs')
  const pids = [server.pid, postmaster]
  try {
    await work({ url: server.url, pids, usage: () => treeUsage(pids).cpu })
  } finally {
    await stop(server)
    rmSync(folder, { recursive: true, force: true })
  }
}

function ready(child) {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (chunk) => {
      text += chunk
      const found = /ready at (http:\S+)/.exec(text)
      if (found) resolve(Object.assign(child, { url: found[1] }))
    })
    child.once('exit', (code) => reject(new Error(`it ended with ${code} instead of starting`)))
  })
}

async function drained(url) {
  await until(
    async () =>
      /^tocsin_intake_backlog 0$/m.test(await (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })).text()),
    120_000,
  )
}

/** What the sink has, once nothing more comes; `at` is when the last came, on our clock. */
async function sunk(wanted = Number.POSITIVE_INFINITY) {
  let last = -1
  let at = performance.now()
  for (let still = 0; still < 10; ) {
    const stats = await (await fetch(SINK)).json()
    if (stats.alerts !== last) {
      last = stats.alerts
      at = performance.now()
      still = 0
    } else still += 1
    if (last >= wanted || (still >= 10 && last > 0)) {
      await fetch(`${SINK}reset`, { method: 'POST' })
      return { ...stats, at }
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('nothing arrived at the sink')
}

function run(args, pids) {
  const child = start('node', ['load.mjs', ...args.map(String), ...pids.flatMap((pid) => ['--pid', String(pid)])])
  let text = ''
  child.stdout.on('data', (chunk) => {
    text += chunk
  })
  return new Promise((resolve, reject) =>
    child.once('close', () => (text ? resolve(JSON.parse(text)) : reject(new Error('the load did not run')))),
  )
}

function start(command, args, env = process.env) {
  return spawn(command, args, { cwd: here, env, stdio: ['ignore', 'pipe', 'ignore'] })
}

function stop(child) {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve()
    child.once('exit', resolve)
    child.kill('SIGTERM')
  })
}

async function until(check, ms = 20_000) {
  for (const end = performance.now() + ms; performance.now() < end; ) {
    if (await check().catch(() => false)) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('it did not come about in time')
}

/** Medians of all rounds, with the ratios to Alertmanager of the same rounds. */
function table() {
  const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1]
  const rows = Object.fromEntries(
    Object.entries(results).map(([name, figures]) => [
      name,
      Object.fromEntries(Object.entries(figures).map(([figure, values]) => [figure, median(values)])),
    ]),
  )
  for (const row of Object.values(rows))
    for (const figure of ['alerts/s', 'accept/s', 'µs CPU', 'p50 ms', 'p99 ms', 'all paged s'])
      if (row[`am ${figure}`] && row[`ours ${figure}`])
        row[`ratio ${figure}`] = Math.round((row[`ours ${figure}`] / row[`am ${figure}`]) * 100) / 100
  return rows
}

/** What has become worse than half of what was recorded: rates below half, durations above twice. A p99 of seconds is mostly luck. */
function fallen() {
  const recorded = JSON.parse(readFileSync(join(here, 'recorded.json'), 'utf8'))
  const rows = table()
  return Object.entries(recorded).flatMap(([name, row]) =>
    Object.entries(row).flatMap(([figure, was]) => {
      const is = rows[name]?.[figure]
      if (!figure.startsWith('ratio ') || figure.includes('p99') || is === undefined) return []
      const isRate = figure.endsWith('/s')
      const isFallen = isRate ? is < was / 2 : is > was * 2
      return isFallen ? [`${name}: ${figure} is ${is}, and was ${was} when it was recorded`] : []
    }),
  )
}

function report() {
  const text = JSON.stringify(table(), null, 2)
  console.log(text)
  if (options.record) writeFileSync(join(here, 'recorded.json'), `${text}\n`)
}
