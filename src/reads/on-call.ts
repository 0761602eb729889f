import type { Language } from '../kernel/language.ts'
import { isRefusal, refuse } from '../kernel/result.ts'
import { type Instant, iso } from '../kernel/time.ts'
import { Service } from '../modules/catalog/index.ts'
import { byName, type Documents, pageOf, type Snapshot } from '../modules/documents/index.ts'
import { EscalationPolicy, find, type PolicySpec, rulesOn, type Stage, type Target } from '../modules/escalation/index.ts'
import type { onCallContract } from '../modules/oncall/contract.ts'
import { Schedule } from '../modules/oncall/index.ts'
import { displayName, Person } from '../modules/people/index.ts'
import type { Found } from '../modules/timeline/index.ts'
import type { Handlers } from '../platform/contract.ts'
import type { Database } from '../platform/db.ts'
import { absentText, foundText } from './words.ts'

type Item = Extract<Awaited<ReturnType<Handlers<typeof onCallContract>['listOnCall']>>, { items: unknown }>['items'][number]

/** Who is on call: each schedule by itself, then each level of each policy, found as the pager would find them. */
export function createReadOnCall(db: Database, documents: Documents): Handlers<typeof onCallContract>['listOnCall'] {
  return async ({ query, language, now }) => {
    const snapshot = await documents.fresh(db.sql)
    const at = query.at === undefined ? now : Date.parse(query.at)
    const service = query.service === undefined ? undefined : snapshot.get(Service, query.service)
    if (query.service !== undefined && !service) return refuse('not-found', `There is no service ‹${query.service.slice(0, 100)}›.`)
    if (query.schedule !== undefined && !snapshot.get(Schedule, query.schedule))
      return refuse('not-found', `There is no schedule ‹${query.schedule.slice(0, 100)}›.`)
    if (query.person !== undefined && !snapshot.get(Person, query.person))
      return refuse('not-found', `There is no person ‹${query.person.slice(0, 100)}›.`)
    const policies = snapshot.all(EscalationPolicy).filter(({ name }) => !service || service.spec.policy === name)
    const items = [
      ...(service
        ? []
        : snapshot
            .all(Schedule)
            .sort(byName)
            .flatMap(({ name }) => itemsOf(snapshot, at, { schedule: name }, null, language))),
      ...policies
        .sort(byName)
        .flatMap(({ name, spec }) =>
          levelsOf(spec).flatMap(({ level, catchAll, notify }) =>
            notify.flatMap((target) => itemsOf(snapshot, at, target, { policy: name, level, catchAll }, language)),
          ),
        ),
    ]
    const wanted = items.filter(
      (one) =>
        (query.person === undefined || one.person === query.person) && (query.schedule === undefined || one.schedule === query.schedule),
    )
    const page = pageOf(wanted, query)
    return isRefusal(page) ? page : { items: page.items, next: page.next }
  }
}

function levelsOf(policy: PolicySpec): { level: number; catchAll: boolean; notify: Target[] }[] {
  const levels = policy.levels.map(({ notify }, i) => ({ level: i + 1, catchAll: false, notify }))
  return [...levels, { level: levels.length + 1, catchAll: true, notify: policy.catchAll.notify }]
}

interface Place {
  policy: string
  level: number
  catchAll: boolean
}

function itemsOf(snapshot: Snapshot, at: Instant, target: Target, place: Place | null, language: Language): Item[] {
  // Whether a contact works is told beside the person: here the question is whose turn it is.
  return find(snapshot, [target], 'high', 'drill', at).map((found) => {
    const { person, shift } = found
    const known = person === undefined ? undefined : snapshot.get(Person, person)
    const there = person !== undefined && known !== undefined
    return {
      schedule: 'schedule' in target ? target.schedule : null,
      policy: place?.policy ?? null,
      level: place?.level ?? null,
      catchAll: place?.catchAll ?? false,
      team: 'team' in target ? target.team : null,
      person: there ? person : null,
      displayName: there ? displayName(person, known.spec) : null,
      from: shift ? iso(shift.from) : null,
      until: shift?.until == null ? null : iso(shift.until),
      why: sentence(there ? foundText(found, language) : absentText(found, language)),
      whyKind: there ? kindOf(found) : 'nobody',
      reachable: known ? reachable(known.spec, known.origin.kind === 'demo' ? 'demo' : 'real') : [],
    }
  })
}

function kindOf({ target, shift }: Found): Item['whyKind'] {
  if (shift) return 'override' in shift ? 'override' : 'layer'
  if ('team' in target) return 'member'
  return 'person' in target ? 'named' : 'admin'
}

function reachable(person: Parameters<typeof rulesOn>[1], stage: Stage): Item['reachable'] {
  const contacts = rulesOn(stage, person, 'high').map(({ contact }) => ({ contact: contact.name, channel: contact.channel }))
  return contacts.filter((one, i) => contacts.findIndex(({ contact }) => contact === one.contact) === i)
}

function sentence(phrase: string): string {
  return `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}.`
}
