import './executive-screen.css'
import { zoneName } from '../../../kernel/moment.ts'
import type { Instant } from '../../../kernel/time.ts'
import { links } from '../../links.ts'
import { Avatar, type PersonLook } from '../../parts/avatar.tsx'
import { ButtonLink } from '../../parts/button.tsx'
import { CountdownText } from '../../parts/clock.tsx'
import { Rim, SeverityMark } from '../../parts/severity-mark.tsx'
import { CountdownStrokes } from '../../parts/strokes.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { age, moment } from '../../parts/time-words.ts'
import type { DeclaredIncident } from './incident.ts'
import { words } from './view-words.ts'

export interface ExecutiveProps {
  incident: DeclaredIncident
  /** What customers feel of it, as far as somebody said so. */
  customers: string | undefined
  doing: string | undefined
  /** Of whoever looks. */
  wanted: string[]
  promise: { since: Instant; by: Instant } | undefined
  leads: PersonLook | undefined
  contact: PersonLook | undefined
  /** The latest first. */
  said: { id: string; at: Instant; text: string }[]
}

/** For whoever has to know and has nothing to do: one sentence, and when the next word comes. */
export function ExecutiveScreen({ incident, customers, doing, wanted, promise, leads, contact, said }: ExecutiveProps) {
  const { command } = incident
  const since = useTicking((now, zone) => `${moment(incident.lifecycle.impact ?? incident.startedAt, now, zone)} ${zoneName(zone)}`)
  const asOf = useTicking((now, zone) => words.asOf(`${moment(now, now, zone)} ${zoneName(zone)}`))
  const lasted = useTicking((now) => age((incident.endedAt ?? now) - incident.startedAt))
  return (
    <main id="main" className="executive">
      <Rim rank={incident.severity} />
      <article>
        <p className="executive-line">
          <SeverityMark rank={incident.severity} size={20} />
          <b>{command.levelName ?? command.level}</b>
          <span className="dim">
            {incident.number}, {lasted}
          </span>
          <span className="dim executive-as-of">{asOf}</span>
        </p>
        <h1>{words.sentence(since, clause(incident.summary || incident.title), words.standing[command.status])}</h1>
        {promise && <NextWord {...promise} />}
        <dl>
          <Fact name={words.customers}>{customers ?? words.notKnown}</Fact>
          <Fact name={words.weDo}>{doing ?? words.notKnown}</Fact>
          <Fact name={words.data}>{command.dataLoss ? words.dataLoss[command.dataLoss] : words.notKnown}</Fact>
          <Fact name={words.needed}>{wanted.length === 0 ? words.nothing : wanted.join(' ')}</Fact>
        </dl>
        <div className="executive-leads">
          {leads && <Avatar person={leads} size={36} />}
          <p>
            <b>{leads ? words.leads(leads.name) : words.nobodyLeads}</b>
            {contact && <span className="dim">{words.contact(contact.name)}</span>}
          </p>
        </div>
        <ButtonLink href={links.incident(incident.number)} icon="arrow">
          {words.open}
        </ButtonLink>
        {said.length > 0 && (
          <ol className="executive-said" aria-label={words.earlier}>
            {said.map(({ id, at, text }) => (
              <li key={id}>
                <Said at={at} />
                <p>{text}</p>
              </li>
            ))}
          </ol>
        )}
      </article>
    </main>
  )
}

/** Ends without its stop: the sentence goes on. */
function clause(text: string): string {
  return text.trim().replace(/[.!]+$/, '')
}

function NextWord({ since, by }: { since: Instant; by: Instant }) {
  const at = useTicking((now, zone) => `${moment(by, now, zone)} ${zoneName(zone)}`)
  const left = useTicking((now) => Math.ceil(((by - now) / Math.max(1, by - since)) * 60) / 60)
  return (
    <div className="executive-next">
      <span>{words.nextWordBy}</span> <b>{at}</b> <CountdownText to={by} />
      <CountdownStrokes left={left} />
    </div>
  )
}

function Said({ at }: { at: Instant }) {
  return <time className="dim">{useTicking((now, zone) => moment(at, now, zone))}</time>
}

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
