import { readFileSync } from 'node:fs'
import { CommandError } from '../errors.ts'
import { EXIT } from '../exits.ts'
import type { Session } from '../session.ts'

/** What a file says; - is standard input. */
export async function contentOf(session: Session, file: string): Promise<string> {
  if (file === '-') return session.terminal.stdin.text()
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new CommandError(EXIT.usage, `${file} cannot be read.`)
  }
}
