import type { EventType } from './events.ts'

// What may be done with an entry of a timeline. Pure: screens, the command line and the acts themselves ask here.

/** What people wrote or brought in. All else is what happened, and stays as Tocsin wrote it down. */
const WRITTEN: Partial<Record<EventType, 'words' | 'file'>> = {
  'note.added': 'words',
  'imported.noted': 'words',
  'chat.captured': 'words',
  'attachment.added': 'file',
}

export interface Mender {
  actor: string
  /** Whoever commands the incident: what others wrote, too. */
  any: boolean
}

interface Mended {
  type: string
  actor: string
}

export function mayEdit({ type, actor }: Mended, mender: Mender): 'yes' | 'not-yours' | 'no-words' {
  if (mayDelete({ type, actor }, mender) !== 'yes') return 'not-yours'
  return WRITTEN[type as EventType] === 'words' ? 'yes' : 'no-words'
}

export function mayDelete({ type, actor }: Mended, mender: Mender): 'yes' | 'not-yours' {
  return isWritten(type) && (mender.any || actor === mender.actor) ? 'yes' : 'not-yours'
}

export function isWritten(type: string): boolean {
  return Object.hasOwn(WRITTEN, type)
}
