import type { Instant } from '../../../kernel/time.ts'
import type { SeverityRank } from '../../parts/severity-mark.tsx'

/** A body as it came in, and what was made of it. */
export interface KeptEvent {
  id: string
  at: Instant
  integration: string
  problems: string[]
  refused: boolean
  /** What the sender was answered; undefined when the body is too long to be read again. */
  status?: number | undefined
  bytes: number
  body: string
  alerts: { action: 'trigger' | 'acknowledge' | 'resolve'; title: string; severity: SeverityRank; incidentHref?: string | undefined }[]
}

const KB = 1024

/** `412 B`, `1.1 kB`, `2.4 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < KB) return `${bytes} B`
  const [value, unit] = bytes < KB * KB ? [bytes / KB, 'kB'] : [bytes / KB / KB, 'MB']
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`
}
