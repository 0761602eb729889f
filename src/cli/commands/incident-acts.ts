import { randomUUID } from 'node:crypto'
import { ApiError } from '../../platform/client.ts'
import { CommandError, exitOf } from '../errors.ts'
import { EXIT, type ExitCode } from '../exits.ts'
import { type Printing, printList, type Session } from '../session.ts'
import { type Text, tone } from '../text/spans.ts'
import type { Column } from '../text/table.ts'
import type { ack, escalate, note, resolve } from '../verbs/incidents.ts'
import type { InputOf } from '../verbs/verb.ts'
import { nextText, shortNumber, titleCell, whoCell } from './incident-cells.ts'
import { incidentIds, looksLikeIncident } from './incident-ids.ts'
import type { IncidentView } from './kinds.ts'

/** What becomes of one incident. */
interface Deed {
  /** `acknowledge`, after "would". */
  verb: string
  /** What it did, or would do, beyond the new status. */
  said?(session: Session, incident: IncidentView, dry: boolean): Promise<Text>
  /** False: there is nothing to do for this one, which --mine passes over. */
  concerns(incident: IncidentView): boolean
  act(session: Session, id: string): Promise<IncidentView>
}

const acknowledging: Deed = {
  verb: 'acknowledge',
  concerns: ({ status }) => status === 'detected',
  act: (session, id) => session.server().api.acknowledgeIncident({ params: { id }, body: { via: 'cli' }, idempotencyKey: randomUUID() }),
}

const resolving: Deed = {
  verb: 'resolve',
  concerns: ({ status }) => status !== 'resolved',
  act: (session, id) => session.server().api.resolveIncident({ params: { id }, body: {}, idempotencyKey: randomUUID() }),
}

const escalating: Deed = {
  verb: 'escalate',
  concerns: ({ status }) => status !== 'resolved',
  async said(session, { id }, dry) {
    const escalation = await session.server().api.getEscalation({ params: { id } })
    const next = nextText(escalation, session.now())
    if (dry)
      return escalation.next
        ? ['would page ', escalation.next.people.map(({ person }) => person).join(', ') || `level ${escalation.next.level}`]
        : ''
    return [escalation.level === null ? '' : `level ${escalation.level} is paged`, next === undefined ? '' : ', then ', next ?? '']
  },
  act: (session, id) => session.server().api.escalateIncident({ params: { id }, body: {}, idempotencyKey: randomUUID() }),
}

export function acknowledgeIncidents(session: Session, input: InputOf<typeof ack>): Promise<ExitCode> {
  return actOn(session, input, acknowledging, 'tocsin ack 142')
}

export async function resolveIncidents(session: Session, input: InputOf<typeof resolve>): Promise<ExitCode> {
  return actOn(session, input, resolving, 'tocsin resolve 142')
}

export function escalateIncidents(session: Session, input: InputOf<typeof escalate>): Promise<ExitCode> {
  return actOn(session, input, escalating, 'tocsin escalate 142')
}

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

interface Outcome {
  incident: IncidentView
  said: Text
}

interface ActInput extends Printing {
  ids: string[]
  mine?: boolean | undefined
  dryRun?: boolean | undefined
  yes?: boolean | undefined
}

/** One after another; what fails is said and the others go on. */
async function actOn(session: Session, input: ActInput, deed: Deed, example: string): Promise<ExitCode> {
  const ids = await incidentIds(session, input, example)
  const outcomes: Outcome[] = []
  const failures: ExitCode[] = []
  const many = ids.length > 1 && (input.mine === true || input.ids.includes('-'))
  if (many && !input.dryRun) await session.confirm(`${deed.verb} ${ids.length} incidents (${ids.join(', ')})?`, input)
  for (const id of ids) {
    try {
      const outcome = await actOnOne(session, id, input, deed)
      if (outcome) outcomes.push(outcome)
    } catch (error) {
      if (!(error instanceof ApiError) || exitOf(error) === EXIT.signIn) throw error
      // One incident alone fails as any command does.
      if (ids.length === 1) throw error
      session.say(error.message)
      failures.push(exitOf(error))
    }
  }
  printList(session, input, {
    items: outcomes.map((outcome) => withWords(outcome, input.dryRun, deed)),
    columns: columnsFor(outcomes),
    name: ({ number }) => number,
    none: 'There is nothing to do.',
  })
  if (failures.length === 0) return EXIT.ok
  if (outcomes.length > 0) return EXIT.partly
  return new Set(failures).size > 1 ? EXIT.failed : failures[0]!
}

async function actOnOne(session: Session, id: string, input: ActInput, deed: Deed): Promise<Outcome | undefined> {
  const dry = input.dryRun === true
  if (dry || input.mine) {
    const before = await session.server().api.getIncident({ params: { id } })
    if (input.mine && !deed.concerns(before)) return undefined
    if (dry)
      return {
        incident: before,
        said: deed.concerns(before) ? [`would ${deed.verb}`, ...((await wordsOf(session, before, deed, true)) ?? [])] : 'nothing to do',
      }
  }
  const incident = await deed.act(session, id)
  return { incident, said: (await deed.said?.(session, incident, false)) ?? '' }
}

async function wordsOf(session: Session, incident: IncidentView, deed: Deed, dry: boolean): Promise<Text[] | undefined> {
  const said = await deed.said?.(session, incident, dry)
  return said === undefined || said === '' ? undefined : [', ', said]
}

type Told = IncidentView & { would?: string; said: Text }

function withWords({ incident, said }: Outcome, dry: boolean | undefined, deed: Deed): Told {
  const told = dry ? { ...incident, would: deed.concerns(incident) ? deed.verb : 'nothing' } : incident
  // Words are for the table: programs read what is so.
  return Object.defineProperty({ ...told }, 'said', { value: said, enumerable: false }) as Told
}

function columnsFor(outcomes: Outcome[]): Column<Told>[] {
  const anySaid = outcomes.some(({ said }) => said !== '')
  return [
    { head: 'ID', cell: ({ number }) => tone('you', shortNumber(number)), value: ({ number }) => number, right: true },
    { head: 'STATUS', cell: ({ status }) => (status === 'detected' ? status : tone('done', status)) },
    { head: 'WHO', cell: whoCell, value: (one) => one.resolvedBy ?? one.acknowledgedBy },
    { head: 'TITLE', cell: titleCell, value: ({ title }) => title, shrinks: true },
    ...(anySaid ? [{ head: 'DONE', cell: ({ said }: Told) => said }] : []),
  ]
}
