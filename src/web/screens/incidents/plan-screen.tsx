import './plan-screen.css'
import { links } from '../../links.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Moment } from '../../parts/clock.tsx'
import { Rim, SeverityMark } from '../../parts/severity-mark.tsx'
import type { DeclaredIncident } from './incident.ts'
import { words } from './view-words.ts'

export interface PlanSection {
  section: string
  title: string
  lines: { text: string; who: string | null; href: string | null; state: 'open' | 'done' | null }[]
}

/** On paper it is one page, with boxes to tick by hand. */
export function PlanScreen({ incident, sections }: { incident: DeclaredIncident; sections: PlanSection[] }) {
  const { command } = incident
  return (
    <main id="main" className="response-plan" aria-label={words.planOf(incident.number)}>
      <Rim rank={incident.severity} />
      <header>
        <SeverityMark rank={incident.severity} size={30} />
        <div>
          <h1>{incident.title}</h1>
          <p className="dim">
            {words.planOf(incident.number)}, {[command.level, command.levelName].filter(Boolean).join(' ')},{' '}
            <Moment at={incident.startedAt} />
          </p>
        </div>
        <span className="response-plan-acts">
          <ButtonLink size="small" href={links.incident(incident.number)} icon="arrow">
            {words.open}
          </ButtonLink>
          <Button size="small" icon="doc" onClick={() => print()}>
            {words.print}
          </Button>
        </span>
      </header>
      <div className="response-plan-sections">
        {sections
          .filter(({ lines }) => lines.length > 0)
          .map(({ section, title, lines }) => (
            <section key={section}>
              <h2>{title}</h2>
              <ul>
                {lines.map(({ text, who, href, state }) => (
                  <li key={`${text} ${who}`} className={state === null ? undefined : `plan-${state}`}>
                    {href === null ? text : <a href={href}>{text}</a>}
                    {who !== null && <b>{who}</b>}
                  </li>
                ))}
              </ul>
            </section>
          ))}
      </div>
    </main>
  )
}
