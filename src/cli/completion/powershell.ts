import { nouns } from '../verbs.ts'
import { flagsOf, optionsOf, shown, type Values, valuesOf, wordsAfter } from './words.ts'

/** For Windows PowerShell 5.1 and PowerShell 7. */
export function powershellScript(): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`
  const list = (words: readonly string[]) => `@(${words.map(quoted).join(', ')})`
  const values = (found: Values | undefined) =>
    found?.words ? list(found.words) : found?.names ? `@(& $program __names ${found.names} 2>$null)` : '$null'
  const after = (noun: string | undefined) => list(wordsAfter(noun).map(({ word }) => word))
  const verbs = shown.map((verb) => {
    const [first] = verb.arguments ?? []
    const options = optionsOf(verb)
    const flags = [...options.flatMap(([name, option]) => flagsOf(name, option)), '--help']
    const taking = options.filter(([, option]) => option.value !== undefined)
    const cases = taking.map(
      ([name, option]) => `        { ${list(flagsOf(name, option))} -ccontains $_ } { return ,(${values(valuesOf(option))}) }`,
    )
    return `    ${quoted(verb.words)} {
      switch ($previous) {
${cases.join('\n')}
      }
      if ($word.StartsWith('-')) { return ,${list(flags)} }
      return ,(${values(first && valuesOf(first))})
    }`
  })
  return `# PowerShell completion for tocsin, made by \`tocsin completion powershell\`
function __tocsin_words($program, $typed, $previous, $word) {
  $nouns = ${list(Object.keys(nouns))}
  $path = if ($typed.Count -eq 0) { '' } elseif ($nouns -ccontains $typed[0]) { ($typed | Select-Object -First 2) -join ' ' } else { $typed[0] }
  switch -CaseSensitive ($path) {
    '' { return ,(${after(undefined)} + @('--help', '--version')) }
${Object.keys(nouns)
  .map((noun) => `    ${quoted(noun)} { return ,${after(noun)} }`)
  .join('\n')}
${verbs.join('\n')}
  }
}
Register-ArgumentCompleter -Native -CommandName tocsin -ScriptBlock {
  param($word, $ast, $position)
  $elements = @($ast.CommandElements | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { $_.ToString() })
  $program = $elements[0]
  $quote = [string][char]39
  $before = @($elements | Select-Object -Skip 1)
  $typed = @($before | Where-Object { -not $_.StartsWith('-') })
  $previous = if ($before.Count -gt 0) { $before[-1] } else { '' }
  __tocsin_words $program $typed $previous $word | Where-Object { $_ -like "$word*" } | ForEach-Object {
    $text = if ($_ -match '\\s') { $quote + $_ + $quote } else { $_ }
    [System.Management.Automation.CompletionResult]::new($text, $_, 'ParameterValue', $_)
  }
}
`
}
