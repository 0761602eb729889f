import './icon.css'
import drawings from '../icons.svg?raw'
import type { IconName } from './icon-names.ts'

/** Stands beside its word, so it is silent for screen readers; alone it belongs into an IconButton, which has a label. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg className="icon" width={size} height={size} aria-hidden="true">
      <use href={`#i-${name}`} />
    </svg>
  )
}

/** The bell of the product, the only place for brass. */
export function BellMark({ size = 22 }: { size?: number }) {
  return (
    <svg className="bell-mark" width={size} height={size} aria-hidden="true">
      <use href="#mark" />
    </svg>
  )
}

/** The drawings that Icon points at; mounted once, at the root. */
export function IconDrawings() {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: our own file, built in; nothing of it comes from outside
  return <div className="icon-drawings" aria-hidden="true" dangerouslySetInnerHTML={{ __html: drawings }} />
}
