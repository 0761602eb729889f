import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { completionFor } from './completion.ts'
import type { Verb } from './verbs/verb.ts'
import { verbs } from './verbs.ts'

/** What bash offers after a line, with a `tocsin` whose server knows two services. */
function offered(line: string): string[] {
  const words = line.split(' ')
  const script = `
    tocsin() { [[ $1 == __names && $2 == service ]] && printf 'payments-api\\nsearch\\n'; }
    ${completionFor('bash')}
    COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})
    COMP_CWORD=${words.length - 1}
    _tocsin
    printf '%s\\n' "\${COMPREPLY[@]}"`
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' })
    .split('\n')
    .filter((word) => word !== '')
}

test.skipIf(!hasBash())('bash completes commands, options, values and names', () => {
  expect(offered('tocsin inc')).toEqual(['incident'])
  expect(offered('tocsin incident ')).toEqual(
    expect.arrayContaining(['list', 'show', 'watch', 'create', 'update', 'mitigated', 'close', 'timeline']),
  )
  expect(offered('tocsin incident list --st')).toEqual(['--status'])
  expect(offered('tocsin incident list --status a')).toEqual(['acknowledged', 'all'])
  expect(offered('tocsin incident list -s ')).toEqual(['payments-api', 'search'])
  expect(offered('tocsin service show pay')).toEqual(['payments-api'])
  expect(offered('tocsin completion ')).toEqual(['bash', 'zsh', 'fish', 'powershell'])
  expect(offered('tocsin serve --no')).toEqual(['--no-demo', '--no-browser', '--no-paused'])
  expect(offered('tocsin __')).toEqual([])
})

test('zsh, fish and PowerShell know every command and every option', () => {
  for (const shell of ['zsh', 'fish', 'powershell'] as const) {
    const script = completionFor(shell)
    for (const { words, hidden, options = {} } of verbs as readonly Verb[]) {
      if (hidden) continue
      expect(script).toContain(words)
      if ('dryRun' in options) expect(script).toContain('dry-run')
    }
  }
})

test.each(['fish', 'powershell'] as const)('%s is given nothing that ends its quotes', (shell) => {
  for (const line of completionFor(shell).split('\n')) expect((line.match(/'/g) ?? []).length % 2, line).toBe(0)
})

test('PowerShell is given brackets in pairs, in every kind', () => {
  const script = completionFor('powershell').replace(/'[^']*'/g, "''")
  for (const [open, close] of ['()', '{}', '[]'] as const)
    expect(script.split(open!).length, `${open}${close}`).toBe(script.split(close!).length)
})

function hasBash(): boolean {
  try {
    execFileSync('bash', ['-c', 'true'])
    return true
  } catch {
    return false
  }
}
