import './segmented.css'
import { useEffect, useRef } from 'react'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-names.ts'
import { Link } from './link.tsx'

export interface Segment<Value extends string> {
  value: Value
  name: string
  icon?: IconName
  count?: number | undefined
}

interface SegmentedProps<Value extends string> {
  label: string
  segments: Segment<Value>[]
  current: Value
}

/** One of a few, all of them in view; takes effect at once. */
export function Segmented<Value extends string>({
  label,
  segments,
  current,
  onPick,
}: SegmentedProps<Value> & { onPick: (value: Value) => void }) {
  return (
    <fieldset className="segmented" aria-label={label}>
      {segments.map((segment) => (
        <button key={segment.value} type="button" aria-pressed={segment.value === current} onClick={() => onPick(segment.value)}>
          <SegmentInside segment={segment} />
        </button>
      ))}
    </fieldset>
  )
}

/** The same as links, where the choice belongs into the address. */
export function SegmentedLinks<Value extends string>({
  label,
  segments,
  current,
  hrefOf,
}: SegmentedProps<Value> & { hrefOf: (value: Value) => string }) {
  const row = useRef<HTMLElement>(null)
  // On a phone the row may be wider than the screen; what is chosen has to be in view.
  useEffect(() => {
    const chosen = row.current?.querySelector<HTMLElement>(`[data-value="${current}"]`)
    if (row.current && chosen) row.current.scrollLeft = chosen.offsetLeft - row.current.clientWidth / 2 + chosen.clientWidth / 2
  }, [current])
  return (
    <nav className="segmented" aria-label={label} ref={row}>
      {segments.map((segment) => (
        <Link
          key={segment.value}
          data-value={segment.value}
          href={hrefOf(segment.value)}
          aria-current={segment.value === current ? 'true' : undefined}
        >
          <SegmentInside segment={segment} />
        </Link>
      ))}
    </nav>
  )
}

function SegmentInside<Value extends string>({ segment: { name, icon, count } }: { segment: Segment<Value> }) {
  return (
    <>
      {icon && <Icon name={icon} size={14} />}
      {name}
      {count !== undefined && <span className="count">{count}</span>}
    </>
  )
}
