import { Avatar, Avatars, Missing, Person } from '../../parts/avatar.tsx'
import { CheckList } from '../../parts/check-list.tsx'
import { Chip, ChipLink, FilterChip, Label } from '../../parts/chip.tsx'
import { type DayStroke, DayStrokes } from '../../parts/day-strokes.tsx'
import { IconMarks } from '../../parts/icon-marks.tsx'
import { SeverityChip, SeverityMark, type SeverityRank, severityName } from '../../parts/severity-mark.tsx'
import { type Progress, StatusPill, StatusPillButton } from '../../parts/status-pill.tsx'
import { words } from '../../product/incidents/words.ts'
import { Block, NextLine } from './block.tsx'
import { ava, beatriz, ida, li, noor, raj, sam, tom } from './sample/people.ts'

const ranks: SeverityRank[] = [1, 2, 3, 4, 5]

const drawnDays: DayStroke[] = Array.from({ length: 28 }, (_, day) => {
  if (day === 11) return 'gap'
  if (day > 25) return 'unknown'
  if (day > 18) return day % 7 > 4 ? 'none' : 'part'
  return day % 14 < 7 ? 'own' : 'full'
})

export function MarkBlocks() {
  return (
    <>
      <Block name="Severity" rule="Shape, digit and colour. Never colour alone.">
        {ranks.map((rank) => (
          <span key={rank} className="part-caption">
            <SeverityMark rank={rank} size={32} />
            <span aria-hidden="true">{severityName(rank)}</span>
          </span>
        ))}
        {[20, 16].map((size) => (
          <span key={size} className="line">
            {ranks.map((rank) => (
              <SeverityMark key={rank} rank={rank} size={size} />
            ))}
          </span>
        ))}
        <NextLine />
        {ranks.map((rank) => (
          <SeverityChip key={rank} rank={rank} />
        ))}
      </Block>
      <Block name="Incident status" rule="A dial that fills towards resolved.">
        {(Object.keys(words.status) as Progress[]).map((progress) => (
          <StatusPill key={progress} progress={progress} label={words.status[progress]} />
        ))}
        <StatusPillButton progress="acknowledged" label={words.status.acknowledged} />
      </Block>
      <Block name="Chips" rule="Facts, filters, states in a line.">
        <Chip>Neutral</Chip>
        <Chip tone="outline">Outline</Chip>
        <ChipLink icon="layers" href="/parts">
          Link
        </ChipLink>
        <FilterChip removeLabel="Remove filter" onRemove={() => {}}>
          Filter on
        </FilterChip>
        <Chip tone="good" icon="check">
          Reached
        </Chip>
        <Chip tone="warn" icon="warn">
          Not tested
        </Chip>
        <Chip tone="bad" icon="warn">
          Overdue
        </Chip>
        <Chip tone="info">Running</Chip>
        <Label name="region" value="eu-1" />
      </Block>
      <Block name="Ways" rule="Proven, not known, doubtful; what does not work is struck through.">
        <IconMarks
          label="Ways to wake somebody"
          marks={[
            { icon: 'phone', state: 'bad', label: 'Call fails' },
            { icon: 'sms', state: 'warn', label: 'SMS is old' },
            { icon: 'mail', state: 'open', label: 'Mail, never tried' },
            { icon: 'push', state: 'good', label: 'Push works' },
          ]}
        />
      </Block>
      <Block name="Checks" rule="A whole sentence each, the mark only helps." column>
        <CheckList
          items={[
            { key: 'good', state: 'good', says: 'The first contact goes within a minute' },
            { key: 'hint', state: 'hint', says: 'All contacts end at one address.' },
            { key: 'warn', state: 'warn', says: 'No page has ever arrived.' },
            { key: 'bad', state: 'bad', says: 'No contact: a page passes them by.' },
          ]}
        />
      </Block>
      <Block name="Days" rule="One stroke a day: full, own, part, none as it is meant, a gap, unknown." column>
        <DayStrokes label="28 days: 1 gap" days={drawnDays} />
      </Block>
      <Block name="People" rule="The ground helps finding, the name says who.">
        {[beatriz, raj, li, sam, noor, ida, tom, ava].map((person) => (
          <Avatar key={person.name} person={person} size={28} label={person.name} />
        ))}
        <Avatar person={raj} size={28} onCall label="Raj Iyer, on call" />
        <Avatars people={[beatriz, raj, li, tom]} size={24} label="Beatriz, Raj, Li and Tom" />
        <Person person={noor} />
        <Person person={noor} short />
        <Missing>Nobody</Missing>
      </Block>
    </>
  )
}
