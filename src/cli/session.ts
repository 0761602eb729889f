import type { Instant } from '../kernel/time.ts'
import { CommandError } from './errors.ts'
import { EXIT } from './exits.ts'
import { connect, type Server } from './server/connect.ts'
import { type Asked, findServer } from './server/find.ts'
import type { Terminal } from './terminal.ts'
import { formatOf } from './text/formats.ts'
import { render, type Text } from './text/spans.ts'
import type { Format } from './verbs/shared.ts'

/** One run of one command. */
export interface Session {
  terminal: Terminal
  /** Where the program stands: its own files, its version. */
  root: string
  version: string
  /** Finds and reaches the server, once. */
  server(): Server
  now(): Instant
  zone: string
  /** Columns of the terminal; as wide as it likes elsewhere. */
  width: number
  /** Data, on stdout. */
  print(lines: readonly Text[]): void
  printRaw(text: string): void
  /** Talk, on stderr: nothing a program would read. */
  say(...lines: Text[]): void
  /** A hint for people at a terminal. */
  hint(...lines: Text[]): void
  /** Whether somebody is there to be asked. */
  asks(): boolean
  /** Asks before something that cannot be undone. Only people at a terminal are asked; no answer is a no. */
  confirm(question: string, input: { yes?: boolean | undefined }): Promise<void>
  format(input: Printing): Format
  /** The first name of those the list was narrowed by that nobody bears, as the sentence for it. */
  unknownFilter?: CommandError | undefined
  /** The same session on other streams. */
  on(terminal: Terminal): Session
}

export interface Printing {
  output?: Format | undefined
  json?: boolean | undefined
  field?: string[] | undefined
}

export function createSession(terminal: Terminal, asked: Asked, program: { root: string; version: string }): Session {
  let server: Server | undefined
  return sessionOn(terminal, program, () => {
    server ??= connect(findServer(asked, terminal.env), terminal.timeZone)
    return server
  })
}

function sessionOn(terminal: Terminal, program: { root: string; version: string }, server: () => Server): Session {
  const outColour = coloured(terminal.stdout.isTerminal, terminal.env)
  const errorColour = coloured(terminal.stderr.isTerminal, terminal.env)
  const session: Session = {
    terminal,
    ...program,
    server,
    on: (other) => Object.assign(sessionOn(other, program, server), { unknownFilter: session.unknownFilter }),
    now: () => terminal.now(),
    zone: terminal.timeZone,
    width: terminal.stdout.columns() ?? 100,
    print: (lines) => terminal.stdout.write(lines.map((line) => `${render(line, outColour)}\n`).join('')),
    printRaw: (text) => terminal.stdout.write(text),
    say: (...lines) => terminal.stderr.write(lines.map((line) => `${render(line, errorColour)}\n`).join('')),
    hint(...lines) {
      if (terminal.stdout.isTerminal && terminal.stderr.isTerminal) session.say(...lines)
    },
    asks: () => terminal.stdin.isTerminal && terminal.stderr.isTerminal,
    async confirm(question, { yes }) {
      if (yes || !session.asks()) return
      const answer = await terminal.ask(`${question} [y/N] `)
      if (!/^y(es)?$/i.test(answer)) throw new CommandError(EXIT.failed, 'Nothing was done.')
    },
    format: (input) => formatOf(input, terminal.stdout.isTerminal),
  }
  return session
}

function coloured(isTerminal: boolean, env: Record<string, string | undefined>): boolean {
  return isTerminal && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb'
}
