import { EXIT, type ExitCode } from '../../exits.ts'
import { follow } from '../../server/events.ts'
import type { Session } from '../../session.ts'
import type { incidentWatch } from '../../verbs/incidents.ts'
import type { InputOf } from '../../verbs/verb.ts'
import { inPlace, newsFrom, recording } from '../../watch.ts'
import { acknowledgeIncidents, escalateIncidents, resolveIncidents } from './incident-acts.ts'
import { incidentLines } from './incident-picture.ts'
import { readIncident } from './incident-show.ts'

/** Redraws in place; keys act. Elsewhere each event is a line of JSON. */
export async function watchIncident(session: Session, { id }: InputOf<typeof incidentWatch>): Promise<ExitCode> {
  const { incident } = await readIncident(session, id, 1)
  const stop = session.terminal.interrupted()
  if (!session.terminal.stdout.isTerminal) return streamIncident(session, incident.id, stop)
  const done = new AbortController()
  const ended = AbortSignal.any([stop, done.signal])
  const news = newsFrom(session, ended)
  let said = ''
  void readKeys(
    session,
    incident.number,
    ended,
    () => done.abort(),
    (words) => {
      said = words
    },
  )
  for (let first = true; !ended.aborted; first = false) {
    const pictured = await readIncident(session, incident.id, Math.max(5, (session.terminal.stdout.rows() ?? 30) - 16))
    const { screen, text } = recording(session)
    screen.print(incidentLines(pictured, { now: session.now(), zone: session.zone, width: screen.width }))
    const foot = `a ack  e escalate  r resolve  q quit   ${news.connected() ? 'live' : 'asking every second'}${said === '' ? '' : `   ${said}`}`
    session.terminal.stdout.write(inPlace(text(), { first, rows: session.terminal.stdout.rows(), foot }))
    await news.next(1000)
  }
  return EXIT.ok
}

async function readKeys(
  session: Session,
  number: string,
  ended: AbortSignal,
  quit: () => void,
  say: (words: string) => void,
): Promise<void> {
  const acts: Record<string, typeof acknowledgeIncidents | undefined> = {
    a: acknowledgeIncidents,
    e: escalateIncidents,
    r: (on, { ids, ...rest }) => resolveIncidents(on, { ...rest, idsAndText: ids, data: undefined, override: undefined }),
  }
  for await (const key of session.terminal.keys(ended)) {
    if (key === 'q' || key === '\u0003') return quit()
    const act = acts[key]
    if (!act) continue
    const { screen } = recording(session)
    say('sending')
    await act(screen, {
      ids: [number],
      yes: true,
      mine: undefined,
      dryRun: undefined,
      output: 'name',
      json: undefined,
      field: undefined,
    }).then(
      () => say('done'),
      (error: Error) => say(error.message),
    )
  }
}

async function streamIncident(session: Session, id: string, stop: AbortSignal): Promise<ExitCode> {
  for await (const { type, data } of follow(session.server(), stop)) {
    if (type === 'lost' || type === 'connected') continue
    const event = JSON.parse(data) as { incidentId?: string }
    if (event.incidentId === id) session.printRaw(`${JSON.stringify(event)}\n`)
  }
  return EXIT.ok
}
