import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { zoneName } from '../../kernel/moment.ts'
import { iso } from '../../kernel/time.ts'
import { randomId } from '../browser.ts'
import { api } from '../data/api.ts'
import { useOfDraft, useRested } from '../data/draft.ts'
import { memberOf, useMemberChoices } from '../data/members.ts'
import { usePersonLook } from '../data/people.ts'
import { messageOf, queries, queryClient, useQuery } from '../data/queries.ts'
import type { KnownIncident } from '../data/views.ts'
import { typedAhead } from '../keys.ts'
import { links } from '../links.ts'
import { FilterChip } from '../parts/chip.tsx'
import { Combobox } from '../parts/combobox.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { momentOfLocal } from '../parts/local-text.ts'
import { useZone } from '../parts/ticking.tsx'
import type { Proposal } from '../product/severity/proposal.ts'
import { DeclareForm } from '../screens/declare/declare-form.tsx'
import { type Draft, EMPTY_DRAFT, type Level, type Plan } from '../screens/declare/draft.ts'
import { words as say } from '../screens/declare/words.ts'

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
  /** What alerts have opened: it becomes declared, and goes on. */
  existing?: Existing
}

type Existing = Pick<KnownIncident, 'id' | 'number' | 'level' | 'service' | 'policy' | 'startedAt'>

interface DeclareDialogProps {
  /** Given while it is open. */
  begin: Beginning | undefined
  onClose: () => void
  onDeclared: (href: string) => void
}

/** A title and two clicks: only the title is ever required. */
export function DeclareDialog({ begin, onClose, onDeclared }: DeclareDialogProps) {
  const [draft, setDraft] = useState(EMPTY_DRAFT)
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  useEffect(() => {
    const words = typedAhead.take()
    if (words !== '') setDraft((before) => ({ ...before, title: before.title + words }))
  }, [])
  const [begun, setBegun] = useState<Beginning | undefined>()
  if (begin !== begun) {
    setBegun(begin)
    // What was written and not declared is still there the next time.
    if (begin?.title) change({ title: begin.title })
    if (begin?.service) change({ whom: begin.service })
    const { existing } = begin ?? {}
    if (existing)
      change({ level: existing.level, whom: existing.service ?? (existing.policy === null ? '' : `${BY_POLICY}${existing.policy}`) })
    if (begin?.policy) change({ whom: `${BY_POLICY}${begin.policy}` })
  }
  const declared = (href: string) => {
    setDraft(EMPTY_DRAFT)
    onClose()
    onDeclared(href)
  }
  return (
    <Dialog open={begin !== undefined} title={say.title} onClose={onClose} wide>
      <Asked existing={begin?.existing} draft={draft} onChange={change} onCancel={onClose} onDeclared={declared} />
    </Dialog>
  )
}

interface AskedProps {
  existing: Existing | undefined
  draft: Draft
  onChange: (part: Partial<Draft>) => void
  onCancel: () => void
  onDeclared: (href: string) => void
}

/** Lives as long as the dialog is open: what is filled in is asked about as soon as it rests. */
function Asked({ existing, draft, onChange, onCancel, onDeclared }: AskedProps) {
  const zone = useZone()
  const look = usePersonLook()
  const services = useQuery(queries.services())
  const { proposal, levels, plan, proposedPlan, cutOff, stale } = useForeseen(draft)
  // One key for the same words: pressed again after no answer, they declare nothing twice.
  const sent = useRef({ words: '', key: '' })
  const keyOf = (body: object) => {
    const words = JSON.stringify(body)
    if (sent.current.words !== words) sent.current = { words, key: randomId() }
    return sent.current.key
  }
  const declare = useMutation({
    meta: { showsFailure: true },
    mutationFn: () => {
      const began = momentOfLocal(draft.began, zone)
      const { facts, level } = draft
      const also = {
        facts,
        ...(level !== undefined && { level }),
        ...(draft.reason.trim() !== '' && { reason: draft.reason.trim() }),
        ...(draft.kind !== 'production' && { kind: draft.kind }),
        ...(began !== undefined && { impactStartedAt: iso(began) }),
      }
      if (existing) return api.declareExisting({ params: { id: existing.id }, idempotencyKey: keyOf(also), body: also })
      const body = {
        ...sayingOf(draft),
        ...also,
        title: draft.title,
        ...(draft.held && { held: true }),
        ...(draft.isPrivate && { visibility: 'private' as const, members: draft.members.map(memberOf) }),
      }
      return api.declareIncident({ idempotencyKey: keyOf(body), body })
    },
    onSuccess: async (incident) => {
      await Promise.all(['incidents', 'incident'].map((part) => queryClient.invalidateQueries({ queryKey: [part] })))
      onDeclared(links.incident(incident.number))
    },
  })
  return (
    <DeclareForm
      existing={existing && { number: existing.number, since: Date.parse(existing.startedAt) }}
      draft={draft}
      onChange={onChange}
      services={services.data?.items ?? []}
      policy={whomIn(draft.whom).policy}
      levels={levels}
      proposal={proposal}
      plan={plan}
      proposedPlan={proposedPlan}
      cutOff={cutOff}
      stale={stale}
      failure={declare.isError ? messageOf(declare.error) : undefined}
      busy={declare.isPending}
      zone={zoneName(zone)}
      lookOf={(person) => look(person).name}
      members={<MembersField members={draft.members} onChange={(members) => onChange({ members })} />}
      onDeclare={() => declare.mutate()}
      onCancel={onCancel}
    />
  )
}

/** The part of a declaration that decides its level and whom it reaches. */
function sayingOf({ facts, level, whom, page }: Draft) {
  return { facts, ...whomIn(whom), ...(level !== undefined && { level }), ...(page && { page }) }
}

/** What the facts make of it, and what would happen. */
function useForeseen(draft: Draft) {
  const schemes = useQuery(queries.severitySchemes())
  // As text: a title that is being typed asks nothing anew.
  const said = useRested(JSON.stringify(sayingOf(draft)))
  const unknown = useRested(draft.unknown.join(' '))
  const saying = JSON.parse(said) as ReturnType<typeof sayingOf>
  const { facts, service } = saying
  const proposed = useOfDraft(['proposal', facts, service ?? '', unknown], (signal) =>
    api.proposeSeverity({
      signal,
      body: { facts, ...(service !== undefined && { service }), ...(unknown !== '' && { unknown: unknown.split(' ') as [] }) },
    }),
  )
  const proposal = proposed.answer.state === 'ready' ? proposed.answer.value : undefined
  const levels: Level[] = schemes.data?.items.find(({ name }) => name === proposal?.scheme)?.spec.levels ?? []
  const planned = useOfDraft(['plan', said], (signal) => planOf(saying, signal))
  const { level: _, ...asProposed } = saying
  const milder = useQuery({
    queryKey: ['plan', JSON.stringify(asProposed)],
    queryFn: ({ signal }) => planOf(asProposed, signal),
    enabled: saying.level !== undefined && saying.level !== proposal?.level,
  })
  return {
    proposal: proposal as Proposal | undefined,
    levels,
    plan: planned.answer.state === 'ready' ? planned.answer.value : undefined,
    proposedPlan: milder.data,
    cutOff: proposed.answer.state === 'failed' || planned.answer.state === 'failed',
    stale: planned.kept?.kind === 'invalid' ? planned.kept.why : undefined,
  }
}

async function planOf(saying: ReturnType<typeof sayingOf>, signal: AbortSignal): Promise<Plan> {
  // Neither is there yet while it is being filled in, and neither changes what would happen.
  const body = { ...saying, title: '-', reason: '-' }
  const { plan, warnings } = await api.declareIncident({ query: { dryRun: 'true' }, body, signal })
  return { ...plan!, warnings: warnings ?? [] }
}

/** Whom else a private one is for, beside whoever declares it and whoever is paged. */
function MembersField({ members, onChange }: { members: string[]; onChange: (members: string[]) => void }) {
  const choices = useMemberChoices()
  return (
    <div className="field">
      {members.length > 0 && (
        <div className="line wraps">
          {members.map((member) => {
            const name = choices.find(({ value }) => value === member)?.name ?? member
            return (
              <FilterChip
                key={member}
                removeLabel={say.removeMember(name)}
                onRemove={() => onChange(members.filter((one) => one !== member))}
              >
                {name}
              </FilterChip>
            )
          })}
        </div>
      )}
      <Combobox
        label={say.addMember}
        placeholder={say.addMember}
        choices={choices.filter(({ value }) => !members.includes(value))}
        value={undefined}
        onPick={(member) => member !== undefined && onChange([...members, member])}
      />
    </div>
  )
}
