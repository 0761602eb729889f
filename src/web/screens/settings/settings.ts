import type { Instant } from '../../../kernel/time.ts'

/** How the installation is set up; what is set by the environment and by what. */
export interface Setup {
  version: string
  schema: number
  node: string
  address: { url: string; listen: string }
  dataFolder: string
  database: { kind: 'embedded' | 'own'; host: string | null; name: string | null; version: string; bytes: number }
  mail: { server: string; from: string | null } | null
  egressAllow: string[]
  configuration: string | null
  demo: boolean | null
  adminToken: boolean
  secretKey: string | null
  logLevel: string
  given: string[]
  retention: { rawDays: number; sessionDays: number; loginLinkMinutes: number; actionLinkDays: number; repliesHours: number }
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

export type Role = 'owner' | 'admin' | 'responder' | 'viewer'

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
}
