import './button.css'
import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-names.ts'
import { KeyCap } from './key-cap.tsx'
import { Link } from './link.tsx'

/** Primary once a view; ink rings the bell; danger destroys; danger-quiet leads to a question before it does. */
export type ButtonKind = 'primary' | 'ink' | 'secondary' | 'quiet' | 'danger' | 'danger-quiet'
export type ButtonSize = 'small' | 'medium' | 'large' | 'touch' | 'acknowledge'

interface Look {
  kind?: ButtonKind
  size?: ButtonSize
  icon?: IconName
  keyCap?: string
  /** Opens a menu: a small arrow says so. */
  opens?: boolean
  children: ReactNode
}

type ButtonProps = Look & Omit<ComponentProps<'button'>, keyof Look> & { busy?: boolean }

export function Button({ kind, size, icon, keyCap, opens, busy = false, className, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={classNames(lookOf({ kind, size }), className)}
      aria-busy={busy || undefined}
      // Stays focusable while busy, so that the keyboard does not lose its place; a second press does nothing.
      onClick={busy ? undefined : onClick}
      {...rest}
    >
      {busy ? <span className="button-wheel" aria-hidden="true" /> : icon && <Icon name={icon} size={iconSize(size)} />}
      <span>{children}</span>
      {opens && <Icon name="down" size={12} />}
      {keyCap && <KeyCap>{keyCap}</KeyCap>}
    </button>
  )
}

type ButtonLinkProps = Look & Omit<ComponentProps<typeof Link>, keyof Look>

/** Looks like a button and goes somewhere. */
export function ButtonLink({ kind, size, icon, keyCap, opens: _, className, children, ...rest }: ButtonLinkProps) {
  return (
    <Link className={classNames(lookOf({ kind, size }), className)} {...rest}>
      {icon && <Icon name={icon} size={iconSize(size)} />}
      <span>{children}</span>
      {keyCap && <KeyCap>{keyCap}</KeyCap>}
    </Link>
  )
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  icon: IconName
  label: string
  kind?: ButtonKind
  size?: ButtonSize
}

/** Only for close, more, move and steps; the label is read out and shown on hover. */
export function IconButton({ icon, label, kind = 'quiet', size, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      className={classNames(lookOf({ kind, size }), 'icon-button', className)}
      aria-label={label}
      title={label}
      {...rest}
    >
      <Icon name={icon} size={iconSize(size)} />
    </button>
  )
}

interface IconLinkProps extends Omit<ComponentProps<typeof Link>, 'children'> {
  icon: IconName
  label: string
}

/** The same, leading to a page. */
export function IconLink({ icon, label, className, ...rest }: IconLinkProps) {
  return (
    <Link className={classNames(lookOf({ kind: 'quiet' }), 'icon-button', className)} aria-label={label} title={label} {...rest}>
      <Icon name={icon} size={iconSize(undefined)} />
    </Link>
  )
}

/** Buttons that belong together share their edges. */
export function ButtonGroup({ children }: { children: ReactNode }) {
  return <span className="button-group">{children}</span>
}

function lookOf({ kind = 'secondary', size = 'medium' }: { kind?: ButtonKind | undefined; size?: ButtonSize | undefined }): string {
  return `button button-${kind} button-${size}`
}

function iconSize(size: ButtonSize | undefined): number {
  return size === 'small' ? 14 : 16
}
