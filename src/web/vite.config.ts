import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, runnerImport } from 'vite'

/**
 * Libraries change rarely: in chunks of their own they stay in the browser's cache when the product is updated. What
 * every screen is made of comes in one piece, so that a page is a handful of requests and not one for each part.
 */
const groups = [
  { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
  { name: 'tanstack', test: /node_modules[\\/]@tanstack[\\/]/ },
  {
    name: 'parts',
    test: /src[\\/](kernel[\\/]|platform[\\/]client|web[\\/](parts[\\/]|[\w-]+\.ts$|data[\\/](api|queries|people|acts|acts-words|outbox|unsent|words|incident-view)\.ts|screens[\\/]shell[\\/]))|virtual:contract/,
    minShareCount: 2,
  },
]

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

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), contractRoutes()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // Data addresses are refused for scripts and styles by the content policy, and small files are cheap on one connection.
    assetsInlineLimit: 0,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
})
