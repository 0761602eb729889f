import { bashScript } from './completion/bash.ts'
import { fishScript } from './completion/fish.ts'
import { powershellScript } from './completion/powershell.ts'
import { zshScript } from './completion/zsh.ts'

export type Shell = 'bash' | 'zsh' | 'fish' | 'powershell'

/** A script that completes commands, options, values, and names the server knows. */
export function completionFor(shell: Shell): string {
  switch (shell) {
    case 'bash':
      return bashScript()
    case 'zsh':
      return zshScript()
    case 'fish':
      return fishScript()
    case 'powershell':
      return powershellScript()
  }
}
