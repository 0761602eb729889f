import { randomUUID } from 'node:crypto'
import { CommandError } from '../../errors.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { printOne } from '../../printing.ts'
import { numberOf } from '../../product/lists.ts'
import type { Printing, Session } from '../../session.ts'
import type { entryDelete, entryEdit, entryRedact } from '../../verbs/timeline.ts'
import type { InputOf } from '../../verbs/verb.ts'

interface Mending extends Printing {
  id: string
  entry: string
  dryRun?: boolean | undefined
}

type Params = { id: string; seq: number }
type Answer = { seq: number | null }

export function editEntry(session: Session, { text, ...input }: InputOf<typeof entryEdit>): Promise<ExitCode> {
  const words = text.join(' ').trim()
  if (words === '') throw new CommandError(EXIT.usage, 'Say what it says from now on.', 'Such as: tocsin entry edit 142 17 "Red in eu-1"')
  return mend(session, input, { does: 'edit', did: 'edited' }, (params) =>
    session.server().api.editEntry({ params, body: { text: words }, idempotencyKey: randomUUID() }),
  )
}

export function deleteEntry(session: Session, { reason, ...input }: InputOf<typeof entryDelete>): Promise<ExitCode> {
  const body = reason === undefined ? {} : { reason }
  return mend(session, input, { does: 'delete', did: 'deleted' }, (params) =>
    session.server().api.deleteEntry({ params, body, idempotencyKey: randomUUID() }),
  )
}

export function redactEntry(session: Session, { reason, ...input }: InputOf<typeof entryRedact>): Promise<ExitCode> {
  if (reason === undefined)
    throw new CommandError(EXIT.usage, 'Say why it may not stay.', 'Such as: tocsin entry redact 142 17 --reason "a password"')
  return mend(session, input, { does: 'redact', did: 'redacted' }, (params) =>
    session.server().api.redactEntry({ params, body: { reason }, idempotencyKey: randomUUID() }),
  )
}

async function mend(
  session: Session,
  input: Mending,
  { does, did }: { does: string; did: string },
  act: (params: Params) => Promise<Answer>,
): Promise<ExitCode> {
  const seq = numberOf(input.entry, { flag: 'The entry', otherwise: 0, most: 1_000_000_000 })
  if (input.dryRun) {
    const { api } = session.server()
    const after = seq === 1 ? {} : { cursor: String(seq - 1) }
    const [entry] = (await api.getTimeline({ params: { id: input.id }, query: { limit: 1, ...after } })).items
    if (entry?.seq !== seq) throw new CommandError(EXIT.notFound, `There is no entry ${seq} on this timeline.`)
    printOne(session, input, {
      value: { dryRun: true, would: does, entry },
      name: String(seq),
      lines: () => [`would ${does} entry ${seq}`],
    })
    return EXIT.ok
  }
  const answer = await act({ id: input.id, seq })
  printOne(session, input, {
    value: answer,
    name: String(answer.seq ?? seq),
    lines: () => [answer.seq === null ? `entry ${seq} stood so already` : `${did} entry ${seq}; entry ${answer.seq} tells of it`],
  })
  return EXIT.ok
}
