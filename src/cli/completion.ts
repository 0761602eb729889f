import { isShown } from './help.ts'
import { reaching } from './verbs/shared.ts'
import type { Argument, LiveNames, Option, Verb } from './verbs/verb.ts'
import { flagOf, nouns, verbs } from './verbs.ts'

export type Shell = 'bash' | 'zsh' | 'fish'

/** A script that completes commands, options, values, and names the server knows. */
export function completionFor(shell: Shell): string {
  switch (shell) {
    case 'bash':
      return bashScript()
    case 'zsh':
      return zshScript()
    case 'fish':
      return fishScript()
  }
}

const shown = (verbs as readonly Verb[]).filter(isShown)

/** Words that may stand after some words: nothing typed yet, or a noun. */
function wordsAfter(noun: string | undefined): { word: string; summary: string }[] {
  if (noun !== undefined)
    return shown
      .filter(({ words }) => words.startsWith(`${noun} `))
      .map(({ words, summary }) => ({ word: words.slice(noun.length + 1), summary }))
  const single = shown.filter(({ words }) => !words.includes(' ')).map(({ words, summary }) => ({ word: words, summary }))
  return [...single, ...Object.entries(nouns).map(([word, summary]) => ({ word, summary }))]
}

function optionsOf({ options = {}, offline }: Verb): [name: string, option: Option][] {
  return [...Object.entries(options), ...(offline ? [] : Object.entries(reaching as Record<string, Option>))]
}

function flagsOf(name: string, { short, negatable }: Option): string[] {
  return [...(short ? [`-${short}`] : []), flagOf(name), ...(negatable ? [`--no-${flagOf(name).slice(2)}`] : [])]
}

/** What may stand as a value: fixed words, or names from the server. */
function valuesOf({
  choices,
  names,
}: Pick<Option & Argument, 'choices' | 'names'>): { words?: readonly string[]; names?: LiveNames } | undefined {
  if (choices) return { words: choices }
  return names ? { names } : undefined
}

function bashScript(): string {
  const reply = (values: { words?: readonly string[]; names?: LiveNames }) =>
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

function zshScript(): string {
  const quoted = (text: string) => text.replaceAll("'", '’').replaceAll(':', '\\:')
  const described = (list: { word: string; summary: string }[]) => list.map(({ word, summary }) => `'${word}:${quoted(summary)}'`).join(' ')
  const spec = (text: string) => text.replaceAll("'", '’').replaceAll('[', '(').replaceAll(']', ')').replaceAll(':', '\\:')
  const action = (values: { words?: readonly string[]; names?: LiveNames } | undefined) =>
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

function fishScript(): string {
  const quoted = (text: string) => `'${text.replaceAll("'", '’')}'`
  const values = (found: { words?: readonly string[]; names?: LiveNames } | undefined) =>
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
