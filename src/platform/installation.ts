import { type Instant, iso } from '../kernel/time.ts'
import type { Sql } from './db.ts'

/** This node must not run on this database; the message is the one line that says why and what to do. */
export class InstallationRefusal extends Error {}

/**
 * Checks that this node belongs to the database: same secret key, and a server that keeps what it acknowledges.
 * Answers whether the database was restored or moved since it was last used (its transaction count then starts anew).
 */
export async function claimInstallation(sql: Sql, now: Instant, keyFingerprint: string): Promise<{ first: boolean; moved: boolean }> {
  const settings = await sql<{
    name: string
    setting: string
  }>`select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'server_version_num', 'full_page_writes')`
  const value = (name: string) => settings.find((one) => one.name === name)?.setting ?? ''
  if (Number(value('server_version_num')) < 150_000)
    throw new InstallationRefusal('The database is older than PostgreSQL 15; upgrade it or leave DATABASE_URL out to use the embedded one.')
  for (const name of ['fsync', 'full_page_writes'])
    if (value(name) === 'off')
      throw new InstallationRefusal(
        `The database runs with ${name} = off and would lose accepted alerts in a power cut; switch it on and restart it.`,
      )
  if (value('synchronous_commit') === 'off')
    throw new InstallationRefusal(
      'The database answers before it has written (synchronous_commit = off is forced on this session); switch it on for this user and database.',
    )

  const [identity] = await sql<{ id: string }>`select system_identifier::text as id from pg_control_system()`
  const [row] = await sql<{
    system_identifier: string
    key_fingerprint: string
  }>`select system_identifier, key_fingerprint from platform_installation`
  if (!row) {
    await sql`
      insert into platform_installation (system_identifier, key_fingerprint, created_at) values (${identity!.id}, ${keyFingerprint}, ${iso(now)}::timestamptz)
      on conflict do nothing`
    return { first: true, moved: false }
  }
  if (row.key_fingerprint !== keyFingerprint)
    throw new InstallationRefusal(
      'The secret key is not the one this database was set up with; every node needs the same TOCSIN_SECRET_KEY_FILE, and a restored database the key it was saved with.',
    )
  return { first: false, moved: row.system_identifier !== identity!.id }
}

export async function noteSystemIdentifier(sql: Sql): Promise<void> {
  await sql`update platform_installation set system_identifier = (select system_identifier::text from pg_control_system())`
}

/** When the demo was offered here; by itself it comes once in the life of an installation. */
export async function readDemoOffer(sql: Sql): Promise<Instant | null> {
  const [row] = await sql<{ at: Instant | null }>`select demo_offered_at as at from platform_installation`
  return row?.at ?? null
}

/** The demo is there from now on; its day has been played until then. */
export async function noteDemo(sql: Sql, now: Instant): Promise<void> {
  await sql`
    update platform_installation set demo_offered_at = coalesce(demo_offered_at, ${iso(now)}::timestamptz),
      demo_began_at = ${iso(now)}::timestamptz, demo_played_until = ${iso(now)}::timestamptz`
}

export interface DemoDay {
  beganAt: Instant
  playedUntil: Instant
}

/** Null: there is no demo, or one from before it had a day. */
export async function readDemoDay(sql: Sql): Promise<DemoDay | null> {
  const [row] = await sql<{ beganAt: Instant | null; playedUntil: Instant | null }>`
    select demo_began_at as "beganAt", demo_played_until as "playedUntil" from platform_installation`
  return row?.beganAt && row.playedUntil ? { beganAt: row.beganAt, playedUntil: row.playedUntil } : null
}

/** Takes a piece of the day; false: another node has it. */
export async function claimDemoDay(sql: Sql, from: Instant, until: Instant): Promise<boolean> {
  const rows = await sql`
    update platform_installation set demo_played_until = ${iso(until)}::timestamptz
    where demo_played_until = ${iso(from)}::timestamptz returning 1`
  return rows.length > 0
}

export async function forgetDemoDay(sql: Sql): Promise<void> {
  await sql`update platform_installation set demo_began_at = null, demo_played_until = null, demo_outage = null`
}

/** An outage of the demo that somebody has asked for. */
export interface DemoOutage {
  beganAt: Instant
  /** How many times faster than it would be. */
  pace: number
  playedUntil: Instant
}

export async function readDemoOutage(sql: Sql): Promise<DemoOutage | null> {
  const [row] = await sql<{ outage: DemoOutage | null }>`select demo_outage as outage from platform_installation`
  return row?.outage ?? null
}

export async function noteDemoOutage(sql: Sql, outage: DemoOutage | null): Promise<void> {
  await sql`update platform_installation set demo_outage = ${outage === null ? null : JSON.stringify(outage)}::jsonb`
}

/** Takes a piece of it; false: another node has it. */
export async function claimDemoOutage(sql: Sql, outage: DemoOutage, until: Instant): Promise<boolean> {
  const rows = await sql`
    update platform_installation set demo_outage = ${JSON.stringify({ ...outage, playedUntil: until })}::jsonb
    where demo_outage = ${JSON.stringify(outage)}::jsonb returning 1`
  return rows.length > 0
}

/** Whether somebody has put the page of the first steps away. */
export async function readFirstStepsHidden(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ hidden: boolean }>`select first_steps_hidden_at is not null as hidden from platform_installation`
  return row?.hidden ?? false
}

export async function hideFirstSteps(sql: Sql, now: Instant, hidden: boolean): Promise<void> {
  await sql`update platform_installation set first_steps_hidden_at = ${hidden ? iso(now) : null}::timestamptz`
}
