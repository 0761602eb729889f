import { CommandError } from '../errors.ts'
import { EXIT } from '../exits.ts'
import { parseSeverity } from '../text/severity.ts'

/** The rank of a severity that was typed. */
export function rankOf(text: string): number {
  const rank = parseSeverity(text)
  if (rank === undefined)
    throw new CommandError(EXIT.usage, `‹${text}› is not a severity; write 1 to 5, SEV1 to SEV5, or critical, error, warning, info.`)
  return rank
}
