import { parseDuration } from '../../../kernel/duration.ts'
import { type Instant, MINUTE } from '../../../kernel/time.ts'
import type { PolicySpec, Target } from '../../../modules/escalation/policy.ts'

export type { PolicySpec, Target }

export type LevelSpec = PolicySpec['levels'][number]

/** `schedule:payments-primary`, as one value of a field. */
export function targetKey(target: Target): string {
  if ('person' in target) return `person:${target.person}`
  if ('schedule' in target) return `schedule:${target.schedule}`
  return 'team' in target ? `team:${target.team}` : 'admins:'
}

export function targetOf(key: string): Target {
  const [kind, name] = [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)]
  if (kind === 'person') return { person: name }
  if (kind === 'schedule') return { schedule: name }
  return kind === 'team' ? { team: name } : { admins: true }
}

/** What a level more begins with: as long after the last as that is after the one before it. */
export function nextLevel(levels: LevelSpec[]): LevelSpec {
  return { after: levels.length === 0 ? '0m' : writtenMs(lastMs(levels) + lastGapMs(levels)), notify: [] }
}

/** Levels change places, minutes stay: whoever moves up is paged when that place is. */
export function movedLevel(levels: LevelSpec[], from: number, to: number): LevelSpec[] {
  const order = [...levels]
  const [level] = order.splice(from, 1)
  order.splice(to, 0, level!)
  return order.map((one, place) => ({ ...one, after: levels[place]!.after }))
}

/** When the next round begins and when the catch-all is tried, if every level is reached and nobody answers. */
export function roundsOf({ levels, repeat = 0, round }: PolicySpec): { roundMs: number; catchAllMs: number } {
  const roundMs = levels.length === 0 ? 0 : Math.max(lastMs(levels) + lastGapMs(levels), (round && parseDuration(round)) || 0)
  return { roundMs, catchAllMs: roundMs * (repeat + 1) }
}

function lastMs(levels: LevelSpec[]): number {
  return parseDuration(levels.at(-1)?.after ?? '') ?? 0
}

function lastGapMs(levels: LevelSpec[]): number {
  const before = parseDuration(levels.at(-2)?.after ?? '')
  return before === undefined ? 5 * MINUTE : Math.max(0, lastMs(levels) - before) || 5 * MINUTE
}

function writtenMs(ms: number): string {
  return ms % MINUTE === 0 ? `${ms / MINUTE}m` : `${Math.round(ms / 1000)}s`
}

/** What would happen, minute by minute, if nobody answered. */
export interface Simulation {
  severity: number
  urgency: 'high' | 'low'
  startsAt: Instant
  steps: SimulatedStep[]
  skippedRounds: number
}

export interface SimulatedStep {
  round: number
  level: number
  catchAll: boolean
  at: Instant
  found: { person: string | null; displayName: string | null; why: string; absent: boolean }[]
  pages: { at: Instant; person: string; displayName: string; contact: string; channel: string }[]
}

/** Pages that go to one person at one moment stand in one line. */
export function pagesTogether(pages: SimulatedStep['pages']): { at: Instant; person: string; displayName: string; channels: string[] }[] {
  const lines = new Map<string, { at: Instant; person: string; displayName: string; channels: string[] }>()
  for (const { at, person, displayName, channel } of pages) {
    const line = lines.get(`${at} ${person}`)
    if (line) line.channels.push(channel)
    else lines.set(`${at} ${person}`, { at, person, displayName, channels: [channel] })
  }
  return [...lines.values()]
}

/** The hardest hour of the week: the next Sunday at 03:11, as a clock on the wall shows it. */
export function nextSundayNight(today: Date): string {
  const sunday = new Date(today.getFullYear(), today.getMonth(), today.getDate() + ((7 - today.getDay()) % 7 || 7))
  const two = (value: number) => String(value).padStart(2, '0')
  return `${sunday.getFullYear()}-${two(sunday.getMonth() + 1)}-${two(sunday.getDate())}T03:11`
}
