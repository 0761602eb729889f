// How long the on-call rules take: 5 rotations in 3 priorities, 40 overrides, New York, the year 2026 with both clock
// changes. Run with `node bench/schedule.mjs`; prints medians and 99th percentiles in microseconds.
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(root, 'node_modules/.bench-'))
try {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: { ssr: join(root, 'src/modules/oncall/rota.ts'), outDir: folder, minify: false, target: 'node20' },
  })
  await measure(await import(pathToFileURL(join(folder, 'rota.js')).href))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function measure({ shiftsBetween, whoIsOnCall }) {
  const since = Date.UTC(2026, 0, 1)
  const year = Date.UTC(2027, 0, 1)
  const fortnight = since + 14 * 86_400_000
  const overrides = extraOverrides()

  const cold = performance.now()
  const shifts = shiftsBetween(schedule(), since, year, overrides)
  print('12 months, first of the process', [1000 * (performance.now() - cold)])
  const zones = Intl.supportedValuesOf('timeZone').filter((zone) => zone.startsWith('Europe/'))
  const another = zones.map((timeZone) => timed(() => shiftsBetween({ ...schedule(), timeZone }, since, year, overrides)))
  print('12 months, first of its zone', another)
  print(
    `12 months, ${shifts.length} shifts, schedule read anew`,
    times(300, () => shiftsBetween(schedule(), since, year, overrides)),
  )
  const warm = schedule()
  print(
    '12 months, warm',
    times(300, () => shiftsBetween(warm, since, year, overrides)),
  )
  print(
    '14 days, warm',
    times(2000, () => shiftsBetween(warm, since, fortnight, overrides)),
  )

  const thousand = (ask) => times(300, () => repeat(1000, ask)).map((microseconds) => microseconds / 1000)
  const minute = (i) => since + ((i * 7919) % 525_600) * 60_000
  print(
    'who is on call, the same moment',
    thousand((i) => whoIsOnCall(warm, since + i)),
  )
  print(
    'who is on call, any moment of the year',
    thousand((i) => whoIsOnCall(warm, minute(i))),
  )
  print(
    'who is on call, the same moment, 40 overrides beside it',
    thousand((i) => whoIsOnCall(warm, since + i, overrides)),
  )
  print(
    'who is on call, any moment, 40 overrides beside it',
    thousand((i) => whoIsOnCall(warm, minute(i), overrides)),
  )
}

function schedule() {
  const desk = (name, users, from, until) => ({ name, users, start: '2025-12-29T00:00', turn: '1w', restrictions: [{ from, until }] })
  return {
    timeZone: 'America/New_York',
    layers: [
      { name: 'always', users: people('w', 10), start: '2025-12-29T09:00', turn: '1w' },
      desk('asia', people('a', 4), '00:00', '08:00'),
      desk('europe', people('e', 4), '08:00', '16:00'),
      desk('america', people('u', 4), '16:00', '24:00'),
      {
        name: 'office',
        users: people('o', 5),
        start: '2025-12-29T00:00',
        turn: '1d',
        restrictions: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', until: '17:00' }],
      },
    ],
  }
}

function extraOverrides() {
  return Array.from({ length: 40 }, (_, i) => {
    const from = Date.UTC(2026, 0, 3 + i * 9, (i * 5) % 24)
    return { id: `ovr_${i}`, user: `x${i % 7}`, from, until: from + (4 + (i % 20)) * 3_600_000 }
  })
}

function people(letter, count) {
  return Array.from({ length: count }, (_, i) => `${letter}${i}`)
}

function repeat(count, ask) {
  for (let i = 0; i < count; i++) ask(i)
}

/** Microseconds of each run, the first fifth left out. */
function times(runs, run) {
  return Array.from({ length: runs }, () => timed(run)).slice(runs / 5)
}

function timed(run) {
  const start = performance.now()
  run()
  return 1000 * (performance.now() - start)
}

function print(what, microseconds) {
  const sorted = microseconds.toSorted((a, b) => a - b)
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1))].toFixed(2)
  console.log(`${what.padEnd(60)} ${at(0.5).padStart(10)} us   p99 ${at(0.99).padStart(10)} us`)
}
