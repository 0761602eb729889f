import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { killPostgres } from '../crash/processes.ts'

/** The built program on its first start, with everything that it tells the person who started it. */
export interface DemoProgram {
  url: string
  data: string
  port: number
  signInLink: string
  /** What the printed command does, or the same with another body. */
  raise(instead?: Record<string, unknown>): Promise<Response>
  /** Halts the process where it is, until `thaw`. */
  freeze(): void
  thaw(): void
  stop(): Promise<void>
}

/**
 * Starts it on an empty folder, where it brings its demo company along, and reads what it prints. By a host's name it
 * is reached over plain HTTP as in an office; the browser has to be told where that host is.
 */
export async function startDemo(host?: string, flags: string[] = []): Promise<DemoProgram> {
  const program = await startAwake(host, flags)
  await calm(program)
  return program
}

/** As it begins for everybody: with four incidents open, two of which nobody has. */
export async function startAwake(host?: string, flags: string[] = []): Promise<DemoProgram> {
  const { alert, ...program } = await start({ host, flags })
  return {
    ...program,
    raise: (instead) =>
      fetch(host === undefined ? alert!.url : alert!.url.replace(host, '127.0.0.1'), {
        method: 'POST',
        headers: { 'content-type': alert!.type },
        body: instead ? JSON.stringify(instead) : alert!.body,
      }),
  }
}

/** With nothing in it, and no demo company. */
export async function startBare(env: Record<string, string> = {}): Promise<Omit<DemoProgram, 'raise'>> {
  return start({ flags: ['--no-demo'], env })
}

/** The same with one incident open that somebody has: what a test waits for is then its own. The day stands still for some minutes anyway. */
async function calm({ data, port }: Pick<DemoProgram, 'data' | 'port'>): Promise<void> {
  const authorization = `Bearer ${readFileSync(join(data, 'local.token'), 'utf8').trim()}`
  const api = `http://127.0.0.1:${port}/api/v1`
  const { items } = (await (await fetch(`${api}/incidents?status=open`, { headers: { authorization } })).json()) as {
    items: { id: string; service: string }[]
  }
  for (const { id } of items.filter(({ service }) => service !== 'mail-out'))
    await fetch(`${api}/incidents/${id}/resolution`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: '{}',
    })
}

interface StartOptions {
  host?: string | undefined
  flags?: string[]
  env?: Record<string, string>
}

async function start({ host, flags = [], env = {} }: StartOptions): Promise<Omit<DemoProgram, 'raise'> & Pick<Greeting, 'alert'>> {
  const data = await mkdtemp(join(tmpdir(), 'tocsin-browser-'))
  const port = host === undefined ? 0 : await freePort()
  const named = host === undefined ? [] : ['--url', `http://${host}:${port}`]
  const child = spawn(process.execPath, ['bin/tocsin.js', 'serve', '--data', data, '--listen', `127.0.0.1:${port}`, ...named, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Nothing of the test's own environment: a developer's DATABASE_URL must not be filled with a demo.
    env: { PATH: process.env['PATH'], ...env },
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const stop = async () => {
    child.kill('SIGCONT')
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), 20_000)
    await ended
    clearTimeout(timer)
    await killPostgres(data)
    await rm(data, { recursive: true, force: true })
  }
  try {
    const { url, signInLink, alert } = await readGreeting(child, flags.includes('--no-demo'))
    return {
      url,
      data,
      signInLink,
      alert,
      port: Number(new URL(url).port),
      freeze: () => void child.kill('SIGSTOP'),
      thaw: () => void child.kill('SIGCONT'),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}

interface Greeting {
  url: string
  signInLink: string
  alert: { url: string; type: string; body: string } | undefined
}

function readGreeting(child: ChildProcess, isBare: boolean): Promise<Greeting> {
  let output = ''
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Not ready within 90 s. It said: ${output}`)), 90_000)
    const hear = (text: string) => {
      output += text
      const greeting = parseGreeting(output, isBare)
      if (!greeting) return
      clearTimeout(timer)
      resolve(greeting)
    }
    child.stdout!.setEncoding('utf8').on('data', hear)
    child.stderr!.setEncoding('utf8').on('data', hear)
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      reject(new Error(`Ended (${code ?? signal}) before it was ready. It said: ${output}`))
    })
  })
}

/** Undefined until all of it has been printed. */
function parseGreeting(output: string, isBare: boolean): Greeting | undefined {
  const url = /^Tocsin is ready at (\S+)$/m.exec(output)?.[1]
  const signInLink = /^ +(\S+\/sign-in\/\S+)$/m.exec(output)?.[1]
  const command = /^ +curl -X POST (\S+) -H 'Content-Type: (\S+)' -d '(.+)'$/m.exec(output)
  const phone = /^ +\S+\/phone$/m.test(output)
  if (isBare && url && signInLink) return { url, signInLink, alert: undefined }
  if (!url || !signInLink || !command || !phone) return undefined
  return { url, signInLink, alert: { url: command[1]!, type: command[2]!, body: command[3]! } }
}
