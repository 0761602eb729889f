import { EXIT, type ExitCode } from '../../exits.ts'
import { printOne } from '../../printing.ts'
import type { Session } from '../../session.ts'
import type { resume } from '../../verbs/installation.ts'
import type { InputOf } from '../../verbs/verb.ts'

/** Says what the pause was for, and what its end brings. */
export async function resumePaging(session: Session, { dryRun, ...input }: InputOf<typeof resume>): Promise<ExitCode> {
  const { api } = session.server()
  const { paused } = await api.getPause()
  const { pagedAfresh } = dryRun || paused === null ? { pagedAfresh: 0 } : await api.resumePaging()
  printOne(session, input, {
    value: { ...(dryRun && { dryRun }), was: paused, pagedAfresh },
    name: '',
    lines: () => {
      if (paused === null) return ['It is not paused: pages leave as they fall due.']
      if (dryRun) return [`would let pages leave again; it is paused because ${paused.because}`]
      return [`Pages leave again. ${pagedAfresh} open ${pagedAfresh === 1 ? 'incident pages' : 'incidents page'} anew.`]
    },
  })
  return EXIT.ok
}
