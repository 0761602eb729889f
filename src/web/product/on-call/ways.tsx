import { Missing } from '../../parts/avatar.tsx'
import { type IconMark, IconMarks } from '../../parts/icon-marks.tsx'
import { channelIcon, channelName } from './channels.ts'
import type { Way } from './duty.ts'
import { words } from './words.ts'

const states: Record<Way['state'], IconMark['state']> = { works: 'good', failing: 'bad', untried: 'open' }
const worst: Way['state'][] = ['failing', 'untried', 'works']

/** How somebody can be woken, what may not work first. */
export function Ways({ person, ways }: { person: string; ways: Way[] }) {
  if (ways.length === 0) return <Missing>{words.noContact}</Missing>
  const marks = [...ways]
    .sort((a, b) => worst.indexOf(a.state) - worst.indexOf(b.state))
    .map(({ channel, state }) => ({ icon: channelIcon(channel), state: states[state], label: words.way[state](channelName(channel)) }))
  return <IconMarks marks={marks} label={words.ways(person)} />
}
