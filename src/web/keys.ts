import { useEffect, useRef } from 'react'
import { givenKey, keyMap } from './key-map.ts'
import { storedChoice } from './stored-choice.ts'

/** Single keys get in the way of speech input and some assistive tools, so they can be switched off (WCAG 2.1.4). */
export const singleKeys = storedChoice<'on' | 'off'>('tocsin.single-keys', ['on', 'off'], 'on')

/** What a key does, by its name: `a`, `Shift+R`, `?`, two after each other as `g i`, with Ctrl or Cmd as `Mod+k`. */
export type Keys = Record<string, (() => void) | undefined>

/** Keys act while nothing is being typed and no dialog is open; the part mounted last is asked first. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    if (listening.size === 0) document.addEventListener('keydown', press)
    listening.add(latest)
    return () => {
      listening.delete(latest)
      if (listening.size === 0) document.removeEventListener('keydown', press)
    }
  }, [])
}

/** Everybody listens through one ear, so that the second key of `g a` is never taken for an `a` by somebody else. */
const listening = new Set<{ current: Keys }>()
let begun: { name: string; atMs: number } | undefined

const sequenceMs = 1000
/** Holding a key moves on through a list, but never acknowledges twice. */
const repeatable = new Set(['j', 'k'])

/** What is typed for something that is still being fetched. */
let ahead: string | undefined
let forgetting: ReturnType<typeof setTimeout> | undefined

/** From the press that asks for a dialog until it is there, letters are words for it: no key of the page behind acts on them. */
export const typedAhead = {
  /** Answers how it ends; whoever was waited for takes the words once its field has the focus, so that none falls between. */
  begin(): () => void {
    clearTimeout(forgetting)
    ahead ??= ''
    return () => {
      forgetting = setTimeout(typedAhead.take, 1000)
    }
  },
  take(): string {
    clearTimeout(forgetting)
    const words = ahead ?? ''
    ahead = undefined
    return words
  },
}

function press(event: KeyboardEvent): void {
  if (ahead !== undefined) {
    if (event.key.length > 1 || event.ctrlKey || event.metaKey || event.altKey) return
    ahead += event.key
    event.preventDefault()
    return
  }
  const pressed = keyName(event)
  // The palette opens from a field too: its keys are nobody's words.
  if (!pressed || (isTyping(event.target) && !pressed.startsWith('Mod+')) || document.querySelector('dialog[open]')) return
  // A focused button or box takes the space bar for itself.
  if (pressed === ' ' && event.target instanceof HTMLElement && event.target.closest('button, input, summary, [role=menu]')) return
  if (singleKeys.read() === 'off' && !pressed.startsWith('Mod+')) return
  const all = [...listening].reverse().map((keys) => keys.current)
  const second = begun && event.timeStamp - begun.atMs < sequenceMs ? `${begun.name} ${pressed}` : undefined
  // The second of two keeps its place: only what can be pressed alone gets in the way of speech input.
  const name = second ? pressed : givenKey(pressed, keyMap.read())
  if (name === undefined) return
  begun = !second && all.some((keys) => beginsSequence(name, keys)) ? { name, atMs: event.timeStamp } : undefined
  if (begun || (event.repeat && !repeatable.has(name))) return
  const act = all.map((keys) => keys[second ?? name]).find(Boolean)
  if (!act) return
  event.preventDefault()
  act()
}

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** The name a key goes by here; undefined for those that belong to the browser or the system. */
export function keyName({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed): string | undefined {
  if (altKey || ['Shift', 'Control', 'Meta', 'Alt', 'AltGraph', 'Dead', 'Process', 'Unidentified'].includes(key)) return undefined
  const isLetter = /^\p{L}$/u.test(key)
  const plain = isLetter ? key.toLowerCase() : key
  if (ctrlKey || metaKey) return shiftKey ? undefined : `Mod+${plain}`
  return isLetter && shiftKey ? `Shift+${plain.toUpperCase()}` : plain
}

function beginsSequence(name: string, keys: Keys): boolean {
  return Object.keys(keys).some((key) => key.startsWith(`${name} `))
}

/** Whether keys are words where this has the focus. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [role=menu]') !== null
}

/** Moves the focus to the next or the previous row of the list on the page. */
export function moveThroughRows(step: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>('[data-row-link]')].filter((link) => link.offsetParent !== null)
  const here = links.indexOf(document.activeElement as HTMLElement)
  const next = here === -1 ? (step === 1 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, here + step))
  links[next]?.focus()
}

/** The row of the list that has the focus, by the name that its table knows it by. */
export function focusedRow(): string | undefined {
  return document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset['row']
}
