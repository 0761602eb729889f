import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { contractRoutes } from '../../bin/contract-routes.js'

/** What a browser needs for its first page: what starts the application, and Now. */
const FIRST = ['main.tsx', 'pages/now-page.tsx'].map((file) => join(import.meta.dirname, file))
/** What somebody who was woken opens next, on a phone with a slow line. */
const WORK = ['pages/incident-page.tsx'].map((file) => join(import.meta.dirname, file))
/** And the lists they come from, or go on to. */
const LISTS = ['pages/incidents-page.tsx', 'pages/alerts-page.tsx'].map((file) => join(import.meta.dirname, file))

interface Modules {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null
}

let first: Set<string> | undefined
let work: Set<string> | undefined
let lists: Set<string> | undefined

/**
 * Libraries change rarely: in chunks of their own they stay in the browser's cache when the product is updated. What
 * the first page is made of comes in one piece, so that it is a handful of requests and not one for each part, and so
 * do the page of an incident, and the lists of incidents and alerts; what only other pages need stays out of all of them.
 */
const groups = [
  { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 5 },
  { name: 'tanstack', test: /node_modules[\\/]@tanstack[\\/]/, priority: 4 },
  // A group takes along what its modules import, unless one before it has it.
  { name: (id: string, modules: Modules) => (firstOf(modules).has(id) ? 'first' : null), priority: 3 },
  { name: (id: string, modules: Modules) => (workOf(modules).has(id) ? 'work' : null), priority: 2 },
  { name: (id: string, modules: Modules) => (listsOf(modules).has(id) ? 'lists' : null), priority: 1 },
]

function firstOf(modules: Modules): Set<string> {
  if (first) return first
  first = reachedFrom(FIRST, modules)
  // The page that is entered stays an entry of its own.
  first.delete(FIRST[0]!)
  return first
}

function workOf(modules: Modules): Set<string> {
  work ??= reachedFrom(WORK, modules)
  return work
}

function listsOf(modules: Modules): Set<string> {
  lists ??= reachedFrom(LISTS, modules)
  return lists
}

function reachedFrom(entries: string[], modules: Modules): Set<string> {
  const reached = new Set<string>()
  const toVisit = [...entries]
  for (let id = toVisit.pop(); id !== undefined; id = toVisit.pop()) {
    if (reached.has(id)) continue
    reached.add(id)
    toVisit.push(...(modules.getModuleInfo(id)?.importedIds ?? []))
  }
  return reached
}

/** Writes the worker that keeps the application for a start without a network: it has to know the name of every file. */
function offlineWorker(): Plugin {
  return {
    name: 'offline-worker',
    apply: 'build',
    // The very last: before it, chunks that turn out to hold styles alone are taken out again.
    enforce: 'post',
    writeBundle(options, bundle) {
      const folder = join(import.meta.dirname, 'public')
      const own = readdirSync(folder).sort()
      const files = [
        '/',
        ...own.map((name) => `/${name}`),
        ...Object.keys(bundle)
          .filter((name) => name.startsWith('assets/'))
          .map((name) => `/${name}`),
      ]
      // The same files make the same version, whoever builds them.
      const contents = own.map((name) => readFileSync(join(folder, name)).toString('base64'))
      const worker = readFileSync(join(import.meta.dirname, 'offline/worker.js'), 'utf8')
      const version = createHash('sha256')
        .update(JSON.stringify([files, contents, worker]))
        .digest('hex')
        .slice(0, 12)
      const text = worker.replace('__VERSION__', version).replace('__FILES__', JSON.stringify(files))
      writeFileSync(join(options.dir!, 'worker.js'), text)
    },
  }
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), contractRoutes(join(import.meta.dirname, '../..'), import.meta.dirname), offlineWorker()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // Data addresses are refused for scripts and styles by the content policy, and small files are cheap on one connection.
    assetsInlineLimit: 0,
    // One sheet, always loaded and in one order: a screen looks the same whichever way somebody came to it.
    cssCodeSplit: false,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
})
