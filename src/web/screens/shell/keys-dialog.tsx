import './keys-dialog.css'
import { singleKeys } from '../../keys.ts'
import { Dialog } from '../../parts/dialog.tsx'
import { KeyCap, type KeyHint } from '../../parts/key-cap.tsx'
import { useStoredChoice } from '../../stored-choice.ts'
import { type PlaceName, places } from './places.ts'
import { words } from './words.ts'

interface KeysDialogProps {
  open: boolean
  places: PlaceName[]
  canDeclare: boolean
  onClose: () => void
}

export function KeysDialog({ open, places: here, canDeclare, onClose }: KeysDialogProps) {
  const off = useStoredChoice(singleKeys) === 'off'
  const everywhere: KeyHint[] = [
    ...here.map((name) => ({ keys: ['G', places[name].goKey.toUpperCase()], does: words.keys.go(words.places[name]) })),
    ...(canDeclare ? [{ keys: ['C'], does: words.keys.declare }] : []),
    { keys: ['?'], does: words.keys.thisHelp },
  ]
  return (
    <Dialog open={open} title={words.keys.title} onClose={onClose}>
      <p className="sub">{off ? words.keys.off : words.keys.about}</p>
      <KeyList title={words.keys.everywhere} hints={everywhere} />
      <KeyList title={words.keys.lists} hints={listKeys} />
      <KeyList title={words.keys.incident} hints={incidentKeys} />
    </Dialog>
  )
}

export const listKeys: KeyHint[] = [
  { keys: ['J', 'K'], does: words.keys.move },
  { keys: ['Enter'], does: words.keys.open },
  { keys: ['.'], does: words.keys.showNew },
]

export const incidentKeys: KeyHint[] = [
  { keys: ['A'], does: words.keys.acknowledge },
  { keys: ['E'], does: words.keys.escalate },
  { keys: ['⇧', 'R'], does: words.keys.resolve },
  { keys: ['S'], does: words.keys.severity },
  { keys: ['N'], does: words.keys.note },
]

function KeyList({ title, hints }: { title: string; hints: KeyHint[] }) {
  return (
    <section className="key-list">
      <h3>{title}</h3>
      <dl>
        {hints.map(({ keys, does }) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <KeyCap key={key}>{key}</KeyCap>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
