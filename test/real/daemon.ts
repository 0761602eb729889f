import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from '../crash/until.ts'
import { freePort } from './free-port.ts'

/** A program of the system that serves HTTP, with files of its own. */
export interface Daemon {
  url: string
  stop(): Promise<void>
}

export interface DaemonOptions {
  program: string
  /** Written into the folder it starts in. */
  files: Record<string, string>
  /** `address` is where it is to listen. */
  args(address: string): string[]
}

/** Starts it and waits until it says that it is ready. */
export async function startDaemon({ program, files, args }: DaemonOptions): Promise<Daemon> {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-real-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const address = `127.0.0.1:${await freePort()}`
  const child = spawn(program, args(address), { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const stop = async () => {
    child.kill('SIGKILL')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  const isReady = async () => (await fetch(`http://${address}/-/ready`)).ok
  try {
    await until(`${program} is ready`, isReady)
  } catch (error) {
    await stop()
    throw new Error(`${(error as Error).message}. It said: ${said}`)
  }
  return { url: `http://${address}`, stop }
}
