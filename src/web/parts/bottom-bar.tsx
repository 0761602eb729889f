import './bottom-bar.css'
import { useState } from 'react'
import { Avatar } from './avatar.tsx'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { Link } from './link.tsx'
import { Sheet, SheetLink, SheetLinks } from './sheet.tsx'
import type { ShellProps } from './shell-props.ts'
import { words } from './words.ts'

const placesInBar = 3

/** The bar of a phone: three places and a sheet with the rest. */
export function BottomBar(shell: ShellProps) {
  const [open, setOpen] = useState(false)
  return (
    <nav className="bottom-bar" aria-label={words.mainPhone}>
      <ul>
        {shell.places.slice(0, placesInBar).map((place) => (
          <li key={place.href}>
            <Link href={place.href} aria-current={place.current ? 'page' : undefined}>
              <Icon name={place.icon} size={20} />
              <span>{place.name}</span>
            </Link>
          </li>
        ))}
        <li>
          <button type="button" aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(true)}>
            <Icon name="list" size={20} />
            <span>{words.more}</span>
          </button>
        </li>
      </ul>
      <MoreSheet shell={shell} open={open} onClose={() => setOpen(false)} />
    </nav>
  )
}

function MoreSheet({ shell, open, onClose }: { shell: ShellProps; open: boolean; onClose: () => void }) {
  const { places, act, me, organisation, preferencesOnPhone } = shell
  const actAndClose = () => {
    onClose()
    act?.onAct()
  }
  return (
    <Sheet open={open} title={words.more} onClose={onClose} head={me && <Myself me={me} />}>
      {act && (
        <Button kind="ink" icon={act.icon} className="button-wide" onClick={actAndClose}>
          {act.name}
        </Button>
      )}
      {places.length > placesInBar && (
        <SheetLinks>
          {places.slice(placesInBar).map((place) => (
            <SheetLink key={place.href} icon={place.icon} href={place.href} detail={place.detail} onFollow={onClose}>
              {place.name}
            </SheetLink>
          ))}
        </SheetLinks>
      )}
      {preferencesOnPhone && <div className="sheet-preferences">{preferencesOnPhone}</div>}
      {organisation && <p className="sheet-foot">{organisation}</p>}
    </Sheet>
  )
}

function Myself({ me: { person, note } }: { me: NonNullable<ShellProps['me']> }) {
  return (
    <div className="rail-me">
      <Avatar person={person} size={36} />
      <span>
        <b>{person.name}</b>
        {note && <span>{note}</span>}
      </span>
    </div>
  )
}
