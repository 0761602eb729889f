import { readFileSync } from 'node:fs'

/** Processes of this run: servers, and groups (written with a minus) of programs that make one. */
const living = new Set<number>()

/** From now on this process is ended with us; the answer takes it off the list. */
export function endWithUs(pid: number): () => void {
  living.add(pid)
  return () => void living.delete(pid)
}

/**
 * Ends at once whatever is left, without waiting for anything: this process must end now. To PostgreSQL it is a power cut,
 * after which nothing that was committed is missing.
 */
export function endEverything(): void {
  for (const pid of living) if (pid < 0 || isPostgres(pid)) kill(pid)
  living.clear()
}

/** Its number may have gone to somebody else in the years that a server runs. */
function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')
  } catch {
    return process.platform !== 'linux'
  }
}

/** A server with its children, which lead sessions of their own. The parent first: it would start others. */
export function kill(pid: number): void {
  const children = pid > 0 ? childrenOf(pid) : []
  for (const one of [pid, ...children]) {
    try {
      process.kill(one, 'SIGKILL')
    } catch {
      // It has gone by itself.
    }
  }
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
  } catch {
    // Elsewhere than on Linux children notice by themselves that their parent has gone.
    return []
  }
}
