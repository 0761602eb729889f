import './roles-band.css'
import { useRef } from 'react'
import { type Instant, MINUTE } from '../../../kernel/time.ts'
import { useKeys } from '../../keys.ts'
import { Avatars, Missing, Person } from '../../parts/avatar.tsx'
import { Button } from '../../parts/button.tsx'
import { classNames } from '../../parts/class-names.ts'
import { CountdownText } from '../../parts/clock.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Menu, type MenuItem } from '../../parts/menu.tsx'
import { shortName } from '../../parts/person-names.ts'
import { useTicking } from '../../parts/ticking.tsx'
import { age } from '../../parts/time-words.ts'
import { type RoleQuestion, type RoleShown, roleCalled } from './people.ts'
import { words } from './people-words.ts'

export interface RolesBandProps {
  roles: RoleShown[]
  /** The viewer, by the server's name; undefined where no person looks. */
  me: string | undefined
  /** Left out where the viewer may not act. */
  acts?: RoleActs | undefined
}

export interface RoleActs {
  onTake: (role: RoleShown) => void
  onLeave: (role: RoleShown) => void
  onWithdraw: (role: RoleShown) => void
  /** What wants a name or a reason is asked first; `person` of those who have it. */
  onAsk: (question: RoleQuestion, role: RoleShown, person?: string) => void
}

/** Who has which role, those the level wants first. An empty one is red, and one press away from being taken. */
export function RolesBand({ roles, me, acts }: RolesBandProps) {
  const place = useRef<HTMLElement>(null)
  useKeys({ r: acts && (() => place.current?.querySelector('button')?.focus()) })
  const stands = (one: RoleShown) => one.wanted || one.people.length > 0 || one.offer !== undefined || one.role === 'expert'
  const shown = roles.filter(stands)
  const others = roles.filter((one) => !stands(one))
  const commands = roles.some(({ role, people }) => role === 'commander' && people.some(({ id }) => id === me))
  return (
    <section className="roles-band" aria-label={words.band} ref={place}>
      {shown.map((one) => (
        <Role
          key={one.role}
          role={one}
          items={acts ? itemsOf(one, me, commands, acts) : []}
          onTake={acts && me !== undefined ? acts.onTake : undefined}
        />
      ))}
      {acts && others.length > 0 && (
        <div className="role-more">
          <Menu
            label={words.another}
            items={others.map((one) => ({ kind: 'act', name: roleCalled(one), onAct: () => acts.onAsk('give', one) }))}
            trigger={(wiring) => (
              <button type="button" className="role-button" aria-label={words.another} title={words.another} {...wiring}>
                <Icon name="plus" />
              </button>
            )}
          />
        </div>
      )}
    </section>
  )
}

function Role({ role, items, onTake }: { role: RoleShown; items: MenuItem[]; onTake: RoleActs['onTake'] | undefined }) {
  const { emptySince, offer } = role
  const name = roleCalled(role)
  // Once it is over nobody is missed.
  const isMissing = emptySince !== undefined
  const inside = (
    <span className="role-inside">
      <span className="role-name">{name}</span>
      <Who role={role} />
      {offer && (
        <span className="role-offer">
          {words.offeredTo(shortName(offer.to.look.name))} <CountdownText to={offer.lapsesAt} />
        </span>
      )}
    </span>
  )
  return (
    <div className={classNames(isMissing && 'role-missing')}>
      {items.length === 0 ? (
        <span className="role-button">{inside}</span>
      ) : (
        <Menu
          label={name}
          items={items}
          trigger={(wiring) => (
            <button type="button" className="role-button" {...wiring}>
              {inside}
              <Icon name="down" size={12} />
            </button>
          )}
        />
      )}
      {isMissing && onTake && !offer && (
        <Button size="small" aria-label={words.takeRole(name)} onClick={() => onTake(role)}>
          {words.take}
        </Button>
      )}
    </div>
  )
}

function Who({ role: { people, emptySince } }: { role: RoleShown }) {
  const [first, ...more] = people
  if (!first) return emptySince !== undefined ? <Empty since={emptySince} /> : <span className="dim">{words.nobody}</span>
  if (more.length > 0)
    return <Avatars people={people.slice(0, 5).map(({ look }) => look)} label={people.map(({ look }) => look.name).join(', ')} />
  return (
    <Person person={first.look} size={22} short>
      {!first.accepted && <span className="dim fine">{words.told}</span>}
    </Person>
  )
}

function Empty({ since }: { since: Instant }) {
  const text = useTicking((now) => (now - since < MINUTE ? words.empty : words.emptyFor(age(now - since))))
  return <Missing>{text}</Missing>
}

/** What may be done with a role by whoever looks. */
function itemsOf(role: RoleShown, me: string | undefined, commands: boolean, acts: RoleActs): MenuItem[] {
  const { people, many, offer } = role
  const mine = people.some(({ id }) => id === me)
  const [holder] = people
  const isHeld = !many && holder !== undefined
  const act = (name: string, onAct: () => void, destroys = false): MenuItem => ({ kind: 'act', name, onAct, destroys })
  return [
    ...(me === undefined || mine
      ? []
      : isHeld
        ? [act(words.takeFrom(shortName(holder.look.name)), () => acts.onAsk('take', role, holder.id))]
        : [act(words.takeIt, () => acts.onTake(role))]),
    act(words.give, () => acts.onAsk('give', role)),
    ...(offer || (isHeld && !mine && !commands) ? [] : [act(mine ? words.handOver : words.offer, () => acts.onAsk('hand-over', role))]),
    ...(offer && (mine || commands || offer.by.id === me)
      ? [act(words.withdraw(shortName(offer.to.look.name)), () => acts.onWithdraw(role))]
      : []),
    ...(mine ? [act(words.leave, () => acts.onLeave(role))] : []),
    ...people
      .filter(({ id }) => id !== me)
      .map(({ id, look }) => act(words.relieve(shortName(look.name)), () => acts.onAsk('relieve', role, id), true)),
  ]
}
