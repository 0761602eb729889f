import { isShown } from '../help.ts'
import { reaching } from '../verbs/shared.ts'
import type { Argument, LiveNames, Option, Verb } from '../verbs/verb.ts'
import { flagOf, nouns, verbs } from '../verbs.ts'

/** Fixed words, or names that are asked of the server. */
export interface Values {
  words?: readonly string[]
  names?: LiveNames
}

/** Commands that are completed. */
export const shown = (verbs as readonly Verb[]).filter(isShown)

/** Words that may stand after some words: nothing typed yet, or a noun. */
export function wordsAfter(noun: string | undefined): { word: string; summary: string }[] {
  if (noun !== undefined)
    return shown
      .filter(({ words }) => words.startsWith(`${noun} `))
      .map(({ words, summary }) => ({ word: words.slice(noun.length + 1), summary }))
  const single = shown.filter(({ words }) => !words.includes(' ')).map(({ words, summary }) => ({ word: words, summary }))
  return [...single, ...Object.entries(nouns).map(([word, summary]) => ({ word, summary }))]
}

export function optionsOf({ options = {}, offline }: Verb): [name: string, option: Option][] {
  return [...Object.entries(options), ...(offline ? [] : Object.entries(reaching as Record<string, Option>))]
}

export function flagsOf(name: string, { short, negatable }: Option): string[] {
  return [...(short ? [`-${short}`] : []), flagOf(name), ...(negatable ? [`--no-${flagOf(name).slice(2)}`] : [])]
}

/** What may stand as a value: fixed words, or names from the server. */
export function valuesOf({ choices, names }: Pick<Option & Argument, 'choices' | 'names'>): Values | undefined {
  if (choices) return { words: choices }
  return names ? { names } : undefined
}
