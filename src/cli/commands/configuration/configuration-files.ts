import type { Issue } from '../../../kernel/result.ts'
import { CommandError, issueLine } from '../../errors.ts'
import { EXIT } from '../../exits.ts'
import type { Session } from '../../session.ts'

export interface ConfigurationFiles {
  files: { file: string; text: string }[]
  /** What could not be read. */
  issues: Issue[]
}

/** Reads what -f names: files, folders, standard input. */
export async function readFiles(session: Session, given: readonly string[] | undefined): Promise<ConfigurationFiles> {
  if (!given || given.length === 0) throw new CommandError(EXIT.usage, 'Say which file or folder (-f).', 'Such as: tocsin apply -f oncall/')
  // The room of configuration brings half the server along: only commands that need it wait for it.
  const { readFolder } = await import('../../../modules/configuration/index.ts')
  const found: ConfigurationFiles = { files: [], issues: [] }
  for (const path of new Set(given)) {
    const { files, issues } =
      path === '-'
        ? { files: [{ file: '(standard input)', text: await session.terminal.stdin.text() }], issues: [] }
        : readFolder(path, 'files and pipes')
    found.files.push(...files)
    found.issues.push(...issues)
  }
  return found
}

/** The same, when nothing can be done with half of it. */
export async function readAllFiles(session: Session, given: readonly string[] | undefined): Promise<ConfigurationFiles['files']> {
  const { files, issues } = await readFiles(session, given)
  const [first, ...more] = issues
  if (first) throw new CommandError(EXIT.failed, issueLine(first), more.length > 0 ? more.map(issueLine).join('\n') : undefined)
  return files
}
