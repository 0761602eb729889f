import { lazy, type ReactNode, Suspense, useContext, useState } from 'react'
import type { Instant } from '../../../kernel/time.ts'
import { type Keys, useKeys } from '../../keys.ts'
import { links } from '../../links.ts'
import type { PersonLook } from '../../parts/avatar.tsx'
import type { Staleness } from '../../parts/banner.tsx'
import { IconLink } from '../../parts/button.tsx'
import { FollowLink } from '../../parts/link.tsx'
import { SeverityMark, type SeverityRank } from '../../parts/severity-mark.tsx'
import { Shell } from '../../parts/shell.tsx'
import type { Place } from '../../parts/shell-props.ts'
import { useTicking } from '../../parts/ticking.tsx'
import { shiftTime } from '../../parts/time-words.ts'
import { useUndoNewest } from '../../parts/toast.tsx'
import { type PlaceName, placeNames, places } from '../../product/shell/places.ts'
import { words } from '../../product/shell/words.ts'
import { PreferencesMenu, PreferencesOnPhone } from './preferences.tsx'

const KeysDialog = lazy(() => import('./keys-dialog.tsx').then((module) => ({ default: module.KeysDialog })))

export interface AppShellProps {
  /** Where the viewer is. */
  place: PlaceName | 'settings' | 'nowhere'
  /** Which of the six places exist in this installation; the others are left out. */
  available: PlaceName[]
  organisation?: string | undefined
  /** Shown beside the place, such as how many incidents are open. */
  counts?: Partial<Record<PlaceName, number>>
  /** Absent while nobody is signed in. */
  me?: { person: PersonLook; onCallUntil?: Instant | undefined } | undefined
  /** Open incidents in the rail, worst first; `current` is the number of the one in view. */
  open?: { count: number | undefined; items: OpenIncident[]; current?: string | undefined } | undefined
  staleness?: Staleness | undefined
  banner?: ReactNode
  onDeclare?: (() => void) | undefined
  onSearch?: (() => void) | undefined
  onInstall?: (() => void) | undefined
  onSignOut?: (() => void) | undefined
  children: ReactNode
}

export interface OpenIncident {
  number: string
  title: string
  severity: SeverityRank
  startedAt: Instant
}

/** The shell with the product's own words and places in it. */
export function AppShell({
  place,
  available,
  counts,
  me,
  open,
  onDeclare,
  onSearch,
  onInstall,
  onSignOut,
  children,
  ...rest
}: AppShellProps) {
  const [showsKeys, setShowsKeys] = useState(false)
  const [hasShownKeys, setHasShownKeys] = useState(false)
  if (showsKeys && !hasShownKeys) setHasShownKeys(true)
  const follow = useContext(FollowLink)
  const here = placeNames.filter((name) => available.includes(name))
  const goKeys = Object.fromEntries(here.map((name) => [`g ${places[name].goKey}`, () => follow(places[name].href)])) as Keys
  const undo = useUndoNewest()
  useKeys({
    ...goKeys,
    c: onDeclare,
    '?': () => setShowsKeys(true),
    'Mod+k': onSearch,
    '/': onSearch && (() => searchHere(onSearch)),
    z: undo,
  })
  const note = useMyNote(me?.onCallUntil)
  return (
    <Shell
      {...rest}
      brand={words.brand}
      homeHref={links.now()}
      waiting={counts?.incidents}
      label={words.workspace}
      places={here.map(
        (name): Place => ({
          name: words.places[name],
          href: places[name].href,
          icon: places[name].icon,
          count: counts?.[name],
          current: name === place,
        }),
      )}
      act={onDeclare && { name: words.declare, icon: 'bell', keyCap: 'C', onAct: onDeclare }}
      shortcuts={
        open && { title: words.openNow, count: open.count, items: open.items.map((incident) => shortcutTo(incident, open.current)) }
      }
      me={me && { person: me.person, note }}
      preferences={
        <>
          <IconLink icon="wrench" label={words.settings} href={links.settings()} aria-current={place === 'settings' ? 'page' : undefined} />
          <PreferencesMenu onInstall={onInstall} onSignOut={onSignOut} />
        </>
      }
      preferencesOnPhone={<PreferencesOnPhone onInstall={onInstall} onSignOut={onSignOut} />}
      search={onSearch && { name: words.search, onOpen: onSearch }}
      help={{ name: words.help, onOpen: () => setShowsKeys(true) }}
    >
      {children}
      {hasShownKeys && (
        <Suspense>
          <KeysDialog open={showsKeys} places={here} canDeclare={onDeclare !== undefined} onClose={() => setShowsKeys(false)} />
        </Suspense>
      )}
    </Shell>
  )
}

/** The page's own search where it has one, else the palette. */
function searchHere(otherwise: () => void): void {
  const field = document.querySelector<HTMLElement>('main :is(input[type=search], [data-search])')
  if (field) field.focus()
  else otherwise()
}

function shortcutTo({ number, title, severity, startedAt }: OpenIncident, current: string | undefined) {
  return {
    href: links.incident(number),
    mark: <SeverityMark rank={severity} size={16} />,
    name: title,
    since: startedAt,
    current: number === current,
  }
}

function useMyNote(onCallUntil: Instant | undefined): string {
  return useTicking((now, zone) => (onCallUntil === undefined ? words.notOnCall : words.onCallTo(shiftTime(onCallUntil, now, zone))))
}
