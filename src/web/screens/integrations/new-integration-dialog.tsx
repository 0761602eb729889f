import { type FormEvent, useId } from 'react'
import { links } from '../../links.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Note } from '../../parts/note.tsx'
import { words } from '../../product/integrations/words.ts'

interface NewIntegrationDialogProps {
  open: boolean
  services: { name: string; title: string }[]
  isLoaded: boolean
  sources: { name: string; title: string }[]
  chosen: { service: string; source: string; displayName: string }
  busy: boolean
  error?: string | undefined
  onChange: (change: { service?: string; source?: string; displayName?: string }) => void
  onMake: () => void
  onClose: () => void
}

/** Two choices that have an answer already: the address is one press away. */
export function NewIntegrationDialog(props: NewIntegrationDialogProps) {
  const { open, services, isLoaded, sources, chosen, busy, error, onChange, onMake, onClose } = props
  const form = useId()
  const isEmpty = isLoaded && services.length === 0
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy) onMake()
  }
  return (
    <Dialog
      open={open}
      title={words.add}
      onClose={onClose}
      buttons={
        <>
          <Button kind="quiet" onClick={onClose}>
            {words.cancel}
          </Button>
          {isEmpty ? (
            <ButtonLink kind="primary" href={links.services()}>
              {words.goToServices}
            </ButtonLink>
          ) : (
            <Button kind="primary" type="submit" form={form} busy={busy}>
              {words.make}
            </Button>
          )}
        </>
      }
    >
      {isEmpty ? (
        <p>{words.noServices}</p>
      ) : (
        <form id={form} className="integration-stack" onSubmit={submit}>
          <SelectField
            label={words.source}
            hint={words.sourceHint}
            value={chosen.source}
            onChange={({ target }) => onChange({ source: target.value })}
          >
            {sources.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </SelectField>
          <SelectField label={words.service} value={chosen.service} onChange={({ target }) => onChange({ service: target.value })}>
            {services.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </SelectField>
          <TextField
            label={words.name}
            hint={words.nameHint}
            maxLength={200}
            value={chosen.displayName}
            onChange={({ target }) => onChange({ displayName: target.value })}
          />
          {error && <Note tone="bad">{words.notMade(error)}</Note>}
        </form>
      )}
    </Dialog>
  )
}
