import { type Logger, pino } from 'pino'

export type Log = Logger

/** One JSON line per record on stderr, so that stdout stays for what a person or a pipe asked for. No bodies, no secrets, ids only. */
export function createLog(level: string): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: true }))
}
