import type { ZodType } from 'zod'
import type { Language } from '../../kernel/language.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Reply, Request } from '../../platform/egress/index.ts'
import type { Mailer } from '../../platform/mail.ts'

export type { Mailer, Reply, Request }

/** How an attempt ended. `answer` is the provider's own word (status, first line), without secrets, for the delivery log. */
export type Outcome =
  | { kind: 'delivered'; answer: string }
  /** Refused or unanswered before anything was accepted; worth another try. */
  | { kind: 'try-again'; answer: string; retryAfterMs?: number }
  /** Will never work with this address: the mailbox does not exist, the receiver says 410 Gone. */
  | { kind: 'gave-up'; answer: string }
  /** The provider may have taken it (time-out after the request left, cut connection): repeated and marked as such. */
  | { kind: 'unknown'; answer: string }

/** One page as a person or program gets it; the JSON of `design: webhook channel`. */
export interface PageContent {
  page: {
    id: string
    level: number
    attempt: number
    reason: string
    possiblyDuplicate: boolean
    /** What follows, as a sentence for the person: "Level 2 (Li Wei) is paged at 14:07 UTC." */
    ifNobodyActs?: string
  }
  incident: {
    id: string
    number: string
    title: string
    severity: number
    status: string
    urgency: 'high' | 'low'
    service: string | null
    url: string
    startedAt: string
  }
  /** `language`: what every sentence of the message is to be written in. */
  person: { name: string; displayName: string; language: Language }
  alerts: {
    count: number
    newest: { dedupKey: string; title: string; severity: number; labels: Record<string, string>; annotations: Record<string, string> }[]
  }
  /** Signed links: GET shows a page with a button, a bare POST acts. */
  actions: { acknowledge: string; resolve: string; escalate: string }
}

export interface Contact {
  address: string
  /** For webhook: signs the body. For ntfy: the access token. Already resolved from its reference. */
  secret?: string
  settings: Record<string, unknown>
}

/** What a channel may use of the world; handed in, so that tests and guards stand in front of every request. */
export interface Reach {
  /** Sends one guarded HTTP request; see platform/egress/. */
  request: Request
  /** Outgoing mail, when the operator has set it up. */
  mail?: Mailer
  /** Stores a drawn-phone message for the browser to show. */
  screen: { show(message: ScreenMessage): Promise<void> }
  now: Instant
}

export interface ScreenMessage {
  person: string
  contact: string
  pages: PageContent[]
}

export interface Channel {
  /** The `channel` written in a Person's contact. */
  name: string
  /** As a person calls it: "Webhook". */
  title: string
  /** Checks an address when it is saved; the message names the mend. */
  address: ZodType<string>
  /** The web address that this contact address makes us call, to be checked with `checkUrl` when it is saved. */
  leadsTo?(address: string): string
  /** Sends one message holding one page, or several in a bundle. `idempotencyKey` stays the same over all attempts. */
  send(message: { idempotencyKey: string; pages: PageContent[] }, contact: Contact, reach: Reach): Promise<Outcome>
}
