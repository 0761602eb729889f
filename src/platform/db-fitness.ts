import type { Database } from './db.ts'
import { SettingRefusal } from './settings.ts'

/** Why a database that answers cannot carry the program, and the mend; each found at the start, before anything is promised. */
export async function refuseUnfit(db: Database, name: string): Promise<void> {
  if (await isPooledByTransaction(db))
    throw new SettingRefusal(
      'DATABASE_URL leads to a transaction pooler: session settings and prepared statements do not last there. Give the address of PostgreSQL itself, or of a pool in session mode.',
    )
  const [is] = await db.sql<{ encoding: string; standby: boolean; may_create: boolean | null; role: string }>`
    select pg_encoding_to_char(d.encoding) as encoding, pg_is_in_recovery() as standby, current_user::text as role,
      has_schema_privilege(current_schema(), 'create') as may_create
    from pg_database d where d.datname = current_database()`
  if (is!.encoding !== 'UTF8')
    throw new SettingRefusal(
      `DATABASE_URL: the database ${name} is in ${is!.encoding}, which cannot hold every alert; make one in UTF8: createdb -E UTF8 -T template0 ${name}2`,
    )
  if (is!.standby)
    throw new SettingRefusal(
      `DATABASE_URL: the database ${name} is a standby, which cannot be written to; give the address of the primary, or promote it.`,
    )
  if (is!.may_create !== true) throw mayNot(name, is!.role)
}

export function mayNot(name: string, role: string): SettingRefusal {
  return new SettingRefusal(
    `DATABASE_URL: the role ${role} may not create tables in ${name}; as a superuser: alter database ${name} owner to ${role} (or, connected to it: grant all on schema public to ${role}).`,
  )
}

/**
 * A pooler invents the process number it greets with. Where there is one, two connections tell its mode: in session mode each
 * has a server process of its own, whatever the other does.
 */
async function isPooledByTransaction(db: Database): Promise<boolean> {
  const [one, other] = [await db.connect(), await db.connect()]
  const pidOf = async ({ query }: typeof one) => (await query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid
  try {
    const first = await pidOf(one)
    if (first === one.processId()) return false
    await other.query('begin')
    const second = await pidOf(other)
    // The process that was free a moment ago was given to the other, or a busier one took its place.
    return second === first || (await pidOf(one)) !== first
  } catch (error) {
    // In statement mode nothing may begin.
    if (/transaction blocks not allowed/i.test((error as Error).message)) return true
    throw error
  } finally {
    await Promise.all([one.end(), other.end()])
  }
}

const CERTIFICATE = /^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_|CERT_|ERR_TLS_CERT)/

/** What to do when the database cannot even be reached, as far as the error tells. */
export function mendOf({ code = '', message }: { code?: string; message: string }): string {
  if (CERTIFICATE.test(code))
    return ' Its certificate is not one that this machine knows: name the file of its authority in NODE_EXTRA_CA_CERTS (or sslrootcert=… in the address), or write sslmode=no-verify to do without checking.'
  if (/does not support SSL/.test(message)) return ' Write sslmode=disable if the way to it is safe.'
  if (/no encryption/.test(message)) return ' Add ?sslmode=require to the address.'
  if (/unsupported startup parameter/.test(message))
    return ' This is a pooler: give the address of PostgreSQL itself, or of a pool in session mode.'
  return ''
}
