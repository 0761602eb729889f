import type { Signal } from '../../modules/alerts/signal.ts'
import { textOf } from './json.ts'

type Action = Signal['action']

/**
 * The words and numbers monitoring systems say their state in. 0 is OK in the family of Nagios and Zabbix, everything above
 * is trouble. A word that may mean either (`completed`, `pending`) is not here: what nobody knows is an alarm.
 */
const ACTIONS = new Map<string, Action>([
  ...words(
    'trigger',
    'trigger, triggered, re triggered, firing, fire, fired, alerting, alert, alarm, problem, open, opened, reopened, active, activated, new, created, ' +
      'raised, started, down, failed, failure, fail, failing, error, errored, critical, crit, fatal, major, minor, warning, warn, emergency, ' +
      'unhealthy, unreachable, unavailable, offline, degraded, broken, timeout, no data, nodata, insufficient data, red, yellow, bad, 1, 2, 3, 4, 5',
  ),
  ...words('acknowledge', 'acknowledge, acknowledged, acknowledgement, ack, acked'),
  ...words(
    'resolve',
    'resolve, resolved, recovered, recovery, recover, ok, okay, normal, back to normal, normalized, clear, cleared, all clear, closed, close, ' +
      'inactive, deactivated, up, online, healthy, success, successful, succeeded, passing, passed, pass, fixed, restored, operational, ' +
      'operative, available, good, green, 0',
  ),
])

/** What a status says; undefined for a word nobody knows. Case and decoration do not matter: `[OK]`, `✅ Up`, `no_data`. */
export function actionSaid(status: unknown): Action | undefined {
  return ACTIONS.get(plain(status))
}

/** Whether a severity says that there is none any more. A number is a rank, whatever it means. */
export function saysOver(severity: unknown): boolean {
  const word = plain(severity)
  return ACTIONS.get(word) === 'resolve' && word !== '0'
}

/**
 * What fields that mostly say something else say of an end: no more than words that mean nothing but that. `normal` or
 * `closed` may be the type of anything.
 */
export function saysEnd(value: unknown): boolean {
  return ENDS.has(plain(value))
}

const ENDS = new Set(['recovery', 'recovered', 'recover', 'resolved', 'resolve', 'ok', 'success', 'cleared'])

/** Longer than any word of the table, decoration included. */
const LENGTH_MAX = 40

function plain(word: unknown): string {
  const text = typeof word === 'object' ? '' : textOf(word)
  // `!ok` is the opposite.
  return text.length > LENGTH_MAX || text.startsWith('!')
    ? ''
    : text
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim()
}

function words(action: Action, list: string): [string, Action][] {
  return list.split(', ').map((word) => [word, action])
}
