import './palette.css'
import { Fragment, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { typedAhead } from '../../keys.ts'
import { IconButton } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { KeyCap } from '../../parts/key-cap.tsx'
import { useModal } from '../../parts/modal.ts'
import { SeverityMark } from '../../parts/severity-mark.tsx'
import { type Findable, type Found, find } from './find.ts'
import { words } from './words.ts'

export interface PaletteProps {
  open: boolean
  findable: Findable
  /** What was chosen lately, the newest first. */
  recent: readonly string[]
  onType: (typed: string) => void
  onChoose: (found: Found) => void
  onClose: () => void
}

/** Everything by one field: where to go, what to do, in the words of the command line too. */
export function Palette(props: PaletteProps) {
  const ref = useModal(props.open, props.onClose)
  return (
    <dialog ref={ref} className="palette-dialog" aria-label={words.label}>
      {props.open && <PaletteContent {...props} />}
    </dialog>
  )
}

/** The inside alone, also drawn on the parts page. */
export function PaletteContent({
  findable,
  recent,
  onType,
  onChoose,
  onClose,
  typedFirst = '',
}: Omit<PaletteProps, 'open'> & { typedFirst?: string }) {
  const [typed, setTyped] = useState(typedFirst)
  useEffect(() => {
    const words = typedAhead.take()
    if (words !== '') setTyped((before) => before + words)
  }, [])
  const [at, setAt] = useState(0)
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  const groups = find(typed, findable, recent)
  const all = groups.flatMap(({ items }) => items)
  const chosen = all[Math.min(at, all.length - 1)]
  const optionId = (one: Found) => `${id}-${one.id.replace(/[^\w-]/g, '_')}`
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  })

  const type = (text: string) => {
    setTyped(text)
    setAt(0)
    onType(text)
  }
  const choose = (one: Found | undefined) => {
    if (!one) return
    if (one.step.do === 'fill') {
      type(one.step.text)
      return field.current?.focus()
    }
    onChoose(one)
  }
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      const last = Math.max(0, all.length - 1)
      // One beyond the end begins anew; a page stops there.
      setAt(
        Math.abs(step) === 1 ? (Math.min(at, last) + step + all.length) % Math.max(1, all.length) : Math.min(last, Math.max(0, at + step)),
      )
    } else if (event.key === 'Enter') {
      event.preventDefault()
      choose(chosen)
    } else if (event.key === 'Tab' && chosen && !event.shiftKey) {
      event.preventDefault()
      type(chosen.step.do === 'fill' ? chosen.step.text : chosen.name)
    }
  }

  return (
    <form className="palette" onSubmit={(event) => event.preventDefault()}>
      <div className="palette-field">
        <Icon name="search" />
        <input
          ref={field}
          role="combobox"
          aria-label={words.label}
          aria-expanded={all.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={chosen && optionId(chosen)}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder={words.hint}
          value={typed}
          onChange={(event) => type(event.target.value)}
          onKeyDown={press}
        />
        <IconButton icon="x" label={words.close} onClick={onClose} />
      </div>
      <div ref={list} className="palette-list" id={`${id}-list`} role="listbox" aria-label={words.results}>
        {groups.map(({ group, items }) => (
          // biome-ignore lint/a11y/useSemanticElements: groups of options in a list of choices are made so
          <div key={group} role="group" aria-label={words.groups[group]}>
            <p className="palette-group" role="presentation">
              {words.groups[group]}
            </p>
            {items.map((one) => (
              // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the chosen option
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the field
              <div key={one.id} id={optionId(one)} role="option" aria-selected={one === chosen} onClick={() => choose(one)}>
                {one.severity ? <SeverityMark rank={one.severity} size={16} /> : <Icon name={one.icon ?? 'arrow'} />}
                <span className="cut">{one.name}</span>
                {one.detail && <span className="palette-detail cut">{one.detail}</span>}
              </div>
            ))}
          </div>
        ))}
      </div>
      {all.length === 0 && <p className="palette-nothing">{words.nothing(typed.trim())}</p>}
      <output className="only-read">{words.count(all.length)}</output>
      <footer className="palette-foot">
        {[
          { keys: ['↑', '↓'], does: words.move },
          { keys: ['↵'], does: words.run },
          { keys: ['Tab'], does: words.fill },
        ].map(({ keys, does }) => (
          <span key={does}>
            {keys.map((key) => (
              <Fragment key={key}>
                <KeyCap>{key}</KeyCap>
              </Fragment>
            ))}
            {does}
          </span>
        ))}
        {chosen?.command && <span className="mono">{chosen.command}</span>}
      </footer>
    </form>
  )
}
