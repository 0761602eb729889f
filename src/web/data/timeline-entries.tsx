import type { TimelineEvent } from '../../modules/timeline/events.ts'
import type { PersonLook } from '../parts/avatar.tsx'
import type { IconName } from '../parts/icon-names.ts'
import type { TimelineEntry } from '../screens/incidents/timeline-tab.tsx'
import type { api } from './api.ts'
import { words } from './words.ts'

type EventView = Awaited<ReturnType<typeof api.getTimeline>>['items'][number]
type Look = (name: string) => PersonLook
type Told = Omit<TimelineEntry, 'id' | 'at'>

/** Facts as entries of the rope, newest first. */
export function entriesOf(events: EventView[], look: Look, me?: string): TimelineEntry[] {
  return events
    .map((event) => ({
      id: String(event.seq),
      at: Date.parse(event.happenedAt),
      ...told(event, look),
      mine: me !== undefined && event.actor === `person:${me}`,
    }))
    .reverse()
}

const say = words.timeline

/** Filled nodes are key moments, outlined ones facts, small dots the system's own. */
function told({ type, data, actor }: EventView, look: Look): Told {
  const event = { type, data } as TimelineEvent
  const who = actor.startsWith('person:') ? look(actor.slice('person:'.length)) : undefined
  switch (event.type) {
    case 'incident.opened': {
      const { title, origin, alert } = event.data
      if (origin === 'person') return { kind: 'key', icon: 'flag', who, what: say.declared, detail: title }
      return { kind: 'key', icon: 'flag', what: named(say.opened, title), detail: alert && `${alert.integration}: ${alert.dedupKey}` }
    }
    case 'alert.joined':
      return {
        kind: 'fact',
        icon: 'graph',
        what: <Alert title={event.data.title} does={`${say.joined}${event.data.others ? say.others(event.data.others.length) : ''}`} />,
      }
    case 'alert.ended':
      return { kind: 'fact', icon: 'graph', what: <Alert title={event.data.title} does={say.ended[event.data.by]} /> }
    case 'alert.acknowledged-by-source':
      return { kind: 'fact', icon: 'graph', what: <Alert title={event.data.title} does={say.sourceHas} /> }
    case 'incident.severity-changed':
      return {
        kind: 'key',
        icon: 'flag',
        who,
        what: say.severity(event.data.from, event.data.to),
        detail: event.data.by === 'alert' ? say.byAlert : event.data.reason,
      }
    case 'incident.acknowledged':
      return { kind: 'key', icon: 'check', who, what: say.acknowledged[event.data.via] }
    case 'incident.unacknowledged':
      return { kind: 'key', icon: 'undo', who, what: say.unacknowledged[event.data.reason] }
    case 'incident.resolved':
      return event.data.reason === 'by-hand'
        ? { kind: 'key', icon: 'ok', who, what: say.resolved }
        : { kind: 'key', icon: 'ok', what: say.resolvedByAlerts }
    case 'incident.retitled':
      return { kind: 'fact', icon: 'edit', who, what: say.retitled(event.data.to) }
    case 'note.added':
      return { kind: 'fact', icon: 'note', who, what: say.note, quote: event.data.text }
    case 'escalation.level-decided': {
      const { level, round, pages } = event.data
      const people = [...new Set(pages.map((page) => look(page.person).name))]
      const name = say.level(level, round)
      return people.length > 0
        ? { kind: 'fact', icon: 'bell', what: named(name, say.pages(people.join(', '))) }
        : { kind: 'fact', icon: 'warn', what: named(name, say.findsNobody) }
    }
    case 'escalation.none':
      return { kind: 'fact', icon: 'belloff', what: say.none }
    case 'escalation.level-failed':
      return { kind: 'fact', icon: 'warn', what: say.levelFailed(event.data.level) }
    case 'escalation.stopped':
      return {
        kind: 'system',
        what: say.stopped[event.data.reason],
        detail: event.data.pagesWithdrawn > 0 ? say.withdrawn(event.data.pagesWithdrawn) : undefined,
      }
    case 'page.delivered':
      return paged('system', undefined, look, event.data, say.delivered(event.data.contact), event.data.answer)
    case 'page.failed':
      return paged('fact', 'warn', look, event.data, say.failed(event.data.contact), `${event.data.answer}. ${say.again}`)
    case 'page.outcome-unknown':
      return paged('fact', 'warn', look, event.data, say.unknown(event.data.contact), `${event.data.answer}. ${say.again}`)
    case 'page.gave-up':
      return paged('fact', 'warn', look, event.data, say.gaveUp(event.data.contact), event.data.answer)
    default:
      return { kind: 'system', what: type }
  }
}

function paged(
  kind: 'system' | 'fact',
  icon: IconName | undefined,
  look: Look,
  { person }: { person: string },
  what: string,
  detail: string,
): Told {
  return {
    kind,
    icon,
    what: (
      <>
        <b>{look(person).name}</b>
        {what}
      </>
    ),
    detail,
  }
}

function named(what: string, name: string) {
  return (
    <>
      {what} <b>{name}</b>
    </>
  )
}

function Alert({ title, does }: { title: string; does: string }) {
  return (
    <>
      {say.alert} <b>{title}</b> {does}
    </>
  )
}
