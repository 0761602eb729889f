import './menu.css'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-names.ts'
import { KeyCap } from './key-cap.tsx'

export type MenuItem =
  | { kind: 'act'; name: string; icon?: IconName; keyCap?: string; destroys?: boolean; onAct: () => void }
  /** One of several, or on and off: says whether it is the one. */
  | { kind: 'choice'; name: string; icon?: IconName; chosen: boolean; onAct: () => void }
  | { kind: 'rule'; name: string }

interface MenuProps {
  label: string
  items: MenuItem[]
  /** Which way it opens, from the button that opens it. */
  opens?: 'down' | 'up'
  trigger: (wiring: { 'aria-haspopup': 'menu'; 'aria-expanded': boolean; 'aria-controls': string; onClick: () => void }) => ReactNode
}

export function Menu({ label, items, opens = 'down', trigger }: MenuProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const place = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    if (!open) return
    place.current?.querySelector<HTMLElement>('[role^=menuitem]')?.focus()
    const closeOutside = (event: PointerEvent) => {
      if (!place.current?.contains(event.target as Element)) setOpen(false)
    }
    document.addEventListener('pointerdown', closeOutside)
    return () => document.removeEventListener('pointerdown', closeOutside)
  }, [open])
  const leave = () => {
    setOpen(false)
    place.current?.querySelector<HTMLElement>('[aria-haspopup]')?.focus()
  }
  return (
    <span className="menu-place" ref={place}>
      {trigger({ 'aria-haspopup': 'menu', 'aria-expanded': open, 'aria-controls': id, onClick: () => setOpen(!open) })}
      {open && (
        <div className={classNames('menu-floating', `menu-${opens}`)}>
          <MenuList id={id} label={label} items={items} onLeave={leave} />
        </div>
      )}
    </span>
  )
}

/** The list alone, also drawn on the parts page. Arrows move, Escape and Tab leave. */
export function MenuList({ id, label, items, onLeave }: { id?: string; label: string; items: MenuItem[]; onLeave: () => void }) {
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.stopPropagation()
      return onLeave()
    }
    const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[role^=menuitem]')]
    const here = all.indexOf(document.activeElement as HTMLElement)
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: all.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    all.at(to % all.length)?.focus()
  }
  return (
    <div id={id} className="menu" role="menu" aria-label={label} tabIndex={-1} onKeyDown={move}>
      {items.map((item) => (
        <MenuLine key={item.name} item={item} onLeave={onLeave} />
      ))}
    </div>
  )
}

function MenuLine({ item, onLeave }: { item: MenuItem; onLeave: () => void }) {
  if (item.kind === 'rule') return <hr />
  const act = () => {
    onLeave()
    item.onAct()
  }
  const checked = item.kind === 'choice' ? { role: 'menuitemcheckbox', 'aria-checked': item.chosen } : { role: 'menuitem' }
  return (
    <button
      type="button"
      tabIndex={-1}
      {...checked}
      className={classNames(item.kind === 'act' && item.destroys && 'menu-destroys')}
      onClick={act}
    >
      {item.icon && <Icon name={item.icon} />}
      <span>{item.name}</span>
      {item.kind === 'act' && item.keyCap && <KeyCap>{item.keyCap}</KeyCap>}
      {item.kind === 'choice' && item.chosen && (
        <span className="push-right menu-tick">
          <Icon name="check" />
        </span>
      )}
    </button>
  )
}
