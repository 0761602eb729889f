import { shorten } from '../kernel/text.ts'
import type { Instant } from '../kernel/time.ts'
import type { incidentsContract } from '../modules/incidents/contract.ts'
import type { Incident } from '../modules/incidents/index.ts'
import type { ReplyOf } from '../platform/contract.ts'
import { countdown, inZone } from './moments.ts'

/** What happens if the reader does nothing. */
export type Next =
  | { kind: 'people'; you: boolean; others: string[]; at: Instant | null }
  /** The next level leads to nobody; the one after it goes at once. */
  | { kind: 'nobody'; why: string; at: Instant | null }
  | { kind: 'everyone'; at: Instant | null }
  /** The acknowledgement lapses. */
  | { kind: 'again'; at: Instant }
  | { kind: 'no-policy' }
  | { kind: 'stopped' }

export function nextOf(
  incident: Pick<Incident, 'status' | 'ackTimeoutAt'>,
  { state, next }: ReplyOf<(typeof incidentsContract)['getEscalation']>,
  reader: string,
  isReachable: (person: string) => boolean,
): Next {
  if (incident.status === 'acknowledged' && incident.ackTimeoutAt !== null) return { kind: 'again', at: incident.ackTimeoutAt }
  if (incident.status !== 'detected') return { kind: 'stopped' }
  if (state === 'none') return { kind: 'no-policy' }
  if (!next) return { kind: 'stopped' }
  const at = next.at === null ? null : Date.parse(next.at)
  const reached = next.people.filter(({ person }) => person !== '' && isReachable(person))
  const others = new Map(reached.filter(({ person }) => person !== reader).map(({ person, displayName }) => [person, displayName]))
  if (reached.length > 0) return { kind: 'people', you: reached.some(({ person }) => person === reader), others: [...others.values()], at }
  return next.catchAll ? { kind: 'everyone', at } : { kind: 'nobody', why: next.people[0]?.through ?? 'the level names nobody', at }
}

/** The sentence, the time beside it, and whether it must stand out. */
export function nextText(next: Next, now: Instant, zone: string): { text: string; detail: string; tone: 'calm' | 'warn' } {
  switch (next.kind) {
    case 'people': {
      const who = subject(next.you, next.others)
      return {
        text: `${who} paged${who === 'You are' ? ' again' : ''} ${inText(next.at, now)}`,
        detail: atText(next.at, now, zone),
        tone: 'warn',
      }
    }
    case 'everyone':
      return { text: `Everyone with a contact is paged ${inText(next.at, now)}`, detail: atText(next.at, now, zone), tone: 'warn' }
    case 'nobody':
      return { text: `Nobody is paged ${inText(next.at, now)}`, detail: `${next.why}; the level after goes at once`, tone: 'warn' }
    case 'again':
      return { text: `It pages again ${inText(next.at, now)}`, detail: `${atText(next.at, now, zone)}, unless resolved`, tone: 'warn' }
    case 'no-policy':
      return { text: 'Nobody else is paged', detail: 'it has no escalation policy', tone: 'warn' }
    case 'stopped':
      return { text: 'Nobody else is paged', detail: '', tone: 'calm' }
  }
}

function subject(you: boolean, others: string[]): string {
  // The minutes after the names must stay in sight.
  const [first, second] = [...(you ? ['You'] : []), ...others.map((name) => shorten(name, 30))]
  const count = others.length + (you ? 1 : 0)
  if (count === 1) return you ? 'You are' : `${first} is`
  return count === 2 ? `${first} and ${second} are` : `${first} and ${count - 1} more are`
}

function inText(at: Instant | null, now: Instant): string {
  if (at === null) return 'next'
  return at <= now ? 'now' : `in ${countdown(at - now)}`
}

function atText(at: Instant | null, now: Instant, zone: string): string {
  return at === null || at <= now ? '' : `at ${inZone(at, now, zone)}`
}
