import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../../src/cli/run.ts'
import type { Terminal } from '../../src/cli/terminal.ts'
import { startWebhookReceiver } from '../world/webhook-receiver.ts'
import { ADMIN_TOKEN, createWorld, exampleConfiguration, type World } from '../world/world.ts'

let world: World
let phones: Awaited<ReturnType<typeof startWebhookReceiver>>
let folder: string
/** A token of Ada's own. */
let adas: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-cli-'))
  phones = await startWebhookReceiver()
  world = await createWorld()
  writeFileSync(join(folder, 'first-steps.yaml'), exampleConfiguration('first-steps.yaml').replaceAll('http://127.0.0.1:9911', `http://127.0.0.1:${phones.port}`))
})
afterAll(async () => {
  await world.close()
  await phones.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Typed {
  /** What is piped in. */
  stdin?: string
  env?: Record<string, string | undefined>
  /** At a terminal, with these answers to questions. */
  terminal?: { answers?: string[]; columns?: number; keys?: string[] }
  interrupted?: AbortSignal
  /** The clock of the machine it is typed on. */
  now?: () => number
}

interface Outcome {
  code: number
  out: string
  err: string
  json<T = any>(): T
}

/** Runs a command line as typed by Ada, on another machine than the server's. */
async function tocsin(argv: string[], { stdin = '', env, terminal, interrupted = new AbortController().signal, now = world.now }: Typed = {}): Promise<Outcome> {
  let out = ''
  let err = ''
  const isTerminal = terminal !== undefined
  const answers = [...(terminal?.answers ?? [])]
  const stream = (keep: (text: string) => void) => ({ isTerminal, columns: () => (isTerminal ? (terminal.columns ?? 100) : undefined), rows: () => (isTerminal ? 40 : undefined), write: keep })
  const typed: Terminal = {
    stdout: stream((text) => {
      out += text
    }),
    stderr: stream((text) => {
      err += text
    }),
    stdin: { isTerminal, text: async () => stdin },
    env: { TOCSIN_SERVER: world.baseUrl, TOCSIN_TOKEN: adas ?? ADMIN_TOKEN, TOCSIN_DATA: join(folder, 'none'), XDG_CONFIG_HOME: join(folder, 'config'), NO_COLOR: '1', ...env },
    now,
    timeZone: 'Europe/Berlin',
    async ask(question) {
      err += question
      return answers.shift() ?? ''
    },
    async *keys() {
      yield* terminal?.keys ?? []
    },
    interrupted: () => interrupted,
    browse: async (url) => {
      err += `browser: ${url}\n`
      return true
    },
  }
  const code = await run(argv, { root: process.cwd() }, typed)
  await world.settle()
  return { code, out, err, json: () => JSON.parse(out) }
}

/** At a terminal: what a person sees. */
function seen(argv: string[], typed: Typed = {}) {
  return tocsin(argv, { terminal: {}, ...typed })
}

test('look', async () => {
  const file = join(folder, 'first-steps.yaml')
  const show = async (...argv: string[]) => {
    const { code, out, err } = await seen(argv, { env: { NO_COLOR: '' } })
    const both = `$ tocsin ${argv.join(' ')}\n${out}${err}exit ${code}\n\n`
    writeFileSync('/tmp/cli-look/look.txt', both, { flag: 'a' })
  }
  rmSync('/tmp/cli-look/look.txt', { force: true })
  await show('validate', '-f', file)
  await show('diff', '-f', file)
  await show('apply', '-f', file)
  await show('diff', '-f', file)
  adas = (await tocsin(['token', 'create', 'laptop', '--role', 'owner', '--person', 'ada', '-o', 'name'], { env: { TOCSIN_TOKEN: ADMIN_TOKEN } })).out.trim()
  await show('whoami')
  await show('oncall', 'now')
  await show('oncall', 'now', '--catch-all')
  await show('trigger', 'Disk full on db-1', '--key', 'generickey0000000000000000000001', '--dedup', 'db-1/disk', '--label', 'host=db-1', '--sev', '1')
  await world.pass({ seconds: 12 })
  await show('incident', 'list')
  await show('incident', 'show', '1')
  await show('alert', 'list')
  await show('alert', 'show', 'db-1/disk')
  await show('alert', 'why', 'db-1/disk')
  await show('ack', '1', '--dry-run')
  await show('escalate', '1', '--dry-run')
  await show('escalate', '1')
  await show('ack', '1')
  await show('note', '1', 'Rolled', 'back')
  await show('incident', 'create', 'SEV3', 'Mail is late', '-s', 'payments-api')
  await show('incident', 'create', 'Mail is late', '-s', 'paymnts-api')
  await world.pass({ minutes: 2 })
  await show('incident', 'list')
  await show('incident', 'show', '2')
  await show('resolve', '1', '2')
  await show('alert', 'why', 'db-1/disk')
  await show('incident', 'list', '--status', 'all')
  await show('oncall', 'next')
  await show('oncall', 'me')
  await show('schedule', 'list')
  await show('schedule', 'show', 'payments-primary')
  await show('schedule', 'gaps')
  await show('policy', 'list')
  await show('policy', 'show', 'payments')
  await show('policy', 'simulate', 'payments', '--sev', '1', '--at', 'sun 03:11')
  await show('service', 'list')
  await show('service', 'show', 'payments-api')
  await show('login-link')
  await show('token', 'list')
  await show('doctor')
  await show('demo')
  await show('api', 'GET', '/me')
  await show('open', '1')
  await show('export', '--kind', 'schedules')
  await show('profile', 'list')
  await show('incident', 'show', '99')
  await show('incident', 'lits')
  await show()
  await show('incident', 'list', '--help')
})
