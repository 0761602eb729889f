import { SAID, type Word } from '../../modules/command/said.ts'
import { dryRun, printing } from './shared.ts'
import type { Verb } from './verb.ts'

/** Words of the command line that can more than a line says: these stay as they are. */
const OWN = ['create', 'show', 'list', 'oncall', 'ack', 'escalate', 'resolve', 'update', 'note', 'private', 'allow'] as const
type Own = (typeof OWN)[number]

const words = [
  {
    name: 'words',
    many: true,
    optional: true,
    names: 'incident',
    summary: 'the incident (142, INC-142 or inc_…), then what there is to say',
  },
] as const
const options = { ...dryRun, ...printing }

export type SayVerb = Verb & { words: `incident ${Exclude<Word, Own>}`; arguments: typeof words; options: typeof options }

/** What people say of an incident that is there: the same words in chat, in the palette and here. */
export const sayVerbs: readonly SayVerb[] = SAID.filter(({ word }) => !(OWN as readonly string[]).includes(word)).map(
  ({ word, usage, summary, example, alsoCalled }) => ({
    words: `incident ${word as Exclude<Word, Own>}`,
    summary,
    ...(usage !== '' && { details: `After the incident: ${usage}` }),
    arguments: words,
    options,
    examples: [`tocsin incident ${word} 142${example.slice(word.length)}`],
    alsoCalled: alsoCalled.map((name) => `incident ${name}`),
  }),
)
