import { momentText } from '../../kernel/moment.ts'
import type { Instant } from '../../kernel/time.ts'
import type { ReadEntry, ToldFact } from '../../modules/timeline/entries.ts'
import { actorText, lineOf, type Tellable, told } from '../../modules/timeline/words.ts'
import { lengthOf } from './moments.ts'
import type { Knot } from './rope.ts'

/** An event as the API tells it. */
export type ToldEvent = ToldFact & Tellable

/** An event as a knot of the rope, in a sentence. */
export function knotOf(event: ToldEvent, called: (person: string) => string): Knot {
  const listener = { language: 'en', called } as const
  const { weight, mark } = told(event, listener)
  const failed = mark === 'warn' || mark === 'belloff'
  return {
    at: Date.parse(event.happenedAt),
    mark: failed ? 'failed' : weight === 'key' ? 'key' : 'fact',
    text: lineOf(event, listener),
    ...((mark === 'check' || mark === 'ok') && { tone: 'done' as const }),
  }
}

interface EntryView {
  called: (person: string) => string
  zone: string
  now: Instant
}

/** An entry with its number and what was mended on it. */
export function entryKnot({ fact, before, deleted, redacted, typedLate }: ReadEntry<ToldEvent>, { called, zone, now }: EntryView): Knot {
  const knot = knotOf(fact, called)
  const by = (mended: { by: string; reason?: string | undefined }) =>
    `${actorText(mended.by, { language: 'en', called })}${mended.reason === undefined ? '' : `, ${mended.reason}`}`
  const mended = [
    ...(typedLate ? [`typed ${momentText(Date.parse(fact.recordedAt), now, { language: 'en', zone })}`] : []),
    ...(before.length > 0 && !fact.redacted ? [`edited, before: ${before.map((words) => `“${words}”`).join(', ')}`] : []),
    ...(deleted ? [`deleted by ${by(deleted)}`] : []),
    ...(redacted ? [`taken away by ${by(redacted)}`] : []),
  ]
  return { ...knot, label: String(fact.seq), text: [knot.text, ...mended.map((words) => `(${words})`)].join(' ') }
}

/** A stretch in which nothing is told of. */
export function gapKnot({ from, until }: { from: string; until: string }): Knot {
  const [began, ended] = [Date.parse(from), Date.parse(until)]
  return { at: began, mark: 'failed', label: '', text: `${lengthOf(ended - began)} in which no person, alert, change or update is told of` }
}
