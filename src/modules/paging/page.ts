import type { Id, RunId } from '../../kernel/ids.ts'
import { type Instant, SECOND } from '../../kernel/time.ts'
import type { Found } from '../timeline/index.ts'
import type { Outcome } from './channel.ts'

export type PageId = string

/** Attempts under way on one node at once. */
export const SEND_SLOTS = 32
/** How long a lease holds; another node takes over afterwards. */
export const LEASE_MS = 20 * SECOND
/** How long one attempt may take before the next contact goes. */
export const ATTEMPT_MS = 10 * SECOND
/** Pages to a bundling contact within this time of its last message leave together at its end. */
export const BUNDLE_WINDOW_MS = 30 * SECOND

/** A page to be: what the escalation decided for one person and one of their rules. */
export interface NewPage {
  id: PageId
  incidentId: string
  runId: RunId
  round: number
  /** 1 for the first; one more than the levels for the catch-all. */
  level: number
  person: string
  personVersion: number
  rule: number
  contact: string
  channel: string
  bundle: boolean
  urgency: 'high' | 'low'
  found: Found
  afterMs: number
}

/** A page that this node may send now: it holds the lease, and the attempt counts as begun. */
export interface LeasedPage {
  id: PageId
  incidentId: string
  runId: RunId
  round: number
  level: number
  person: string
  contact: string
  channel: string
  attempt: number
  possiblyDuplicate: boolean
  /** Shared by the pages of one message. */
  bundleId: string | null
  found: Found
}

/** The id says what it is for, so deciding twice queues one. */
export function pageId(incidentId: string, run: number, round: number, level: number, person: string, rule: number): PageId {
  return `${incidentId}:${run}:${round}:${level}:${person}:${rule}`
}

/** The number of the run that a page belongs to. */
export function runNumberOf(id: string): number {
  return Number(id.split(':')[1])
}

/** A test of one contact: it stands where pages have their incident. */
export type TestId = Id<'tst'>

/** A test page proves a contact and is about no incident: no timeline tells of it, nobody else is paged when it fails. */
export function isTest({ incidentId }: { incidentId: string }): boolean {
  return incidentId.startsWith('tst_')
}

export type NextState = { status: 'delivered' } | { status: 'gave-up' } | { status: 'retrying'; dueAt: Instant; possiblyDuplicate: boolean }

/** What becomes of a test page: whoever asked for it sees how it went, and asks again. */
export function afterTest(outcome: Outcome): NextState {
  return { status: outcome.kind === 'delivered' ? 'delivered' : 'gave-up' }
}

/** What becomes of a page after an attempt. Only an acknowledgement ends the retries of one that may still arrive. */
export function afterAttempt(outcome: Outcome, attempt: number, now: Instant): NextState {
  switch (outcome.kind) {
    case 'delivered':
      return { status: 'delivered' }
    case 'gave-up':
      return { status: 'gave-up' }
    case 'try-again':
      return {
        status: 'retrying',
        dueAt: now + Math.max(backoffMs(attempt), Math.min(outcome.retryAfterMs ?? 0, 60 * SECOND)),
        possiblyDuplicate: false,
      }
    case 'unknown':
      return { status: 'retrying', dueAt: now + backoffMs(attempt), possiblyDuplicate: true }
  }
}

/** 5 s, 10 s, 20 s, 40 s, then every minute. */
export function backoffMs(attempt: number): number {
  return Math.min(5 * SECOND * 2 ** (attempt - 1), 60 * SECOND)
}
