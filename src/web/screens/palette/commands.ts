import { verbs } from '../../../cli/verbs.ts'
import { lettersOff } from '../../../kernel/letters.ts'
import { type BrowserVerb, browserVerbs } from './browser-verbs.ts'
import { wordsOf } from './match.ts'
import { words } from './words.ts'

/** A verb as it was typed, and what stands behind it. */
export interface Spoken {
  verb: BrowserVerb
  rest: string
}

/** `ack 142`, `acknowledge 142`, `reslove 142`, `page payments`, in this language's words too. The longest name wins. */
export function spokenIn(typed: string): Spoken | undefined {
  const said = typed.trim().split(/\s+/)
  let best: (Spoken & { length: number; off: number }) | undefined
  for (const verb of browserVerbs)
    for (const name of namesOf(verb)) {
      const length = name.length
      if (length > said.length) continue
      const off = lettersOff(wordsOf(said.slice(0, length).join(' ')).join(' '), name.join(' '))
      // A short name is right or wrong; in a long one a slip is forgiven.
      if (off > (name.join('').length < 5 ? 0 : 1)) continue
      if (!best || length > best.length || (length === best.length && off < best.off))
        best = { verb, rest: said.slice(length).join(' '), length, off }
    }
  return best && { verb: best.verb, rest: best.rest }
}

function namesOf(verb: BrowserVerb): string[][] {
  const known = verbs.find((one) => one.words === verb)!
  const alsoCalled: readonly string[] = 'alsoCalled' in known ? known.alsoCalled : []
  return [known.words, ...alsoCalled, words.verbs[verb].called].map(wordsOf)
}
