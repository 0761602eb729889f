import { storedText } from './stored-choice.ts'

/** Keys that somebody has put in place of the given ones, by the name of the given one. */
export type KeyMap = Readonly<Record<string, string>>

/** What the given keys do; own ones are kept by this, in the browser and in the profile. */
const ACTIONS: Record<string, string> = {
  a: 'acknowledge',
  e: 'escalate',
  'Shift+R': 'resolve',
  s: 'severity',
  n: 'note',
  d: 'decision',
  r: 'roles',
  p: 'page',
  u: 'update',
  t: 'task',
  m: 'mitigated',
  c: 'declare',
  z: 'undo',
  '/': 'search',
  '?': 'help',
  '.': 'show-new',
}

/** As JSON: action to key, where it is not the given one. */
export const keyChoices = storedText('tocsin.keys', isKeys, '{}')

let read: { text: string; map: KeyMap } | undefined

export const keyMap = {
  read(): KeyMap {
    const text = keyChoices.read()
    if (read?.text !== text) {
      const own = JSON.parse(text) as Record<string, string>
      const given = Object.keys(ACTIONS).filter((key) => own[ACTIONS[key]!] !== undefined)
      read = { text, map: Object.fromEntries(given.map((key) => [key, own[ACTIONS[key]!]!])) }
    }
    return read.map
  },
  /** Without an own key the given one is back. */
  change(given: string, own: string | undefined): void {
    const { [given]: _, ...rest } = keyMap.read()
    keyMap.replace(own === undefined || own === given ? rest : { ...rest, [given]: own })
  },
  replace(map: KeyMap): void {
    keyChoices.choose(JSON.stringify(Object.fromEntries(Object.entries(map).map(([given, own]) => [ACTIONS[given] ?? given, own]))))
  },
  subscribe: keyChoices.subscribe,
}

/** What a pressed key stands for; undefined for a given key that has been put elsewhere. */
export function givenKey(pressed: string, map: KeyMap): string | undefined {
  const given = Object.keys(map).find((one) => map[one] === pressed)
  return given ?? (pressed in map ? undefined : pressed)
}

/** Which given key a key is taken by, other than the one it is meant for. */
export function takenBy(pressed: string, meantFor: string, given: readonly string[], map: KeyMap): string | undefined {
  return given.find((one) => one !== meantFor && (map[one] ?? one) === pressed)
}

/** Caps as they are drawn for the given key, with the own one in its place. `['⇧', 'R']` is Shift+R; a sequence changes its first. */
export function ownCaps(caps: readonly string[], map: KeyMap): string[] {
  const text = caps.join('')
  const isShift = text.startsWith('⇧') && text.length === 2
  const isSequence = !isShift && caps.length === 2
  const given = isShift ? `Shift+${text[1]}` : caps[0]!.length === 1 ? caps[0]!.toLowerCase() : undefined
  const own = given === undefined ? undefined : map[given]
  if (own === undefined) return [...caps]
  return isSequence ? [...capsOf(own), caps[1]!] : capsOf(own)
}

/** How a key's name is drawn: `Shift+R` as two caps. */
export function capsOf(name: string): string[] {
  return name.split('+').map((part) => (part === 'Shift' ? '⇧' : part === 'Mod' ? '⌘' : part.length === 1 ? part.toUpperCase() : part))
}

function isKeys(text: string): text is string {
  try {
    const keys = JSON.parse(text) as unknown
    return typeof keys === 'object' && keys !== null && Object.values(keys).every((key) => typeof key === 'string')
  } catch {
    return false
  }
}
