import './chip.css'
import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-names.ts'
import { Link } from './link.tsx'

export type ChipTone = 'neutral' | 'outline' | 'on' | 'good' | 'warn' | 'bad' | 'info'

interface ChipProps {
  tone?: ChipTone
  icon?: IconName
  children: ReactNode
}

/** A fact or a state in a line. */
export function Chip({ tone = 'neutral', icon, children }: ChipProps) {
  return (
    <span className={classNames('chip', `chip-${tone}`)}>
      {icon && <Icon name={icon} size={12} />}
      <span className="cut">{children}</span>
    </span>
  )
}

export function ChipLink({
  tone = 'outline',
  icon,
  children,
  ...link
}: ChipProps & Pick<ComponentProps<typeof Link>, 'href' | 'target' | 'rel'>) {
  return (
    <Link className={classNames('chip', `chip-${tone}`)} {...link}>
      {icon && <Icon name={icon} size={12} />}
      <span className="cut">{children}</span>
    </Link>
  )
}

/** A filter that is on and can be taken away. */
export function FilterChip({ children, removeLabel, onRemove }: { children: ReactNode; removeLabel: string; onRemove: () => void }) {
  return (
    <span className="chip chip-on">
      <span className="cut">{children}</span>
      <button type="button" className="chip-remove" aria-label={removeLabel} onClick={onRemove}>
        <Icon name="x" size={10} />
      </button>
    </span>
  )
}

/** What a machine wrote about a thing: name and value, in its own spelling. */
export function Label({ name, value }: { name: string; value: string }) {
  return (
    <span className="chip chip-neutral mono">
      <span className="dim cut">{name}</span>
      <span className="dim">=</span>
      <span className="label-value">{value}</span>
    </span>
  )
}
