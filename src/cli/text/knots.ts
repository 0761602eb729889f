import { unreachable } from '../../kernel/result.ts'
import type { RecordedEvent, TimelineEvent } from '../../modules/timeline/index.ts'
import type { Knot } from './rope.ts'

/** An event as the API tells it. */
export interface ToldEvent {
  type: string
  data: Record<string, unknown>
  actor: string
  happenedAt: string
}

/** An event as a knot of the rope, in a sentence. */
export function knotOf(told: ToldEvent): Knot {
  const event = { type: told.type, data: told.data } as unknown as TimelineEvent
  return { at: Date.parse(told.happenedAt), ...wordsOf(event, nameOf(told.actor)) }
}

/** `person:ada` is ada; tokens and integrations are called what they are. */
export function nameOf(actor: RecordedEvent['actor'] | string): string {
  const [kind = '', ...rest] = actor.split(':')
  const name = rest.join(':')
  if (kind === 'person') return name
  if (kind === 'integration') return `the integration ${name}`
  return kind === 'token' ? `‹${name}›` : 'Tocsin'
}

function wordsOf(event: TimelineEvent, who: string): Omit<Knot, 'at'> {
  switch (event.type) {
    case 'incident.opened': {
      const { severity, urgency, alert, origin } = event.data
      const by = alert ? `by the alert ${alert.dedupKey} of ${alert.integration}` : origin === 'drill' ? 'as a drill' : `by ${who}`
      return key(`opened ${by}: SEV${severity}, ${urgency} urgency`)
    }
    case 'alert.joined': {
      const more = event.data.others?.length ?? 0
      return fact(`alert joined: ${event.data.title}${more > 0 ? ` and ${more} more` : ''}`)
    }
    case 'alert.ended':
      return fact(`alert ended (${event.data.by}): ${event.data.title}`)
    case 'alert.acknowledged-by-source':
      return fact(`acknowledged at its source: ${event.data.title}`)
    case 'incident.severity-changed': {
      const { from, to, by, reason } = event.data
      return key(
        `SEV${from} -> SEV${to} ${by === 'person' ? `by ${who}` : 'as its alerts got worse'}${reason === undefined ? '' : `: ${reason}`}`,
      )
    }
    case 'incident.acknowledged':
      return { ...key(`${who} acknowledged${event.data.via === 'link' ? ' from a page' : ''}`), tone: 'done' }
    case 'incident.unacknowledged':
      return key(`nobody has it any more, it pages again (${AGAIN[event.data.reason]})`)
    case 'incident.resolved':
      return {
        ...key(
          event.data.reason === 'alerts-ended'
            ? 'resolved, its last alert ended'
            : `${who} resolved it${endedWith(event.data.alertsEnded)}`,
        ),
        tone: 'done',
      }
    case 'incident.retitled':
      return fact(`${who} changed the title: ${event.data.to}`)
    case 'note.added':
      return fact(`${who}: “${event.data.text}”`)
    case 'escalation.level-decided': {
      const { level, round, found, pages, reason } = event.data
      const named = [...new Set(found.flatMap((one) => (one.person === undefined || one.absent !== undefined ? [] : [one.person])))]
      const name = level === undefined ? 'catch-all' : `level ${level}`
      const again = round > 0 ? `, round ${round + 1}` : ''
      if (named.length === 0) return { mark: 'failed', text: `${name}${again} led to nobody, the next goes at once` }
      const by = reason === 'by-hand' && level !== undefined ? `, called by ${who}` : ''
      return key(`${name}${again}: ${named.join(', ')}${pages.length === 0 ? ', no page' : ''}${by}`)
    }
    case 'escalation.none':
      return {
        mark: 'failed',
        text:
          event.data.reason === 'no-service'
            ? 'nobody is paged: it belongs to no service'
            : 'nobody is paged: its service has no escalation policy',
      }
    case 'escalation.level-failed':
      return { mark: 'failed', text: `no contact of level ${event.data.level} worked, the next level goes at once` }
    case 'escalation.stopped': {
      const { reason, pagesWithdrawn } = event.data
      return fact(
        `escalation stopped (${reason})${pagesWithdrawn === 0 ? '' : `, ${pagesWithdrawn} ${pagesWithdrawn === 1 ? 'page' : 'pages'} withdrawn`}`,
      )
    }
    case 'page.delivered':
      return fact(`${event.data.person}’s ${event.data.contact} took the page: ${event.data.answer}`)
    case 'page.failed':
      return {
        mark: 'failed',
        text: `${event.data.person}’s ${event.data.contact} failed: ${event.data.answer}${event.data.nextAttemptAt === null ? '' : ', tried again'}`,
      }
    case 'page.outcome-unknown':
      return {
        mark: 'failed',
        text: `nobody knows whether ${event.data.person}’s ${event.data.contact} got the page: ${event.data.answer}`,
      }
    case 'page.gave-up':
      return { mark: 'failed', text: `${event.data.person}’s ${event.data.contact} was given up: ${event.data.answer}` }
    default:
      return unknownToUs(event)
  }
}

/** A newer server may tell events this command line has no words for; the compiler still asks for all it could have. */
function unknownToUs(event: never): Omit<Knot, 'at'> {
  const { type } = event as { type?: string }
  return typeof type === 'string' ? fact(type.replaceAll(/[.-]/g, ' ')) : unreachable(event)
}

const AGAIN = {
  opened: 'opened',
  worse: 'it got worse',
  urgent: 'it became urgent',
  'ack-timeout': 'acknowledged for too long',
  'by-hand': 'escalated by hand',
  'still-firing': 'still firing',
}

function endedWith(alerts: number): string {
  return alerts === 0 ? '' : `, ${alerts} ${alerts === 1 ? 'alert' : 'alerts'} ended with it`
}

function key(text: string): Omit<Knot, 'at'> {
  return { mark: 'key', text }
}

function fact(text: string): Omit<Knot, 'at'> {
  return { mark: 'fact', text }
}
