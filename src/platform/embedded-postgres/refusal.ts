/** The start cannot succeed until somebody changes something: the message is one line that names it and the mend; the caller exits with 2. */
export class EmbeddedPostgresRefusal extends Error {
  override name = 'EmbeddedPostgresRefusal'
}

/** What to do about the last line a PostgreSQL program left behind, for the causes an operator can do something about. */
export function mendFor(line: string): string {
  return MENDS.find(([cause]) => cause.test(line))?.[1] ?? 'Mend that, or set DATABASE_URL to use another PostgreSQL.'
}

/** What the disk or the system refuses is for an operator to mend, too; everything else is a fault of ours and stays as it is. */
export function refusalFor(error: unknown): unknown {
  const { code = '', message } = error as NodeJS.ErrnoException
  const isForOperator = ['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR'].includes(code)
  return isForOperator ? new EmbeddedPostgresRefusal(`PostgreSQL cannot be started: ${message}. ${mendFor(message)}`) : error
}

const MENDS: [RegExp, string][] = [
  [/No space left on device|Disk quota exceeded/i, 'Free some space and start again.'],
  [/could not look up effective user ID/, 'Add this user to /etc/passwd, or set DATABASE_URL to use another PostgreSQL.'],
  [/error while loading shared libraries/, 'Install that library, or set DATABASE_URL to use another PostgreSQL.'],
  [/EACCES|Permission denied|Operation not permitted|Read-only file system/i, 'Give access to it, or choose another folder with --data.'],
  [/does not answer/, 'Stop that process (kill -INT) and start again.'],
  [/postmaster\.pid/, 'If no PostgreSQL uses this folder, remove postmaster.pid from its pg folder and start again.'],
]
