import './teams-screen.css'
import type { ReactNode } from 'react'
import { zoneName } from '../../../kernel/moment.ts'
import type { Instant } from '../../../kernel/time.ts'
import { links } from '../../links.ts'
import { Missing, Person, type PersonLook } from '../../parts/avatar.tsx'
import { Chip } from '../../parts/chip.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Link } from '../../parts/link.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { Page } from '../../parts/page.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { Panel, Section } from '../../parts/panel.tsx'
import { Row, Rows } from '../../parts/rows.tsx'
import { SeverityMark, type SeverityRank } from '../../parts/severity-mark.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { Split } from '../../parts/split.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { momentWithZones, shiftTime } from '../../parts/time-words.ts'
import type { Way } from '../../product/on-call/duty.ts'
import { Ways } from '../../product/on-call/ways.tsx'
import { words as onCallWords } from '../../product/on-call/words.ts'
import { words } from './words.ts'

export interface WholeTeam {
  displayName: string
  members: { name: string; look: PersonLook; isLead: boolean; ways?: Way[] | undefined; onCall?: string | undefined }[]
  services: {
    name: string
    displayName: string
    description?: string | undefined
    policy?: string | undefined
    open: number
    worst?: SeverityRank | undefined
  }[]
  policies: { name: string; displayName: string; through: 'service' | 'named' }[]
  schedules: { name: string; displayName: string; onCall?: PersonLook | undefined; until?: Instant | undefined }[]
  incidents: {
    number: string
    title: string
    severity: SeverityRank
    service: string
    startedAt: Instant
    holder?: PersonLook | undefined
  }[]
}

export interface TeamScreenProps {
  name: string
  team: Loadable<WholeTeam>
  beside?: ReactNode
}

export function TeamScreen({ name, team, beside }: TeamScreenProps) {
  const title = team.state === 'ready' || team.state === 'kept' ? team.value.displayName : name
  return (
    <Page
      crumbs={[{ name: onCallWords.title, href: links.onCall() }, { name: words.title, href: links.teams() }, { name: title }]}
      keys={[]}
    >
      <Loaded of={team} skeleton={<SkeletonRows rows={8} />}>
        {(whole) => (
          <>
            <PageHead title={whole.displayName} beside={beside}>
              {words.summary(whole.members.length, whole.services.length)}
            </PageHead>
            <Split label={words.main} aside={<Members team={whole} name={name} />} asideLabel={words.aside}>
              <div className="team-main">
                <Incidents incidents={whole.incidents} />
                <Services services={whole.services} />
                <div className="team-pair">
                  <Schedules schedules={whole.schedules} />
                  <Policies policies={whole.policies} />
                </div>
              </div>
            </Split>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Incidents({ incidents }: Pick<WholeTeam, 'incidents'>) {
  return (
    <Listed title={words.incidents} none={words.noIncidents} count={incidents.length}>
      {incidents.map(({ number, title, severity, service, startedAt, holder }) => (
        <Row
          key={number}
          mark={<SeverityMark rank={severity} size={20} />}
          title={
            <Link className="strong" href={links.incident(number)}>
              {title}
            </Link>
          }
          detail={<Since at={startedAt} service={service} />}
          beside={holder ? <Person person={holder} short /> : <Missing>{words.nobodyHas}</Missing>}
        />
      ))}
    </Listed>
  )
}

function Since({ at, service }: { at: Instant; service: string }) {
  return useTicking((now, zone) => `${service}, ${words.since(momentWithZones(at, now, zone))}`)
}

function Services({ services }: Pick<WholeTeam, 'services'>) {
  return (
    <Listed title={words.services} none={words.noServices} count={services.length}>
      {services.map(({ name, displayName, description, policy, open, worst }) => (
        <Row
          key={name}
          mark={worst === undefined ? <Icon name="layers" /> : <SeverityMark rank={worst} size={16} />}
          title={
            <Link className="strong" href={links.service(name)}>
              {displayName}
            </Link>
          }
          detail={description}
          beside={
            <>
              {open > 0 && <Chip tone="warn">{words.open(open)}</Chip>}
              {policy === undefined && <Chip tone="outline">{words.noPolicy}</Chip>}
            </>
          }
        />
      ))}
    </Listed>
  )
}

function Schedules({ schedules }: Pick<WholeTeam, 'schedules'>) {
  return (
    <Listed title={words.schedules} none={words.noSchedules} count={schedules.length}>
      {schedules.map(({ name, displayName, onCall, until }) => (
        <Row
          key={name}
          title={<Link href={links.schedule(name)}>{displayName}</Link>}
          detail={onCall && <Until at={until} />}
          beside={onCall ? <Person person={onCall} short /> : <span className="sub">{words.nobody}</span>}
        />
      ))}
    </Listed>
  )
}

function Until({ at }: { at: Instant | undefined }) {
  return useTicking((now, zone) => (at === undefined ? words.noEnd : words.until(`${shiftTime(at, now, zone)} ${zoneName(zone)}`)))
}

function Policies({ policies }: Pick<WholeTeam, 'policies'>) {
  return (
    <Listed title={words.policies} none={words.noPolicies} count={policies.length}>
      {policies.map(({ name, displayName, through }) => (
        <Row key={name} title={<Link href={links.policy(name)}>{displayName}</Link>} detail={words.through[through]} />
      ))}
    </Listed>
  )
}

function Listed({ title, none, count, children }: { title: string; none: string; count: number; children: ReactNode }) {
  return (
    <Panel title={title} count={count} flush>
      {count === 0 ? <p className="panel-inside sub">{none}</p> : <Rows label={title}>{children}</Rows>}
    </Panel>
  )
}

function Members({ team: { members }, name }: { team: WholeTeam; name: string }) {
  return (
    <Section
      title={words.members}
      count={members.length}
      beside={
        <Link className="text-link" href={links.people({ team: name })}>
          {words.everybody}
        </Link>
      }
      flush
    >
      {members.length === 0 ? (
        <p className="section-inside">
          <Missing>{words.noMembers}</Missing>
        </p>
      ) : (
        <Rows label={words.members}>
          {members.map((member) => (
            <Row
              key={member.name}
              title={
                <span className="line">
                  <Link href={links.person(member.name)}>
                    <Person person={member.look} />
                  </Link>
                  {member.isLead && <Chip tone="outline">{words.leads}</Chip>}
                </span>
              }
              detail={member.onCall && words.onCall(member.onCall)}
              beside={member.ways && <Ways person={member.look.name} ways={member.ways} />}
            />
          ))}
        </Rows>
      )}
    </Section>
  )
}
