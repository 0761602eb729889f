import { issueLine } from '../../errors.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { printOne } from '../../printing.ts'
import type { Session } from '../../session.ts'
import { type Text, tone } from '../../text/spans.ts'
import type { apply, diff, validate } from '../../verbs/configuration.ts'
import type { InputOf } from '../../verbs/verb.ts'
import { readAllFiles, readFiles } from './configuration-files.ts'
import { differs, planLines } from './plan-lines.ts'

/** Needs no server: the documents have to be complete among themselves. */
export async function validateFiles(session: Session, { file, ...input }: InputOf<typeof validate>): Promise<ExitCode> {
  const read = await readFiles(session, file)
  const [{ validateFiles: check }, { channels }, { alertSources }] = await Promise.all([
    import('../../../modules/configuration/index.ts'),
    import('../../../plugs/channels/index.ts'),
    import('../../../plugs/alert-sources/index.ts'),
  ])
  const outcome = check(read.files, { channels, sources: alertSources }, session.now())
  const issues = [...read.issues, ...outcome.issues]
  const { warnings, documents } = outcome
  const valid = issues.length === 0
  printOne(session, input, {
    value: { valid, documents, issues, warnings },
    name: valid ? 'valid' : 'invalid',
    lines: (): Text[] => [
      ...issues.map((issue): Text => [tone('missing', 'x'), ' ', issueLine(issue)]),
      ...warnings.map((warning): Text => [tone('soon', '!'), ' ', issueLine(warning)]),
      valid
        ? [tone('done', 'ok'), `  ${documents} ${documents === 1 ? 'document' : 'documents'}`]
        : `${issues.length} ${issues.length === 1 ? 'mistake' : 'mistakes'}`,
    ],
  })
  return valid ? EXIT.ok : EXIT.failed
}

export async function diffFiles(session: Session, { file, prune, keepTurn, ...input }: InputOf<typeof diff>): Promise<ExitCode> {
  const files = await readAllFiles(session, file)
  const plan = await session.server().api.diffConfiguration({ body: { files, prune: prune ?? false, keepTurn: keepTurn ?? false } })
  const different = differs(plan)
  printOne(session, input, { value: plan, name: different ? 'differs' : 'same', lines: () => planLines(plan, { applied: false }) })
  if (different) session.hint([tone('dim', 'Apply it:'), ` tocsin apply ${(file ?? []).map((one) => `-f ${one}`).join(' ')}`])
  return different ? EXIT.failed : EXIT.ok
}

export async function applyFiles(
  session: Session,
  { file, prune = false, keepTurn = false, dryRun = false, yes, ...input }: InputOf<typeof apply>,
): Promise<ExitCode> {
  const files = await readAllFiles(session, file)
  const { api } = session.server()
  if (!dryRun && !yes && session.asks()) {
    const { removed, warnings } = await api.diffConfiguration({ body: { files, prune, keepTurn } })
    const names = removed.map(({ kind, name }) => `${kind} ${name}`).join(', ')
    if (removed.length > 0) await session.confirm(`Remove ${names}?`, { yes })
    const asked = warnings.filter(({ asks }) => asks)
    session.say(...asked.map((warning): Text => [tone('soon', '! '), issueLine(warning)]))
    if (asked.length > 0) await session.confirm('Apply it all the same?', { yes })
  }
  const plan = await api.applyConfiguration({ body: { files, prune, keepTurn, dryRun } })
  printOne(session, input, {
    value: plan,
    name: plan.applied ? 'applied' : 'checked',
    lines: () => planLines(plan, { applied: plan.applied }),
  })
  return EXIT.ok
}
