import type { Instant } from '../../kernel/time.ts'
import type { Transaction } from '../../platform/db.ts'
import { DEADLINE_MS } from '../../platform/deadlines.ts'
import { forgetDemoDay, noteDemo } from '../../platform/installation.ts'
import { FORGET_ROWS } from '../../platform/retention.ts'
import { forgetPeople } from '../access/index.ts'
import { forgetAlerts } from '../alerts/index.ts'
import { forgetAttachments } from '../attachments/index.ts'
import { forgetCommand } from '../command/index.ts'
import { WRITTEN_KINDS } from '../configuration/index.ts'
import { type Documents, forgetDocuments, type Kind, readDemoObjects, type Snapshot, writeDocuments } from '../documents/index.ts'
import { forgetRuns } from '../escalation/index.ts'
import { forgetIncidentRows, numberText, readDemoIncidentIds, readOpenIncidents } from '../incidents/index.ts'
import { forgetBodies, forgetHeard } from '../intake/index.ts'
import { forgetPages } from '../paging/index.ts'
import { forgetIncidents } from '../timeline/index.ts'
import { companyDocuments } from './company.ts'
import { type Pointing, type Staying, staying } from './uses.ts'

const KINDS: Kind<unknown>[] = WRITTEN_KINDS.map((kind) => kind)

/** Lets the company come into being at a moment, with rotations that fit `now`. */
export async function foundCompany(tx: Transaction, at: Instant, now: Instant, keyOf: (integration: string) => string): Promise<void> {
  await writeDocuments(tx.sql, at, 'system', companyDocuments(now, keyOf))
}

/** The company's documents that would overwrite something of a person's own. */
export function namesTaken(snapshot: Snapshot, now: Instant, keyOf: (integration: string) => string): { kind: string; name: string }[] {
  return companyDocuments(now, keyOf).filter(({ kind, name }) => {
    const there = snapshot.get(KINDS.find((one) => one.name === kind)!, name)
    return there !== undefined && there.origin.kind !== 'demo'
  })
}

/**
 * Puts a past that was played beside what is real in its place: the company with all it ever did, there at once and whole.
 * Answers the names that stand in the way instead, if there are any.
 */
export async function takeOverPast(
  tx: Transaction,
  now: Instant,
  documents: Documents,
  keyOf: (integration: string) => string,
): Promise<{ taken: { kind: string; name: string }[] }> {
  const taken = namesTaken(await documents.hold(tx), now, keyOf)
  if (taken.length > 0) return { taken }
  await tx.sql`select demo_past_end()`
  await noteDemo(tx.sql, now)
  return { taken }
}

/** Whether the installation holds anything but the demo and what Tocsin itself puts there. */
export function hasOwnObjects(snapshot: Snapshot): boolean {
  return KINDS.some((kind) => snapshot.all(kind).some(({ origin }) => origin.kind !== 'demo' && origin.kind !== 'built-in'))
}

export interface Holdings {
  people: number
  teams: number
  schedules: number
  policies: number
  services: number
  integrations: number
  incidents: number
}

/** What there is of the demo, and what of it would stay. */
export interface Demo {
  holds: Holdings
  objects: { kind: string; name: string }[]
  incidentIds: string[]
  stays: Staying[]
}

export async function readDemo(tx: Transaction, documents: Documents): Promise<Demo> {
  const snapshot = await documents.fresh(tx.sql)
  const objects = await readDemoObjects(tx.sql)
  const incidentIds = await readDemoIncidentIds(tx.sql)
  const demo = new Set(objects.map(keyOfObject))
  const pointing = KINDS.flatMap((kind) =>
    snapshot.all(kind).map(({ name, spec }): Pointing => ({ kind: kind.name, name, references: kind.references(spec) })),
  )
  const own = pointing.filter((one) => !demo.has(keyOfObject(one)))
  const stays = staying(
    pointing.filter((one) => demo.has(keyOfObject(one))),
    [...own, ...(await ownIncidents(tx))],
  )
  return { holds: holdingsOf(objects, incidentIds.length), objects, incidentIds, stays }
}

/** Open incidents that are not the demo's may still escalate by its policies. */
async function ownIncidents({ sql }: Transaction): Promise<Pointing[]> {
  const incidents = await readOpenIncidents(sql, 10_000)
  return incidents
    .filter(({ demo }) => !demo)
    .map(({ number, service, policy }) => ({
      kind: 'Incident',
      name: numberText(number),
      references: [
        ...(service === null ? [] : [{ kind: 'Service', name: service }]),
        ...(policy === null ? [] : [{ kind: 'EscalationPolicy', name: policy }]),
      ],
    }))
}

/** Months of alerts and pages go at once. */
export const REMOVING_DEMO = { statementTimeoutMs: DEADLINE_MS.demo }

/**
 * Takes the demo away with all it ever did, in one transaction: no row stays but those of objects that a person's own
 * use. Removing again takes those too, once nothing uses them.
 */
export async function removeDemo(tx: Transaction, documents: Documents): Promise<{ removed: Holdings; stayed: Staying[] }> {
  // First what is still being taken in: whoever works it off then finds it gone, and undoes its own work.
  const integrations = namesOf('Integration', await readDemoObjects(tx.sql))
  if (integrations.length > 0) await forgetBodies(tx.sql, integrations)
  await documents.hold(tx)
  const { holds, objects, incidentIds, stays } = await readDemo(tx, documents)
  const staying = new Set(stays.map(keyOfObject))
  const going = objects.filter((one) => !staying.has(keyOfObject(one)))
  await forgetAlerts(tx.sql, incidentIds, integrations)
  await forgetHeard(tx.sql, integrations)
  while ((await forgetAttachments(tx.sql, incidentIds, FORGET_ROWS)) >= FORGET_ROWS);
  await forgetIncidentRows(tx.sql, incidentIds)
  await forgetCommand(tx.sql, incidentIds)
  await forgetRuns(tx.sql, incidentIds)
  await forgetPages(tx.sql, incidentIds, namesOf('Person', objects))
  await forgetIncidents(tx.sql, incidentIds)
  await forgetPeople(tx.sql, namesOf('Person', going))
  if (going.length > 0) await forgetDocuments(tx.sql, going)
  await forgetDemoDay(tx.sql)
  return { removed: holdingsOf(going, holds.incidents), stayed: stays }
}

function holdingsOf(objects: { kind: string; name: string }[], incidents: number): Holdings {
  const count = (kind: string) => namesOf(kind, objects).length
  return {
    ...{ people: count('Person'), teams: count('Team'), schedules: count('Schedule'), policies: count('EscalationPolicy') },
    ...{ services: count('Service'), integrations: count('Integration'), incidents },
  }
}

function namesOf(kind: string, objects: { kind: string; name: string }[]): string[] {
  return objects.filter((one) => one.kind === kind).map(({ name }) => name)
}

function keyOfObject({ kind, name }: { kind: string; name: string }): string {
  return `${kind}/${name}`
}
