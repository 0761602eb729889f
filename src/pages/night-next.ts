import { countdown, momentText, type Reader } from '../kernel/moment.ts'
import { shorten } from '../kernel/text.ts'
import type { Instant } from '../kernel/time.ts'
import type { incidentsContract } from '../modules/incidents/contract.ts'
import { type Incident, mayAcknowledge } from '../modules/incidents/index.ts'
import type { ReplyOf } from '../platform/contract.ts'
import { pageWords } from './words.ts'

/** What happens if the reader does nothing. */
export type Next =
  | { kind: 'people'; you: boolean; others: string[]; at: Instant | null }
  /** The next level leads to nobody; the one after it goes at once. */
  | { kind: 'nobody'; why: string | null; at: Instant | null }
  | { kind: 'everyone'; at: Instant | null }
  /** The acknowledgement lapses. */
  | { kind: 'again'; at: Instant }
  | { kind: 'no-policy' }
  | { kind: 'stopped' }

export function nextOf(
  incident: Parameters<typeof mayAcknowledge>[0] & Pick<Incident, 'ackTimeoutAt'>,
  { state, next }: ReplyOf<(typeof incidentsContract)['getEscalation']>,
  reader: string,
  isReachable: (person: string) => boolean,
): Next {
  const may = mayAcknowledge(incident)
  if (may === 'already' && incident.ackTimeoutAt !== null) return { kind: 'again', at: incident.ackTimeoutAt }
  if (may !== 'yes') return { kind: 'stopped' }
  if (state === 'none') return { kind: 'no-policy' }
  if (!next) return { kind: 'stopped' }
  const at = next.at === null ? null : Date.parse(next.at)
  const reached = next.people.filter(({ person }) => person !== '' && isReachable(person))
  const others = new Map(reached.filter(({ person }) => person !== reader).map(({ person, displayName }) => [person, displayName]))
  if (reached.length > 0) return { kind: 'people', you: reached.some(({ person }) => person === reader), others: [...others.values()], at }
  return next.catchAll ? { kind: 'everyone', at } : { kind: 'nobody', why: next.people[0]?.through ?? null, at }
}

/** The sentence, the time beside it, and whether it must stand out. */
export function nextText(next: Next, now: Instant, reader: Reader): { text: string; detail: string; tone: 'calm' | 'warn' } {
  const say = pageWords[reader.language].next
  const inText = (at: Instant | null) => (at === null ? say.next : at <= now ? say.now : say.in(countdown(at - now)))
  const atText = (at: Instant | null) => (at === null || at <= now ? '' : say.at(momentText(at, now, reader)))
  switch (next.kind) {
    case 'people': {
      // The minutes after the names must stay in sight.
      const others = next.others.map((name) => shorten(name, 30))
      return { text: say.people(others, next.you, inText(next.at)), detail: atText(next.at), tone: 'warn' }
    }
    case 'everyone':
      return { text: say.everyone(inText(next.at)), detail: atText(next.at), tone: 'warn' }
    case 'nobody':
      return { text: say.nobody(inText(next.at)), detail: say.levelAfter(next.why ?? say.namesNobody), tone: 'warn' }
    case 'again':
      return { text: say.again(inText(next.at)), detail: say.unlessResolved(atText(next.at)), tone: 'warn' }
    case 'no-policy':
      return { text: say.nobodyElse, detail: say.noPolicy, tone: 'warn' }
    case 'stopped':
      return { text: say.nobodyElse, detail: '', tone: 'calm' }
  }
}
