import './field.css'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-names.ts'

interface FieldProps {
  label: ReactNode
  hint?: ReactNode
  /** Says what to write instead. */
  error?: ReactNode
}

interface FieldFrameProps extends FieldProps {
  children: (wiring: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode
}

/** Label above, hint or error below, all tied to the control for screen readers. */
export function Field({ label, hint, error, children }: FieldFrameProps) {
  const id = useId()
  const below = error || hint
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, ...(below && { 'aria-describedby': `${id}-below` }), ...(error && { 'aria-invalid': true as const }) })}
      {error ? (
        <span className="field-error" id={`${id}-below`}>
          <Icon name="warn" size={14} />
          {error}
        </span>
      ) : (
        hint && (
          <span className="field-hint" id={`${id}-below`}>
            {hint}
          </span>
        )
      )}
    </div>
  )
}

type Own = keyof FieldProps

export function TextField({ label, hint, error, icon, ...rest }: FieldProps & Omit<ComponentProps<'input'>, Own> & { icon?: IconName }) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(wiring) =>
        icon ? (
          <span className="input-with-icon">
            <Icon name={icon} />
            <input className="input" {...wiring} {...rest} />
          </span>
        ) : (
          <input className="input" {...wiring} {...rest} />
        )
      }
    </Field>
  )
}

export function TextArea({ label, hint, error, ...rest }: FieldProps & Omit<ComponentProps<'textarea'>, Own>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(wiring) => <textarea className="input" rows={3} {...wiring} {...rest} />}
    </Field>
  )
}

export function SelectField({ label, hint, error, children, ...rest }: FieldProps & Omit<ComponentProps<'select'>, Own>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(wiring) => (
        <span className="select">
          <select className="input" {...wiring} {...rest}>
            {children}
          </select>
          <Icon name="down" size={14} />
        </span>
      )}
    </Field>
  )
}
