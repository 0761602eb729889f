import type { ZodObject, ZodType } from 'zod'
import type { InEach, Language } from '../../kernel/language.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Reply, Request } from '../../platform/egress/index.ts'
import type { Mailer } from '../../platform/mail.ts'
import type { Reaches } from '../people/index.ts'

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
    /** What follows, as a sentence for the person: "Level 2 (Li Wei) is paged at 15:07 Berlin, 14:07 UTC." */
    ifNobodyActs?: string
    /** The alert that made the incident page again; title, severity and urgency below are then by it. */
    cause?: { dedupKey: string; title: string; severity: number }
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
  /** `language`: what every sentence of the message is to be written in; `timeZone`: the clock they go by, which it says beside UTC. */
  person: { name: string; displayName: string; language: Language; timeZone: string }
  alerts: {
    count: number
    newest: { dedupKey: string; title: string; severity: number; labels: Record<string, string>; annotations: Record<string, string> }[]
  }
  /** Signed links: GET shows a page with a button, a bare POST acts. */
  actions: { acknowledge: string; resolve: string; escalate: string }
}

export interface Contact {
  address: string
  /** What the channel's own `secret` says it is. Already resolved from its reference. */
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

/** Everything that forms, pickers, tables and documentation say about a channel stands here, and nowhere else. */
export interface Channel {
  /** The `channel` written in a Person's contact. */
  name: string
  /** One of the browser's drawings (`src/web/parts/icon-names.ts`). */
  icon: string
  /** As tables call it: "ntfy push". */
  title: InEach
  /** As it is offered among others, if that takes more words: "Push (ntfy)". */
  choice?: InEach
  /** As a line calls it in passing, if that takes fewer: "Push". */
  short?: InEach
  /** What to know before choosing it, for the documentation; Markdown. */
  about: string
  address: {
    /** Checks an address when it is saved; the message names the mend. */
    schema: ZodType<string>
    /** What to write, in a form. */
    hint: InEach
    example: string
  }
  secret?: { required: boolean; hint: InEach }
  /** What else can be set on a contact; drawn by the browser from the schema. Without it anything may stand there, and nothing is read. */
  settings?: { schema: ZodObject; labels: Record<string, { label: InEach; hint?: InEach }> }
  can: {
    /** Where acknowledging is offered: on the message itself, by a link that asks once more, or by a program as it likes. */
    acknowledge: 'on the message' | 'by a link' | 'by a program'
    /** Several pages may share one message. */
    bundle: boolean
    /** What hears it first. */
    reaches: Reaches
    /** What the vendor takes to one address, where it says so. */
    perMinute?: number
  }
  /** What the operator sets up before it can send. */
  needs?: 'mail'
  /** The web address that a contact makes us call, to be checked with `checkUrl` when it is saved. */
  leadsTo?(address: string, settings: Record<string, unknown>): string
  /** Sends one message holding one page, or several in a bundle. `idempotencyKey` stays the same over all attempts. */
  send(message: { idempotencyKey: string; pages: PageContent[] }, contact: Contact, reach: Reach): Promise<Outcome>
}
