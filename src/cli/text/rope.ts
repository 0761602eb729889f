import type { Instant } from '../../kernel/time.ts'
import { clockTime, dayOf } from './moments.ts'
import { type Text, type Tone, tone, widthOf, wrapped } from './spans.ts'

export interface Knot {
  at: Instant
  /** Filled decided something, hollow is a fact, crossed did not work. */
  mark: 'key' | 'fact' | 'failed'
  /** One or two words before the sentence; left out where the sentence says it all. */
  label?: string
  text: string
  tone?: Tone
}

export interface RopeView {
  zone: string
  width: number
  precision: 'seconds' | 'milliseconds'
}

const MARKS = { key: '●', fact: '○', failed: '×' }

/** What happened, as a rope with knots: the same picture as on the screens. A time is written again as far as it changed. */
export function ropeLines(knots: readonly Knot[], view: RopeView): Text[] {
  const labelWidth = Math.max(0, ...knots.map(({ label }) => (label === undefined ? 0 : widthOf(label))))
  const lines: Text[] = []
  let before: Knot | undefined
  for (const knot of knots) {
    if (before === undefined || dayOf(before.at, view.zone) !== dayOf(knot.at, view.zone))
      lines.push(tone('dim', dayOf(knot.at, view.zone)))
    lines.push(...linesOf(knot, timeOf(knot, before, view), labelWidth, view.width))
    before = knot
  }
  return lines
}

/** With milliseconds, hour and minute stand once a minute: `      00.121`. */
function timeOf(knot: Knot, before: Knot | undefined, { zone, precision }: RopeView): string {
  const time = clockTime(knot.at, zone, precision)
  if (precision === 'seconds' || before === undefined) return time
  const same = clockTime(before.at, zone, 'minutes') === clockTime(knot.at, zone, 'minutes') && Math.abs(knot.at - before.at) < 3_600_000
  return same ? time.slice(6).padStart(time.length) : time
}

function linesOf({ mark, label, text, tone: kind }: Knot, time: string, labelWidth: number, width: number): Text[] {
  const paint = (words: string): Text => (kind ? tone(kind, words) : words)
  const sign: Text = mark === 'failed' ? tone('missing', MARKS.failed) : mark === 'fact' ? tone('dim', MARKS.fact) : paint(MARKS.key)
  const labelled: Text = labelWidth === 0 ? '' : [paint((label ?? '').padEnd(labelWidth)), '  ']
  const indent = time.length + 4 + (labelWidth === 0 ? 0 : labelWidth + 2)
  const [first = '', ...rest] = wrapped(text, Math.max(30, width - indent))
  return [
    [tone('dim', time), '  ', sign, ' ', labelled, labelWidth === 0 ? paint(first) : first],
    ...rest.map((line) => [' '.repeat(indent), line]),
  ]
}
