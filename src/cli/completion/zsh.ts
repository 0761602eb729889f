import { nouns } from '../verbs.ts'
import { flagsOf, optionsOf, shown, type Values, valuesOf, wordsAfter } from './words.ts'

export function zshScript(): string {
  const quoted = (text: string) => text.replaceAll("'", '’').replaceAll(':', '\\:')
  const described = (list: { word: string; summary: string }[]) => list.map(({ word, summary }) => `'${word}:${quoted(summary)}'`).join(' ')
  const spec = (text: string) => text.replaceAll("'", '’').replaceAll('[', '(').replaceAll(']', ')').replaceAll(':', '\\:')
  const action = (values: Values | undefined) =>
    values?.words ? `(${values.words.join(' ')})` : values?.names ? `{_tocsin_names ${values.names}}` : '_files'
  const cases = shown.map((verb) => {
    const options = optionsOf(verb).flatMap(([name, option]) =>
      flagsOf(name, option).map(
        (flag) =>
          `'${option.many ? '*' : ''}${flag}[${spec(option.summary)}]${option.value === undefined ? '' : `:${spec(option.value)}:${action(valuesOf(option))}`}'`,
      ),
    )
    const taken = (verb.arguments ?? []).map((one) => `'${one.many ? '*' : ''}:${one.name}:${valuesOf(one) ? action(valuesOf(one)) : ' '}'`)
    return `    '${verb.words}') _arguments -s ${[...options, ...taken].join(' ')} ;;`
  })
  return `#compdef tocsin
# zsh completion for tocsin, made by \`tocsin completion zsh\`
_tocsin_names() {
  local -a found
  found=(\${(f)"$(\${words_before[1]:-tocsin} __names $1 2>/dev/null)"})
  compadd -a found
}
_tocsin() {
  local -a commands words_before
  local path_typed=''
  words_before=("\${words[@]}")
  if (( CURRENT == 2 )); then
    commands=(${described(wordsAfter(undefined))})
    _describe -t commands command commands
    return
  fi
  case "\${words[2]}" in
    ${Object.keys(nouns).join('|')})
      if (( CURRENT == 3 )); then
        case "\${words[2]}" in
${Object.keys(nouns)
  .map((noun) => `          ${noun}) commands=(${described(wordsAfter(noun))}) ;;`)
  .join('\n')}
        esac
        _describe -t commands command commands
        return
      fi
      path_typed="\${words[2]} \${words[3]}"
      shift 2 words; (( CURRENT -= 2 )) ;;
    *) path_typed="\${words[2]}"; shift words; (( CURRENT -= 1 )) ;;
  esac
  case "$path_typed" in
${cases.join('\n')}
  esac
}
compdef _tocsin tocsin
`
}
