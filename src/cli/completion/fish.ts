import { nouns } from '../verbs.ts'
import { flagsOf, optionsOf, shown, type Values, valuesOf, wordsAfter } from './words.ts'

export function fishScript(): string {
  const quoted = (text: string) => `'${text.replaceAll("'", '’')}'`
  const values = (found: Values | undefined) =>
    found?.words ? ` -a ${quoted(found.words.join(' '))}` : found?.names ? ` -a '(tocsin __names ${found.names} 2>/dev/null)'` : ''
  const lines = [
    ...wordsAfter(undefined).map(({ word, summary }) => `complete -c tocsin -f -n '__tocsin_at ""' -a ${word} -d ${quoted(summary)}`),
    ...Object.keys(nouns).flatMap((noun) =>
      wordsAfter(noun).map(({ word, summary }) => `complete -c tocsin -f -n '__tocsin_at ${noun}' -a ${word} -d ${quoted(summary)}`),
    ),
    ...shown.flatMap((verb) => {
      const at = `complete -c tocsin -n '__tocsin_at ${verb.words}'`
      const [first] = verb.arguments ?? []
      return [
        ...(first && valuesOf(first) ? [`${at} -f${values(valuesOf(first))}`] : []),
        ...optionsOf(verb).flatMap(([name, option]) => {
          const short = option.short ? ` -s ${option.short}` : ''
          const value = option.value === undefined ? '' : ` ${valuesOf(option) ? '-x' : '-r'}${values(valuesOf(option))}`
          return flagsOf(name, option)
            .filter((flag) => flag.startsWith('--'))
            .map((flag) => `${at}${flag.startsWith('--no-') ? '' : short} -l ${flag.slice(2)}${value} -d ${quoted(option.summary)}`)
        }),
      ]
    }),
  ]
  return `# fish completion for tocsin, made by \`tocsin completion fish\`
function __tocsin_at
    set -l typed
    for word in (commandline -opc)[2..-1]
        string match -q -- '-*' $word; or set -a typed $word
    end
    set -l wanted (string split -n ' ' -- "$argv")
    set -l nouns ${Object.keys(nouns).join(' ')}
    set -l count 1
    if set -q typed[1]; and contains -- $typed[1] $nouns
        set count 2
    end
    test "$typed[1..$count]" = "$wanted"
end
${lines.join('\n')}
`
}
