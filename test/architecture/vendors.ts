import type { Source } from './rules.ts'

/** Words that name a channel and are also words for something else: a field of a person, the drawing of a way in, what people look at. */
const ALSO_WORDS = ['email', 'screen', 'webhook']

/**
 * Channels that the browser knows by name. It asks what a channel says of itself (`src/channels-told.js`). A name of its own is a fault
 * wherever it stands, in sentences too; one that is also a word, where a channel is compared with it or several are listed by it.
 */
export function vendorFaults(sources: Source[], channels: string[]): string[] {
  const own = channels.filter((name) => !ALSO_WORDS.includes(name))
  const named = new RegExp(`\\b(${own.join('|')})\\b`, 'gi')
  const compared = new RegExp(`channel\\w*\\s*(?:[!=]==?|:|=|\\?\\?)\\s*['"](${channels.join('|')})['"]`, 'gi')
  const listed = new RegExp(`(?:['"](${channels.join('|')})['"]|\\b(${channels.join('|')}):)`, 'g')
  return sources
    .filter(({ path }) => path.startsWith('src/web/') && !path.includes('.test.'))
    .flatMap(({ path, text }) => {
      const code = text.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/[^\n]*/g, '').replace(/\bicon(=|: )(['"])\w+\2|<Icon name="\w+"/g, '')
      const groups = [...code.matchAll(/[{[][^{}[\]]*[}\]]/g)].filter(
        ([group]) => new Set([...group.matchAll(listed)].map(([, quoted, key]) => quoted ?? key)).size > 1,
      )
      const faults = [
        ...[...code.matchAll(named)].map(([name]) => name),
        ...[...code.matchAll(compared), ...groups].map(([found]) => found),
      ]
      return faults.map((found) => `${path} knows a channel by name (${found.slice(0, 60)}): ask what it says of itself`)
    })
}

/** What the room of configuration says of one kind and not of all; who may write themselves is a route of its own. */
export function kindFaults(sources: Source[], kinds: string[]): string[] {
  const named = new RegExp(`\\b(${kinds.join('|')})\\b(?=\\.name|[,)} ]|$)|=== '(${kinds.join('|')})'`, 'g')
  return sources
    .filter(({ path }) => /^src\/modules\/configuration\/(?!kinds|routes|.*\.test\.)/.test(path))
    .flatMap(({ path, text }) =>
      [...text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '').matchAll(named)].map(
        ([found]) => `${path} knows the kind ${found}: what is peculiar to it stands with it`,
      ),
    )
}
