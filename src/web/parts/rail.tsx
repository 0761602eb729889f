import type { Shortcuts } from './shell-props.ts'
import './rail.css'
import { useId } from 'react'
import { Avatar } from './avatar.tsx'
import { Button } from './button.tsx'
import { Ago } from './clock.tsx'
import { BellMark, Icon } from './icon.tsx'
import { Link } from './link.tsx'
import type { Place, ShellProps } from './shell-props.ts'
import { words } from './words.ts'

export function Rail({ brand, homeHref, label, organisation, places, act, shortcuts, me, preferences }: ShellProps) {
  return (
    <aside className="rail" aria-label={label}>
      <Link className="brand" href={homeHref}>
        <BellMark />
        <span>{brand}</span>
      </Link>
      {organisation && (
        <p className="organisation">
          <span className="organisation-dot" aria-hidden="true">
            {organisation[0]}
          </span>
          <span className="cut">{organisation}</span>
        </p>
      )}
      {act && (
        <Button kind="ink" icon={act.icon} keyCap={act.keyCap} onClick={act.onAct}>
          {act.name}
        </Button>
      )}
      <nav aria-label={words.main}>
        <ul>
          {places.map((place) => (
            <li key={place.href}>
              <PlaceLink place={place} />
            </li>
          ))}
        </ul>
      </nav>
      {shortcuts && shortcuts.items.length > 0 && <ShortcutList shortcuts={shortcuts} />}
      <div className="rail-foot">
        {me && (
          <div className="rail-me">
            <Avatar person={me.person} size={28} />
            <span>
              <b>{me.person.name}</b>
              {me.note && <span>{me.note}</span>}
            </span>
          </div>
        )}
        {preferences}
      </div>
    </aside>
  )
}

function PlaceLink({ place }: { place: Place }) {
  return (
    <Link href={place.href} aria-current={place.current ? 'page' : undefined}>
      <Icon name={place.icon} />
      <span>{place.name}</span>
      {place.count !== undefined && <span className="count push-right">{place.count}</span>}
    </Link>
  )
}

function ShortcutList({ shortcuts: { title, count, items } }: { shortcuts: Shortcuts }) {
  const id = useId()
  return (
    <section className="rail-open" aria-labelledby={id}>
      <h2 id={id}>
        {title} <span className="count">{count}</span>
      </h2>
      <ul>
        {items.map((item) => (
          <li key={item.href}>
            <Link href={item.href} aria-current={item.current ? 'page' : undefined}>
              {item.mark}
              <span className="cut">{item.name}</span>
              <span className="count push-right">
                <Ago since={item.since} narrow />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
