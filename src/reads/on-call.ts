import type { Language } from '../kernel/language.ts'
import { isRefusal, refuse } from '../kernel/result.ts'
import { DAY, type Instant, iso } from '../kernel/time.ts'
import { Service } from '../modules/catalog/index.ts'
import { byName, type Documents, pageOf, type Snapshot } from '../modules/documents/index.ts'
import { EscalationPolicy, find, rulesOn, type Stage, type Target } from '../modules/escalation/index.ts'
import { isoOrNull } from '../modules/incidents/index.ts'
import type { onCallContract } from '../modules/oncall/contract.ts'
import { absenceAt, COVER_DAYS, eachShift, isGap, Override, onCallFor, overridesOf, Schedule } from '../modules/oncall/index.ts'
import { displayName, type Known, Person, Team } from '../modules/people/index.ts'
import { absentText, type Found, foundText, type Telling } from '../modules/timeline/index.ts'
import type { Handlers } from '../platform/contract.ts'
import type { Database } from '../platform/db.ts'
import { type Proofs, readContactProofs } from './pieces/contact-proofs.ts'
import { levelsOf } from './pieces/places.ts'
import { leftEmptyText, tellingOf } from './pieces/words.ts'

type Item = Extract<Awaited<ReturnType<Handlers<typeof onCallContract>['listOnCall']>>, { items: unknown }>['items'][number]

/** A place where somebody is on call, before it is told how they can be woken. */
interface Post extends Omit<Item, 'reachable'> {
  contacts: { contact: string; channel: string }[]
}

/** Who is on call: each schedule by itself, then each level of each policy, found as the pager would find them. */
export function createReadOnCall(
  db: Database,
  documents: Documents,
  reaches: Known['reaches'],
): Handlers<typeof onCallContract>['listOnCall'] {
  return async ({ query, reader, now }) => {
    const snapshot = await documents.fresh(db.sql)
    const at = query.at === undefined ? now : Date.parse(query.at)
    const service = query.service === undefined ? undefined : snapshot.get(Service, query.service)
    if (query.service !== undefined && !service) return refuse('not-found', `There is no service ‹${query.service.slice(0, 100)}›.`)
    if (query.schedule !== undefined && !snapshot.get(Schedule, query.schedule))
      return refuse('not-found', `There is no schedule ‹${query.schedule.slice(0, 100)}›.`)
    if (query.person !== undefined && !snapshot.get(Person, query.person))
      return refuse('not-found', `There is no person ‹${query.person.slice(0, 100)}›.`)
    const policies = snapshot.all(EscalationPolicy).filter(({ name }) => !service || service.spec.policy === name)
    const to = { nextOf: createNextOf(snapshot, at), telling: tellingOf(snapshot, reader, now) }
    const posts = [
      ...(service
        ? []
        : snapshot
            .all(Schedule)
            .sort(byName)
            .flatMap(({ name }) => postsOf(snapshot, at, { schedule: name }, null, to))),
      ...policies
        .sort(byName)
        .flatMap(({ name, spec }) =>
          levelsOf(spec).flatMap(({ level, catchAll, notify }) =>
            notify.length === 0
              ? [leftEmpty({ policy: name, policyName: spec.displayName ?? name, level, catchAll }, reader.language)]
              : notify.flatMap((target) =>
                  postsOf(snapshot, at, target, { policy: name, policyName: spec.displayName ?? name, level, catchAll }, to),
                ),
          ),
        ),
    ]
    const wanted = posts.filter(
      (one) =>
        (query.person === undefined || one.person === query.person) && (query.schedule === undefined || one.schedule === query.schedule),
    )
    const page = pageOf(wanted, query)
    if (isRefusal(page)) return page
    const people = new Set(page.items.flatMap(({ person }) => person ?? []))
    const proofs = await readContactProofs(db.sql, documents, new Map([...people].map((name) => [name, snapshot.get(Person, name)!])))
    return { items: page.items.map((post) => itemOf(post, proofs, reaches)), next: page.next }
  }
}

interface Place {
  policy: string
  policyName: string
  level: number
  catchAll: boolean
}

function postsOf(snapshot: Snapshot, at: Instant, target: Target, place: Place | null, { nextOf, telling }: To): Post[] {
  // Whether a contact works is told beside the person: here the question is whose turn it is.
  return find(snapshot, [target], 'high', 'drill', at).map((found): Post => {
    const { person, shift } = found
    const known = person === undefined ? undefined : snapshot.get(Person, person)
    const there = person !== undefined && known !== undefined
    const next = 'schedule' in target ? nextOf(target.schedule) : null
    const nobodyUntil = !there && next !== null && next.person !== null ? next.from : null
    return {
      schedule: 'schedule' in target ? target.schedule : null,
      scheduleName: 'schedule' in target ? (snapshot.get(Schedule, target.schedule)?.spec.displayName ?? target.schedule) : null,
      policy: place?.policy ?? null,
      policyName: place?.policyName ?? null,
      level: place?.level ?? null,
      catchAll: place?.catchAll ?? false,
      team: 'team' in target ? target.team : null,
      teamName: 'team' in target ? (snapshot.get(Team, target.team)?.spec.displayName ?? target.team) : null,
      person: there ? person : null,
      displayName: there ? displayName(person, known.spec) : null,
      timeZone: known?.spec.timeZone ?? null,
      from: shift ? iso(shift.from) : null,
      until: shift ? isoOrNull(shift.until) : nobodyUntil,
      why: sentence(there ? foundText(found, telling) : absentText(found, telling)),
      whyKind: there ? kindOf(found) : 'nobody',
      absence: there ? null : absenceOf(snapshot, at, found),
      origin: originOf(snapshot, found),
      next,
      contacts: known ? contactsOf(known.spec, known.origin.kind === 'demo' ? 'demo' : 'real') : [],
    }
  })
}

/** A level that pages nobody, as it is written: the one after it goes at once. */
function leftEmpty(place: Place, language: Language): Post {
  return {
    ...{
      schedule: null,
      scheduleName: null,
      team: null,
      teamName: null,
      person: null,
      displayName: null,
      timeZone: null,
      from: null,
      until: null,
    },
    ...place,
    why: leftEmptyText(language),
    whyKind: 'nobody',
    absence: 'left-empty',
    origin: null,
    next: null,
    contacts: [],
  }
}

function itemOf({ contacts, ...post }: Post, proofs: Proofs, reaches: Known['reaches']): Item {
  return {
    ...post,
    reachable: contacts.map(({ contact, channel }) => {
      const { state, deliveredAt } = proofs(post.person!, contact)
      return { contact, channel, reaches: reaches(channel), state, lastDeliveredAt: isoOrNull(deliveredAt) }
    }),
  }
}

interface To {
  nextOf: NextOf
  telling: Telling
}

type NextOf = (schedule: string) => Item['next']

/** Who comes after whoever is on call; each schedule is asked once. */
function createNextOf(snapshot: Snapshot, at: Instant): NextOf {
  const known = new Map<string, Item['next']>()
  return (schedule) => {
    if (!known.has(schedule)) known.set(schedule, nextAfter(snapshot, schedule, at))
    return known.get(schedule)!
  }
}

function nextAfter(snapshot: Snapshot, schedule: string, at: Instant): Item['next'] {
  const document = snapshot.get(Schedule, schedule)
  if (!document) return null
  const shift = onCallFor(snapshot, schedule, at)
  const horizon = at + COVER_DAYS * DAY
  let from = shift?.until ?? (shift ? null : at)
  if (from === null || from >= horizon) return null
  if (!shift) {
    const [gap] = eachShift(document.spec, at, horizon, overridesOf(snapshot, schedule))
    if (!gap || gap.until >= horizon) return null
    from = gap.until
  }
  const next = onCallFor(snapshot, schedule, from)
  if (next) {
    const name = displayName(next.user, snapshot.get(Person, next.user)?.spec)
    return { person: next.user, displayName: name, from: iso(next.from), until: isoOrNull(next.until) }
  }
  const [gap] = eachShift(document.spec, from, horizon, overridesOf(snapshot, schedule))
  return { person: null, displayName: null, from: iso(from), until: gap && isGap(gap) && gap.until < horizon ? iso(gap.until) : null }
}

function absenceOf(snapshot: Snapshot, at: Instant, { target, absent }: Found): Item['absence'] {
  if (absent !== 'nobody-on-call' || !('schedule' in target)) return 'missing'
  return absenceAt(snapshot.get(Schedule, target.schedule)!.spec, at)
}

function originOf(snapshot: Snapshot, { target, shift }: Found): Item['origin'] {
  if (!shift || !('schedule' in target)) return null
  const nobody = { override: null, reason: null, madeBy: null, madeAt: null }
  const until = isoOrNull(shift.until)
  if ('layer' in shift) return { kind: 'layer', layer: shift.layer, ...nobody, until }
  const made = snapshot.get(Override, shift.override)
  const written = made ?? snapshot.get(Schedule, target.schedule)!
  return {
    kind: 'override',
    layer: null,
    override: made?.name ?? null,
    reason: shift.reason ?? null,
    madeBy: written.changedBy,
    madeAt: iso(written.changedAt),
    until,
  }
}

function kindOf({ target, shift }: Found): Item['whyKind'] {
  if (shift) return 'override' in shift ? 'override' : 'layer'
  if ('team' in target) return 'member'
  return 'person' in target ? 'named' : 'admin'
}

function contactsOf(person: Parameters<typeof rulesOn>[1], stage: Stage): Post['contacts'] {
  const contacts = rulesOn(stage, person, 'high').map(({ contact }) => ({ contact: contact.name, channel: contact.channel }))
  return contacts.filter((one, i) => contacts.findIndex(({ contact }) => contact === one.contact) === i)
}

function sentence(phrase: string): string {
  return `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}.`
}
