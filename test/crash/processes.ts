import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { until } from './until.ts'

/** The number of the embedded PostgreSQL of a data folder; undefined when it does not run. */
export function postgresOf(data: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(data, 'pg/postmaster.pid'), 'utf8').split('\n')[0])
    return isAlive(pid) ? pid : undefined
  } catch {
    return undefined
  }
}

/** Every program of the embedded PostgreSQL that works in a data folder: servers, and what makes a cluster. */
export function programsIn(data: string): string[] {
  const lines = execFileSync('ps', ['-ww', '-A', '-o', 'stat=,args='], { encoding: 'utf8' }).split('\n')
  return lines.filter((line) => /(postgres|initdb|unshare) /.test(line) && line.includes(`${data}/pg`) && !line.startsWith('Z'))
}

/** As when the machine loses its power: nobody gets to tidy up. */
export async function killPostgres(data: string): Promise<void> {
  const pid = postgresOf(data)
  if (pid === undefined) return
  // Its processes lead sessions of their own, so a signal to its group would miss them.
  const all = [pid, ...childrenOf(pid)]
  for (const one of all) signal(one, 'SIGKILL')
  await until('PostgreSQL is gone', () => !all.some(isAlive))
}

export function childrenOf(parent: number): number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')
  return lines.map((line) => line.trim().split(/\s+/).map(Number)).flatMap(([pid, of]) => (of === parent ? [pid!] : []))
}

/** A process that has ended but was not collected by its parent counts as gone. */
export function isAlive(pid: number): boolean {
  try {
    const state = execFileSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' }).trim()
    return state !== '' && !state.startsWith('Z')
  } catch {
    return false
  }
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // Gone already.
  }
}
