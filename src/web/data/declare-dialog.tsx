import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { links } from '../links.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { SelectField, TextField } from '../parts/field.tsx'
import type { SeverityRank } from '../parts/severity-mark.tsx'
import { SeverityPicker } from '../parts/severity-picker.tsx'
import { api } from './api.ts'
import { messageOf, queries, queryClient, useQuery } from './queries.ts'
import { words } from './words.ts'

const say = words.declare
const RANKS: SeverityRank[] = [1, 2, 3, 4]

/** A title and two clicks: only the title is ever required. */
export function DeclareDialog({
  open,
  service: onService = '',
  onClose,
  onDeclared,
}: {
  open: boolean
  /** Chosen to begin with. */
  service?: string
  onClose: () => void
  onDeclared: (href: string) => void
}) {
  const [title, setTitle] = useState('')
  const [service, setService] = useState(onService)
  const [severity, setSeverity] = useState<SeverityRank>(2)
  const services = useQuery({ ...queries.services(), enabled: open })
  const form = useId()
  const declare = useMutation({
    mutationFn: () => api.declareIncident({ body: { title, severity, ...(service !== '' && { service }) } }),
    onSuccess: async (incident) => {
      await queryClient.invalidateQueries({ queryKey: ['incidents'] })
      setTitle('')
      onClose()
      onDeclared(links.incident(incident.number))
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!declare.isPending) declare.mutate()
  }
  return (
    <Dialog
      open={open}
      title={say.title}
      onClose={onClose}
      buttons={
        <>
          <Button kind="quiet" onClick={onClose}>
            {say.cancel}
          </Button>
          <Button kind="primary" type="submit" form={form} busy={declare.isPending}>
            {say.declare}
          </Button>
        </>
      }
    >
      <form id={form} className="form-rows" onSubmit={submit}>
        <TextField
          label={say.what}
          hint={say.whatHint}
          error={declare.isError ? say.failed(messageOf(declare.error)) : undefined}
          required
          maxLength={1024}
          autoFocus
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
        <SelectField label={say.service} hint={say.serviceHint} value={service} onChange={(event) => setService(event.target.value)}>
          <option value="">{say.noService}</option>
          {services.data?.items.map((one) => (
            <option key={one.name} value={one.name}>
              {one.displayName}
            </option>
          ))}
        </SelectField>
        <SeverityPicker label={say.severity} ranks={RANKS} picked={severity} onPick={setSeverity} />
      </form>
    </Dialog>
  )
}
