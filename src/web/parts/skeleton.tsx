import './skeleton.css'
import { words } from './words.ts'

/** Rows of the height that will come. Appears after a tenth of a second, so that a quick answer shows none. */
export function SkeletonRows({ rows = 4, label = words.loading }: { rows?: number; label?: string }) {
  return (
    <output className="skeleton skeleton-rows" aria-label={label} aria-busy="true">
      {Array.from({ length: rows }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
        <span key={place}>
          <i className="skeleton-mark" />
          <i className={`skeleton-title skeleton-width-${place % 4}`} />
          <i className="skeleton-pill" />
          <i className="skeleton-number" />
        </span>
      ))}
    </output>
  )
}

export function SkeletonText({ lines = 3, label = words.loading }: { lines?: number; label?: string }) {
  return (
    <output className="skeleton skeleton-text" aria-label={label} aria-busy="true">
      {Array.from({ length: lines }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
        <i key={place} className={`skeleton-width-${place % 4}`} />
      ))}
    </output>
  )
}
