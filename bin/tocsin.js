#!/usr/bin/env node
// Builds the program when it is stale, then runs it. Plain JavaScript, so that it needs nothing to be built first.
import { readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { portTaken } from './port.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Tocsin needs Node 20.19 or newer; this is ${process.versions.node}.`)
  process.exit(2)
}

// A supervisor may think better of it before there is anything to stop; from the start on the program listens itself.
const isServing = process.argv[2] === 'serve'
const leave = (signal) => process.listenerCount(signal) === 1 && process.exit(0)
if (isServing) for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, leave)

const taken = await portTaken(process.argv.slice(2), process.env)
if (taken !== undefined) {
  console.error(taken)
  process.exit(2)
}

const built = join(root, 'dist/server/main.js')
if (isStale()) {
  const { build } = await import('./build.js')
  await build(root)
}
const { main } = await import(pathToFileURL(built).href)
process.exitCode = await main(process.argv.slice(2), { root })
// `serve` has stopped everything by now; anything still open must not keep a supervisor waiting.
if (isServing) process.exit()

/** Whether a source is newer than what was built from it. An installation without sources is never stale. */
function isStale() {
  try {
    const at = Math.min(statSync(built).mtimeMs, statSync(join(root, 'dist/web/index.html')).mtimeMs)
    return newest(join(root, 'src')) > at || statSync(join(root, 'package-lock.json')).mtimeMs > at
  } catch {
    return true
  }
}

function newest(folder) {
  let latest = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name.endsWith('.test.ts')) continue
    const path = join(folder, entry.name)
    latest = Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs)
  }
  return latest
}
