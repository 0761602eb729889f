/** How the server is reached: a socket in a closed folder, or (on Windows) a port on this computer with a password. */
export type Style = 'posix' | 'windows'

/** The port only names the socket file on POSIX; nothing listens on the network. */
export const SOCKET_PORT = 5432

/**
 * The server's settings, as its arguments: they come before whatever stands in the cluster's postgresql.conf, so a new
 * version of the product brings its settings along, and nobody turns off durability by accident.
 */
export function serverArguments(reach: { style: Style; socketFolder: string; port: number }): string[] {
  return Object.entries({ ...addressFor(reach), ...DURABILITY, ...SIZE, ...MANNERS }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

type Settings = Record<string, string | number>

function addressFor({ style, socketFolder, port }: { style: Style; socketFolder: string; port: number }): Settings {
  if (style === 'windows') return { listen_addresses: '127.0.0.1', port, unix_socket_directories: '' }
  return { listen_addresses: '', port, unix_socket_directories: quoted(socketFolder), unix_socket_permissions: '0700' }
}

/** A list of folders is expected there: a comma or a blank in the name has to be quoted. */
function quoted(path: string): string {
  return `"${path.replaceAll('"', '""')}"`
}

/** What "accepted" means to us: on disk, also after a power cut. */
const DURABILITY: Settings = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }

const SIZE: Settings = {
  shared_buffers: '128MB',
  max_connections: 60,
  max_wal_size: '2GB',
  checkpoint_timeout: '10min',
  // Nothing is replicated or archived from here: that is what DATABASE_URL is for.
  wal_level: 'minimal',
  max_wal_senders: 0,
  wal_compression: 'off',
  jit: 'off',
  // Parallel queries need /dev/shm, of which a container has 64 MB.
  max_parallel_workers_per_gather: 0,
  max_parallel_maintenance_workers: 0,
}

const MANNERS: Settings = {
  timezone: 'UTC',
  log_timezone: 'UTC',
  cluster_name: 'tocsin',
  log_destination: 'stderr',
  logging_collector: 'off',
  log_checkpoints: 'off',
  // The statement of an error stays out of the log: it may quote what somebody sent.
  log_min_error_statement: 'panic',
}
