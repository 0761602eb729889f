import type { Instant } from '../../kernel/time.ts'
import type { Transaction } from '../../platform/db.ts'
import { digestOf } from './chain.ts'
import { type DataOf, type Entry, fact } from './events.ts'
import type { ImportedRow } from './import.ts'
import { append, holdTimeline, readImported } from './store.ts'

type Imported = DataOf<'imported.noted'>

/** Writes down what others wrote down, each once. What was redacted since is known by its digest and does not come back. */
export async function importRows(
  tx: Transaction,
  now: Instant,
  about: Omit<Entry, 'event' | 'happenedAt'>,
  rows: ImportedRow[],
  { dryRun }: { dryRun: boolean },
): Promise<{ added: number; known: number }> {
  await holdTimeline(tx.sql, about.incidentId)
  const seen = new Set<string>()
  for (const { data, digest } of await readImported(tx.sql, about.incidentId)) seen.add(data === null ? digest! : nameOf(JSON.parse(data)))
  const fresh = rows.filter((row) => {
    const data = dataOf(row)
    const name = nameOf(data)
    if (seen.has(name) || seen.has(digestOf(JSON.stringify(data)))) return false
    seen.add(name)
    return true
  })
  if (!dryRun)
    await append(
      tx,
      now,
      fresh.map((row) => fact({ ...about, happenedAt: row.at }, 'imported.noted', dataOf(row))),
    )
  return { added: fresh.length, known: rows.length - fresh.length }
}

function dataOf({ source, ref, text, who }: ImportedRow): Imported {
  return { source, ref, text, ...(who !== undefined && { who }) }
}

function nameOf({ source, ref }: Imported): string {
  return JSON.stringify([source, ref])
}
