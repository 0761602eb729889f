import { type ChildProcess, spawn } from 'node:child_process'
import { contract } from '../../src/contract.ts'
import { type Client, createClient } from '../../src/platform/client.ts'
import { killPostgres } from './processes.ts'

export const ADMIN_TOKEN = 'the-admin-token-of-the-crash-tests-0123456789'

/** The program as users start it, in a process of its own. */
export interface Program {
  url: string
  pid: number
  api: Client<typeof contract>
  /** Resolves when it has ended, however that came about. */
  ended: Promise<End>
  isRunning(): boolean
  /** `kill -9`: the node alone; its PostgreSQL lives on. */
  kill(): Promise<void>
  /** As a supervisor does: SIGTERM, then wait. */
  stop(): Promise<End>
  /** Halts the process where it is, until `thaw`. */
  freeze(): void
  thaw(): void
}

export interface End {
  code: number | null
  signal: NodeJS.Signals | null
  /** Both streams, as they came. */
  output: string
  stderr: string
}

export interface ProgramOptions {
  data: string
  config?: string
  /** Free unless a test must find the program where it was. */
  port?: number
  env?: Record<string, string>
}

const started = new Set<{ child: ChildProcess; ended: Promise<End>; data: string }>()

/** Starts the program and waits until it says that it is ready. Fails with what it said when it ends instead. */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const { child, ended, output } = launch(options)
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Not ready within 50 s. It said: ${output()}`)), 50_000)
    child.stdout!.on('data', () => {
      const found = /^Tocsin is ready at (\S+)$/m.exec(output())
      if (found) resolve(found[1]!)
    })
    void ended.then(({ code, signal }) => reject(new Error(`Ended (${code ?? signal}) before it was ready. It said: ${output()}`)))
    void ended.finally(() => clearTimeout(timer))
  })
  return {
    url,
    pid: child.pid!,
    api: createClient(contract, { baseUrl: url, token: ADMIN_TOKEN }),
    ended,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    stop() {
      child.kill('SIGTERM')
      return ended
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
  }
}

/** Starts a program that is not expected to become ready, and answers how it ended. */
export function endOfProgram(options: ProgramOptions): Promise<End> {
  return launch(options).ended
}

/** Starts a program that is told to stop before it is ready. */
export function beginProgram(options: ProgramOptions): Pick<Program, 'pid' | 'stop'> {
  const { child, ended } = launch(options)
  return {
    pid: child.pid!,
    stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}

/** Leaves no process behind, whatever a failed test has left. */
export async function killEverything(): Promise<void> {
  for (const { child, ended, data } of started) {
    child.kill('SIGKILL')
    await ended
    await killPostgres(data)
  }
  started.clear()
}

function launch({ data, config, port = 0, env = {} }: ProgramOptions) {
  const args = ['bin/tocsin.js', 'serve', '--no-demo', '--data', data, '--listen', `127.0.0.1:${port}`]
  const child = spawn(process.execPath, [...args, ...(config === undefined ? [] : ['--config', config])], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Nothing of the test's own environment: a developer's DATABASE_URL must not be crashed.
    env: { PATH: process.env['PATH'], TOCSIN_EGRESS_ALLOW: '127.0.0.0/8', TOCSIN_ADMIN_TOKEN: ADMIN_TOKEN, ...env },
  })
  let output = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text
    stderr += text
  })
  const ended = new Promise<End>((resolve) =>
    child.once('close', (code, signal) => {
      resolve({ code, signal, output, stderr })
    }),
  )
  started.add({ child, ended, data })
  return { child, ended, output: () => output }
}
