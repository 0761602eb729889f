import './strokes.css'
import type { SeverityRank } from './severity-mark.tsx'

const countdownStrokes = 60

/** What is left of a span, as sixty strokes that drop one at a time. The figures beside it say the same. */
export function CountdownStrokes({ left }: { left: number }) {
  const standing = Math.ceil(Math.min(1, Math.max(0, left)) * countdownStrokes)
  return (
    <svg className="countdown-strokes" viewBox="0 0 237.4 8" preserveAspectRatio="none" aria-hidden="true">
      {Array.from({ length: countdownStrokes }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a stroke is its place
        <rect key={place} x={place * 4} width={1.4} height={8} className={place < standing ? 'stroke-on' : undefined} />
      ))}
    </svg>
  )
}

interface CountStrokesProps {
  /** One stroke each, oldest first. */
  counts: number[]
  /** Says what one stroke is, and the message of the whole. */
  label: string
  /** From this count on a stroke is dark: loud. */
  loudFrom?: number
  height?: number
  /** Width of one stroke; it stretches to the whole width when left out. */
  strokeWidth?: number
}

/** A count over time as a row of upright strokes. */
export function CountStrokes({ counts, label, loudFrom, height = 16, strokeWidth }: CountStrokesProps) {
  const width = strokeWidth ?? 3
  const step = width * 1.5
  const full = counts.length * step - width / 2
  const most = Math.max(1, ...counts)
  const size = strokeWidth === undefined ? { width: '100%', height } : { width: full, height }
  return (
    <svg className="count-strokes" {...size} viewBox={`0 0 ${full} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
      {counts.map((count, place) => {
        const tall = count === 0 ? 1.5 : Math.max(2, (count / most) * height)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a stroke is its place
          <rect key={place} x={place * step} y={height - tall} width={width} height={tall} rx={1} className={loudness(count, loudFrom)} />
        )
      })}
    </svg>
  )
}

function loudness(count: number, loudFrom: number | undefined): string {
  if (count === 0) return 'stroke-none'
  return loudFrom !== undefined && count >= loudFrom ? 'stroke-loud' : 'stroke-some'
}

/** A span of time as strokes: short ones where all was well, tall ones in the colour of what was wrong. */
export function SeverityStrokes({ ranks, label }: { ranks: (SeverityRank | undefined)[]; label: string }) {
  const full = ranks.length * 3.5 - 1.5
  return (
    <svg className="severity-strokes" width={full} height={16} viewBox={`0 0 ${full} 16`} role="img" aria-label={label}>
      {ranks.map((rank, place) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a stroke is its place
          key={place}
          className={rank === undefined ? undefined : `severity-${rank}`}
          x={place * 3.5}
          y={rank === undefined ? 6.4 : 0}
          width={2}
          height={rank === undefined ? 9.6 : 16}
          rx={1}
        />
      ))}
    </svg>
  )
}
