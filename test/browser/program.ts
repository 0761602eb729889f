import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { killPostgres } from '../crash/processes.ts'

/** The built program on its first start, with everything that it tells the person who started it. */
export interface DemoProgram {
  url: string
  signInLink: string
  /** What the printed command does. */
  raise(): Promise<Response>
  /** Halts the process where it is, until `thaw`. */
  freeze(): void
  thaw(): void
  stop(): Promise<void>
}

/** Starts it on an empty folder, where it brings its demo company along, and reads what it prints. */
export async function startDemo(): Promise<DemoProgram> {
  const data = await mkdtemp(join(tmpdir(), 'tocsin-browser-'))
  const child = spawn(process.execPath, ['bin/tocsin.js', 'serve', '--data', data, '--listen', '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Nothing of the test's own environment: a developer's DATABASE_URL must not be filled with a demo.
    env: { PATH: process.env['PATH'] },
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
    const { url, signInLink, alert } = await readGreeting(child)
    return {
      url,
      signInLink,
      raise: () => fetch(alert.url, { method: 'POST', headers: { 'content-type': alert.type }, body: alert.body }),
      freeze: () => void child.kill('SIGSTOP'),
      thaw: () => void child.kill('SIGCONT'),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

interface Greeting {
  url: string
  signInLink: string
  alert: { url: string; type: string; body: string }
}

function readGreeting(child: ChildProcess): Promise<Greeting> {
  let output = ''
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Not ready within 90 s. It said: ${output}`)), 90_000)
    const hear = (text: string) => {
      output += text
      const greeting = parseGreeting(output)
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
function parseGreeting(output: string): Greeting | undefined {
  const url = /^Tocsin is ready at (\S+)$/m.exec(output)?.[1]
  const signInLink = /^ +(\S+\/sign-in\/\S+)$/m.exec(output)?.[1]
  const command = /^ +curl -X POST (\S+) -H 'Content-Type: (\S+)' -d '(.+)'$/m.exec(output)
  const phone = /^ +\S+\/phone$/m.test(output)
  if (!url || !signInLink || !command || !phone) return undefined
  return { url, signInLink, alert: { url: command[1]!, type: command[2]!, body: command[3]! } }
}
