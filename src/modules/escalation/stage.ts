import { type PagingRule, type PersonSpec, rulesOf, type Urgency } from '../people/index.ts'

/** What an incident is played on. Phones on screen ring and count in the demo and in drills; in earnest they reach nobody. */
export type Stage = 'real' | 'demo' | 'drill'

/** The rules of a person that count on a stage. */
export function rulesOn(stage: Stage, person: PersonSpec, urgency: Urgency): PagingRule[] {
  return rulesOf(person, urgency).filter(({ contact }) => stage !== 'real' || contact.channel !== 'screen')
}
