import type { ReactNode } from 'react'
import { parseDuration } from '../../../kernel/duration.ts'
import { Chip } from '../../parts/chip.tsx'
import { classNames } from '../../parts/class-names.ts'
import { durationInWords } from '../../parts/durations.ts'
import { Icon } from '../../parts/icon.tsx'
import type { IconName } from '../../parts/icon-names.ts'
import { Note } from '../../parts/note.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { momentWithZones, timeOfDay } from '../../parts/time-words.ts'
import { words as severity } from '../../product/severity/words.ts'
import type { Level, Plan } from './draft.ts'
import { words } from './words.ts'

const say = words.plan

export interface PlanOf {
  level: Level
  plan: Plan
}

interface PlanPanelProps {
  /** None until it has been worked out. */
  chosen: PlanOf | undefined
  /** What the facts propose, where something milder is chosen: what will not happen is shown too. */
  proposed: PlanOf | undefined
  failed: boolean
  stale: string | undefined
  /** A service or a policy is named. */
  hasWhom: boolean
  /** Its own pages run already, and go on. */
  goesOn: boolean
  lookOf: (person: string) => string
}

export function PlanPanel({ chosen: whole, proposed: other, failed, goesOn, stale, hasWhom, lookOf }: PlanPanelProps) {
  const chosen = whole && goesOn ? withoutRun(whole) : whole
  const proposed = other && goesOn ? withoutRun(other) : other
  if (!chosen) return <p className="sub">{failed ? say.failed : say.working}</p>
  const lines = linesOf(chosen, proposed, lookOf)
  const differing = lines.filter(({ struck, differs }) => struck || differs !== undefined).length
  const { level, plan } = chosen
  const byPolicy = plan.pages.some(({ by }) => by === 'policy')
  const wakesNobody = level.raise.every(({ how }) => how !== 'page')
  const [first, ...others] = plan.warnings
  // The first says why nobody is paged, in the words of the API; here it has its own.
  const why = byPolicy || goesOn ? undefined : wakesNobody ? say.wakesNobody(level.key) : hasWhom ? first : say.noPolicy
  return (
    <>
      <header className="line">
        <h3 className="grow">{say.title(level.key)}</h3>
        {proposed && differing > 0 && <Chip tone="warn">{say.differ(differing, proposed.level.key)}</Chip>}
      </header>
      {why !== undefined && <Note tone="warn">{why}</Note>}
      <ol className="rope foreseen" aria-label={say.title(level.key)}>
        {lines.map((line) => (
          <PlanLine key={line.key} line={line} />
        ))}
      </ol>
      {(byPolicy || goesOn ? plan.warnings : others).map((warning) => (
        <Note key={warning} tone="warn">
          {warning}
        </Note>
      ))}
      {stale !== undefined && <Note tone="warn">{say.stale(stale)}</Note>}
    </>
  )
}

/** How many are woken and how many told, beside the button. */
export function planInShort({ pages, tells }: Plan, goesOn: boolean): string {
  const woken = goesOn ? pages.filter(({ by }) => by !== 'policy') : pages
  return say.summary(say.pages(woken.length), say.told(new Set(tells.flatMap(({ people }) => people)).size))
}

function withoutRun({ plan, level }: PlanOf): PlanOf {
  return { level, plan: { ...plan, pages: plan.pages.filter(({ by }) => by !== 'policy') } }
}

interface Line {
  key: string
  /** `later` has no time of its own. */
  at: 'now' | 'later' | number
  icon: IconName
  title: string
  detail?: string | undefined
  /** What is otherwise than proposed. */
  differs?: string | undefined
  /** Proposed, and will not happen. */
  struck?: boolean
}

function PlanLine({ line: { at, icon, title, detail, differs, struck } }: { line: Line }) {
  const time = typeof at === 'number' ? timeOfDay(at, 'UTC') : say[at]
  const whole = useTicking((now, zone) => (typeof at === 'number' ? `${momentWithZones(at, now, zone)}.` : ''))
  return (
    <li className={classNames(struck && 'foreseen-struck', differs !== undefined && 'foreseen-differs')}>
      <span className="foreseen-time">{time}</span>
      <span className={classNames('node', icon === 'bell' && !struck ? 'node-key' : 'node-fact')}>
        <Icon name={icon} size={13} />
      </span>
      <div className="foreseen-what">
        <p>{struck ? <s>{title}</s> : title}</p>
        <Detail>{[whole, detail].filter(Boolean).join(' ')}</Detail>
        {differs !== undefined && <p className="foreseen-other">{differs}</p>}
      </div>
    </li>
  )
}

function Detail({ children }: { children: ReactNode }) {
  return children ? <p className="dim fine">{children}</p> : null
}

function linesOf({ plan, level }: PlanOf, proposed: PlanOf | undefined, lookOf: (person: string) => string): Line[] {
  return [
    ...pagesOf(plan, proposed?.plan, level),
    ...tellsOf(plan, proposed?.plan, level, lookOf),
    ...rolesOf(plan, proposed?.plan, level),
    ...updatesOf({ plan, level }, proposed),
    endOf(level, proposed?.level),
  ]
}

function pagesOf({ pages }: Plan, proposed: Plan | undefined, level: Level): Line[] {
  const whoms = [...new Set(pages.map(({ by }) => by))]
  const kept = whoms.map((by): Line => {
    const names = pages.filter((one) => one.by === by).map(({ displayName }) => displayName)
    return {
      ...{ key: `page ${by}`, at: 'now', icon: 'bell', title: say.page(severity.and(names)) },
      detail: by === 'policy' ? say.byPolicy : say.byWhom(severity.whom[by] ?? by),
    }
  })
  const missing = proposed?.pages.filter(({ person }) => !pages.some((one) => one.person === person)) ?? []
  return missing.length === 0
    ? kept
    : [...kept, gone('page', 'bell', say.page(severity.and(missing.map(({ displayName }) => displayName))), level)]
}

function tellsOf({ tells }: Plan, proposed: Plan | undefined, level: Level, lookOf: (person: string) => string): Line[] {
  const titleOf = ({ how, whom }: Plan['tells'][number]) =>
    how === 'ticket' || how === 'queue' ? say[how] : say.tell(whom === null ? say.team : (severity.whom[whom] ?? whom))
  const reaches = ({ whom, people }: Plan['tells'][number]) => whom === null || people.length > 0
  const kept = tells.filter(reaches).map((tell): Line => {
    const { how, whom, people } = tell
    const detail = how === 'notify' || how === 'chat' ? say.how[how](severity.and(people.map(lookOf)) || say.team) : undefined
    return {
      key: `tell ${how} ${whom}`,
      at: 'now',
      icon: how === 'notify' || how === 'chat' ? 'mail' : 'inbox',
      title: titleOf(tell),
      detail,
    }
  })
  const missing = proposed?.tells.filter((tell) => reaches(tell) && !tells.some(({ whom }) => whom === tell.whom)) ?? []
  return [...kept, ...missing.map((tell) => gone(`tell ${tell.how} ${tell.whom}`, 'mail', titleOf(tell), level))]
}

function rolesOf({ roles }: Plan, proposed: Plan | undefined, level: Level): Line[] {
  const nameOf = (role: string) => severity.role[role] ?? role
  const missing = proposed?.roles.filter((role) => !roles.includes(role)) ?? []
  if (roles.length === 0)
    return missing.length === 0
      ? []
      : [{ ...gone('roles', 'users', say.roles(missing.length), level), detail: severity.and(missing.map(nameOf)) }]
  return [
    {
      ...{
        key: 'roles',
        at: 'now',
        icon: 'users',
        title: say.roles(roles.length),
        detail: `${sentence(severity.and(roles.map(nameOf)))}.`,
      },
      differs: missing.length === 0 ? undefined : say.noRoles(severity.and(missing.map(nameOf))),
    },
  ]
}

function updatesOf({ plan, level }: PlanOf, proposed: PlanOf | undefined): Line[] {
  const before = proposed?.plan.nextUpdateBy
  if (plan.nextUpdateBy === null)
    return before && proposed ? [{ ...gone('update', 'mega', say.update, level), detail: say.noUpdate(level.key) }] : []
  const at = Date.parse(plan.nextUpdateBy)
  // Both were asked a moment apart.
  const laterMs = before ? Math.round((at - Date.parse(before)) / 60_000) * 60_000 : 0
  return [
    {
      ...{ key: 'update', at, icon: 'mega', title: say.update },
      detail: level.update && say.every(durationInWords(parseDuration(level.update.every)!)),
      differs: laterMs > 0 && proposed ? say.updateLater(durationInWords(laterMs), proposed.level.key) : undefined,
    },
  ]
}

function endOf(level: Level, proposed: Level | undefined): Line {
  const isEasier = proposed !== undefined && (proposed.resolve !== level.resolve || proposed.review !== level.review)
  return {
    ...{ key: 'end', at: 'later', icon: 'shield' },
    title: say.resolve[level.resolve](durationInWords(parseDuration(level.monitoring.least)!)),
    detail: say.review[level.review],
    differs: isEasier ? say.resolveEasier(proposed.key) : undefined,
  }
}

function gone(key: string, icon: IconName, title: string, level: Level): Line {
  return { key: `no ${key}`, at: 'now', icon, title, detail: say.notAt(level.key), struck: true }
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
