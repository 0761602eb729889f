import { CommandError } from '../../errors.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { shortNumber } from '../../product/incident-cells.ts'
import { looksLikeIncident } from '../../product/incident-ids.ts'
import type { Session } from '../../session.ts'
import type { open } from '../../verbs/installation.ts'
import type { InputOf } from '../../verbs/verb.ts'

export async function openInBrowser(session: Session, { id, print }: InputOf<typeof open>): Promise<ExitCode> {
  const server = session.server()
  const address = `${server.url}${id === undefined ? '/' : await pathOf(session, id)}`
  const { stdout } = session.terminal
  if (print || !stdout.isTerminal || !(await session.terminal.browse(address))) session.printRaw(`${address}\n`)
  return EXIT.ok
}

async function pathOf(session: Session, id: string): Promise<string> {
  if (!looksLikeIncident(id) || id === '-') throw new CommandError(EXIT.usage, `‹${id}› is not an incident; write 142, INC-142 or inc_….`)
  const { number } = await session.server().api.getIncident({ params: { id } })
  return `/i/${shortNumber(number)}`
}
