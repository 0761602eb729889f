import { randomUUID } from 'node:crypto'
import { CommandError } from '../errors.ts'
import { EXIT, type ExitCode } from '../exits.ts'
import type { Session } from '../session.ts'
import type { note } from '../verbs/incidents.ts'
import type { InputOf } from '../verbs/verb.ts'
import { actOn, type Deed } from './acting.ts'
import { looksLikeIncident } from './incident-ids.ts'

export async function noteIncidents(session: Session, input: InputOf<typeof note>): Promise<ExitCode> {
  const { ids, text } = noteParts(input)
  const noting: Deed = {
    verb: 'note',
    concerns: () => true,
    async act(session, id) {
      const { api } = session.server()
      await api.addNote({ params: { id }, body: { text }, idempotencyKey: randomUUID() })
      return api.getIncident({ params: { id } })
    },
    said: async (_, __, dry) => (dry ? '' : `noted: ${text}`),
  }
  return actOn(session, { ...input, ids, yes: true }, noting, 'tocsin note 142 "Rolled back"')
}

/** The words that look like incidents come first, the rest is the text. */
export function noteParts({ idsAndText, message, mine }: Pick<InputOf<typeof note>, 'idsAndText' | 'message' | 'mine'>): {
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
