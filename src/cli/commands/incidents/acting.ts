import { ApiError } from '../../../platform/client.ts'
import { exitOf } from '../../errors.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { printList } from '../../printing.ts'
import { type Called, shortNumber, titleCell, whoCell } from '../../product/incident-cells.ts'
import { incidentIds } from '../../product/incident-ids.ts'
import type { IncidentView } from '../../product/kinds.ts'
import { personCalled } from '../../product/known-names.ts'
import type { Printing, Session } from '../../session.ts'
import { isForPeople } from '../../text/formats.ts'
import { type Text, tone } from '../../text/spans.ts'
import type { Column } from '../../text/table.ts'

/** What a command does to one incident. */
export interface Deed {
  /** `acknowledge`, after "would". */
  verb: string
  /** What it did, or would do, beyond the new status. */
  said?(session: Session, incident: IncidentView, dry: boolean): Promise<Text>
  /** False: there is nothing to do for this one, which --mine passes over. */
  concerns(incident: IncidentView): boolean
  act(session: Session, id: string): Promise<IncidentView>
}

interface Outcome {
  incident: IncidentView
  said: Text
}

export interface ActInput extends Printing {
  ids: string[]
  mine?: boolean | undefined
  dryRun?: boolean | undefined
  yes?: boolean | undefined
}

/** One after another; what fails is said and the others go on. */
export async function actOn(session: Session, input: ActInput, deed: Deed, example: string): Promise<ExitCode> {
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
    columns: columnsFor(outcomes, isForPeople(session.format(input)) && outcomes.length > 0 ? await personCalled(session) : String),
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

function columnsFor(outcomes: Outcome[], called: Called): Column<Told>[] {
  const anySaid = outcomes.some(({ said }) => said !== '')
  return [
    { head: 'ID', cell: ({ number }) => tone('you', shortNumber(number)), value: ({ number }) => number, right: true },
    { head: 'STATUS', cell: ({ status }) => (status === 'detected' ? status : tone('done', status)) },
    { head: 'WHO', cell: (one) => whoCell(one, called), value: (one) => one.resolvedBy ?? one.acknowledgedBy },
    { head: 'TITLE', cell: titleCell, value: ({ title }) => title, shrinks: true },
    ...(anySaid ? [{ head: 'DONE', cell: ({ said }: Told) => said }] : []),
  ]
}
