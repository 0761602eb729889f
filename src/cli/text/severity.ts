import { type Span, type Tone, tone } from './spans.ts'

const SHAPES = ['<1>', '/2\\', '(3)', '[4]', '{5}']

/** Severity as a shape, so that it reads without colour: `<1>` is worst. */
export function severityMark(rank: number): Span {
  return tone(toneOf(rank), SHAPES[rank - 1] ?? ` ${rank} `)
}

export function severityWord(rank: number, level = `SEV${rank}`): Span {
  return tone(toneOf(rank), level)
}

function toneOf(rank: number): Tone {
  return rank >= 1 && rank <= 5 ? (`sev${rank}` as Tone) : 'sev5'
}

const WORDS: Record<string, number> = { critical: 1, error: 2, warning: 3, info: 4 }

/** `1`, `SEV1`, `critical`; undefined when it is none of these. */
export function parseSeverity(text: string): number | undefined {
  const found = /^(?:sev)?([1-5])$/i.exec(text)
  return found ? Number(found[1]) : WORDS[text.toLowerCase()]
}
