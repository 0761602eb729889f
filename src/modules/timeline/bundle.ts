import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { z } from 'zod'
import { iso } from '../../kernel/time.ts'
import { brokenAt, CHAIN_START, digestOf, type Link } from './chain.ts'
import type { RecordedEvent } from './events.ts'

export const BUNDLE_FORMAT = 'tocsin.dev/bundle/v1'

const digest = z.string().regex(/^[0-9a-f]{64}$/)
// As it was sealed: the same moment written in another way would be another seal.
const moment = z.string().refine((text) => !Number.isNaN(Date.parse(text)) && iso(Date.parse(text)) === text)

const bundledEvent = z.object({
  v: z.int(),
  seq: z.int(),
  incidentId: z.string(),
  happenedAt: moment,
  recordedAt: moment,
  actor: z.string(),
  type: z.string(),
  data: z.string().nullable(),
  digest,
  hash: digest,
})

const bundle = z.object({
  format: z.literal(BUNDLE_FORMAT),
  incident: z.object({ id: z.string(), number: z.string(), title: z.string() }),
  exportedAt: moment,
  head: z.object({ seq: z.int(), hash: digest }),
  key: z.string(),
  signature: z.string(),
  events: z.array(z.unknown()),
})

export type BundledEvent = z.infer<typeof bundledEvent>
export type Head = z.infer<typeof bundle>['head']

/** A link of the chain as it leaves the house. The digest stands beside data that is there, so that every event reads alike. */
export function bundledOf({ v, seq, entry, data, digest, hash }: Link & { hash: string }): BundledEvent {
  const { incidentId, happenedAt, recordedAt, actor, event } = entry
  return {
    ...{ v, seq, incidentId, happenedAt: iso(happenedAt), recordedAt: iso(recordedAt), actor, type: event.type, data },
    digest: data === null ? (digest ?? '') : digestOf(data),
    hash,
  }
}

/** What is signed: which incident, how far, and when. Everything before the head hangs on its hash. */
export function signedText({ id, head, exportedAt }: { id: string; head: Head; exportedAt: string }): string {
  return [BUNDLE_FORMAT, id, head.seq, head.hash, exportedAt].join('\n')
}

export type BundleCheck =
  | { state: 'whole'; number: string; title: string; events: number; goneSeqs: number[]; exportedAt: string; key: string }
  | { state: 'no-bundle' }
  /** The first event that does not fit. */
  | { state: 'broken'; seq: number }
  /** Every event fits, and who signed did not sign this. */
  | { state: 'not-signed' }

/** Whether a bundle is as it was signed: needs nothing but the bundle. Whose key it is, is for the reader to compare. */
export function checkBundle(value: unknown): BundleCheck {
  const read = bundle.safeParse(value)
  if (!read.success) return { state: 'no-bundle' }
  const { incident, exportedAt, head, key, signature, events } = read.data
  const links: (Link & { hash: string })[] = []
  const goneSeqs: number[] = []
  for (const [i, one] of events.entries()) {
    const event = bundledEvent.safeParse(one)
    if (!event.success || !isOwn(event.data, incident.id)) return { state: 'broken', seq: brokenAt(links) ?? seqOf(one) ?? i + 1 }
    if (event.data.data === null) goneSeqs.push(event.data.seq)
    links.push(linkOf(event.data))
  }
  const broken = brokenAt(links)
  if (broken !== undefined) return { state: 'broken', seq: broken }
  const last = links.at(-1) ?? { seq: 0, hash: CHAIN_START }
  if (head.seq !== last.seq || head.hash !== last.hash) return { state: 'broken', seq: Math.min(last.seq, head.seq) + 1 }
  if (!isSigned(signedText({ id: incident.id, head, exportedAt }), key, signature)) return { state: 'not-signed' }
  const { number, title } = incident
  return { state: 'whole', number, title, events: links.length, goneSeqs, exportedAt, key }
}

function isOwn({ incidentId, data, digest }: BundledEvent, id: string): boolean {
  return incidentId === id && (data === null || digestOf(data) === digest)
}

function linkOf({ v, seq, incidentId, happenedAt, recordedAt, actor, type, data, digest, hash }: BundledEvent) {
  const said = { incidentId, happenedAt: Date.parse(happenedAt), recordedAt: Date.parse(recordedAt), actor, event: { type } }
  return { v, seq, entry: said as unknown as RecordedEvent, data, digest, hash }
}

function seqOf(event: unknown): number | undefined {
  const { seq } = (event ?? {}) as { seq?: unknown }
  return Number.isInteger(seq) ? (seq as number) : undefined
}

function isSigned(text: string, key: string, signature: string): boolean {
  const known = keyOf(key)
  return known !== undefined && verify(null, Buffer.from(text), known, Buffer.from(signature, 'base64'))
}

function keyOf(key: string): KeyObject | undefined {
  try {
    const known = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' })
    return known.asymmetricKeyType === 'ed25519' ? known : undefined
  } catch {
    return undefined
  }
}
