import { parseDuration } from '../../kernel/duration.ts'
import { isOpen } from '../../modules/incidents/status.ts'
import type { api } from '../data/api.ts'
import { type IncidentView, momentOf } from '../data/incident-view.ts'
import { words } from '../data/words.ts'
import type { PersonLook } from '../parts/avatar.tsx'
import type { Escalation, LadderState, Rung } from '../product/incidents/escalation.ts'

type EscalationView = Awaited<ReturnType<typeof api.getEscalation>>
type PageView = Awaited<ReturnType<typeof api.getPages>>['items'][number]
type EventView = Awaited<ReturnType<typeof api.getTimeline>>['items'][number]

/** The ladder: what was tried, who is next and when. */
export function escalationOf(
  view: EscalationView | undefined,
  incident: IncidentView,
  pages: PageView[],
  events: EventView[],
  look: (name: string) => PersonLook,
): Escalation {
  if (!view || view.state === 'none') return { state: 'none' }
  const rungs = rungsOf(view, pages, events, look)
  if (view.state === 'stopped') {
    const acknowledged = isOpen(incident) && incident.acknowledgedBy !== null
    return {
      state: 'stopped',
      reason: acknowledged ? { kind: 'acknowledged', by: look(incident.acknowledgedBy!).name } : { kind: 'resolved' },
      rungs,
    }
  }
  const { next } = view
  if (!next) return { state: 'running', round: (view.round ?? 0) + 1, rungs }
  const people = next.people.filter((one) => one.person !== '')
  const decided = events.filter((event) => event.type === 'escalation.level-decided').at(-1)
  return {
    state: 'running',
    round: (view.round ?? 0) + 1,
    rungs,
    next: {
      who: people.length > 0 ? people.map((one) => one.displayName).join(', ') : words.catchAll,
      through: people.length === 1 ? people[0]!.through : undefined,
      at: momentOf(next.at),
      from: momentOf(decided?.happenedAt),
    },
  }
}

function rungsOf(view: EscalationView, pages: PageView[], events: EventView[], look: (name: string) => PersonLook): Rung[] {
  const floor = view.levels.length
  const decided = new Set(
    events
      .filter((event) => event.type === 'escalation.level-decided')
      .map((event) => (event.data['level'] as number | undefined) ?? floor),
  )
  return view.levels.map(({ level, after, catchAll, applies, targets }): Rung => {
    const sent = pages.filter((page) => page.level === level)
    return {
      level: catchAll ? 'catch-all' : level,
      afterMs: parseDuration(after) ?? 0,
      targets,
      people: [...new Set(sent.map((page) => page.person))].map(look),
      state: stateOf(),
    }

    function stateOf(): LadderState {
      if (!applies) return 'skipped'
      if (sent.length > 0)
        return sent.every((page) => page.attempts.length > 0 && page.attempts[0]!.outcome !== 'delivered') ? 'failed' : 'done'
      if (decided.has(level)) return 'absent'
      return view.state === 'active' && view.next?.level === level ? 'next' : 'later'
    }
  })
}
