import { type ReactNode, useState } from 'react'
import type { Instant } from '../../../kernel/time.ts'
import { links } from '../../links.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { classNames } from '../../parts/class-names.ts'
import { CodeBlock } from '../../parts/code.tsx'
import { TextField } from '../../parts/field.tsx'
import { Icon } from '../../parts/icon.tsx'
import type { IconName } from '../../parts/icon-names.ts'
import { Link } from '../../parts/link.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { shiftTime } from '../../parts/time-words.ts'
import { words } from './words.ts'

interface StepProps {
  done: boolean
  /** What became of the last press, when it came to nothing. */
  error?: string | undefined
  busy: boolean
}

export interface YouStepProps extends StepProps {
  /** Null: a token that belongs to nobody. */
  person: { displayName: string; role: string; isNamed: boolean } | null
  onName: (name: string) => void
}

export function YouStep({ done, person, busy, error, onName }: YouStepProps) {
  const [name, setName] = useState('')
  if (person === null) return <p className="sub">{words.you.token}</p>
  if (done)
    return (
      <>
        <p className="sub">
          {words.you.signedIn(person.displayName, person.role)}{' '}
          <Link className="text-link" href={links.create('people')}>
            {words.you.invite}
          </Link>
        </p>
        <p className="dim fine">
          {words.you.again} <span className="mono">npx tocsin login-link</span>
        </p>
      </>
    )
  return (
    <Form onSubmit={() => name.trim() && onName(name.trim())}>
      <TextField
        label={words.you.name}
        hint={words.you.hint}
        error={error}
        autoComplete="name"
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <div className="first-step-line">
        <Button kind="primary" type="submit" keyCap="↵" busy={busy} disabled={name.trim() === ''}>
          {words.you.save}
        </Button>
      </div>
    </Form>
  )
}

export interface WakingChannel {
  name: string
  icon: IconName
  title: string
  reaches: keyof typeof words.wakes.reaches
  addressHint: string
  /** What to begin with. */
  suggested: string
}

export interface WakesStepProps extends StepProps {
  contacts: { contact: string; channel: string; state: keyof typeof words.wakes.states; failure: string | null }[]
  /** What one press is enough for, as the installation is set up. */
  channels: WakingChannel[]
  /** A channel waits for a mail server. */
  lacksMail: boolean
  onAdd: (contact: { channel: string; address: string }) => void
  onRing: () => void
  profileHref: string
}

export function WakesStep({ done, contacts, channels, lacksMail, busy, error, onAdd, onRing, profileHref }: WakesStepProps) {
  const say = words.wakes
  const [picked, setPicked] = useState<string>()
  const [typed, setTyped] = useState<Record<string, string>>({})
  const channel = channels.find(({ name }) => name === picked) ?? channels[0]
  const there = contacts.length > 0 && (
    <ul>
      {contacts.map((one) => (
        <li key={one.contact} className="sub">
          {one.contact}, {say.states[one.state]}
          {one.failure !== null && `: ${one.failure}`}
        </li>
      ))}
    </ul>
  )
  if (done || channel === undefined)
    return (
      <>
        {there}
        <div className="first-step-line">
          {there && (
            <Button size="small" icon="bell" busy={busy} onClick={onRing}>
              {say.ringAgain}
            </Button>
          )}
          <Link className="text-link" href={profileHref}>
            {say.more}
          </Link>
        </div>
        {error && <Failure>{error}</Failure>}
      </>
    )
  const address = typed[channel.name] ?? channel.suggested
  return (
    <Form onSubmit={() => address.trim() && onAdd({ channel: channel.name, address: address.trim() })}>
      {there}
      <div className="picks" role="radiogroup" aria-label={say.picks}>
        {channels.map(({ name, icon, title, reaches }) => (
          // biome-ignore lint/a11y/useSemanticElements: a pick is a whole card, with an icon and two lines
          <button
            key={name}
            type="button"
            role="radio"
            aria-checked={name === channel.name}
            className="pick"
            onClick={() => setPicked(name)}
          >
            <Icon name={icon} size={20} />
            <span>
              <b>{title}</b>
              <span className="dim">{say.reaches[reaches]}</span>
            </span>
          </button>
        ))}
      </div>
      <TextField
        label={say.address}
        error={error}
        value={address}
        onChange={({ target }) => setTyped({ ...typed, [channel.name]: target.value })}
      />
      <div className="first-step-line">
        <Button kind="primary" type="submit" icon="bell" keyCap="↵" busy={busy} disabled={address.trim() === ''}>
          {say.ring}
        </Button>
        {channel.reaches === 'a phone' && /^https?:\/\//.test(address) && (
          <a className="text-link" href={address} target="_blank" rel="noreferrer">
            {say.subscribe}
          </a>
        )}
        {there && (
          <Link className="text-link" href={profileHref}>
            {say.more}
          </Link>
        )}
      </div>
      <p className="sub">
        {channel.reaches === 'a phone' ? say.phoneHint : channel.addressHint} {say.rings}
      </p>
      {lacksMail && <p className="dim fine">{say.noMail}</p>}
    </Form>
  )
}

export interface AnswersStepProps extends StepProps {
  /** Undefined: it has to wait for the step before. */
  onMake?: ((service: string) => void) | undefined
  me: string
  service?: { title: string; href: string; policyHref?: string | undefined } | undefined
  people: string[]
}

export function AnswersStep({ done, service, people, me, busy, error, onMake }: AnswersStepProps) {
  const say = words.answers
  const [name, setName] = useState(say.example)
  if (done && service)
    return (
      <p className="sub">
        {say.is(service.title, people.join(', '))}{' '}
        <Link className="text-link" href={service.href}>
          {say.toService}
        </Link>
      </p>
    )
  if (service && onMake)
    return (
      <>
        <p className="sub">{say.nobody(service.title)}</p>
        <div className="first-step-line">
          <ButtonLink kind="primary" href={service.policyHref ?? service.href}>
            {service.policyHref ? say.toPolicy : say.toService}
          </ButtonLink>
        </div>
      </>
    )
  return (
    <Form onSubmit={() => onMake && name.trim() && onMake(name.trim())}>
      <p className="sub">{say.about}</p>
      {onMake ? (
        <>
          <div className="first-step-line">
            <TextField label={say.name} error={error} value={name} onChange={({ target }) => setName(target.value)} />
            <span className="sub">{say.answeredBy}</span>
            <span className="first-step-fixed">
              <Icon name="user" size={14} />
              {say.always(me)}
            </span>
          </div>
          <div className="first-step-line">
            <Button kind="primary" type="submit" keyCap="↵" busy={busy} disabled={name.trim() === ''}>
              {say.make}
            </Button>
            <span className="sub">{say.makes}</span>
          </div>
        </>
      ) : (
        <>
          <div className="first-step-line" aria-hidden="true">
            <span className="first-step-fixed">{say.example}</span>
            <span className="sub">{say.answeredBy}</span>
            <span className="first-step-fixed">
              <Icon name="user" size={14} />
              {say.always(me)}
            </span>
          </div>
          <p className="sub">{words.wait(2)}</p>
        </>
      )}
    </Form>
  )
}

export interface AlertStepProps extends StepProps {
  /** The line to run, with the real key where this window knows it. */
  command: string
  hasKey: boolean
  /** Undefined: it has to wait for the step before. */
  onSend?: (() => void) | undefined
  onKey?: (() => void) | undefined
  /** The integration takes plain JSON. */
  isPlain: boolean
  integration?: { title: string; href: string; lastEventAt?: Instant | undefined } | undefined
  /** There is a service and nothing that reports to it. */
  newIntegrationHref?: string | undefined
}

export function AlertStep({ done, command, hasKey, onSend, onKey, isPlain, integration, newIntegrationHref, busy, error }: AlertStepProps) {
  const say = words.alert
  const at = integration?.lastEventAt
  const when = useTicking((now, zone) => (at === undefined ? '' : shiftTime(at, now, zone)))
  if (newIntegrationHref)
    return (
      <div className="first-step-line">
        <ButtonLink kind="primary" icon="plus" href={newIntegrationHref}>
          {say.makeWayIn}
        </ButtonLink>
      </div>
    )
  const isReady = onSend !== undefined
  return (
    <>
      {done && integration && <p className="sub">{say.came(integration.title, when)}</p>}
      {isPlain || !isReady ? (
        <CodeBlock label={isReady ? say.command : say.commandLater} code={command} />
      ) : (
        <p className="sub">{say.elsewhere}</p>
      )}
      {isReady ? (
        <>
          {!done && <p className="sub">{say.or}</p>}
          <div className="first-step-line">
            <Button
              kind={done ? 'secondary' : 'primary'}
              size={done ? 'small' : 'medium'}
              icon="bolt"
              busy={busy}
              onClick={onSend}
              {...(!done && { keyCap: '↵' })}
            >
              {say.send}
            </Button>
            {!hasKey && isPlain && onKey && (
              <Button size={done ? 'small' : 'medium'} icon="key" onClick={onKey} title={say.keyUnseen}>
                {say.makeKey}
              </Button>
            )}
            {integration && (
              <Link className="text-link" href={integration.href}>
                {say.toIntegration}
              </Link>
            )}
          </div>
        </>
      ) : (
        <p className="sub">{words.wait(3)}</p>
      )}
      {error && <Failure>{error}</Failure>}
    </>
  )
}

export type WayPart = 'received' | 'routed' | 'opened' | 'paged' | 'acknowledged'

export interface HeardStepProps extends StepProps {
  /** What has happened so far, each with how long after the first. */
  way: Partial<Record<WayPart, { after: string; detail?: string | undefined }>>
  incident?: { number: string; isOpen: boolean } | undefined
  whyHref?: string | undefined
  onAcknowledge?: (() => void) | undefined
}

const WAY: WayPart[] = ['received', 'routed', 'opened', 'paged', 'acknowledged']

export function HeardStep({ done, way, incident, whyHref, onAcknowledge, busy, error }: HeardStepProps) {
  const say = words.heard
  return (
    <>
      {!done && <p className="sub">{say.about}</p>}
      <ol className="first-way" aria-label={say.way} aria-live="polite">
        {WAY.map((part) => {
          const passed = way[part]
          return (
            <li key={part} className={classNames(passed && 'first-way-done')}>
              <i aria-hidden="true" />
              {say[part]}
              {passed && (
                <span>
                  {passed.after}
                  {passed.detail && `, ${passed.detail}`}
                </span>
              )}
            </li>
          )
        })}
      </ol>
      {incident && (
        <div className="first-step-line">
          {onAcknowledge && (
            <Button kind="primary" icon="check" keyCap="↵" busy={busy} onClick={onAcknowledge}>
              {say.acknowledge}
            </Button>
          )}
          <Link className="text-link" href={links.incident(incident.number)}>
            {say.toIncident(incident.number)}
          </Link>
          {whyHref && (
            <Link className="text-link" href={whyHref}>
              {say.why}
            </Link>
          )}
        </div>
      )}
      {error && <Failure>{error}</Failure>}
    </>
  )
}

function Form({ onSubmit, children }: { onSubmit: () => void; children: ReactNode }) {
  return (
    <form
      className="first-step-form"
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
    </form>
  )
}

function Failure({ children }: { children: string }) {
  return (
    <p className="field-error" role="alert">
      <Icon name="warn" size={14} />
      {children}
    </p>
  )
}
