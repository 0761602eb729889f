import { lettersOff } from '../kernel/letters.ts'
import type { Verb } from './verbs/verb.ts'
import { flagOf, nouns, verbs } from './verbs.ts'

/** The command that was probably meant: by what people call it, or one or two letters off. */
export function suggestVerb(written: readonly string[]): Verb | undefined {
  const [first = '', ...rest] = written
  // A noun cut short: `inc` is `incident`.
  const begun = first.length < 2 ? [] : Object.keys(nouns).filter((noun) => noun.startsWith(first.toLowerCase()))
  const typed = [begun.length === 1 ? begun[0]! : first, ...rest]
  // After a noun it is the second word that is wrong: `alert whi` is not `alerts`.
  const shortest = typed.length > 1 && singular(typed[0]!) in nouns ? 2 : 1
  const candidates = verbs
    .filter((verb: Verb) => !verb.hidden)
    .flatMap((verb: Verb) => [verb.words, ...(verb.sameAs ?? []), ...(verb.alsoCalled ?? [])].map((phrase) => ({ verb, phrase })))
    .filter(({ phrase }) => phrase.split(' ').length >= shortest)
  const scored = candidates.map(({ verb, phrase }) => {
    const said = typed.slice(0, phrase.split(' ').length).map(singular).join(' ')
    const called = phrase.split(' ').map(singular).join(' ')
    // Of two phrases equally near the one that explains more of what was typed is meant.
    return { verb, off: lettersOff(said.toLowerCase(), called), length: called.length }
  })
  const [best] = scored.sort((a, b) => a.off - b.off || b.length - a.length)
  return best && best.off <= Math.max(1, Math.floor(best.length / 4)) ? best.verb : undefined
}

/** The option of a verb that was probably meant: its name cut short or drawn out (`--severity` is `--sev`), or a letter or two off. */
export function suggestOption(typed: string, verb: Verb): string | undefined {
  const said = typed.replace(/^--/, '').replace(/=.*$/, '').toLowerCase()
  const names = [...Object.keys(verb.options ?? {}).map((name) => flagOf(name).slice(2)), 'server', 'profile', 'help']
  const drawnOut = names.find(
    (name) => name.length >= 3 && (said.startsWith(name) || said.endsWith(name) || (said.length >= 3 && name.startsWith(said))),
  )
  // Short words are two letters from anything: `--reason` is not `--person`.
  const alike = names.filter((name) => name[0] === said[0])
  const meant = drawnOut ?? nearestName(said, alike)
  return meant && `--${meant}`
}

/** The nearest of some names, when it is near. */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  const [best] = names.map((name) => ({ name, off: lettersOff(typed.toLowerCase(), name.toLowerCase()) })).sort((a, b) => a.off - b.off)
  return best && best.off <= Math.max(1, Math.floor(typed.length / 3)) ? best.name : undefined
}

/** The verb a command line begins with; options may stand anywhere. */
export function verbOf(words: readonly string[]): Verb | undefined {
  const called = (said: string) => (verbs as readonly Verb[]).find(({ words: own, sameAs }) => own === said || sameAs?.includes(said))
  return called(words.slice(0, 2).join(' ')) ?? called(words[0] ?? '')
}

/** `incidents` is `incident`; `alias`, `ls` stay. */
function singular(word: string): string {
  const short = word.replace(/ies$/, 'y').replace(/s$/, '')
  return short in nouns ? short : word
}
