import './status-pill.css'
import type { ComponentProps } from 'react'
import { Icon } from './icon.tsx'

/** How far along something is: a dial that fills from nothing seen yet to done. */
export type Progress =
  | 'detected'
  | 'acknowledged'
  | 'reopened'
  | 'investigating'
  | 'identified'
  | 'mitigating'
  | 'mitigated'
  | 'monitoring'
  | 'resolved'
  | 'closed'
  | 'cancelled'
  | 'merged'

export function StatusPill({ progress, label }: { progress: Progress; label: string }) {
  return (
    <span className="status-pill">
      <Dial progress={progress} />
      {label}
    </span>
  )
}

/** The pill as a button, where the status can be changed from it. */
export function StatusPillButton({
  progress,
  label,
  ...rest
}: { progress: Progress; label: string } & Omit<ComponentProps<'button'>, 'children'>) {
  return (
    <button type="button" className="status-pill" aria-haspopup="menu" {...rest}>
      <Dial progress={progress} />
      {label}
      <Icon name="down" size={12} />
    </button>
  )
}

/** Eighths of the dial's inner circle, in its own length of 10.68. */
const filled: Partial<Record<Progress, number>> = {
  acknowledged: 1.5,
  reopened: 1.07,
  investigating: 3.2,
  identified: 5.34,
  mitigating: 7.05,
  mitigated: 8.01,
  monitoring: 9.08,
}
const ticks: Partial<Record<Progress, string>> = {
  resolved: 'M4.3 7.2 6.2 9.1l3.5-3.9',
  closed: 'M4.3 7.2 6.2 9.1l3.5-3.9',
  cancelled: 'M4.5 7h5',
  merged: 'M4.5 7h5',
}

export function Dial({ progress }: { progress: Progress }) {
  const fill = filled[progress]
  const tick = ticks[progress]
  return (
    <svg className={`dial dial-${progress}`} width={14} height={14} viewBox="0 0 14 14" aria-hidden="true">
      <circle className="dial-edge" cx="7" cy="7" r="6" strokeDasharray={progress === 'detected' ? '2 1.77' : undefined} />
      {fill !== undefined && (
        <circle className="dial-fill" cx="7" cy="7" r="1.7" strokeWidth="3.4" strokeDasharray={`${fill} 99`} transform="rotate(-90 7 7)" />
      )}
      {tick && <path className="dial-tick" d={tick} />}
    </svg>
  )
}
