import type { Actor } from '../../kernel/actor.ts'
import { type Issue, isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Database, Transaction } from '../../platform/db.ts'
import type { SecretOf } from '../../platform/secrets.ts'
import {
  calledAs,
  type Document,
  type Documents,
  moveDocuments,
  type NewVersion,
  type Origin,
  type Snapshot,
  type Vocabulary,
  writeDocuments,
} from '../documents/index.ts'
import type { Affected } from '../oncall/index.ts'
import { withdrawPagesOf } from '../paging/index.ts'
import { keepingTurns, whoIsAffected } from './affected.ts'
import { type WrittenKind, writtenKind } from './kinds.ts'
import { differencesOf, type Plan, planOf } from './plan.ts'
import { inOrder, keyOf, type Reading, readDocuments, readObject, type WrittenDocument } from './read.ts'
import { lookAtSecrets } from './secrets.ts'
import { checkTogether, goingAlong, lackingIssues, type Removal, snapshotAfter, stillNeeded } from './together.ts'
import { takenFromDemo, warningsAbout } from './warnings.ts'
import type { ConfigurationFile } from './yaml.ts'

export interface ConfigurationParts {
  db: Database
  documents: Documents
  vocabulary: Vocabulary
  secretOf: SecretOf
}

/** A plan, what is allowed by it and yet leaves somebody unpaged, and whom it puts on call or takes off. */
export interface Planning extends Plan {
  warnings: Issue[]
  whoIsAffected: Affected[]
}

interface PlanOptions {
  prune: boolean
  /** Changes the starts of layers so that whoever has the turn keeps it. */
  keepTurn?: boolean
  /** What is typed is looked at, and nothing of it is going to be done. */
  looks?: boolean
}

/** Documents as they were read, and which of their secrets are not there. Reading takes its time, and needs nothing of the database. */
export interface Read {
  reading: Reading
  missing: Issue[]
}

export function readFiles(parts: ConfigurationParts, files: ConfigurationFile[]): Promise<Read> {
  return lookedAt(parts, readDocuments(files, parts.vocabulary))
}

export function readChange(parts: ConfigurationParts, { kind, name, spec }: ObjectChange): Promise<Read> {
  return lookedAt(parts, readObject({ kind: kind.name, name, spec }, parts.vocabulary))
}

async function lookedAt({ secretOf }: ConfigurationParts, reading: Reading): Promise<Read> {
  return { reading, missing: await lookAtSecrets(reading, secretOf) }
}

/** What documents would change, or what is wrong with them. */
export async function planDocuments(
  parts: ConfigurationParts,
  now: Instant,
  files: ConfigurationFile[],
  options: PlanOptions,
): Promise<Planning | Refusal<'invalid-configuration'>> {
  const { reading, missing } = await readFiles(parts, files)
  const outcome = planReading(reading, await parts.documents.fresh(parts.db.sql), now, options)
  return isRefusal(outcome) ? outcome : planningOf(outcome, now, options.looks ? missing : [...taken(outcome), ...missing])
}

/** Puts documents in force, all or none. They belong to their files from then on. */
export async function applyDocuments(
  tx: Transaction,
  now: Instant,
  by: Actor,
  documents: Documents,
  { reading, missing }: Read,
  options: PlanOptions,
): Promise<Planning | Refusal<'invalid-configuration'>> {
  const outcome = await applyReading(tx, now, by, documents, reading, { ...options, keepOthers: false })
  return isRefusal(outcome) ? outcome : planningOf(outcome, now, [...taken(outcome), ...missing])
}

/** A plan, the configuration it starts from and the one it leads to. */
interface Outcome {
  plan: Plan
  documents: WrittenDocument[]
  before: Snapshot
  after: Snapshot
  kept: Map<string, unknown>
}

function planReading(
  reading: Reading,
  before: Snapshot,
  now: Instant,
  { prune, keepTurn }: PlanOptions,
): (Outcome & { alongside: Removal[] }) | Refusal<'invalid-configuration'> {
  const { documents, kept } = keepTurn ? keepingTurns(reading.documents, before, now) : { documents: reading.documents, kept: new Map() }
  const plan = planOf(documents, before, { prune })
  const going = new Set(plan.removed.map(keyOf))
  const alongside = goingAlong(before, plan.removed, now).filter((one) => !going.has(keyOf(one)))
  const after = snapshotAfter(documents, before, plan.removed)
  const issues = inOrder(reading, [
    ...reading.issues,
    ...checkTogether(reading, before, [...plan.removed, ...alongside]),
    ...lackingIssues(before, after, reading.documents),
  ])
  return issues.length > 0 ? invalid(issues) : { plan, documents, before, after, kept, alongside }
}

/** `keepOthers`: leaves alone what people and programs made or ejected, whatever the files say. */
export async function applyReading(
  tx: Transaction,
  now: Instant,
  by: Actor,
  documents: Documents,
  reading: Reading,
  { keepOthers, ...options }: PlanOptions & { keepOthers: boolean },
): Promise<(Outcome & { leftAside: WrittenDocument[] }) | Refusal<'invalid-configuration'>> {
  const before = await documents.hold(tx)
  const leftAside = keepOthers ? reading.documents.filter((one) => isOthers(originOnServer(before, one))) : []
  const outcome = planReading({ ...reading, documents: reading.documents.filter((one) => !leftAside.includes(one)) }, before, now, options)
  if (isRefusal(outcome)) return outcome
  const { plan, documents: applied, alongside } = outcome
  const unchanged = new Set(plan.unchanged.map(keyOf))
  const inPlace = applied.filter((one) => unchanged.has(keyOf(one)))
  const written = applied.filter((one) => !unchanged.has(keyOf(one)))
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
  return { ...outcome, leftAside }
}

function isOthers(origin: Origin | undefined): boolean {
  return origin?.kind === 'ui' || origin?.kind === 'api'
}

function originIn(file: string | null, line: number): Origin {
  return file === null ? { kind: 'api' } : { kind: 'file', file, line }
}

function originOnServer(snapshot: Snapshot, { kind, name }: { kind: string; name: string }): Origin | undefined {
  return snapshot.get(writtenKind(kind)!, name)?.origin
}

const taken = ({ documents, before }: Outcome) => takenFromDemo(documents, before)

function planningOf({ plan, documents, before, after, kept }: Outcome, now: Instant, others: Issue[]): Planning {
  // Whoever applies the same again has been asked before.
  const same = new Set(plan.unchanged.map(keyOf))
  const [again, fresh] = [documents.filter((one) => same.has(keyOf(one))), documents.filter((one) => !same.has(keyOf(one)))]
  const told = warningsAbout(again, after, now).map(({ asks: _, ...issue }): Issue => issue)
  const warnings = [...warningsAbout(fresh, after, now), ...told, ...others]
  return { ...plan, warnings, whoIsAffected: whoIsAffected(before, after, now, kept) }
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
  const gone = [...removed.map((one) => ({ ...one, spec: undefined })), ...written].flatMap(({ kind, name, spec }) => {
    const known = writtenKind(kind)!
    return known.losesContacts?.(name, before.get(known, name)?.spec, spec) ?? []
  })
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
  tx: Transaction,
  documents: Documents,
  now: Instant,
  by: Actor,
  origin: Origin,
  change: ObjectChange,
  { reading, missing }: Read,
): Promise<{ document: Document<unknown>; warnings: Issue[]; whoIsAffected: Affected[] } | PutRefusal> {
  const { kind, name } = change
  const snapshot = await documents.hold(tx)
  const after = snapshotAfter(reading.documents, snapshot)
  const current = snapshot.get(kind, name)
  const issues = [...reading.issues, ...checkTogether(reading, snapshot), ...lackingIssues(snapshot, after, reading.documents)]
  if (issues.length > 0) return invalid(issues)
  if (current?.origin.kind === 'file' && !change.eject) return fromFile(current)
  if (change.expectedVersion !== undefined && change.expectedVersion !== (current?.version ?? 0))
    return conflict(change, current, reading.documents[0]!)
  const told = {
    warnings: [...warningsAbout(reading.documents, after, now), ...missing],
    whoIsAffected: whoIsAffected(snapshot, after, now),
  }
  const ejects = current?.origin.kind === 'file'
  if (current && !ejects && differencesOf(kind, current.spec, reading.documents[0]!.spec).length === 0)
    return { document: current, ...told }
  const [document] = await writeDocuments(tx.sql, now, by, [{ kind: kind.name, name, spec: reading.documents[0]!.spec, origin }])
  await withdrawFrom(tx, now, snapshot, reading.documents, [])
  return { document: document!, ...told }
}

/** Takes an object over from its file as it is. */
export async function ejectObject(
  tx: Transaction,
  documents: Documents,
  now: Instant,
  by: Actor,
  origin: Origin,
  kind: WrittenKind,
  name: string,
): Promise<Document<unknown> | Refusal<'not-found'>> {
  const current = (await documents.hold(tx)).get(kind, name)
  if (!current) return notFound(kind, name)
  if (current.origin.kind !== 'file') return current
  const [ejected] = await writeDocuments(tx.sql, now, by, [{ kind: kind.name, name, spec: current.spec, origin }])
  return ejected!
}

export async function removeObject(
  tx: Transaction,
  documents: Documents,
  now: Instant,
  by: Actor,
  origin: Origin,
  { kind, name, eject }: { kind: WrittenKind; name: string; eject: boolean },
): Promise<Removal[] | Refusal<'not-found' | 'from-file' | 'still-needed' | 'last-owner'>> {
  const snapshot = await documents.hold(tx)
  const current = snapshot.get(kind, name)
  if (!current) return notFound(kind, name)
  if (current.origin.kind === 'file' && !eject) return fromFile(current)
  const alongside = goingAlong(snapshot, [current], now)
  const removed = [{ kind: current.kind, name }, ...alongside]
  const needed = stillNeeded(snapshot, removed)
  if (needed.length > 0)
    return refuse('still-needed', `${needed[0]!.message}${needed.length > 1 ? ` (and ${needed.length - 1} more)` : ''}.`, needed)
  const [lastOwner] = lackingIssues(snapshot, snapshotAfter([], snapshot, removed), [])
  if (lastOwner) return refuse('last-owner', `${lastOwner.message}.`)
  await writeDocuments(
    tx.sql,
    now,
    by,
    removed.map((one) => ({ ...one, spec: null, origin })),
  )
  await withdrawFrom(tx, now, snapshot, [], removed)
  return removed
}

export function notFound(kind: WrittenKind, name: string): Refusal<'not-found'> {
  return refuse('not-found', `There is no ${calledAs({ kind: kind.name, name: name.slice(0, 100) })}.`)
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
  const called = calledAs({ kind: kind.name, name })
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
