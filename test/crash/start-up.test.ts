import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

// A start of 0.3 s is what its files make it: their number and size are counted, as a busy machine counts nothing else twice alike.

const folder = mkdtempSync(join(tmpdir(), 'tocsin-start-up-'))
const server = createServer((_, response) => response.setHeader('content-type', 'application/json').end('{"items":[],"next":null}'))
let url: string

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  // The first builds the program when it is stale, which is not what is measured.
  await typed('--version')
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

test.for([['--version'], ['--help'], ['incident', 'list'], ['ack', '142', '--dry-run']])(
  '`tocsin %j` loads a handful of files',
  async (words) => {
    const files = await typed(...words)
    const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0)
    const libraries = new Set(files.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []))
    expect([...libraries]).toEqual(['commander'])
    expect(files.length).toBeLessThan(20)
    expect(bytes).toBeLessThan(500_000)
  },
)

/** Runs the built program and answers the files that Node loaded for it. */
async function typed(...words: string[]): Promise<string[]> {
  const coverage = mkdtempSync(join(folder, 'run-'))
  const env = { ...process.env, NODE_V8_COVERAGE: coverage, TOCSIN_SERVER: url, TOCSIN_TOKEN: 'a-token', XDG_CONFIG_HOME: folder }
  await promisify(execFile)(process.execPath, ['bin/tocsin.js', ...words], { env })
  const loaded = readdirSync(coverage).flatMap((file) => JSON.parse(readFileSync(join(coverage, file), 'utf8')).result as { url: string }[])
  return loaded.filter(({ url: file }) => file.startsWith('file:')).map(({ url: file }) => fileURLToPath(file))
}
