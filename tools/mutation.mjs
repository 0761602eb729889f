// Breaks the rules on purpose and looks whether their tests notice: `node tools/mutation.mjs` those that changed since the last
// record, `… all` every one, `… record` the first and writes the record anew, `… src/modules/x/y.ts` the ones named.
//
// The record, test/mutation/survivors.json, holds for each rule file a digest of it and of its test, how many ways it was
// broken, and what no test noticed, each with the reason why that may be, or nothing where nobody has argued it yet. What is
// not in the record fails.
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Stryker } from '@stryker-mutator/core'
import { RULES } from '../test/mutation/rules.mjs'

const RECORD = 'test/mutation/survivors.json'
const record = JSON.parse(readFileSync(RECORD, 'utf8'))
const asked = process.argv.slice(2)

const testOf = (file) => file.replace(/\.ts$/, '.test.ts')
const digestOf = (file) => {
  const digest = createHash('sha256')
  for (const one of [file, testOf(file)]) if (existsSync(one)) digest.update(readFileSync(one))
  return digest.digest('hex').slice(0, 16)
}
const named = asked.filter((one) => one.endsWith('.ts'))
const files = named.length > 0 ? named : asked.includes('all') ? RULES : RULES.filter((file) => record[file]?.digest !== digestOf(file))
if (files.length === 0) {
  console.log(`Nothing changed since the ${RULES.length} rule files were last broken on purpose.`)
  process.exit(0)
}

process.env.TOCSIN_RULE_TESTS = RULES.flatMap((file) => (existsSync(testOf(file)) ? testOf(file) : [])).join(',')
const folder = mkdtempSync(join(tmpdir(), 'tocsin-mutation-'))
const results = await new Stryker({
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: true },
  // A word that a person reads is tested where it is read.
  mutator: { excludedMutations: ['StringLiteral', 'Regex', 'ObjectLiteral'] },
  mutate: files,
  coverageAnalysis: 'perTest',
  // Another TypeScript than the one it knows: nothing of it is needed.
  tsconfigFile: 'none.json',
  ignorePatterns: ['data', 'dist', 'docs', 'bench', 'test', '!test/mutation', '!test/world', '!test/fixtures'],
  tempDirName: join(folder, 'sandbox'),
  reporters: ['dots'],
  logLevel: 'warn',
  warnings: false,
  allowEmpty: true,
  disableTypeChecks: false,
  timeoutMS: 10_000,
})
  .runMutationTest()
  .finally(() => rmSync(folder, { recursive: true, force: true }))

/** Unnoticed, as `before → after`: a line may move without being another. */
function survivorsOf(file) {
  const lines = readFileSync(file, 'utf8').split('\n')
  const text = ({ start, end }) =>
    start.line === end.line
      ? lines[start.line - 1].slice(start.column - 1, end.column - 1)
      : `${lines[start.line - 1].slice(start.column - 1)} …`
  return results
    .filter((one) => one.fileName.endsWith(file) && (one.status === 'Survived' || one.status === 'NoCoverage'))
    .map((one) => ({ line: one.location.start.line, broken: `${text(one.location).trim()} → ${one.replacement.split('\n')[0].trim()}` }))
}

let added = 0
for (const file of files) {
  const all = results.filter((one) => one.fileName.endsWith(file))
  const reasons = record[file]?.survivors ?? {}
  const left = survivorsOf(file)
  const fresh = left.filter(({ broken }) => !(broken in reasons))
  added += fresh.length
  console.log(`\n${file}: broken in ${all.length} ways, ${left.length} unnoticed, ${fresh.length} of them new`)
  for (const { line, broken } of fresh) console.log(`  ${file}:${line}  ${broken}`)
  if (asked.includes('record'))
    record[file] = {
      digest: digestOf(file),
      ways: all.length,
      survivors: Object.fromEntries(left.map(({ broken }) => [broken, reasons[broken] ?? ''])),
    }
}
if (asked.includes('record')) {
  for (const file of Object.keys(record)) if (!RULES.includes(file)) delete record[file]
  writeFileSync(RECORD, `${JSON.stringify(record, null, 2)}\n`)
}
process.exit(added > 0 && !asked.includes('record') ? 1 : 0)
