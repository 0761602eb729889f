import type { Role } from '../../../kernel/permission.ts'
import type { Instant } from '../../../kernel/time.ts'

export type { Role }

/** How the installation is set up; what is set by the environment and by what. */
export interface Setup {
  version: string
  schema: number
  node: string
  zoneData: string
  address: { url: string; listen: string }
  dataFolder: string
  database: { kind: 'embedded' | 'own'; host: string | null; name: string | null; version: string; bytes: number; standby: boolean }
  mail: { server: string; from: string | null } | null
  egressAllow: string[]
  configuration: string | null
  demo: boolean | null
  adminToken: boolean
  secretKey: string | null
  secretsFolder: string
  logLevel: string
  given: string[]
  retention: {
    /** Null: for ever. */
    incidentDays: number | null
    alertDays: number | null
    rawDays: number
    rawBytes: number
    rawDayBytes: number
    rawDayAllBytes: number
    alertDayBytes: number
    alertDayAllBytes: number
    unparsedDays: number | null
    messageDays: number | null
    sessionDays: number
    loginLinkMinutes: number
    actionLinkDays: number
    repliesHours: number
  }
}

/** Whether paging keeps its promise. */
export interface Health {
  ready: boolean
  why: string[]
  loops: { name: string; everyMs: number; lastSuccessAt: Instant | undefined; lateMs: number; lastError: string | null }[]
  backlog: { bodies: number; oldestAt: Instant | undefined }
  horizonMs: number
  measured: {
    pages: number
    levels: number
    late: number
    unsure: number
    firstPageMs: { median: number; p99: number; worst: number } | null
    /** Oldest first; null on days without a page. */
    days: { at: Instant; worstMs: number | null }[]
  }
  channels: { channel: string; title: string; pages: number; delivered: number; failed: number; lastAt: Instant | undefined }[]
}

export interface Demo {
  company: string
  present: boolean
  holds: Record<'people' | 'teams' | 'schedules' | 'policies' | 'services' | 'integrations' | 'incidents', number>
  stays: { kind: string; name: string; usedBy: { name: string }[] }[]
}

export interface TokenRow {
  id: string
  label: string
  role: Role
  person: string | undefined
  createdAt: Instant
  lastUsedAt: Instant | undefined
}

export interface Issue {
  path: string
  message: string
  file?: string
  line?: number
}

/** What applying documents would do. */
export interface Plan {
  created: { kind: string; name: string }[]
  changed: { kind: string; name: string; differences: { path: string; from?: unknown; to?: unknown }[] }[]
  unchanged: unknown[]
  removed: { kind: string; name: string }[]
  onlyOnServer: unknown[]
  warnings: Issue[]
  whoIsAffected: { schedule: string; now: { from: string | null; to: string | null }; shifts: { changed: number; of: number } }[]
}
