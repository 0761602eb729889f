import type { Instant } from '../../../kernel/time.ts'
import { Person, type PersonLook } from '../../parts/avatar.tsx'
import { IconButton } from '../../parts/button.tsx'
import { type Choice, Combobox } from '../../parts/combobox.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Section } from '../../parts/panel.tsx'
import { Row, Rows } from '../../parts/rows.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { momentWithZones } from '../../parts/time-words.ts'
import { words } from './private-words.ts'

/** One who may see a private incident. */
export interface MemberLook {
  /** As it is let in and taken off: `person raj`, `team security`. */
  key: string
  look: PersonLook
  isTeam: boolean
  how: 'declaring' | 'page' | 'role' | 'hand' | 'glass'
  at: Instant
}

export interface MembersSectionProps {
  members: MemberLook[]
  /** Who may be let in; none where the viewer may not. */
  choices: Choice[]
  onLetIn?: ((key: string) => void) | undefined
  onLetGo?: ((key: string) => void) | undefined
}

/** Who sees a private incident, and why each of them does. */
export function MembersSection({ members, choices, onLetIn, onLetGo }: MembersSectionProps) {
  const inIt = new Set(members.map(({ key }) => key))
  return (
    <Section title={words.title} count={members.length} beside={<Icon name="lock" size={14} />} foot={words.foot} flush>
      <Rows label={words.title}>
        {members.map((member) => (
          <Row
            key={member.key}
            title={
              member.isTeam ? (
                <span className="line">
                  <Icon name="users" size={16} />
                  {words.team(member.look.name)}
                </span>
              ) : (
                <Person person={member.look} />
              )
            }
            detail={<HowAndWhen member={member} />}
            beside={
              onLetGo &&
              members.length > 1 && (
                <IconButton size="small" icon="x" label={words.remove(member.look.name)} onClick={() => onLetGo(member.key)} />
              )
            }
          />
        ))}
      </Rows>
      {onLetIn && (
        <div className="section-inside">
          <Combobox
            label={words.add}
            placeholder={words.add}
            choices={choices.filter(({ value }) => !inIt.has(value))}
            value={undefined}
            onPick={(key) => key !== undefined && onLetIn(key)}
          />
        </div>
      )}
    </Section>
  )
}

function HowAndWhen({ member: { isTeam, how, at } }: { member: MemberLook }) {
  return useTicking((now, zone) => `${isTeam ? words.everybodyIn : words.how[how]}, ${momentWithZones(at, now, zone)}`)
}
