import './avatar.css'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import { initialsOf, shortName } from './person-names.ts'
import { personTone, type Tone } from './person-tone.ts'

export interface PersonLook {
  name: string
  /** One of eight quiet grounds; drawn from the name when not given. */
  tone?: Tone
}

/** Initials on a quiet ground. Silent: the person's name always stands beside it or in `label`. */
export function Avatar({
  person,
  size = 20,
  onCall = false,
  label,
}: {
  person: PersonLook
  size?: number
  onCall?: boolean
  label?: string
}) {
  const { name, tone = personTone(name) } = person
  const spoken = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true }
  return (
    <span
      className={classNames('avatar', `person-${tone}`, onCall && 'avatar-on-call')}
      style={{ '--avatar-size': `${size}px` } as object}
      {...spoken}
    >
      {initialsOf(name)}
    </span>
  )
}

/** Avatar and name; the first name alone where everybody knows each other. */
export function Person({
  person,
  size = 20,
  short = false,
  children,
}: {
  person: PersonLook
  size?: number
  short?: boolean
  children?: ReactNode
}) {
  return (
    <span className="person">
      <Avatar person={person} size={size} />
      <span className="person-name">{short ? shortName(person.name) : person.name}</span>
      {children}
    </span>
  )
}

/** Several people, overlapping; the label names them all. */
export function Avatars({ people, size = 22, label }: { people: PersonLook[]; size?: number; label: string }) {
  return (
    <span className="avatars" role="img" aria-label={label}>
      {people.map((person) => (
        <Avatar key={person.name} person={person} size={size} />
      ))}
    </span>
  )
}

/** A missing person is one of the two things that may be red. */
export function Missing({ children }: { children: ReactNode }) {
  return (
    <span className="missing">
      <Icon name="warn" size={14} />
      <span className="cut">{children}</span>
    </span>
  )
}
