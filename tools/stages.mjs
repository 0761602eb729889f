// Runs the stages of the tests one after the other, stops at the first that fails, and says how long each took beside what
// it may take: `node tools/stages.mjs here` needs nothing beyond Node, `… gate` a browser, Prometheus and PostgreSQL 15.
// A stage over its budget is said, not failed: a busy machine is no reason to refuse a change, a slow test is one to mend.
// So with tests that fail once: up to three files are run a second time, alone, and the last lines name them.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

const AGAIN_MAX = 3

const folder = mkdtempSync(join(tmpdir(), 'tocsin-stages-'))
const results = join(folder, 'results.json')
const vitest = (...projects) =>
  `npx vitest run ${projects.map((name) => `--project ${name}`).join(' ')} --reporter=default --reporter=json --outputFile.json=${results}`

/** Files with failed tests, as the last run wrote them down; undefined when it did not get so far. */
function failedFiles() {
  if (!existsSync(results)) return undefined
  const { testResults } = JSON.parse(readFileSync(results, 'utf8'))
  return testResults.filter(({ status }) => status !== 'passed').map(({ name }) => relative(process.cwd(), name))
}

const STAGES = {
  here: [
    { name: 'lint, types', minutes: 1, run: 'npm run lint && npm run types' },
    { name: 'unit, db', minutes: 4, run: vitest('unit', 'db') },
    { name: 'build', minutes: 1, run: 'node bin/build.js' },
    { name: 'postgres, journeys', minutes: 8, run: vitest('postgres', 'journeys') },
    // What the tests above asked the database, explained on a large one.
    { name: 'plans', minutes: 4, run: vitest('plans') },
    { name: 'crash', minutes: 5, run: vitest('crash') },
  ],
  gate: [
    { name: 'browser', minutes: 8, run: vitest('browser') },
    { name: 'real', minutes: 4, run: vitest('real') },
    { name: 'attack, bounded', minutes: 4, run: vitest('attack') },
    // Rules that changed since the last record, broken on purpose.
    { name: 'mutation, what changed', minutes: 5, run: 'node tools/mutation.mjs' },
    // Beside Alertmanager in the same minute: fails only below half of the recorded ratios. As long as the recorded rounds, for the
    // first two seconds of a process are slower than what follows.
    { name: 'bench', minutes: 4, run: 'node bench/run.mjs --rounds 1 --seconds 5 --compare' },
  ],
}

const stages = STAGES[process.argv[2]]
if (!stages) {
  console.error(`Say which stages to run: ${Object.keys(STAGES).join(' or ')}.`)
  process.exit(2)
}

const took = []
const unsteady = []
let status = 0
for (const { name, minutes, run } of stages) {
  const began = performance.now()
  rmSync(results, { force: true })
  status = spawnSync(run, { shell: true, stdio: 'inherit' }).status ?? 1
  const failed = status === 0 ? [] : (failedFiles() ?? [])
  if (failed.length > 0 && failed.length <= AGAIN_MAX) {
    console.log(`\nFailed, and now run once more, alone: ${failed.join(', ')}`)
    status = spawnSync(`${run} ${failed.join(' ')}`, { shell: true, stdio: 'inherit' }).status ?? 1
    if (status === 0) unsteady.push(...failed)
  }
  const seconds = Math.round((performance.now() - began) / 1000)
  took.push(
    `${name}: ${seconds} s of ${minutes * 60}${seconds > minutes * 60 ? ' (over its budget)' : ''}${status === 0 ? '' : ', FAILED'}`,
  )
  if (status !== 0) break
}
rmSync(folder, { recursive: true })
console.log(`\n${took.join('\n')}`)
if (unsteady.length > 0) console.log(`Failed once and passed alone, to be mended: ${unsteady.join(', ')}`)
process.exit(status)
