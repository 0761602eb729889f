import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { endWithUs, kill } from './last-resort.ts'

/** A user and group of this system. */
export interface Account {
  uid: number
  gid: number
}

/**
 * As whom PostgreSQL's programs run, because they refuse to run as root:
 * `self` as we are; `namespace` still as root for the outside world, in a user namespace where root is called nobody, so
 * that every file stays root's; `account` as another user, who then owns the database's files.
 */
export type Runner = { kind: 'self' } | { kind: 'namespace'; shownAs: Account } | { kind: 'account'; account: Account }

/** Who owns the files that a runner writes, and whose access rights count for those it reads. */
export function ownerFor(runner: Runner): Account {
  if (runner.kind === 'account') return runner.account
  return { uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 }
}

export function spawnAs(
  runner: Runner,
  file: string,
  args: string[],
  how: { stdio: StdioOptions; detached?: boolean; env?: Env },
): ChildProcess {
  const [command, allArgs] = runner.kind === 'namespace' ? ['unshare', [...mapping(runner.shownAs), file, ...args]] : [file, args]
  return spawn(command, allArgs, {
    stdio: how.stdio,
    detached: how.detached ?? false,
    // Our own working directory may be closed to the runner.
    ...(process.platform === 'win32' ? {} : { cwd: '/' }),
    env: { ...bareEnvironment(), ...how.env },
    windowsHide: true,
    // A uid above 2^31 (nobody on macOS) is written as a negative number in a call, and as a positive one on files.
    ...(runner.kind === 'account' ? { uid: runner.account.uid | 0, gid: runner.account.gid | 0 } : {}),
  })
}

/**
 * Runs a program to its end; a program that could not be started at all has no code, and the reason as its output. It leads
 * a group of its own, so that all it has started ends with it when `signal` says so, and only then.
 */
export async function runAs(
  runner: Runner,
  file: string,
  args: string[],
  signal?: AbortSignal,
): Promise<{ code: number | null; output: string }> {
  return new Promise((done) => {
    const child = spawnAs(runner, file, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32' })
    const gone = child.pid === undefined ? () => {} : endWithUs(-child.pid)
    const abort = () => child.pid !== undefined && kill(-child.pid)
    signal?.addEventListener('abort', abort)
    child.once('exit', () => {
      gone()
      signal?.removeEventListener('abort', abort)
    })
    let output = ''
    const collect = (chunk: Buffer) => {
      output += chunk
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    child.once('error', (error) => done({ code: null, output: error.message }))
    child.once('close', (code) => done({ code, output }))
  })
}

type Env = Record<string, string>

/** Nothing of our own environment is passed on, because it may hold secrets; Windows cannot start programs without a few names. */
function bareEnvironment(): Env {
  const kept = process.platform === 'win32' ? ['PATH', 'SystemRoot', 'SystemDrive', 'TEMP', 'TMP', 'ComSpec'] : []
  const passed = Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
  return { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC', ...passed }
}

function mapping({ uid, gid }: Account): string[] {
  return ['--user', `--map-user=${uid}`, `--map-group=${gid}`, '--']
}
