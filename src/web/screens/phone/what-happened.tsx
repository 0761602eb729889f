import { Icon } from '../../parts/icon.tsx'
import type { IconName } from '../../parts/icon-names.ts'
import { Node, type NodeKind } from '../../parts/rope.tsx'
import { words } from './words.ts'

export interface WayStep {
  /** How long after the alert arrived: `0.02 s`, `5 min`. */
  after: string
  kind: NodeKind
  icon?: IconName
  title: string
  detail: string
  /** Has not happened yet, and does not if somebody acknowledges. */
  ahead?: boolean
}

/** The rope of one alert, lying: from received to paged, and what comes next. */
export function WhatHappened({ steps, took }: { steps: WayStep[]; took?: string | undefined }) {
  return (
    <section className="way" aria-labelledby="what-happened">
      <h2 id="what-happened">
        {words.happened} {took && <span className="dim">{took}</span>}
      </h2>
      {steps.length === 0 ? (
        <p className="sub line">
          <Icon name="clock" />
          {words.nothingYet}
        </p>
      ) : (
        <ol className="way-steps" aria-label={words.happenedLabel}>
          {steps.map(({ after, kind, icon, title, detail, ahead }) => (
            <li key={title} className={ahead ? 'way-ahead' : undefined}>
              <b>{after}</b>
              <Node kind={kind} icon={icon} />
              <p>
                <b>{title}</b>
                <span>{detail}</span>
              </p>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
