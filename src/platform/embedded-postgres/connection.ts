import { readFile } from 'node:fs/promises'
import pg from 'pg'
import type { DataFolder } from './data-folder.ts'
import { isSameFolder, type PostmasterFile } from './postmaster-file.ts'
import type { Style } from './settings.ts'

/** Everything `pg` needs; the host is the socket's folder on POSIX. */
export interface Connection {
  host: string
  port: number
  user: string
  database: string
  password?: string
}

export const USER = 'tocsin'
export const DATABASE = 'tocsin'
/** Every cluster has it; used for what must not depend on the product's own database. */
export const MAINTENANCE_DATABASE = 'postgres'

export async function connectionFor(folder: DataFolder, style: Style, at: { host: string; port: number }): Promise<Connection> {
  const reach = { ...at, user: USER, database: DATABASE }
  return style === 'windows' ? { ...reach, password: (await readFile(folder.password, 'utf8')).trim() } : reach
}

/** Where a running server says it can be reached, which need not be where we would start one today. */
export function addressIn(file: PostmasterFile, style: Style): { host: string; port: number } | undefined {
  const host = style === 'windows' ? file.address : file.socketFolder
  return host && file.port > 0 ? { host, port: file.port } : undefined
}

/** A connection of our own beside the product's pool: no time-outs of the server's, one of ours, no settings taken from PG* variables, and no error without a listener. */
export async function openClient({ host, port, user, password }: Connection, applicationName: string): Promise<pg.Client> {
  const client = new pg.Client({
    host,
    port,
    user,
    database: MAINTENANCE_DATABASE,
    password: password ?? '',
    ssl: false,
    application_name: applicationName,
    options: '-c statement_timeout=0 -c lock_timeout=0 -c idle_session_timeout=0 -c transaction_timeout=0',
    connectionTimeoutMillis: 2000,
    // Making the database copies a folder; one that is frozen never answers.
    query_timeout: 60_000,
  })
  client.on('error', () => {})
  await client.connect()
  return client
}

/**
 * Asks whoever answers there whether it is the server of this cluster. A copied data folder brings a `postmaster.pid`
 * along that leads to the server of the original.
 */
export async function answerAt(connection: Connection, cluster: string): Promise<'ours' | 'not-ready' | 'another' | 'none'> {
  let client: pg.Client | undefined
  try {
    client = await openClient(connection, 'tocsin start')
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    return (await isSameFolder(rows[0]!.data_directory, cluster)) ? 'ours' : 'another'
  } catch (error) {
    return NOT_READY.has((error as { code?: string }).code ?? '') ? 'not-ready' : 'none'
  } finally {
    await client?.end().catch(() => {})
  }
}

/** Starting up or shutting down; shut down just now; all connections in use. */
const NOT_READY = new Set(['57P03', '57P01', '53300'])
