import { randomUUID } from 'node:crypto'
import { CommandError } from '../../errors.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { printOne } from '../../printing.ts'
import { looksLikeIncident } from '../../product/incident-ids.ts'
import type { Session } from '../../session.ts'
import type { SayVerb } from '../../verbs/command.ts'
import type { InputOf } from '../../verbs/verb.ts'

/** Says a line about an incident, as one would in chat: the server understands it, and does it in one's name. */
export async function sayOfIncident(session: Session, input: InputOf<SayVerb>, word: string): Promise<ExitCode> {
  const [first, ...rest] = input.words
  if (first === undefined || !looksLikeIncident(first) || first === '-')
    throw new CommandError(EXIT.usage, 'Say which incident.', `Such as: tocsin incident ${word} 142`)
  const line = [word, ...rest.map(quoted)].join(' ')
  const dry = input.dryRun === true && { dryRun: true }
  const said = await session.server().api.sayCommand({ body: { text: line, incident: first, ...dry }, idempotencyKey: randomUUID() })
  if ('suggestions' in said) throw new CommandError(EXIT.usage, 'That is no command.', `Did you mean: ${said.suggestions.join(', or ')}`)
  if ('choose' in said) throw new CommandError(EXIT.usage, 'Say which incident.')
  const { answer, says } = said
  printOne(session, input, {
    value: (answer ?? said) as object,
    name: first,
    lines: () => says.split('\n'),
  })
  return EXIT.ok
}

/** Names, times and lengths go as they are; what has a blank in it is one text. */
function quoted(word: string): string {
  return /\s/.test(word) || word === '' ? `"${word.replaceAll('"', '”')}"` : word
}
