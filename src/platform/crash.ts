const target = process.env['TOCSIN_CRASH_AT']
let left = Number(target?.split(':')[1] ?? 1)

/**
 * Kills this process as `kill -9` would when `TOCSIN_CRASH_AT=<name>[:n]` names this point for the n-th time.
 * Crash tests set it; in every other process it is one comparison with undefined.
 */
export function crashPoint(name: string): void {
  if (target === undefined || target.split(':')[0] !== name) return
  left -= 1
  if (left <= 0) process.kill(process.pid, 'SIGKILL')
}
