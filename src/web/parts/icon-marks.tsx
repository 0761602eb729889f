import './icon-marks.css'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-names.ts'

/** `good` is proven, `open` is not known, `warn` may fail, `bad` does. */
export interface IconMark {
  icon: IconName
  state: 'good' | 'open' | 'warn' | 'bad'
  /** Read out and shown on hover: what it is and how it stands. */
  label: string
}

/** Several ways of one kind side by side, each with its state. */
export function IconMarks({ marks, label }: { marks: IconMark[]; label: string }) {
  return (
    <ul className="icon-marks" aria-label={label}>
      {marks.map((mark, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two ways may look and be called alike
        <li key={place} className={`icon-mark-${mark.state}`} title={mark.label}>
          <Icon name={mark.icon} size={14} />
          <span className="only-read">{mark.label}</span>
        </li>
      ))}
    </ul>
  )
}
