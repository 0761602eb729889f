import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError } from '../../errors.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import type { Session } from '../../session.ts'
import { tone } from '../../text/spans.ts'
import type { exportVerb } from '../../verbs/configuration.ts'
import type { InputOf } from '../../verbs/verb.ts'

type Input = InputOf<typeof exportVerb>

const KINDS = [
  'people',
  'teams',
  'schedules',
  'policies',
  'services',
  'integrations',
  'severity-schemes',
  'command-settings',
  'roles',
  'hooks',
] as const

export async function exportConfiguration(session: Session, input: Input): Promise<ExitCode> {
  const { file: path } = input
  if (path === undefined || path === '-') {
    session.printRaw(await textOf(session, input, input.kind))
    return EXIT.ok
  }
  const written = await filesFor(session, input, path)
  const changed = written.filter(({ file, text }) => !existsSync(file) || readFileSync(file, 'utf8') !== text)
  const inTheWay = changed.filter(({ file }) => existsSync(file)).map(({ file }) => file)
  if (input.dryRun) {
    for (const { file } of changed) session.say(`would write ${file}${inTheWay.includes(file) ? ', which is there already' : ''}`)
    return EXIT.ok
  }
  if (inTheWay.length > 0 && !input.yes) {
    if (!session.terminal.stdin.isTerminal)
      throw new CommandError(EXIT.conflict, `${inTheWay.join(', ')} would be written over.`, 'Say --yes to do so.')
    await session.confirm(`Write over ${inTheWay.join(', ')}?`, input)
  }
  if (isFolder(path)) mkdirSync(path, { recursive: true })
  for (const { file, text } of changed) {
    writeFileSync(file, text)
    session.say([tone('done', 'written'), ` ${file}`])
  }
  if (changed.length === 0) session.say('Nothing has changed.')
  return EXIT.ok
}

/** One file as it is named, or one for each kind in a folder. */
async function filesFor(session: Session, input: Input, path: string): Promise<{ file: string; text: string }[]> {
  if (!isFolder(path)) return [{ file: path, text: await textOf(session, input, input.kind) }]
  const kinds = input.kind === undefined ? KINDS : [input.kind]
  const files: { file: string; text: string }[] = []
  for (const kind of kinds) files.push({ file: join(path, `${kind}.yaml`), text: await textOf(session, input, kind) })
  return files.filter(({ text }) => text !== '')
}

async function textOf(session: Session, { name }: Input, kind: Input['kind']): Promise<string> {
  const { text } = await session.server().api.exportConfiguration({ query: { ...(kind && { kind }), ...(name !== undefined && { name }) } })
  return text
}

function isFolder(path: string): boolean {
  return path.endsWith('/') || (existsSync(path) && statSync(path).isDirectory())
}
