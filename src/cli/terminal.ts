import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline/promises'
import type { Instant } from '../kernel/time.ts'

/** The world of a command: the streams, the environment, the clock. Tests bring their own. */
export interface Terminal {
  stdout: Stream
  stderr: Stream
  stdin: {
    isTerminal: boolean
    /** Everything that is piped in. */
    text(): Promise<string>
  }
  env: Record<string, string | undefined>
  now(): Instant
  timeZone: string
  /** Asks on stderr; answers what was typed, nothing of it shown when `hidden`. */
  ask(question: string, hidden?: 'hidden'): Promise<string>
  /** Single keys, until the signal aborts. */
  keys(signal: AbortSignal): AsyncIterable<string>
  /** Ctrl-C, for commands that run until then. */
  interrupted(): AbortSignal
  /** Opens an address in the browser; false where there is none. */
  browse(url: string): Promise<boolean>
}

export interface Stream {
  isTerminal: boolean
  /** Undefined where nobody knows. */
  columns(): number | undefined
  rows(): number | undefined
  write(text: string): void
}

export function processTerminal(): Terminal {
  // `tocsin alert list | head -1`: whoever reads may stop reading. Nothing is lost by it, and what runs until then ends.
  const unread = new AbortController()
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    unread.abort()
  })
  return {
    stdout: streamOf(process.stdout),
    stderr: streamOf(process.stderr),
    stdin: { isTerminal: process.stdin.isTTY === true, text: readAll },
    env: process.env,
    now: Date.now,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    ask,
    keys,
    interrupted() {
      const stop = new AbortController()
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
      return AbortSignal.any([stop.signal, unread.signal])
    },
    browse,
  }
}

function streamOf(stream: NodeJS.WriteStream): Stream {
  return {
    isTerminal: stream.isTTY === true,
    columns: () => (stream.isTTY ? stream.columns : undefined),
    rows: () => (stream.isTTY ? stream.rows : undefined),
    write: (text) => {
      stream.write(text)
    },
  }
}

async function readAll(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

async function ask(question: string, hidden?: 'hidden'): Promise<string> {
  if (hidden) return askHidden(question)
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return (await asking.question(question)).trim()
  } finally {
    asking.close()
  }
}

/** For secrets: nothing of what is typed is shown. */
async function askHidden(question: string): Promise<string> {
  process.stderr.write(question)
  let typed = ''
  const stop = new AbortController()
  for await (const key of keys(stop.signal)) {
    if (key === '\r' || key === '\n' || key === '\u0003') break
    if (key === '\u007f') typed = typed.slice(0, -1)
    else typed += key
  }
  process.stderr.write('\n')
  return typed.trim()
}

async function* keys(signal: AbortSignal): AsyncGenerator<string> {
  const { stdin } = process
  if (!stdin.isTTY) return
  const typed: string[] = []
  let wake = () => {}
  const hear = (chunk: Buffer) => {
    typed.push(...chunk.toString('utf8'))
    wake()
  }
  const stop = () => wake()
  signal.addEventListener('abort', stop)
  stdin.setRawMode(true).on('data', hear).resume()
  try {
    while (!signal.aborted) {
      const key = typed.shift()
      if (key !== undefined) yield key
      else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
  } finally {
    signal.removeEventListener('abort', stop)
    stdin.off('data', hear).pause().setRawMode(false)
  }
}

function browse(url: string): Promise<boolean> {
  const [command, ...before] =
    process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open']
  return new Promise((resolve) => {
    const child = spawn(command!, [...before, url], { stdio: 'ignore', detached: true })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}
