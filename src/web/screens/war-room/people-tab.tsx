import './people-tab.css'
import type { ReactNode } from 'react'
import type { Instant } from '../../../kernel/time.ts'
import { Missing, Person, type PersonLook } from '../../parts/avatar.tsx'
import { Button } from '../../parts/button.tsx'
import { Chip } from '../../parts/chip.tsx'
import { Icon } from '../../parts/icon.tsx'
import type { IconName } from '../../parts/icon-names.ts'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { Section } from '../../parts/panel.tsx'
import { shortName } from '../../parts/person-names.ts'
import { Row, Rows } from '../../parts/rows.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { momentWithZones } from '../../parts/time-words.ts'
import { type RoleShown, roleCalled } from './people.ts'
import type { TargetKind } from './people-page-dialog.tsx'
import { words } from './people-words.ts'
import { whatFor } from './role-words.ts'

/** Somebody who was asked to come: one person, or whoever is meant by a team, a schedule … */
export interface ResponderShown {
  id: string
  kind: TargetKind
  target: string
  message: string | undefined
  by: PersonLook
  at: Instant
  joined: { by: PersonLook; at: Instant } | undefined
  releasedAt: Instant | undefined
}

export interface PagedShown {
  person: PersonLook
  times: number
  lastAt: Instant
}

export interface PeopleTabProps {
  responders: Loadable<ResponderShown[]>
  roles: Loadable<RoleShown[]>
  me: string | undefined
  paged: Loadable<PagedShown[]>
  onRelease?: ((id: string) => void) | undefined
}

const icons: Record<TargetKind, IconName> = {
  person: 'user',
  team: 'users',
  schedule: 'calendar',
  service: 'layers',
  expert: 'star',
  policy: 'route',
}

/** Who was asked to come and who came, who has which role and what it is for, who was paged. */
export function PeopleTab({ responders, roles, me, paged, onRelease }: PeopleTabProps) {
  return (
    <div className="people-tab">
      <Section title={words.tab.asked} flush>
        <Loaded of={responders} skeleton={<SkeletonRows rows={2} />}>
          {(all) =>
            all.length === 0 ? (
              <div className="section-inside">
                <p>{words.tab.nobodyAsked}</p>
                <p className="sub fine">{words.tab.nobodyAskedText}</p>
              </div>
            ) : (
              <Rows label={words.tab.asked}>
                {all.map((one) => (
                  <Responder key={one.id} responder={one} onRelease={onRelease} />
                ))}
              </Rows>
            )
          }
        </Loaded>
      </Section>
      <Section title={words.tab.roles} flush>
        <Loaded of={roles} skeleton={<SkeletonRows rows={4} />}>
          {(all) => (
            <ul className="role-list">
              {all.map((one) => (
                <RoleItem key={one.role} role={one} isMine={one.people.some(({ id }) => id === me)} />
              ))}
            </ul>
          )}
        </Loaded>
      </Section>
      <Section title={words.tab.paged} flush>
        <Loaded of={paged} skeleton={<SkeletonRows rows={2} />}>
          {(all) =>
            all.length === 0 ? (
              <p className="section-inside sub">{words.tab.nobodyPaged}</p>
            ) : (
              <Rows label={words.tab.paged}>
                {all.map(({ person, times, lastAt }) => (
                  <Row
                    key={person.name}
                    title={<Person person={person} />}
                    beside={<At at={lastAt}>{(at) => words.tab.pagedTimes(times, at)}</At>}
                  />
                ))}
              </Rows>
            )
          }
        </Loaded>
      </Section>
    </div>
  )
}

function Responder({ responder, onRelease }: { responder: ResponderShown; onRelease: PeopleTabProps['onRelease'] }) {
  const { id, kind, message, by, at, joined, releasedAt } = responder
  const target = words.tab.targets[kind](responder.target)
  return (
    <Row
      mark={<Icon name={icons[kind]} />}
      title={<b>{target}</b>}
      detail={
        <>
          {message !== undefined && <span className="responder-message">{message}</span>}
          <At at={at}>{(text) => words.tab.by(shortName(by.name), text)}</At>
        </>
      }
      beside={
        <>
          {joined && (
            <Chip tone="good" icon="check">
              <At at={joined.at}>{(text) => words.tab.came(shortName(joined.by.name), text)}</At>
            </Chip>
          )}
          {releasedAt !== undefined ? (
            <Chip>
              <At at={releasedAt}>{words.tab.released}</At>
            </Chip>
          ) : (
            <>
              {!joined && (
                <Chip tone="info" icon="bell">
                  {words.tab.waits}
                </Chip>
              )}
              {onRelease && (
                <Button size="small" aria-label={words.tab.releaseOf(target)} onClick={() => onRelease(id)}>
                  {words.tab.release}
                </Button>
              )}
            </>
          )}
        </>
      }
    />
  )
}

function RoleItem({ role, isMine }: { role: RoleShown; isMine: boolean }) {
  const { people, emptySince } = role
  const { duties, firstSteps } = whatFor(role)
  return (
    <li>
      <details open={isMine}>
        <summary>
          <b className="grow">{roleCalled(role)}</b>
          {people.map(({ id, look, since }) => (
            <Person key={id} person={look} short>
              <span className="dim fine desk-only">
                <At at={since}>{words.tab.since}</At>
              </span>
            </Person>
          ))}
          {people.length === 0 &&
            (emptySince !== undefined ? <Missing>{words.empty}</Missing> : <span className="dim">{words.nobody}</span>)}
          <Icon name="down" size={12} />
        </summary>
        <div className="role-words">
          {firstSteps.length > 0 && (
            <div>
              <h3>{words.tab.firstSteps}</h3>
              <ol>
                {firstSteps.map((one) => (
                  <li key={one}>{one}</li>
                ))}
              </ol>
            </div>
          )}
          {duties.length > 0 && (
            <div>
              <h3>{words.tab.duties}</h3>
              <ul>
                {duties.map((one) => (
                  <li key={one}>{one}</li>
                ))}
              </ul>
            </div>
          )}
        </div>
      </details>
    </li>
  )
}

function At({ at, children }: { at: Instant; children: (text: string) => ReactNode }) {
  return children(useTicking((now, zone) => momentWithZones(at, now, zone)))
}
