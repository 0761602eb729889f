import { MINUTE } from '../kernel/time.ts'
import type { Sql } from './db.ts'
import { type Room, room } from './room.ts'
import { SettingRefusal } from './settings.ts'

/** Why a commit is not on a second machine before it counts, whatever fails then; null when it is. */
export function lacksStandby({ names, commit }: { names: string; commit: string }): string | null {
  if (names.trim() === '') return 'the database has no synchronous standby (synchronous_standby_names is empty)'
  // Weaker than `on` is what the standby does with it; `local` does not wait for one.
  return commit === 'local' ? 'this role does not wait for the standby (synchronous_commit = local)' : null
}

async function readLack(sql: Sql): Promise<string | null> {
  const [is] = await sql<{ names: string; commit: string }>`
    select current_setting('synchronous_standby_names') as names, current_setting('synchronous_commit') as commit`
  return lacksStandby(is!)
}

/** Of an operator who says that the database has a synchronous standby: without one the start is refused. */
export async function refuseAlone(sql: Sql): Promise<void> {
  const lack = await readLack(sql)
  if (lack !== null)
    throw new SettingRefusal(
      `TOCSIN_SYNCHRONOUS_STANDBY asks that every commit is on a second machine: ${lack}; mend it on the primary, or leave the setting out.`,
    )
}

/** The same while it runs: whoever takes the standby away for a repair forgets to put it back. */
export function standbyWatch({ sql }: { sql: Sql }) {
  let lack: string | null = null
  return room({
    loops: [
      {
        name: 'standby',
        everyMs: MINUTE,
        async tick() {
          lack = await readLack(sql)
          return 0
        },
      },
    ],
    warnings: () => (lack === null ? [] : [`what is acknowledged is on one machine only: ${lack}`]),
  } satisfies Room)
}
