import type { Instant } from '../../../kernel/time.ts'
import type { PersonLook } from '../../parts/avatar.tsx'
import type { SeverityRank } from '../../parts/severity-mark.tsx'
import type { words } from '../../product/people/words.ts'

export interface PersonContact {
  contact: string
  channel: string
  address: string
  state: 'works' | 'failing' | 'untried'
  deliveredAt?: Instant | undefined
  failedAt?: Instant | undefined
  failure?: string | undefined
  wakes: boolean
}

export interface PersonRule {
  contact: string
  channel: string
  afterSeconds: number
}

export type Check = keyof typeof words.checks.good

export interface WholePerson {
  name: string
  look: PersonLook
  isMe: boolean
  email?: string | undefined
  timeZone?: string | undefined
  teams: { name: string; displayName: string }[]
  contacts: PersonContact[]
  rules: { high: PersonRule[]; low: PersonRule[] }
  ownRules: { high: boolean; low: boolean }
  checks: { check: Check; passes: boolean; weight: 'unreachable' | 'doubtful' | 'hint'; contacts: string[] }[]
  places: { policy: string; policyName: string; level: number; catchAll: boolean; through: string }[]
  shifts: { schedule: string; scheduleName: string; from: Instant; until: Instant }[]
  recentPages: RecentPage[]
}

export interface RecentPage {
  id: string
  at: Instant
  contact: string
  channel: string
  status: keyof typeof words.status
  incident?: { number: string; title: string; severity: SeverityRank } | undefined
  acknowledgedAfterSeconds?: number | undefined
}
