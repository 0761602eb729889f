import type { Signal } from '../alerts/index.ts'
import type { InboxGroup } from './inbox.ts'

/** Reports of one body that are taken in together. */
export interface Part {
  group: InboxGroup
  /** The body's place in its group. */
  index: number
  signals: Signal[]
}

/** Reports taken in by one transaction: more cost less each, but one that lasts too long has done nothing. */
export const REPORTS_MAX = 2000

/**
 * Cuts a batch into what single transactions take in, in inbox order. A cut is made where something begins on a service
 * after something ended on it in another body, for there the order matters, and where there would be too many. `limitOf`
 * says how many reports may go with those of a body.
 */
export function piecesOf(groups: InboxGroup[], serviceOf: (integration: string) => string, limitOf: (part: Part) => number): Part[][] {
  const pieces: Part[][] = []
  let piece: Part[] = []
  let reports = 0
  let room = REPORTS_MAX
  const endedIn = new Map<string, string>()
  for (const group of groups)
    for (const [index, body] of group.bodies.entries()) {
      const whole = { group, index, signals: body.reading.signals }
      const limit = limitOf(whole)
      const service = serviceOf(body.integration)
      const place = `${group.position}:${index}`
      for (const part of cutTo(limit, whole)) {
        const ended = endedIn.get(service)
        const follows = ended !== undefined && ended !== place && part.signals.some(({ action }) => action === 'trigger')
        if (piece.length > 0 && (follows || reports + part.signals.length > Math.min(room, limit))) {
          pieces.push(piece)
          piece = []
          reports = 0
          room = REPORTS_MAX
          endedIn.clear()
        }
        if (part.signals.some(({ action }) => action === 'resolve')) endedIn.set(service, place)
        piece.push(part)
        reports += part.signals.length
        room = Math.min(room, limit)
      }
    }
  return piece.length > 0 ? [...pieces, piece] : pieces
}

/** The two halves of a piece; undefined when it is about one alert only. */
export function halved(piece: Part[]): [Part[], Part[]] | undefined {
  if (piece.length > 1) return [piece.slice(0, piece.length >> 1), piece.slice(piece.length >> 1)]
  const [only] = piece
  const parts = only ? cutTo(only.signals.length >> 1, only) : []
  return parts.length > 1 ? [parts.slice(0, parts.length >> 1), parts.slice(parts.length >> 1)] : undefined
}

/**
 * A body in parts of at most so many reports. Those of one alert stay together, in their order, and what begins comes
 * before what only ends: the reports of one body count as simultaneous.
 */
function cutTo(limit: number, part: Part): Part[] {
  if (part.signals.length === 0) return []
  if (part.signals.length <= limit) return [part]
  const byAlert = new Map<string, Signal[]>()
  for (const signal of part.signals) {
    const same = byAlert.get(signal.dedupKey)
    if (same) same.push(signal)
    else byAlert.set(signal.dedupKey, [signal])
  }
  const begins = (signals: Signal[]) => signals.some(({ action }) => action === 'trigger')
  const alerts = [...byAlert.values()]
  const parts: Part[] = []
  for (const signals of [...alerts.filter(begins), ...alerts.filter((one) => !begins(one))]) {
    const last = parts.at(-1)
    if (last && last.signals.length + signals.length <= limit) last.signals.push(...signals)
    else parts.push({ ...part, signals: [...signals] })
  }
  return parts
}
