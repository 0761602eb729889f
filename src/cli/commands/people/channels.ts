import { EXIT, type ExitCode } from '../../exits.ts'
import { printList } from '../../printing.ts'
import type { ChannelView } from '../../product/kinds.ts'
import type { Session } from '../../session.ts'
import { tone } from '../../text/spans.ts'
import type { Column } from '../../text/table.ts'
import type { channelList } from '../../verbs/people.ts'
import type { InputOf } from '../../verbs/verb.ts'

/** As each describes itself: nothing here knows one by name. */
export async function listChannels(session: Session, input: InputOf<typeof channelList>): Promise<ExitCode> {
  const { items } = await session.server().api.listChannels()
  printList(session, input, { items, columns: COLUMNS, name: ({ name }) => name, none: 'None.' })
  return EXIT.ok
}

const COLUMNS: Column<ChannelView>[] = [
  { head: 'NAME', cell: ({ name }) => tone('strong', name), value: ({ name }) => name },
  { head: 'CALLED', cell: ({ title }) => title.en },
  { head: 'REACHES', cell: ({ can }) => can.reaches },
  { head: 'ACKNOWLEDGE', cell: ({ can }) => can.acknowledge },
  { head: 'BUNDLES', cell: ({ can }) => (can.bundle ? 'yes' : 'no') },
  { head: 'SECRET', cell: ({ secret }) => (secret === null ? '-' : secret.required ? 'required' : 'optional') },
  { head: 'ADDRESS', cell: ({ address }) => address.hint.en, shrinks: true },
  { head: 'SUCH AS', cell: ({ address }) => address.example, shrinks: true, wide: true },
  { head: 'NEEDS', cell: ({ needs }) => needs ?? '-', wide: true },
]
