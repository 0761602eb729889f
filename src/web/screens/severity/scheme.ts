import { parseDuration } from '../../../kernel/duration.ts'
import type { SeverityFacts } from '../../../modules/severity/facts.ts'
import { holds } from '../../../modules/severity/holds.ts'
import type { propose } from '../../../modules/severity/propose.ts'
import { durationInWords } from '../../parts/durations.ts'
import { countText } from '../../parts/number-words.ts'
import { factInWords, words as severity } from '../../product/severity/words.ts'
import { words } from './words.ts'

export interface Scheme {
  name: string
  version: number
  builtIn: boolean
  spec: SeverityScheme
}

type SeverityScheme = Parameters<typeof propose>[0]
export type SeverityLevel = SeverityScheme['levels'][number]
type Condition = SeverityScheme['rules'][number]['when']

export function titleOf({ name, spec }: Scheme): string {
  return spec.displayName ?? name
}

/** Numbers of the rules that speak, in their order; the first of the worst decides. */
export function rulesThatHold({ rules, levels }: SeverityScheme, facts: SeverityFacts): { decides: number | undefined; also: number[] } {
  const held = rules.flatMap(({ when }, place) => (holds(when, facts) ? [place + 1] : []))
  const rank = (rule: number) => levels.findIndex(({ key }) => key === rules[rule - 1]!.level)
  const decides = held.find((rule) => held.every((other) => rank(rule) <= rank(other)))
  return { decides, also: held.filter((rule) => rule !== decides) }
}

/** What a rule asks for, as a sentence without its full stop. */
export function conditionInWords(when: Condition): string {
  return capital(severity.and(Object.entries(when).map(([fact, value]) => partInWords(fact, value))))
}

type Range = { from?: number | undefined; over?: number | undefined; to?: number | undefined }

function partInWords(fact: string, value: unknown): string {
  if (fact === 'users') {
    if (typeof value === 'string') return factInWords(fact, { words: value })!
    return words.ranges.users(amount((value as { percent: Range }).percent, ' %'))
  }
  if (fact === 'errorPercent') return words.ranges.errorPercent(amount(value as Range, ' %'))
  if (fact === 'revenuePerHourUsd') return words.ranges.revenuePerHourUsd(amount(value as Range, ' US$'))
  if (fact === 'systemsDown') return words.ranges.systemsDown(amount(value as Range, ''))
  return (factInWords(fact, value) ?? `${fact}: ${String(value)}`).replace(/\.$/, '')
}

function amount({ from, over, to }: Range, unit: string): string {
  const said = (n: number) => `${countText(n)}${unit}`
  if (over === 0 && to === undefined) return words.ranges.any
  const least = over === undefined ? from : over
  if (least === undefined) return to === 0 ? words.ranges.none : words.ranges.atMost(said(to!))
  if (to !== undefined) return words.ranges.between(countText(least), said(to))
  return over === undefined ? words.ranges.orMore(said(least)) : words.ranges.moreThan(said(least))
}

/** The same as the document has it, for whoever writes one. */
export function conditionAsWritten(when: Condition): string {
  return Object.entries(when)
    .map(([fact, value]) => `${fact}: ${written(value)}`)
    .join(', ')
}

function written(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([key, inner]) => `${key} ${written(inner)}`)
    .join(' ')
}

/** Whom a level wakes, each named once. */
export function pagedBy({ raise }: SeverityLevel): string[] {
  return namesOf(raise.filter(({ how }) => how === 'page'))
}

export function toldBy({ raise }: SeverityLevel): string[] {
  const people = namesOf(raise.filter(({ how }) => how === 'notify' || how === 'chat'))
  return [...people, ...(['queue', 'ticket'] as const).flatMap((how) => (raise.some((one) => one.how === how) ? [words.how[how]] : []))]
}

function namesOf(raise: SeverityLevel['raise']): string[] {
  return [...new Set(raise.map(({ whom, clock }) => `${severity.whom[whom ?? 'team']}${clock === 'business' ? words.byDay : ''}`))]
}

/** Within what time somebody has it, or answers it where that is all the level says. */
export function takenWithin({ acknowledge, respond }: SeverityLevel): string | undefined {
  const promise = acknowledge ?? respond
  if (!promise) return undefined
  if ('businessDays' in promise) return words.workingDays(promise.businessDays)
  return `${lasts(promise.within)}${promise.clock === 'business' ? words.byDay : ''}`
}

export function rolesOf({ roles }: SeverityLevel): string[] {
  return roles.required.map((role) => severity.role[role] ?? role)
}

/** A length of time as the document writes it. */
export function lasts(written: string): string {
  return durationInWords(parseDuration(written)!)
}

/** The whole of a level, as one would say it to somebody new. */
export function saidAloud(level: SeverityLevel): string[] {
  const paged = pagedBy(level)
  const told = toldBy(level)
  const within = takenWithin(level)
  const roles = rolesOf(level)
  return [
    level.meaning,
    paged.length > 0 ? words.aloud.pages(severity.and(paged)) : words.aloud.wakesNobody,
    ...(told.length > 0 ? [words.aloud.tells(severity.and(told))] : []),
    ...(within === undefined ? [] : [words.aloud.taken(within)]),
    level.update
      ? words.aloud.update(lasts(level.update.every)) +
        (level.update.statusPage === undefined ? '' : ` ${words.aloud.statusPage(lasts(level.update.statusPage))}`)
      : words.aloud.noUpdate,
    ...(level.escalate ?? []).map(({ to, after }) =>
      parseDuration(after) === 0 ? words.aloud.escalateNow(severity.whom[to]!) : words.aloud.escalate(severity.whom[to]!, lasts(after)),
    ),
    roles.length > 0 ? words.aloud.wants(severity.and(roles)) : words.aloud.wantsNobody,
    words.aloud.resolve[level.resolve](lasts(level.monitoring.least)),
    words.aloud.review[level.review],
  ]
}

/** What moves a result once the rules have spoken. */
export function afterwards({ spec }: Scheme): string[] {
  const { conditional = [], holds: held, fromAlert, levels } = spec
  const worstAlone = levels.findIndex(({ key }) => key === fromAlert[0])
  return [
    ...(levels.length > 2 ? [words.after.worsening(levels.slice(2).map(({ key }) => key))] : []),
    ...conditional.map(({ from, to, when }) => words.after.conditional(conditionInWords(when), from, to)),
    ...(held?.cosmetic ? [words.after.cosmetic(held.cosmetic)] : []),
    ...(held?.internal ? [words.after.internal(held.internal)] : []),
    words.after.default(spec.default),
    ...(worstAlone > 0 ? [words.after.alertAlone(levels[worstAlone]!.key)] : []),
  ]
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
