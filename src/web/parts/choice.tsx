import './choice.css'
import type { ComponentProps, ReactNode } from 'react'

type ChoiceProps = Omit<ComponentProps<'input'>, 'type' | 'role'> & { children: ReactNode }

export function Checkbox({ children, ...rest }: ChoiceProps) {
  return (
    <label className="choice">
      <input type="checkbox" {...rest} />
      <span>{children}</span>
    </label>
  )
}

export function Radio({ children, ...rest }: ChoiceProps) {
  return (
    <label className="choice">
      <input type="radio" {...rest} />
      <span>{children}</span>
    </label>
  )
}

/** For what takes effect at once, without a button to save it. */
export function Switch({ children, ...rest }: ChoiceProps) {
  return (
    <label className="choice">
      {/* biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox tells its own state */}
      <input type="checkbox" role="switch" {...rest} />
      <span>{children}</span>
    </label>
  )
}
