import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Libraries change rarely: in chunks of their own they stay in the browser's cache when the product is updated. */
const libraries = [
  { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
  { name: 'tanstack', test: /node_modules[\\/]@tanstack[\\/]/ },
]

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // Data addresses are refused for scripts and styles by the content policy, and small files are cheap on one connection.
    assetsInlineLimit: 0,
    rolldownOptions: { output: { codeSplitting: { groups: libraries } } },
  },
})
