import { isMending, readEntries } from '../../../modules/timeline/entries.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { printList } from '../../printing.ts'
import { personCalled } from '../../product/known-names.ts'
import { everything } from '../../product/lists.ts'
import type { Session } from '../../session.ts'
import { isForPeople } from '../../text/formats.ts'
import { entryKnot, gapKnot, type ToldEvent } from '../../text/knots.ts'
import { zoneTold } from '../../text/moments.ts'
import { ropeLines } from '../../text/rope.ts'
import { tone } from '../../text/spans.ts'
import type { incidentTimeline } from '../../verbs/timeline.ts'
import type { InputOf } from '../../verbs/verb.ts'

export async function showTimeline(session: Session, input: InputOf<typeof incidentTimeline>): Promise<ExitCode> {
  const { id, order = 'happened', show } = input
  const { api } = session.server()
  const params = { id }
  const query = { order, ...(show !== undefined && { show }) }
  const events: ToldEvent[] = await everything((page) => api.getTimeline({ params, query: { ...query, ...page } }))
  if (!isForPeople(session.format(input)) || input.field) {
    printList(session, input, {
      items: events,
      columns: [
        { head: 'seq', cell: ({ seq }) => String(seq), value: ({ seq }) => seq },
        { head: 'happenedAt', cell: ({ happenedAt }) => happenedAt },
        { head: 'recordedAt', cell: ({ recordedAt }) => recordedAt },
        { head: 'actor', cell: ({ actor }) => actor },
        { head: 'type', cell: ({ type }) => type },
        { head: 'data', cell: ({ data }) => JSON.stringify(data) },
      ],
      name: ({ seq }) => String(seq),
      none: 'Nothing of this happened.',
    })
    return EXIT.ok
  }
  const view = { zone: session.zone, width: session.width, precision: 'seconds' } as const
  const called = await personCalled(session)
  // What was mended stands with what it mends, unless one asks what was recorded, in order.
  const entries = order === 'happened' ? readEntries(events) : events.map((fact) => ({ fact, before: [], typedLate: false }))
  const knots = entries
    .filter(({ fact }) => order === 'recorded' || !isMending(fact.type))
    .map((entry) => entryKnot(entry, { called, zone: session.zone, now: session.now() }))
  const gaps = order === 'happened' && show === undefined ? (await api.listGaps({ params })).items.map(gapKnot) : []
  const rope = order === 'happened' ? [...knots, ...gaps].sort((a, b) => a.at - b.at) : knots
  if (rope.length === 0) session.say('Nothing of this happened.')
  else session.print([...ropeLines(rope, view), tone('dim', `Times in ${zoneTold(session.zone, session.now())}.`)])
  return EXIT.ok
}
