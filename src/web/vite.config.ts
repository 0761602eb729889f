import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, runnerImport } from 'vite'

/** What a browser needs for its first page: what starts the application, and Now. */
const FIRST = ['main.tsx', 'data/now-page.tsx'].map((file) => join(import.meta.dirname, file))

interface Modules {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null
}

let first: Set<string> | undefined

/**
 * Libraries change rarely: in chunks of their own they stay in the browser's cache when the product is updated. What
 * the first page is made of comes in one piece, so that it is a handful of requests and not one for each part; what
 * only other pages need stays out of it.
 */
const groups = [
  { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 3 },
  { name: 'tanstack', test: /node_modules[\\/]@tanstack[\\/]/, priority: 2 },
  { name: (id: string, modules: Modules) => (firstOf(modules).has(id) ? 'first' : null), priority: 1 },
]

function firstOf(modules: Modules): Set<string> {
  if (first) return first
  first = new Set()
  const toVisit = [...FIRST]
  for (let id = toVisit.pop(); id !== undefined; id = toVisit.pop()) {
    if (first.has(id)) continue
    first.add(id)
    toVisit.push(...(modules.getModuleInfo(id)?.importedIds ?? []))
  }
  // The page that is entered stays an entry of its own.
  first.delete(FIRST[0]!)
  return first
}

/** Method and path of every route, read off the contract at build time: its schemas stay on the server. */
function contractRoutes(): Plugin {
  const id = '\0virtual:contract-routes'
  return {
    name: 'contract-routes',
    resolveId: (source) => (source === 'virtual:contract-routes' ? id : undefined),
    async load(source) {
      if (source !== id) return undefined
      const { module } = await runnerImport<{ contract: Record<string, { method: string; path: string; body?: unknown }> }>(
        join(import.meta.dirname, '../contract.ts'),
      )
      const routes = Object.entries(module.contract).map(([name, { method, path, body }]) => [
        name,
        { method, path, ...(body !== undefined && { body: true }) },
      ])
      return `export default ${JSON.stringify(Object.fromEntries(routes))}`
    },
  }
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
  plugins: [react(), contractRoutes(), offlineWorker()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // Data addresses are refused for scripts and styles by the content policy, and small files are cheap on one connection.
    assetsInlineLimit: 0,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
})
