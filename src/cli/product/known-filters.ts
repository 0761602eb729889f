import { CommandError } from '../errors.ts'
import { EXIT } from '../exits.ts'
import type { Session } from '../session.ts'
import type { Verb } from '../verbs/verb.ts'
import { nameLookups } from './known-names.ts'
import { commaParts, lost } from './lists.ts'

/**
 * What a list is narrowed by has to exist: by a name nobody bears it would be empty, as if all were well. Answers the
 * first that does not. Old names may still have a history, so whoever prints decides: `printList`.
 */
export async function unknownFilter(session: Session, { words, options = {} }: Verb, input: Record<string, unknown>) {
  if (!narrows(words)) return undefined
  const asked = Object.entries(options).flatMap(([key, { names: noun }]) => {
    if (noun === undefined || input[key] === undefined) return []
    const values = commaParts([input[key]].flat() as string[])?.filter((value) => !(noun === 'person' && value === 'me'))
    return values?.length ? [{ noun, values }] : []
  })
  for (const { noun, values } of asked) {
    // Who may not list them is told by the answer itself.
    const known = await nameLookups[noun]?.(session).catch(() => undefined)
    const unknown = known && values.find((value) => !known.includes(value))
    if (unknown !== undefined) return new CommandError(EXIT.notFound, ...lost(`There is no ${noun} ‹${unknown}›.`, unknown, known!))
  }
  return undefined
}

/** Verbs that answer a list, or who is on call. */
export function narrows(words: string): boolean {
  return / list$|^oncall /.test(words)
}
