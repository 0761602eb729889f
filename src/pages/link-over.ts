import type { Language } from '../kernel/language.ts'
import type { Instant } from '../kernel/time.ts'
import type { Document } from '../modules/documents/index.ts'
import { type ActionLink, type Incident, LINK_AFTER_RESOLVE_MS, LINK_MS } from '../modules/incidents/index.ts'
import { isTest } from '../modules/paging/index.ts'
import type { PersonSpec } from '../modules/people/index.ts'

/** Why a link that is truly ours does nothing any more. */
export type Over = 'test' | 'old' | 'resolved' | 'person' | 'contact' | 'gone'

/** What a link leans on: all of it must still be there. */
export interface Leaning {
  link: ActionLink
  incident: Incident | undefined
  /** The person as they were when the link was made, and as they are. */
  sentTo: Document<PersonSpec> | undefined
  today: Document<PersonSpec> | undefined
  /** In which they read; undefined: as their browser asks. */
  language?: Language | undefined
  /** Their own time zone, where they have named one. */
  zone?: string | undefined
}

/** Undefined while the link is good. */
export function whyOver({ link, incident, sentTo, today }: Leaning, now: Instant): Over | undefined {
  if (isTest(link)) return 'test'
  if (!incident) return 'gone'
  if (now >= link.issuedAt + LINK_MS) return 'old'
  if (incident.resolvedAt !== null && now >= incident.resolvedAt + LINK_AFTER_RESOLVE_MS) return 'resolved'
  // Somebody else of the same name is not who this was sent to.
  if (!sentTo || !today || sentTo.uid !== today.uid) return 'person'
  return hasStill(link.contact, sentTo.spec, today.spec) ? undefined : 'contact'
}

/** A contact that keeps its name but leads elsewhere is another one: the old phone may be in other hands. */
function hasStill(contact: string, sentTo: PersonSpec, today: PersonSpec): boolean {
  const [before, after] = [sentTo, today].map((person) => person.contacts?.find((one) => one.name === contact))
  return before !== undefined && after !== undefined && before.channel === after.channel && before.address === after.address
}
