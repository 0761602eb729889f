import './catch-up.css'
import { Avatars, type PersonLook } from '../../parts/avatar.tsx'
import { Button } from '../../parts/button.tsx'
import { shortName } from '../../parts/person-names.ts'
import { words } from './catch-up-words.ts'

/** Avatars beyond these are only counted. */
const SHOWN_MAX = 8

export interface PresenceBarProps {
  here: PersonLook[]
  /** Those who write a note just now, but for whoever looks. */
  writing: PersonLook[]
  onCatchUp: () => void
}

/** Who looks at it now; and what somebody who has just come must know. */
export function PresenceBar({ here, writing, onCatchUp }: PresenceBarProps) {
  return (
    <span className="presence">
      {writing.length > 0 && <span className="presence-writes">{words.writes(writing.map(({ name }) => shortName(name)))}</span>}
      {here.length > 0 && (
        <>
          <Avatars people={here.slice(0, SHOWN_MAX)} label={here.map(({ name }) => name).join(', ')} />
          <span>{words.here(here.length)}</span>
        </>
      )}
      <Button size="small" kind="quiet" onClick={onCatchUp}>
        {words.act}
      </Button>
    </span>
  )
}
