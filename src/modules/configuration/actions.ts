import type { Actor } from '../../kernel/actor.ts'
import { type Issue, isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Database, Transaction } from '../../platform/db.ts'
import {
  type Document,
  type Documents,
  lockDocuments,
  moveDocuments,
  type NewVersion,
  type Origin,
  type Snapshot,
  writeDocuments,
} from '../documents/index.ts'
import { withdrawPagesOf } from '../paging/index.ts'
import { Person, type PersonSpec } from '../people/index.ts'
import { calledAs, type WrittenKind, writtenKind } from './kinds.ts'
import { lastOwnerIssues } from './owners.ts'
import { differencesOf, type Plan, planOf } from './plan.ts'
import { warningsAbout } from './reachability.ts'
import { inOrder, keyOf, type Reading, readDocuments, readObject, type Vocabulary, type WrittenDocument } from './read.ts'
import { checkTogether, overridesGoingAlong, type Removal, snapshotAfter, stillNeeded } from './together.ts'
import type { ConfigurationFile } from './yaml.ts'

export interface ConfigurationParts {
  db: Database
  documents: Documents
  vocabulary: Vocabulary
}

/** A plan, and what is allowed by it and yet leaves somebody unpaged. */
export interface Planning extends Plan {
  warnings: Issue[]
}

/** What documents would change, or what is wrong with them. */
export async function planDocuments(
  parts: ConfigurationParts,
  now: Instant,
  files: ConfigurationFile[],
  { prune }: { prune: boolean },
): Promise<Planning | Refusal<'invalid-configuration'>> {
  const reading = readDocuments(files, parts.vocabulary)
  const outcome = planReading(reading, await parts.documents.fresh(parts.db.sql), now, prune)
  return isRefusal(outcome) ? outcome : { ...outcome.plan, warnings: warningsOf(reading, outcome, now) }
}

/** Puts documents in force, all or none. They belong to their files from then on. */
export async function applyDocuments(
  parts: ConfigurationParts,
  now: Instant,
  by: Actor,
  files: ConfigurationFile[],
  { prune }: { prune: boolean },
): Promise<Planning | Refusal<'invalid-configuration'>> {
  // Reading takes its time and needs nothing of the database: the lock is held for the rest only.
  const reading = readDocuments(files, parts.vocabulary)
  const outcome = await parts.db.transaction((tx) => applyReading(tx, now, by, parts.documents, reading, { prune, keepOthers: false }))
  return isRefusal(outcome) ? outcome : { ...outcome.plan, warnings: warningsOf(reading, outcome, now) }
}

/** A plan with the configuration it starts from. */
interface Outcome {
  plan: Plan
  before: Snapshot
}

function planReading(
  reading: Reading,
  before: Snapshot,
  now: Instant,
  prune: boolean,
): (Outcome & { alongside: Removal[] }) | Refusal<'invalid-configuration'> {
  const plan = planOf(reading.documents, before, { prune })
  const going = new Set(plan.removed.map(keyOf))
  const alongside = overridesGoingAlong(before, plan.removed, now).filter((one) => !going.has(keyOf(one)))
  const after = snapshotAfter(reading.documents, before, plan.removed)
  const issues = inOrder(reading, [
    ...reading.issues,
    ...checkTogether(reading, before, [...plan.removed, ...alongside]),
    ...lastOwnerIssues(before, after, reading.documents),
  ])
  return issues.length > 0 ? invalid(issues) : { plan, before, alongside }
}

/** `keepOthers`: leaves alone what people and programs made or ejected, whatever the files say. */
export async function applyReading(
  tx: Transaction,
  now: Instant,
  by: Actor,
  documents: Documents,
  reading: Reading,
  { prune, keepOthers }: { prune: boolean; keepOthers: boolean },
): Promise<(Outcome & { kept: WrittenDocument[] }) | Refusal<'invalid-configuration'>> {
  await lockDocuments(tx.sql)
  const before = await documents.fresh(tx.sql)
  const kept = keepOthers ? reading.documents.filter((one) => isOthers(originOnServer(before, one))) : []
  const applied = { ...reading, documents: reading.documents.filter((one) => !kept.includes(one)) }
  const outcome = planReading(applied, before, now, prune)
  if (isRefusal(outcome)) return outcome
  const { plan, alongside } = outcome
  const unchanged = new Set(plan.unchanged.map(keyOf))
  const inPlace = applied.documents.filter((one) => unchanged.has(keyOf(one)))
  const written = applied.documents.filter((one) => !unchanged.has(keyOf(one)))
  const adopted = inPlace.filter((one) => originOnServer(before, one)?.kind !== 'file')
  await writeDocuments(tx.sql, now, by, [
    // An object that files take over unchanged gets a version that says so.
    ...[...written, ...adopted].map(({ kind, name, spec, file, line }): NewVersion => ({ kind, name, spec, origin: originIn(file, line) })),
    ...[...plan.removed, ...alongside].map(({ kind, name }): NewVersion => ({ kind, name, spec: null, origin: { kind: 'api' } })),
  ])
  await moveDocuments(
    tx.sql,
    inPlace.flatMap(({ kind, name, file, line }) => {
      const from = originOnServer(before, { kind, name })
      const moved = from?.kind === 'file' && file !== null && (from.file !== file || from.line !== line)
      return moved ? [{ kind, name, origin: originIn(file, line) }] : []
    }),
  )
  await withdrawFrom(tx, now, before, written, plan.removed)
  return { plan, before, kept }
}

function isOthers(origin: Origin | undefined): boolean {
  return origin?.kind === 'ui' || origin?.kind === 'api'
}

function originIn(file: string | null, line: number): Origin {
  return file === null ? { kind: 'api' } : { kind: 'file', file, line }
}

function originOnServer(snapshot: Snapshot, { kind, name }: { kind: string; name: string }): Origin | undefined {
  return snapshot.get(writtenKind(kind)!.kind, name)?.origin
}

function warningsOf(reading: Reading, { plan, before }: Outcome, now: Instant): Issue[] {
  return warningsAbout(reading.documents, snapshotAfter(reading.documents, before, plan.removed), now)
}

export function invalid(issues: Issue[]): Refusal<'invalid-configuration'> {
  const first = issues[0]!
  const place = first.file === undefined ? '' : `${first.file}, line ${first.line}: `
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : ''
  return refuse(
    'invalid-configuration',
    `Nothing was changed. ${place}${first.path === '' ? '' : `${first.path} `}${first.message}${more}`,
    issues,
  )
}

/** Pages wait for people and contacts that are gone: withdrawn in the transaction that removes these. */
async function withdrawFrom(
  tx: Transaction,
  now: Instant,
  before: Snapshot,
  written: WrittenDocument[],
  removed: Removal[],
): Promise<void> {
  const gone = [
    ...removed.filter(({ kind }) => kind === Person.name).map(({ name }) => ({ person: name, contact: null })),
    ...written
      .filter(({ kind }) => kind === Person.name)
      .flatMap(({ name, spec }) => {
        const staying = new Map((spec as PersonSpec).contacts?.map((one) => [one.name, one.channel]))
        const had = before.get(Person, name)?.spec.contacts ?? []
        // The same name on another channel is another contact.
        return had.filter((one) => staying.get(one.name) !== one.channel).map((one) => ({ person: name, contact: one.name }))
      }),
  ]
  if (gone.length > 0) await withdrawPagesOf(tx.sql, now, gone)
}

export interface ObjectChange {
  kind: WrittenKind
  name: string
  spec: unknown
  expectedVersion?: number | undefined
  /** Changes an object although it comes from a file, which then no longer decides. */
  eject: boolean
}

type PutRefusal = Refusal<'invalid-configuration' | 'conflict' | 'from-file'>

/** Makes or changes one object outside of files. */
export async function putObject(
  parts: ConfigurationParts,
  now: Instant,
  by: Actor,
  origin: Origin,
  change: ObjectChange,
): Promise<{ document: Document<unknown>; warnings: Issue[] } | PutRefusal> {
  const { kind, name } = change
  const reading = readObject({ kind: kind.kind.name, name, spec: change.spec }, parts.vocabulary)
  const before = await parts.db.transaction(async (tx): Promise<Snapshot | PutRefusal> => {
    await lockDocuments(tx.sql)
    const snapshot = await parts.documents.fresh(tx.sql)
    const current = snapshot.get(kind.kind, name)
    const issues = [
      ...reading.issues,
      ...checkTogether(reading, snapshot),
      ...lastOwnerIssues(snapshot, snapshotAfter(reading.documents, snapshot), reading.documents),
    ]
    if (issues.length > 0) return invalid(issues)
    if (current?.origin.kind === 'file' && !change.eject) return fromFile(current)
    if (change.expectedVersion !== undefined && change.expectedVersion !== (current?.version ?? 0))
      return conflict(change, current, reading.documents[0]!)
    const ejects = current?.origin.kind === 'file'
    if (current && !ejects && differencesOf(kind, current.spec, reading.documents[0]!.spec).length === 0) return snapshot
    await writeDocuments(tx.sql, now, by, [{ kind: kind.kind.name, name, spec: reading.documents[0]!.spec, origin }])
    await withdrawFrom(tx, now, snapshot, reading.documents, [])
    return snapshot
  })
  if (isRefusal(before)) return before
  const after = await parts.documents.fresh(parts.db.sql)
  return { document: after.get(kind.kind, name)!, warnings: warningsAbout(reading.documents, after, now) }
}

/** Takes an object over from its file as it is. */
export async function ejectObject(
  parts: ConfigurationParts,
  now: Instant,
  by: Actor,
  origin: Origin,
  kind: WrittenKind,
  name: string,
): Promise<Document<unknown> | Refusal<'not-found'>> {
  const done = await parts.db.transaction(async (tx) => {
    await lockDocuments(tx.sql)
    const current = (await parts.documents.fresh(tx.sql)).get(kind.kind, name)
    if (!current) return notFound(kind, name)
    if (current.origin.kind === 'file') await writeDocuments(tx.sql, now, by, [{ kind: kind.kind.name, name, spec: current.spec, origin }])
    return undefined
  })
  return done ?? (await parts.documents.fresh(parts.db.sql)).get(kind.kind, name)!
}

export async function removeObject(
  parts: ConfigurationParts,
  now: Instant,
  by: Actor,
  origin: Origin,
  { kind, name, eject }: { kind: WrittenKind; name: string; eject: boolean },
): Promise<Removal[] | Refusal<'not-found' | 'from-file' | 'still-needed' | 'last-owner'>> {
  return parts.db.transaction(async (tx) => {
    await lockDocuments(tx.sql)
    const snapshot = await parts.documents.fresh(tx.sql)
    const current = snapshot.get(kind.kind, name)
    if (!current) return notFound(kind, name)
    if (current.origin.kind === 'file' && !eject) return fromFile(current)
    const alongside = overridesGoingAlong(snapshot, [current], now)
    const removed = [{ kind: current.kind, name }, ...alongside]
    const needed = stillNeeded(snapshot, removed)
    if (needed.length > 0)
      return refuse('still-needed', `${needed[0]!.message}${needed.length > 1 ? ` (and ${needed.length - 1} more)` : ''}.`, needed)
    const [lastOwner] = lastOwnerIssues(snapshot, snapshotAfter([], snapshot, removed), [])
    if (lastOwner) return refuse('last-owner', `${lastOwner.message}.`)
    await writeDocuments(
      tx.sql,
      now,
      by,
      removed.map((one) => ({ ...one, spec: null, origin })),
    )
    await withdrawFrom(tx, now, snapshot, [], removed)
    return removed
  })
}

export function notFound(kind: WrittenKind, name: string): Refusal<'not-found'> {
  return refuse('not-found', `There is no ${calledAs({ kind: kind.kind.name, name: name.slice(0, 100) })}.`)
}

function fromFile({ kind, name, origin }: Document<unknown>): Refusal<'from-file'> {
  const place = origin.kind === 'file' ? `${origin.file}, line ${origin.line}` : 'a file'
  return refuse('from-file', `${calledAs({ kind, name })} comes from ${place}. Change it there, or eject it to change it here.`)
}

/** Both sides stand in the refusal: `current` as it is, and each difference as an issue. */
function conflict(
  { kind, name, expectedVersion }: ObjectChange,
  current: Document<unknown> | undefined,
  written: WrittenDocument,
): Refusal<'conflict'> {
  const called = calledAs({ kind: kind.kind.name, name })
  if (!current) return refuse('conflict', `${called} was removed meanwhile; you changed version ${expectedVersion}.`)
  const issues = differencesOf(kind, current.spec, written.spec).map(({ path, from, to }) => ({
    path: `spec.${path}`,
    message: `${valueText(from)} on the server, ${valueText(to)} in yours`,
  }))
  const message = `${called} was changed meanwhile by ${current.changedBy}: it is at version ${current.version}, you changed version ${expectedVersion}.`
  return Object.assign(refuse('conflict', message, issues), {
    current: { version: current.version, spec: current.spec, changedBy: current.changedBy },
  })
}

function valueText(value: unknown): string {
  return value === undefined ? 'not there' : (JSON.stringify(value) ?? '')
}
