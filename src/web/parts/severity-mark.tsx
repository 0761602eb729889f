import './severity-mark.css'

/** 1 is worst. */
export type SeverityRank = 1 | 2 | 3 | 4 | 5

/** Each rank has a shape, a digit and a colour of its own, so that it is never told by colour alone. */
const shapes: Record<SeverityRank, { path: string; digitY: number }> = {
  1: { path: 'M6.1 1h7.8L19 6.1v7.8L13.9 19H6.1L1 13.9V6.1z', digitY: 14 },
  2: {
    path: 'M10 .9c.5 0 .9.3 1.2.7l8.1 14.6c.5 1-.1 2.3-1.3 2.3H2c-1.2 0-1.8-1.3-1.3-2.3L8.8 1.6c.3-.4.7-.7 1.2-.7z',
    digitY: 15.9,
  },
  3: { path: 'M10 1a9 9 0 1 1 0 18 9 9 0 0 1 0-18z', digitY: 14 },
  4: {
    path: 'M3.5 1.7h13a1.8 1.8 0 0 1 1.8 1.8v13a1.8 1.8 0 0 1-1.8 1.8h-13a1.8 1.8 0 0 1-1.8-1.8v-13a1.8 1.8 0 0 1 1.8-1.8z',
    digitY: 14,
  },
  5: { path: 'M10 1.6 18.7 8l-3.3 10.2H4.6L1.3 8z', digitY: 14.3 },
}

export function severityName(rank: SeverityRank): string {
  return `SEV${rank}`
}

export function SeverityMark({ rank, size = 20 }: { rank: SeverityRank; size?: number }) {
  const { path, digitY } = shapes[rank]
  return (
    <svg className={`severity severity-${rank}`} width={size} height={size} viewBox="0 0 20 20" role="img" aria-label={severityName(rank)}>
      <path d={path} />
      <text x="10" y={digitY}>
        {rank}
      </text>
    </svg>
  )
}

/** The mark with its word, where a rank is spoken of rather than listed. */
export function SeverityChip({ rank }: { rank: SeverityRank }) {
  return (
    <span className={`severity-chip severity-chip-${rank}`}>
      <span aria-hidden="true">
        <SeverityMark rank={rank} size={16} />
      </span>
      {severityName(rank)}
    </span>
  )
}

/** The edge of a page about one thing of this severity. */
export function Rim({ rank }: { rank: SeverityRank }) {
  return <div className={`rim severity-${rank}`} aria-hidden="true" />
}
