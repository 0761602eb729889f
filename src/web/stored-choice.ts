import { useSyncExternalStore } from 'react'
import { kept } from './browser.ts'

/** A choice that this browser remembers: how things look and behave here, never what the product knows. */
export interface StoredChoice<Value extends string> {
  read(): Value
  /** Whether it will still be known when the page is loaded again. */
  isKept(): boolean
  choose(value: Value): void
  subscribe(wake: () => void): () => void
}

export function storedChoice<Value extends string>(key: string, values: readonly Value[], fallback: Value): StoredChoice<Value> {
  return storedText(key, (text): text is Value => values.some((value) => value === text), fallback)
}

/** The same for choices too many to list. */
export function storedText<Value extends string>(
  key: string,
  isValue: (text: string) => text is Value,
  fallback: Value,
): StoredChoice<Value> {
  const waiting = new Set<() => void>()
  const stored = kept.read(key)
  let current = stored !== null && isValue(stored) ? stored : fallback
  return {
    read: () => current,
    isKept: () => kept.read(key) === current,
    choose(value) {
      current = value
      kept.write(key, value)
      for (const wake of waiting) wake()
    },
    subscribe(wake) {
      waiting.add(wake)
      return () => {
        waiting.delete(wake)
      }
    },
  }
}

export function useStoredChoice<Value extends string>(choice: StoredChoice<Value>): Value {
  return useSyncExternalStore(choice.subscribe, choice.read)
}
