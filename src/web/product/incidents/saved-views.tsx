import { type FormEvent, useId, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { TextField } from '../../parts/field.tsx'
import { Menu, type MenuItem } from '../../parts/menu.tsx'
import { words as listWords } from './list-words.ts'

/** A filter with a name. */
export interface SavedView {
  name: string
  href: string
}

export interface SavedViewsProps {
  views: SavedView[]
  /** Where the viewer is. */
  here: string
  onOpen: (href: string) => void
  onSave: (name: string) => void
  onForget: (name: string) => void
}

const say = listWords.views

/** The filters somebody comes back to. */
export function SavedViews({ views, here, onOpen, onSave, onForget }: SavedViewsProps) {
  const [naming, setNaming] = useState(false)
  const current = views.find(({ href }) => href === here)
  const items: MenuItem[] = [
    ...views.map(({ name, href }): MenuItem => ({ kind: 'choice', name, chosen: href === here, onAct: () => onOpen(href) })),
    ...(views.length > 0 ? [{ kind: 'rule', name: 'rule' } as const] : []),
    current
      ? { kind: 'act', name: say.forget(current.name), icon: 'trash', onAct: () => onForget(current.name) }
      : { kind: 'act', name: say.save, icon: 'star', onAct: () => setNaming(true) },
  ]
  return (
    <>
      <Menu
        label={say.menu}
        items={items}
        trigger={(wiring) => (
          <Button icon="star" opens {...wiring}>
            {current?.name ?? say.button}
          </Button>
        )}
      />
      <NameDialog open={naming} onClose={() => setNaming(false)} onSave={onSave} />
    </>
  )
}

function NameDialog({ open, onClose, onSave }: { open: boolean; onClose: () => void; onSave: (name: string) => void }) {
  const [name, setName] = useState('')
  const form = useId()
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return
    onSave(name.trim())
    setName('')
    onClose()
  }
  return (
    <Dialog
      open={open}
      title={say.save}
      onClose={onClose}
      buttons={
        <>
          <Button kind="quiet" onClick={onClose}>
            {say.cancel}
          </Button>
          <Button kind="primary" type="submit" form={form}>
            {say.saveIt}
          </Button>
        </>
      }
    >
      <form id={form} className="form-rows" onSubmit={save}>
        <TextField
          label={say.name}
          hint={say.hint}
          required
          autoFocus
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </form>
    </Dialog>
  )
}
