import { links } from '../../links.ts'
import { Moment } from '../../parts/clock.tsx'
import { type Definition, DefinitionList } from '../../parts/definition-list.tsx'
import { Link } from '../../parts/link.tsx'
import { Section } from '../../parts/panel.tsx'
import { words } from '../../product/incidents/incident-words.ts'
import type { Incident } from './incident.ts'
import { words as viewWords } from './view-words.ts'

export function FactsSection({ incident }: { incident: Incident }) {
  const { service, openedBy, groupedBy, policy, startedAt, urgency } = incident
  const facts: Definition[] = [
    ...(service ? [{ term: words.fact.service, is: service }] : []),
    { term: words.fact.began, is: <Moment at={startedAt} /> },
    { term: words.fact.urgency, is: words.urgency[urgency] },
    { term: words.fact.policy, is: policy ? words.policyVersion(policy.name, policy.version) : words.noPolicy },
    { term: words.fact.openedBy, is: openedBy },
    ...(groupedBy ? [{ term: words.fact.grouped, is: <span className="mono">{groupedBy}</span> }] : []),
  ]
  return (
    <Section title={words.factsTitle}>
      <DefinitionList items={facts} />
      {incident.command && (
        <p className="other-views">
          <Link className="text-link" href={links.plan(incident.number)}>
            {viewWords.plan}
          </Link>
          <Link className="text-link" href={links.wall(incident.number)}>
            {viewWords.wall}
          </Link>
          <Link className="text-link" href={links.executive(incident.number)}>
            {viewWords.executive}
          </Link>
        </p>
      )}
    </Section>
  )
}
