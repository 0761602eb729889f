import { nouns } from '../verbs.ts'
import { flagsOf, optionsOf, shown, type Values, valuesOf, wordsAfter } from './words.ts'

export function bashScript(): string {
  const reply = (values: Values) =>
    `COMPREPLY=($(compgen -W "${values.words ? values.words.join(' ') : `$("\${COMP_WORDS[0]}" __names ${values.names} 2>/dev/null)`}" -- "$cur"))`
  const valueCases = shown.flatMap((verb) =>
    optionsOf(verb).flatMap(([name, option]) => {
      const values = valuesOf(option)
      if (option.value === undefined) return []
      const patterns = flagsOf(name, option).map((flag) => `"${verb.words}:${flag}"`)
      return [`    ${patterns.join('|')}) ${values ? reply(values) : 'compopt -o default 2>/dev/null'}; return ;;`]
    }),
  )
  const verbCases = shown.map((verb) => {
    const flags = optionsOf(verb).flatMap(([name, option]) => flagsOf(name, option))
    const [first] = verb.arguments ?? []
    const values = first && valuesOf(first)
    const otherwise = values ? reply(values) : ':'
    return `    "${verb.words}") if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W "${[...flags, '--help'].join(' ')}" -- "$cur")); else ${otherwise}; fi ;;`
  })
  const nounList = Object.keys(nouns)
  return `# bash completion for tocsin, made by \`tocsin completion bash\`
_tocsin() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD - 1]}" path='' i
  local -a typed=()
  for ((i = 1; i < COMP_CWORD; i++)); do [[ \${COMP_WORDS[i]} == -* ]] || typed+=("\${COMP_WORDS[i]}"); done
  case "\${typed[0]:-}" in
    ${nounList.join('|')}) path="\${typed[0]}\${typed[1]:+ \${typed[1]}}" ;;
    *) path="\${typed[0]:-}" ;;
  esac
  COMPREPLY=()
  case "$path:$prev" in
${valueCases.join('\n')}
  esac
  case "$path" in
    '') COMPREPLY=($(compgen -W "${wordsAfter(undefined)
      .map(({ word }) => word)
      .join(' ')} --help --version" -- "$cur")) ;;
${nounList
  .map(
    (noun) =>
      `    ${noun}) COMPREPLY=($(compgen -W "${wordsAfter(noun)
        .map(({ word }) => word)
        .join(' ')}" -- "$cur")) ;;`,
  )
  .join('\n')}
${verbCases.join('\n')}
  esac
}
complete -F _tocsin tocsin
`
}
