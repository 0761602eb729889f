import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { wordsFor } from './errors.ts'
import { EXIT, type ExitCode } from './exits.ts'
import { handlers } from './handlers.ts'
import { unknownFilter } from './product/known-filters.ts'
import { readCommandLine } from './program.ts'
import { createSession, type Session } from './session.ts'
import { processTerminal, type Terminal } from './terminal.ts'

/** Runs one command line and answers its exit code. Tests bring their own terminal. */
export async function run(argv: readonly string[], { root }: { root: string }, terminal: Terminal = processTerminal()): Promise<ExitCode> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  try {
    const asked = readCommandLine(argv, version)
    if ('text' in asked) {
      terminal.stdout.write(asked.text)
      return EXIT.ok
    }
    const session = createSession(terminal, asked, { root, version })
    session.unknownFilter = await unknownFilter(session, asked.verb, asked.input)
    // The table and the handlers are checked against each other where they are put together.
    const handle = handlers[asked.verb.words as keyof typeof handlers] as (session: Session, input: unknown) => Promise<ExitCode>
    return await handle(session, asked.input)
  } catch (error) {
    const words = wordsFor(error)
    if (!words) throw error
    createSession(terminal, {}, { root, version }).say(...words.lines.flatMap((line) => line.split('\n')))
    return words.exit
  }
}
