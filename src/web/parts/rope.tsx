import './rope.css'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-names.ts'

/** A filled node is a key moment, an outlined one a fact, a small dot is the system's own. */
export type NodeKind = 'key' | 'fact' | 'system'

export function Node({ kind, icon, children }: { kind: NodeKind; icon?: IconName | undefined; children?: ReactNode }) {
  const inside = children ?? (icon && <Icon name={icon} size={13} />)
  return <span className={classNames('node', `node-${kind}`)}>{kind === 'system' ? null : inside}</span>
}

/** A line through time: when at the left, what at the right. */
export function Timeline({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ol className="rope timeline" aria-label={label}>
      {children}
    </ol>
  )
}

interface TimelineItemProps {
  kind: NodeKind
  icon?: IconName | undefined
  /** The exact time, and the same moment in a second zone. */
  time: string
  otherTime?: string | undefined
  /** Written down later than it happened: its node is dashed. */
  isLate?: boolean
  children: ReactNode
}

export function TimelineItem({ kind, icon, time, otherTime, isLate = false, children }: TimelineItemProps) {
  return (
    <li className={classNames(`timeline-${kind}`, isLate && 'timeline-late')}>
      <span className="timeline-time">
        <b>{time}</b>
        {otherTime && <span>{otherTime}</span>}
      </span>
      <Node kind={kind} icon={icon} />
      <div className="timeline-what">{children}</div>
    </li>
  )
}

/** A piece of the line along which nothing is told of: how long at the left. */
export function TimelineGapItem({ length, children }: { length: string; children: ReactNode }) {
  return (
    <li className="timeline-gap">
      <span className="timeline-time">{length}</span>
      <span className="node node-system" />
      <div className="timeline-what">{children}</div>
    </li>
  )
}

/** Decisions in the order they were made: what at the left, when at the right. */
export function WhyChain({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ol className="rope why-chain" aria-label={label}>
      {children}
    </ol>
  )
}

export function WhyStep({
  kind,
  icon,
  title,
  time,
  children,
}: {
  kind: NodeKind
  icon?: IconName
  title: ReactNode
  time: string
  children?: ReactNode
}) {
  return (
    <li>
      <Node kind={kind} icon={icon} />
      <div className="why-what">
        <p className="line">
          <b className="grow">{title}</b>
          <time className="mono dim">{time}</time>
        </p>
        {children && <div className="why-detail">{children}</div>}
      </div>
    </li>
  )
}

/** Who is tried, one after the other: the minute at the left, the level on the rope. */
export function Ladder({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ol className="rope ladder" aria-label={label}>
      {children}
    </ol>
  )
}

/** `done` has happened, `next` is what the countdown runs to, `later` waits, `floor` is the end that cannot be removed. */
export type RungState = 'done' | 'next' | 'later' | 'floor'

interface RungProps {
  state: RungState
  /** In the node: a number or a short sign. */
  sign: ReactNode
  time: ReactNode
  children: ReactNode
}

export function Rung({ state, sign, time, children }: RungProps) {
  return (
    <li className={`rung-${state}`} aria-current={state === 'next' ? 'step' : undefined}>
      <span className="rung-time">{time}</span>
      <span className="node rung-node">{sign}</span>
      <div className="rung-what">{children}</div>
    </li>
  )
}
