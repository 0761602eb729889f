import { type FormEvent, useId, useState } from 'react'
import type { Instant } from '../../../kernel/time.ts'
import { Button } from '../../parts/button.tsx'
import { CopyLine } from '../../parts/code.tsx'
import type { Choice } from '../../parts/combobox.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { Note } from '../../parts/note.tsx'
import { Panel } from '../../parts/panel.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { age, moment, momentWithZones } from '../../parts/time-words.ts'
import type { Role, TokenRow } from './settings.ts'
import { words } from './words.ts'

export interface AccessProps {
  /** Only admins see tokens and make links. */
  isAllowed: boolean
  tokens: Loadable<TokenRow[]>
  people: Choice[]
  /** Answers the secret, which is shown this once; undefined when it did not work, and says so itself. */
  onCreate: (token: { label: string; role: Role; person: string | undefined }) => Promise<string | undefined>
  onRevoke: (id: string) => Promise<void>
  onLink: (person: string) => Promise<{ url: string; endsAt: Instant } | undefined>
}

const say = words.access
const ROLES: Role[] = ['viewer', 'responder', 'manager', 'admin', 'owner']

export function AccessSection(props: AccessProps) {
  const { isAllowed, tokens, people, onCreate, onRevoke, onLink } = props
  const [making, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<TokenRow>()
  if (!isAllowed)
    return (
      <div className="settings-narrow">
        <Note tone="info">{say.notAllowed}</Note>
      </div>
    )
  const create = (
    <Button size="small" icon="plus" onClick={() => setMaking(true)}>
      {say.create}
    </Button>
  )
  const columns: Column<TokenRow>[] = [
    { head: say.columns.token, fills: true, cell: ({ label, createdAt }) => <Label label={label} createdAt={createdAt} /> },
    { head: say.columns.role, wideOnly: true, cell: ({ role }) => say.shortRoles[role] },
    {
      head: say.columns.acts,
      wideOnly: true,
      cell: ({ person }) => people.find(({ value }) => value === person)?.name ?? person ?? say.itself,
    },
    { head: say.columns.used, wideOnly: true, cell: ({ lastUsedAt }) => <Used at={lastUsedAt} /> },
    {
      head: say.columns.revoke,
      headOnlyRead: true,
      align: 'right',
      cell: (row) => (
        <Button size="small" kind="danger-quiet" aria-label={`${say.revoke}: ${row.label}`} onClick={() => setRevoking(row)}>
          {say.revoke}
        </Button>
      ),
    },
  ]
  return (
    <>
      <Loaded
        of={tokens}
        skeleton={
          <div className="settings-wide">
            <SkeletonRows rows={4} />
          </div>
        }
      >
        {(rows) => (
          <Panel className="settings-wide" title={say.tokens} count={rows.length} beside={rows.length > 0 && create} flush>
            {rows.length === 0 ? (
              <EmptyState title={say.none} step={create}>
                <p>{say.noneText}</p>
              </EmptyState>
            ) : (
              <Table label={say.tokens} columns={columns} groups={[{ rows }]} keyOf={({ id }) => id} />
            )}
          </Panel>
        )}
      </Loaded>
      <SignInLinks people={people} onLink={onLink} />
      <CreateDialog open={making} people={people} onCreate={onCreate} onClose={() => setMaking(false)} />
      <Dialog
        open={revoking !== undefined}
        title={say.revokeQuestion(revoking?.label ?? '')}
        onClose={() => setRevoking(undefined)}
        buttons={
          <>
            <Button kind="quiet" onClick={() => setRevoking(undefined)}>
              {say.keep}
            </Button>
            <Button kind="danger" onClick={() => void onRevoke(revoking!.id).then(() => setRevoking(undefined))}>
              {say.revoke}
            </Button>
          </>
        }
      >
        <p>{say.revokeText}</p>
      </Dialog>
    </>
  )
}

function Label({ label, createdAt }: { label: string; createdAt: Instant }) {
  const when = useTicking((now, zone) => moment(createdAt, now, zone))
  return (
    <>
      <b>{label}</b> <span className="dim">{say.made(when)}</span>
    </>
  )
}

function Used({ at }: { at: Instant | undefined }) {
  const text = useTicking((now) => (at === undefined ? say.neverUsed : age(now - at)))
  return <>{text}</>
}

/** Asks what it is for, then shows the secret once; closing forgets it. */
function CreateDialog({
  open,
  people,
  onCreate,
  onClose,
}: Pick<AccessProps, 'people' | 'onCreate'> & { open: boolean; onClose: () => void }) {
  const form = useId()
  const [label, setLabel] = useState('')
  const [role, setRole] = useState<Role>('responder')
  const [person, setPerson] = useState('')
  const [secret, setSecret] = useState<string>()
  const [busy, setBusy] = useState(false)
  const close = () => {
    setLabel('')
    setRole('responder')
    setPerson('')
    setSecret(undefined)
    onClose()
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setSecret(await onCreate({ label, role, person: person === '' ? undefined : person }))
    setBusy(false)
  }
  if (secret !== undefined)
    return (
      <Dialog
        open={open}
        title={say.made1(label)}
        onClose={close}
        buttons={
          <Button kind="primary" onClick={close}>
            {say.done}
          </Button>
        }
      >
        <Note tone="warn">{say.once}</Note>
        <CopyLine label={say.secret} text={secret} />
      </Dialog>
    )
  return (
    <Dialog
      open={open}
      title={say.create}
      onClose={close}
      buttons={
        <>
          <Button kind="quiet" onClick={close}>
            {say.cancel}
          </Button>
          <Button kind="primary" type="submit" form={form} busy={busy}>
            {say.create}
          </Button>
        </>
      }
    >
      <form id={form} className="form-rows" onSubmit={(event) => void submit(event)}>
        <TextField
          label={say.label}
          hint={say.labelHint}
          required
          maxLength={100}
          autoFocus
          value={label}
          onChange={({ target }) => setLabel(target.value)}
        />
        <SelectField label={say.role} value={role} onChange={({ target }) => setRole(target.value as Role)}>
          {ROLES.map((one) => (
            <option key={one} value={one}>
              {say.roles[one]}
            </option>
          ))}
        </SelectField>
        <SelectField label={say.person} hint={say.personHint} value={person} onChange={({ target }) => setPerson(target.value)}>
          <option value="">{say.nobody}</option>
          <PeopleOptions people={people} />
        </SelectField>
      </form>
    </Dialog>
  )
}

function SignInLinks({ people, onLink }: Pick<AccessProps, 'people' | 'onLink'>) {
  const [person, setPerson] = useState('')
  const [busy, setBusy] = useState(false)
  const [made, setMade] = useState<{ url: string; endsAt: Instant }>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || person === '') return
    setBusy(true)
    setMade(await onLink(person))
    setBusy(false)
  }
  return (
    <Panel className="settings-wide" title={say.links}>
      <form className="settings-form" onSubmit={(event) => void submit(event)}>
        <p className="sub">{say.linksText}</p>
        <SelectField
          label={say.whose}
          required
          value={person}
          onChange={({ target }) => {
            setPerson(target.value)
            setMade(undefined)
          }}
        >
          <option value="">{say.pick}</option>
          <PeopleOptions people={people} />
        </SelectField>
        <Button type="submit" icon="link" busy={busy}>
          {say.makeLink}
        </Button>
        {made && <MadeLink {...made} />}
      </form>
    </Panel>
  )
}

function MadeLink({ url, endsAt }: { url: string; endsAt: Instant }) {
  const until = useTicking((now, zone) => momentWithZones(endsAt, now, zone))
  return (
    <div>
      <CopyLine label={say.link} text={url} />
      <p className="sub" role="status">
        {say.linkUntil(until)}
      </p>
    </div>
  )
}

function PeopleOptions({ people }: { people: Choice[] }) {
  return people.map(({ value, name }) => (
    <option key={value} value={value}>
      {name}
    </option>
  ))
}
