import type { Answer, Reading } from '../../modules/intake/source.ts'

/** What both versions of PagerDuty's Events API answer when they refuse. */
export function refusedEvent(errors: string[]): Reading {
  return { signals: [], problems: errors, answer: invalidEvent(400, errors) }
}

export function invalidEvent(status: number, errors: string[]): Answer {
  return { status, body: { status: 'invalid event', message: 'Event object is invalid', errors } }
}

export const unreadableEvent: Answer = {
  status: 400,
  body: { status: 'Unrecognized object', message: 'Event object format is unrecognized', errors: ['JSON parse error'] },
}

/** PagerDuty's senders try again after a 429, which is why these doors say that rather than 503. */
export const busyEvents: Answer = {
  status: 429,
  body: { status: 'throttle exceeded', message: 'Overloaded, please send the event again', errors: ['Overloaded'] },
  headers: { 'Retry-After': '5' },
}

/** As much as PagerDuty takes. */
export const EVENT_MAX = { bytesMax: 512 * 1024, inflatedMax: 512 * 1024 }
export const tooLargeEvent: Answer = invalidEvent(413, ['The event is too large: at most 512 KB'])
