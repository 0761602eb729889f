import { join } from 'node:path'
import { run } from '../../src/cli/run.ts'
import type { Terminal } from '../../src/cli/terminal.ts'
import { ADMIN_TOKEN, type World } from './world.ts'

export interface Typed {
  /** Whose line it is; the admin's unless said. */
  token?: string | undefined
  /** Where profiles are kept. */
  folder?: string
  /** What is piped in. */
  stdin?: string
  env?: Record<string, string | undefined>
  /** At a terminal, with these answers to questions. */
  terminal?: { answers?: string[]; columns?: number; keys?: string[] }
  interrupted?: AbortSignal
  /** The clock of the machine it is typed on. */
  now?: () => number
  /** Gets what is printed while the command runs. */
  live?: { out: string }
}

export interface Outcome {
  code: number
  out: string
  err: string
  json(): ReturnType<typeof JSON.parse>
}

/** Runs a command line against a world's server, as typed on another machine. */
export async function commandLine(
  world: World,
  argv: string[],
  {
    token = ADMIN_TOKEN,
    folder = '/nowhere',
    stdin = '',
    env,
    terminal,
    interrupted = new AbortController().signal,
    now = world.now,
    live = { out: '' },
  }: Typed = {},
): Promise<Outcome> {
  let out = ''
  let err = ''
  const isTerminal = terminal !== undefined
  const answers = [...(terminal?.answers ?? [])]
  const stream = (keep: (text: string) => void) => ({
    isTerminal,
    columns: () => (isTerminal ? (terminal.columns ?? 100) : undefined),
    rows: () => (isTerminal ? 40 : undefined),
    write: keep,
  })
  const typed: Terminal = {
    stdout: stream((text) => {
      out += text
      live.out = out
    }),
    stderr: stream((text) => {
      err += text
    }),
    stdin: { isTerminal, text: async () => stdin },
    env: {
      TOCSIN_SERVER: world.baseUrl,
      TOCSIN_TOKEN: token,
      TOCSIN_DATA: join(folder, 'none'),
      XDG_CONFIG_HOME: join(folder, 'config'),
      NO_COLOR: '1',
      ...env,
    },
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
