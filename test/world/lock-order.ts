import type { Database, Sql, Transaction } from '../../src/platform/db.ts'
import { wholeOf } from '../../src/platform/fragment.ts'

/** As ARCHITECTURE.md says under "Locks". */
const ORDER = ['alerts_alerts', 'incidents_incidents', 'escalation_runs', 'paging_pages', 'timeline_heads']
/** Locked by who can have them at once, and waited for by nobody. */
const NEVER_WAITED_FOR = ['paging_contacts']

const LOCKING = ' for (?:update|no key update|share|key share)'

/** What a statement locks, and whether it may wait for it. Rows that are held already, and say so, are not waited for. */
function locksIn(text: string): { table: string; waits: boolean }[] {
  const plain = text.replace(/\s+/g, ' ')
  const isHeld = plain.includes('/* held */')
  const reads = [...plain.matchAll(new RegExp(`${LOCKING}( of \\w+)?( skip locked)?`, 'g'))]
  const waits = reads.some(([, , skips]) => skips === undefined)
  return [...ORDER, ...NEVER_WAITED_FOR].flatMap((table) => {
    const writes = new RegExp(`(update|delete from) (/\\* held \\*/ )?${table}\\b`).test(plain)
    const reading = reads.length > 0 && new RegExp(`(from|join) ${table}\\b`).test(plain)
    if (!writes && !reading) return []
    return [{ table, waits: !isHeld && (reading ? waits : writes) }]
  })
}

/** Several rows are locked by id, or two that want the same ones could each have half of them. */
function isUnordered(text: string): boolean {
  const plain = text.replace(/\s+/g, ' ')
  const reads = plain.match(new RegExp(LOCKING, 'g'))?.length ?? 0
  if (reads > 0) return (plain.match(new RegExp(`order by [^()]*${LOCKING}|skip locked`, 'g'))?.length ?? 0) < reads
  return /^ ?update /.test(plain)
}

/**
 * A database that refuses, in tests, what could become a deadlock in a storm: a transaction that waits for rows of a kind
 * while it holds rows of a later one, or for several rows in no order.
 */
export function watchLocks(db: Database): Database {
  return {
    ...db,
    transaction: (work, options) =>
      db.transaction((tx) => {
        let held = { rank: -1, table: '' }
        /** Whose rows of a table have been locked. */
        const locked = new Map<string, Set<unknown>>()
        /** Of which others may keep rows as well, so that two who want more of them wait for each other. */
        const kept = new Set<string>()
        const sql: Sql = (text, ...bound) => {
          const { texts, values } = wholeOf(text, bound)
          const statement = texts.join('?')
          const refuse = (what: string) => {
            // With a code of its own, so that no loop takes it for the fault of what it works on.
            throw Object.assign(new Error(`${what}, see ARCHITECTURE.md under Locks: ${statement}`), { code: 'LOCKS' })
          }
          for (const lock of locksIn(statement)) {
            const { table } = lock
            const rank = ORDER.indexOf(table)
            const ids = values.flatMap((value) => (Array.isArray(value) ? value : []))
            const before = locked.get(table) ?? new Set()
            const waits = lock.waits && !(ids.length > 0 && ids.every((id) => before.has(id)))
            locked.set(table, new Set([...before, ...ids]))
            if (waits && rank < 0) refuse(`Nothing may wait for ${table}`)
            if (waits && rank < held.rank) refuse(`This locks ${table} after ${held.table}`)
            const keeps = / for (key )?share/.test(statement)
            if (lock.waits && !keeps && kept.has(table)) refuse(`This locks ${table} after keeping rows of it`)
            if (keeps) kept.add(table)
            if (waits && isUnordered(statement)) refuse(`This locks several rows of ${table} in no order`)
            if (rank > held.rank) held = { rank, table }
          }
          return tx.sql(text, ...bound)
        }
        return work({ ...tx, sql } satisfies Transaction)
      }, options),
  }
}
