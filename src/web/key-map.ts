/** Keys that somebody has put in place of the given ones, by the name of the given one. */
export type KeyMap = Readonly<Record<string, string>>

const STORED = 'tocsin.keys'
const waiting = new Set<() => void>()
let current: KeyMap = readStored()

export const keyMap = {
  read: () => current,
  /** Without an own key the given one is back. */
  change(given: string, own: string | undefined): void {
    const { [given]: _, ...rest } = current
    keyMap.replace(own === undefined || own === given ? rest : { ...rest, [given]: own })
  },
  replace(map: KeyMap): void {
    current = map
    try {
      localStorage.setItem(STORED, JSON.stringify(map))
    } catch {
      // It lasts as long as the page.
    }
    for (const wake of waiting) wake()
  },
  subscribe(wake: () => void) {
    waiting.add(wake)
    return () => {
      waiting.delete(wake)
    }
  },
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

function readStored(): KeyMap {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORED) ?? '{}')
    const entries = Object.entries(stored as object).filter(([, own]) => typeof own === 'string')
    return Object.fromEntries(entries)
  } catch {
    return {}
  }
}
