import { randomUUID } from 'node:crypto'
import { ApiError } from '../../../platform/client.ts'
import { CommandError } from '../../errors.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { printOne } from '../../printing.ts'
import { contentOf } from '../../product/typed-file.ts'
import type { Session } from '../../session.ts'
import type { incidentImport } from '../../verbs/timeline.ts'
import type { InputOf } from '../../verbs/verb.ts'

const BY_NAME: [RegExp, 'jsonl' | 'csv' | 'slack' | 'markdown'][] = [
  [/\.(jsonl|ndjson)$/i, 'jsonl'],
  [/\.(csv|tsv)$/i, 'csv'],
  [/\.json$/i, 'slack'],
  [/\.(md|markdown|txt)$/i, 'markdown'],
]

export async function importTimeline(session: Session, input: InputOf<typeof incidentImport>): Promise<ExitCode> {
  const { id, file, date, zone = session.zone, source, dryRun } = input
  const format = input.format ?? BY_NAME.find(([name]) => name.test(file))?.[1]
  if (format === undefined) throw new CommandError(EXIT.usage, `Say what ${file} is: --format jsonl, csv, slack or markdown.`)
  const body = {
    ...{ format, zone, content: await contentOf(session, file) },
    ...(date !== undefined && { date }),
    ...(source !== undefined && { source }),
    ...(dryRun && { dryRun }),
  }
  const { api } = session.server()
  const counts = await api.importTimeline({ params: { id }, body, idempotencyKey: randomUUID() }).catch((error: unknown) => {
    if (!(error instanceof ApiError) || error.refusal !== 'bad-rows') throw error
    // As an editor turns them into links.
    throw new ApiError(
      error.status,
      error.refusal,
      error.message,
      error.issues.map((issue) => ({ ...issue, path: '', file })),
    )
  })
  printOne(session, input, {
    value: { ...counts, ...(dryRun && { dryRun: true }) },
    name: id,
    lines: () => [`${dryRun ? 'would add' : 'added'} ${counts.added}, ${counts.known} were there already`],
  })
  return EXIT.ok
}
