import type { KeyHint } from '../../parts/key-cap.tsx'
import { words } from './keys-words.ts'
import { type PlaceName, places } from './places.ts'
import { words as shellWords } from './words.ts'

/** What a key does and where it can be put; the name is that of the given key. */
export interface Changeable extends KeyHint {
  given?: string
}

export const listKeys: Changeable[] = [
  { keys: ['J', 'K'], does: words.move },
  { keys: ['Enter'], does: words.open },
  { keys: ['.'], does: words.showNew, given: '.' },
  { keys: ['Space'], does: words.preview },
  { keys: ['X'], does: words.select },
  { keys: ['⇧', 'A'], does: words.acknowledgeSelected },
  { keys: ['W'], does: words.why },
  { keys: ['I'], does: words.toIncident },
]

export const incidentKeys: Changeable[] = [
  { keys: ['A'], does: words.acknowledge, given: 'a' },
  { keys: ['E'], does: words.escalate, given: 'e' },
  { keys: ['⇧', 'R'], does: words.resolve, given: 'Shift+R' },
  { keys: ['S'], does: words.severity, given: 's' },
  { keys: ['N'], does: words.note, given: 'n' },
  { keys: ['D'], does: words.decision, given: 'd' },
]

/** On a declared one, beside those. */
export const roomKeys: Changeable[] = [
  { keys: ['U'], does: words.update, given: 'u' },
  { keys: ['R'], does: words.roles, given: 'r' },
  { keys: ['P'], does: words.page, given: 'p' },
  { keys: ['T'], does: words.task, given: 't' },
  { keys: ['M'], does: words.mitigated, given: 'm' },
]

export function everywhereKeys(here: PlaceName[], canDeclare: boolean): Changeable[] {
  return [
    { keys: ['⌘', 'K'], does: words.palette },
    { keys: ['/'], does: words.search, given: '/' },
    ...here.map((name) => ({ keys: ['G', places[name].goKey.toUpperCase()], does: words.go(shellWords.places[name]) })),
    ...(canDeclare ? [{ keys: ['C'], does: words.declare, given: 'c' }] : []),
    { keys: ['Z'], does: words.undo, given: 'z' },
    { keys: ['?'], does: words.thisHelp, given: '?' },
  ]
}
