import './sheet.css'
import { type ReactNode, useId } from 'react'
import { IconButton } from './button.tsx'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-names.ts'
import { Link } from './link.tsx'
import { useModal } from './modal.ts'
import { words } from './words.ts'

interface SheetProps {
  open: boolean
  title: string
  /** Stands in the head in place of the title, which is then only read. */
  head?: ReactNode
  onClose: () => void
  children: ReactNode
}

/** Rises from the thumb: choices on a phone. */
export function Sheet({ open, title, head, onClose, children }: SheetProps) {
  const ref = useModal(open, onClose)
  const id = useId()
  return (
    <dialog ref={ref} className="sheet" aria-labelledby={id}>
      {open && (
        <>
          <div className="sheet-grip" aria-hidden="true" />
          <header>
            <h2 id={id} className={head ? 'only-read' : undefined}>
              {title}
            </h2>
            {head}
            <span className="push-right">
              <IconButton icon="x" label={words.close} onClick={onClose} />
            </span>
          </header>
          {children}
        </>
      )}
    </dialog>
  )
}

interface SheetLinkProps {
  icon: IconName
  href: string
  /** How it stands there, in two words. */
  detail?: string | undefined
  onFollow: () => void
  children: ReactNode
}

export function SheetLinks({ children }: { children: ReactNode }) {
  return <ul className="sheet-links">{children}</ul>
}

export function SheetLink({ icon, href, detail, onFollow, children }: SheetLinkProps) {
  return (
    <li>
      <Link href={href} onClick={onFollow}>
        <Icon name={icon} size={20} />
        <span className="grow">{children}</span>
        {detail && <span className="dim">{detail}</span>}
        <Icon name="right" size={14} />
      </Link>
    </li>
  )
}
