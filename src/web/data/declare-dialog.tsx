import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { typedAhead } from '../keys.ts'
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

/** No service is called so: names have no blank in them. */
const BY_POLICY = 'policy '

function whomIn(choice: string): { service?: string; policy?: string } {
  if (choice === '') return {}
  return choice.startsWith(BY_POLICY) ? { policy: choice.slice(BY_POLICY.length) } : { service: choice }
}

/** What is known already when the dialog opens. */
export interface Beginning {
  title: string
  service?: string | undefined
  /** Pages by this policy, without a service. */
  policy?: string | undefined
}

interface DeclareDialogProps {
  /** Given while it is open. */
  begin: Beginning | undefined
  onClose: () => void
  onDeclared: (href: string) => void
}

/** A title and two clicks: only the title is ever required. */
export function DeclareDialog({ begin, onClose, onDeclared }: DeclareDialogProps) {
  const open = begin !== undefined
  const [title, setTitle] = useState('')
  useEffect(() => {
    const words = typedAhead.take()
    if (words !== '') setTitle((before) => before + words)
  }, [])
  const [service, setService] = useState('')
  const [begun, setBegun] = useState<Beginning | undefined>()
  if (begin !== begun) {
    setBegun(begin)
    // What was written and not declared is still there the next time.
    if (begin?.title) setTitle(begin.title)
    if (begin?.service) setService(begin.service)
    if (begin?.policy) setService(`${BY_POLICY}${begin.policy}`)
  }
  // One key for the same words: pressed again after no answer, they declare nothing twice.
  const sent = useRef({ words: '', key: '' })
  const [severity, setSeverity] = useState<SeverityRank>(2)
  const services = useQuery({ ...queries.services(), enabled: open })
  const form = useId()
  const declare = useMutation({
    mutationFn: () => {
      const body = { title, severity, ...whomIn(service) }
      const words = JSON.stringify(body)
      if (sent.current.words !== words) sent.current = { words, key: crypto.randomUUID() }
      return api.declareIncident({ idempotencyKey: sent.current.key, body })
    },
    onSuccess: async (incident) => {
      await queryClient.invalidateQueries({ queryKey: ['incidents'] })
      setTitle('')
      sent.current = { words: '', key: '' }
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
          {service.startsWith(BY_POLICY) && <option value={service}>{say.byPolicy(service.slice(BY_POLICY.length))}</option>}
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
