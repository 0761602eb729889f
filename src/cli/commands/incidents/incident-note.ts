import { randomUUID } from 'node:crypto'
import { iso } from '../../../kernel/time.ts'
import { CommandError } from '../../errors.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { looksLikeIncident } from '../../product/incident-ids.ts'
import { pastMomentOf } from '../../product/typed-moment.ts'
import type { Session } from '../../session.ts'
import type { note } from '../../verbs/timeline.ts'
import type { InputOf } from '../../verbs/verb.ts'
import { actOn, type Deed } from './acting.ts'

type NoteInput = InputOf<typeof note>

export async function noteIncidents(session: Session, input: NoteInput): Promise<ExitCode> {
  const { ids, text } = noteParts(input)
  const at = pastMomentOf(session, input.at, '--at')
  const kind = input.kind ?? 'note'
  const noting: Deed = {
    verb: 'note',
    concerns: () => true,
    async act(session, id) {
      const { api } = session.server()
      const body = { text, ...(kind !== 'note' && { kind }), ...(at !== undefined && { happenedAt: iso(at) }) }
      await api.addNote({ params: { id }, body, idempotencyKey: randomUUID() })
      return api.getIncident({ params: { id } })
    },
    said: async (_, __, dry) => (dry ? '' : `${SAID[kind]}: ${text}`),
  }
  return actOn(session, { ...input, ids, yes: true }, noting, 'tocsin note 142 "Rolled back"')
}

const SAID = { note: 'noted', decision: 'decided', observation: 'observed' }

/** The words that look like incidents come first, the rest is the text. */
export function noteParts({ idsAndText, message, mine }: Pick<NoteInput, 'idsAndText' | 'message' | 'mine'>): {
  ids: string[]
  text: string
} {
  const first = idsAndText.findIndex((word) => !looksLikeIncident(word))
  const ids = first < 0 ? idsAndText : idsAndText.slice(0, first)
  const text = message ?? (first < 0 ? '' : idsAndText.slice(first).join(' '))
  if (text.trim() === '')
    throw new CommandError(EXIT.usage, 'Say what to note.', `Such as: tocsin note ${mine ? '--mine' : (ids[0] ?? '142')} "Rolled back"`)
  return { ids, text }
}
