// Builds server and web application into dist/. Each is built beside its place and moved there whole, so that a
// program that is starting never sees half of one.
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

export async function build(root) {
  let vite
  try {
    vite = await import('vite')
  } catch {
    console.error('The program has to be built, but its build tools are not installed. Run `npm ci` without --omit=dev.')
    process.exit(2)
  }
  const { contractRoutes } = await import('./contract-routes.js')
  const started = performance.now()
  if (process.stderr.isTTY) console.error('Building Tocsin …')
  await into(root, 'server', (outDir) =>
    vite.build({
      root,
      configFile: false,
      logLevel: 'error',
      plugins: [contractRoutes(root)],
      build: {
        ssr: true,
        // The worker is a program of its own: a thread is started with a file.
        rolldownOptions: {
          input: { main: join(root, 'src/main.ts'), 'reading-worker': join(root, 'src/plugs/alert-sources/reading-worker.ts') },
        },
        ...{ outDir, emptyOutDir: true, target: 'node20', minify: false, sourcemap: true },
      },
    }),
  )
  await into(root, 'web', async (outDir) => {
    await vite.build({ configFile: join(root, 'src/web/vite.config.ts'), logLevel: 'error', build: { outDir, emptyOutDir: true } })
    pack(outDir)
  })
  if (process.stderr.isTTY) console.error(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s.`)
}

/** As small as it gets, once and here: a slow line waits for bytes, and a start need not pack. */
function pack(folder) {
  for (const name of readdirSync(folder, { recursive: true })) {
    if (!/\.(html|js|css|svg|webmanifest)$/.test(name)) continue
    const plain = readFileSync(join(folder, name))
    const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length }
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(plain, { params }))
    writeFileSync(join(folder, `${name}.gz`), gzipSync(plain, { level: 9 }))
  }
}

async function into(root, name, make) {
  const place = join(root, 'dist', name)
  const beside = `${place}.${process.pid}`
  await make(beside)
  rmSync(`${place}.old`, { recursive: true, force: true })
  if (existsSync(place)) renameSync(place, `${place}.old`)
  renameSync(beside, place)
  rmSync(`${place}.old`, { recursive: true, force: true })
}

if (process.argv[1]?.endsWith('build.js')) await build(join(import.meta.dirname, '..'))
