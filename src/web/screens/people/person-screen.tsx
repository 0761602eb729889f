import type { PersonContact, RecentPage, WholePerson } from './person.ts'
import './people-screen.css'
import type { ReactNode } from 'react'
import { zoneName } from '../../../kernel/moment.ts'
import { type Instant, SECOND } from '../../../kernel/time.ts'
import { links } from '../../links.ts'
import { Avatar } from '../../parts/avatar.tsx'
import { type CheckItem, CheckList } from '../../parts/check-list.tsx'
import { Chip, type ChipTone } from '../../parts/chip.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Link } from '../../parts/link.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { Page } from '../../parts/page.tsx'
import { Panel, Section } from '../../parts/panel.tsx'
import { Ladder, Rung } from '../../parts/rope.tsx'
import { Row, Rows } from '../../parts/rows.tsx'
import { SeverityMark } from '../../parts/severity-mark.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { Split } from '../../parts/split.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { interval, moment, shiftTime, timeOfDay } from '../../parts/time-words.ts'
import { channelIcon, channelName } from '../../product/on-call/channels.ts'
import { words as onCallWords } from '../../product/on-call/words.ts'
import { words } from '../../product/people/words.ts'
import { type NightPlayed, NightSection } from './night-section.tsx'

export interface PersonScreenProps extends NightPlayed {
  name: string
  person: Loadable<WholePerson>
  /** Buttons beside the name: edit, send a test page. */
  beside?: ReactNode
  /** A button beside a contact: send it a test page. */
  besideContact?: ((contact: PersonContact) => ReactNode) | undefined
}

export function PersonScreen({ name, person, night, playing, onPlay, beside, besideContact }: PersonScreenProps) {
  const title = person.state === 'ready' || person.state === 'kept' ? person.value.look.name : name
  return (
    <Page
      crumbs={[{ name: onCallWords.title, href: links.onCall() }, { name: words.title, href: links.people() }, { name: title }]}
      keys={[]}
    >
      <Loaded of={person} skeleton={<SkeletonRows rows={8} />}>
        {(whole) => (
          <>
            <Head person={whole} beside={beside} />
            <Split
              className="person-split"
              label={words.main}
              asideLabel={words.night.title}
              aside={
                <>
                  <NightSection night={night} places={whole.places} timeZone={whole.timeZone ?? 'UTC'} playing={playing} onPlay={onPlay} />
                  <Checks person={whole} />
                  <Recent pages={whole.recentPages} />
                </>
              }
            >
              <div className="person-main">
                <Contacts person={whole} besideContact={besideContact} />
                <div className="person-pair">
                  <Rules person={whole} urgency="high" />
                  <Rules person={whole} urgency="low" />
                </div>
                <div className="person-pair">
                  <Shifts person={whole} />
                  <Places person={whole} />
                </div>
              </div>
            </Split>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Head({ person: { look, isMe, teams, timeZone }, beside }: { person: WholePerson; beside: ReactNode }) {
  const time = useTicking((now) => (timeZone === undefined ? '' : timeOfDay(now, timeZone)))
  return (
    <header className="person-head">
      <Avatar person={look} size={44} />
      <div className="grow">
        <h1>{look.name}</h1>
        <p>
          {isMe && `${words.yours} `}
          {teams.map(({ name, displayName }, place) => (
            <span key={name}>
              {place > 0 && ', '}
              <Link className="text-link" href={links.team(name)}>
                {displayName}
              </Link>
            </span>
          ))}
          {teams.length > 0 && '. '}
          {timeZone === undefined ? words.noZone : `${zoneName(timeZone)}, ${time}.`}
        </p>
      </div>
      {beside && <div className="person-head-beside">{beside}</div>}
    </header>
  )
}

const tones: Record<PersonContact['state'], ChipTone> = { works: 'good', failing: 'bad', untried: 'outline' }

function Contacts({ person: { contacts }, besideContact }: { person: WholePerson; besideContact: PersonScreenProps['besideContact'] }) {
  return (
    <Panel title={words.contacts} count={contacts.length} flush>
      {contacts.length === 0 ? (
        <p className="panel-inside sub">{words.noContacts}</p>
      ) : (
        <Rows label={words.contacts}>
          {contacts.map((contact) => (
            <Row
              key={contact.contact}
              mark={<Icon name={channelIcon(contact.channel)} />}
              title={
                <>
                  <b>{contact.contact}</b>{' '}
                  <span className="dim person-contact-address">{`${channelName(contact.channel)}, ${contact.address}`}</span>
                </>
              }
              detail={<Proof contact={contact} />}
              beside={
                <>
                  <Chip
                    tone={tones[contact.state]}
                    {...(contact.state !== 'untried' && { icon: contact.state === 'works' ? 'check' : 'warn' })}
                  >
                    {words.contactState[contact.state]}
                  </Chip>
                  {besideContact?.(contact)}
                </>
              }
            />
          ))}
        </Rows>
      )}
    </Panel>
  )
}

function Proof({ contact: { state, deliveredAt, failedAt, failure, wakes } }: { contact: PersonContact }) {
  const at = state === 'works' ? deliveredAt : failedAt
  const when = useTicking((now, zone) => (at === undefined ? '' : `${moment(at, now, zone)} ${zoneName(zone)}`))
  const says = state === 'works' ? words.arrivedAt(when) : state === 'failing' ? words.failedAt(when, failure ?? '') : words.neverTried
  return wakes ? says : `${says}. ${words.notAtNight}`
}

function Rules({ person: { rules, ownRules }, urgency }: { person: WholePerson; urgency: 'high' | 'low' }) {
  return (
    <Panel
      title={`${words.rules}: ${words.urgency[urgency]}`}
      className="person-rules"
      foot={ownRules[urgency] || rules[urgency].length === 0 ? undefined : words.noRules}
      flush
    >
      {rules[urgency].length === 0 ? (
        <p className="panel-inside sub">{words.noContacts}</p>
      ) : (
        <Ladder label={`${words.rules}: ${words.urgency[urgency]}`}>
          {rules[urgency].map(({ contact, channel, afterSeconds }) => (
            <Rung
              key={`${contact} ${afterSeconds}`}
              state="later"
              sign={<Icon name={channelIcon(channel)} size={13} />}
              time={`${minutes(afterSeconds)} min`}
            >
              {`${contact} (${channelName(channel)})`}
            </Rung>
          ))}
        </Ladder>
      )}
    </Panel>
  )
}

function minutes(seconds: number): string {
  return String(Math.round((seconds / 60) * 10) / 10)
}

function Shifts({ person: { shifts } }: { person: WholePerson }) {
  return (
    <Panel title={words.shifts} flush>
      {shifts.length === 0 ? (
        <p className="panel-inside sub">{words.noShifts}</p>
      ) : (
        <Rows label={words.shifts}>
          {shifts.slice(0, 6).map((shift) => (
            <Row key={`${shift.schedule} ${shift.from}`} title={shift.scheduleName} detail={<ShiftText shift={shift} />} />
          ))}
        </Rows>
      )}
    </Panel>
  )
}

function ShiftText({ shift: { from, until } }: { shift: WholePerson['shifts'][number] }) {
  return useTicking((now, zone) => {
    const when = (at: Instant) => `${shiftTime(at, now, zone)} ${zoneName(zone)}`
    return from <= now ? words.shiftNow(when(until)) : `${when(from)}, ${interval(until - from)}`
  })
}

function Places({ person: { places } }: { person: WholePerson }) {
  return (
    <Panel title={words.places} flush>
      {places.length === 0 ? (
        <p className="panel-inside sub">{words.noPlaces}</p>
      ) : (
        <Rows label={words.places}>
          {places.map(({ policy, policyName, level, catchAll, through }) => (
            <Row
              key={`${policy} ${level}`}
              title={
                <Link href={links.policy(policy)}>
                  {catchAll ? `${policyName}, ${words.catchAll}` : onCallWords.levelOf(policyName, level)}
                </Link>
              }
              detail={through === 'by name' ? words.byName : through === 'admins' ? words.admins : words.placeThrough(through)}
            />
          ))}
        </Rows>
      )}
    </Panel>
  )
}

function Checks({ person: { checks } }: { person: WholePerson }) {
  const items = checks.map(({ check, passes, weight, contacts }): CheckItem => {
    const state = passes ? 'good' : weight === 'unreachable' ? 'bad' : weight === 'doubtful' ? 'warn' : 'hint'
    const names = !passes && (check === 'nothing-failing' || check === 'proven-lately') ? ` ${contacts.join(', ')}.` : ''
    return { key: check, state, says: (passes ? words.checks.good[check] : words.checks.bad[check]) + names }
  })
  const passing = checks.filter(({ passes }) => passes).length
  return (
    <Section title={words.checks.title} count={words.checks.pass(passing, checks.length)}>
      <CheckList items={items} />
    </Section>
  )
}

function Recent({ pages }: { pages: RecentPage[] }) {
  return (
    <Section title={words.recent} beside={<span className="fine">UTC</span>}>
      {pages.length === 0 ? (
        <p className="sub">{words.noRecent}</p>
      ) : (
        <ul className="recent-pages">
          {pages.slice(0, 10).map((page) => (
            <RecentRow key={page.id} page={page} />
          ))}
        </ul>
      )}
    </Section>
  )
}

function RecentRow({ page: { at, contact, channel, status, incident, acknowledgedAfterSeconds } }: { page: RecentPage }) {
  const when = useTicking((now) => moment(at, now, 'UTC'))
  return (
    <li>
      <span className="dim fine">{when}</span>
      <span>
        {incident ? (
          <Link href={links.incident(incident.number)} className="line">
            <SeverityMark rank={incident.severity} size={16} />
            <span className="cut">{incident.title}</span>
          </Link>
        ) : (
          words.test
        )}
        <span className="dim fine">
          {`${channelName(channel)} ${contact}, ${words.status[status]}`}
          {acknowledgedAfterSeconds !== undefined && `, ${words.acknowledgedIn(interval(Math.round(acknowledgedAfterSeconds) * SECOND))}`}
        </span>
      </span>
    </li>
  )
}
