import './keys-dialog.css'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { capsOf, keyMap, takenBy } from '../../key-map.ts'
import { keyName, singleKeys } from '../../keys.ts'
import { Button } from '../../parts/button.tsx'
import { Switch } from '../../parts/choice.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { KeyCaps } from '../../parts/key-cap.tsx'
import { type Changeable, everywhereKeys, incidentKeys, listKeys, roomKeys } from '../../product/shell/key-hints.ts'
import { words } from '../../product/shell/keys-words.ts'
import type { PlaceName } from '../../product/shell/places.ts'
import { useStoredChoice } from '../../stored-choice.ts'

interface KeysDialogProps {
  open: boolean
  places: PlaceName[]
  canDeclare: boolean
  onClose: () => void
}

export function KeysDialog({ open, places: here, canDeclare, onClose }: KeysDialogProps) {
  const keys = useStoredChoice(singleKeys)
  return (
    <Dialog open={open} title={words.title} onClose={onClose}>
      <p className="sub">{words.about}</p>
      <Switch checked={keys === 'on'} onChange={() => singleKeys.choose(keys === 'on' ? 'off' : 'on')}>
        {words.on}
      </Switch>
      <KeyLists everywhere={everywhereKeys(here, canDeclare)} />
    </Dialog>
  )
}

/** Every key that acts alone anywhere, so that none is given twice. */
const ALONE = ['a', 'c', 'e', 'g', 'i', 'j', 'k', 'n', 'p', 'r', 's', 'w', 'x', 'z', ' ', '.', '/', '?', 'Shift+A', 'Shift+R']

function KeyLists({ everywhere }: { everywhere: Changeable[] }) {
  const map = useSyncExternalStore(keyMap.subscribe, keyMap.read)
  const [asked, setAsked] = useState<Changeable | undefined>()
  const [taken, setTaken] = useState('')
  const all = [...everywhere, ...listKeys, ...incidentKeys, ...roomKeys]
  useEffect(() => {
    if (!asked?.given) return
    const given = asked.given
    const press = (event: KeyboardEvent) => {
      const pressed = keyName(event)
      if (pressed === undefined || pressed === 'Tab') return
      event.preventDefault()
      event.stopPropagation()
      if (pressed === 'Escape') return setAsked(undefined)
      const by = takenBy(pressed, given, ALONE, keyMap.read())
      if (by !== undefined || pressed.startsWith('Mod+') || pressed === 'Enter')
        return setTaken(words.taken(capsOf(pressed).join(''), all.find((one) => one.given === by)?.does ?? pressed))
      keyMap.change(given, pressed)
      setAsked(undefined)
    }
    document.addEventListener('keydown', press, { capture: true })
    return () => document.removeEventListener('keydown', press, { capture: true })
  })
  const ask = (one: Changeable) => {
    setTaken('')
    setAsked(one)
  }
  return (
    <>
      <KeyList title={words.everywhere} hints={everywhere} asked={asked} onAsk={ask} />
      <KeyList title={words.lists} hints={listKeys} asked={asked} onAsk={ask} />
      <KeyList title={words.incident} hints={[...incidentKeys, ...roomKeys]} asked={asked} onAsk={ask} />
      <output className="key-answer">{taken || (asked && words.pressFor(asked.does))}</output>
      {Object.keys(map).length > 0 && (
        <div>
          <Button size="small" icon="undo" onClick={() => keyMap.replace({})}>
            {words.given}
          </Button>
        </div>
      )}
    </>
  )
}

interface KeyListProps {
  title: string
  hints: Changeable[]
  asked: Changeable | undefined
  onAsk: (one: Changeable) => void
}

function KeyList({ title, hints, asked, onAsk }: KeyListProps) {
  return (
    <section className="key-list">
      <h3>{title}</h3>
      <ul>
        {hints.map((hint) => (
          <li key={hint.does}>
            {hint.given ? (
              <button type="button" aria-label={words.change(hint.keys.join(' '), hint.does)} onClick={() => onAsk(hint)}>
                {asked === hint ? <span className="key-asked">{words.press}</span> : <KeyCaps keys={hint.keys} />}
              </button>
            ) : (
              <span className="key-fixed">
                <KeyCaps keys={hint.keys} />
              </span>
            )}
            <span aria-hidden={hint.given ? true : undefined}>{hint.does}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
