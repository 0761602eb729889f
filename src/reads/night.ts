import { refuse } from '../kernel/result.ts'
import { DAY, HOUR, type Instant, iso, MINUTE, SECOND } from '../kernel/time.ts'
import { instantOf, localOf, zoneOf } from '../kernel/zone.ts'
import type { Documents, Snapshot } from '../modules/documents/index.ts'
import { EscalationPolicy, type PolicySpec, type SimulatedStep, simulate } from '../modules/escalation/index.ts'
import type { peopleContract } from '../modules/people/contract.ts'
import { Person } from '../modules/people/index.ts'
import { absentText, type Telling } from '../modules/timeline/index.ts'
import type { Handlers } from '../platform/contract.ts'
import type { Database } from '../platform/db.ts'
import { mayLeadTo, placesOf } from './pieces/places.ts'
import { tellingOf } from './pieces/words.ts'

/** When most pages hurt: the minute that is played unless another is asked for. */
const NIGHT = 3 * HOUR + 11 * MINUTE

/** What one page does to a person minute by minute, asked of the rule the pager itself follows. */
export function createReadNight(db: Database, documents: Documents): Handlers<typeof peopleContract>['getNight'] {
  return async ({ params, query, reader, now }) => {
    const snapshot = await documents.fresh(db.sql)
    const person = snapshot.get(Person, params.name)
    if (!person) return refuse('not-found', `There is no person ‹${params.name.slice(0, 100)}›.`)
    if (query.policy !== undefined && !snapshot.get(EscalationPolicy, query.policy))
      return refuse('not-found', `There is no escalation policy ‹${query.policy.slice(0, 100)}›.`)
    const places = placesOf(snapshot, params.name).filter(({ policy }) => query.policy === undefined || policy === query.policy)
    const place = places.find(({ level }) => query.level === undefined || level === query.level)
    if (!place && (query.policy !== undefined || query.level !== undefined))
      return refuse(
        'not-there',
        `${params.name} is on none of these levels; leave out policy and level to play the first that leads there.`,
      )
    const timeZone = person.spec.timeZone ?? 'UTC'
    const start = query.at === undefined ? nextNight(timeZone, now) : Date.parse(query.at)
    const written = place && snapshot.get(EscalationPolicy, place.policy)!.spec
    const policy = written ? withTurn(snapshot, written, place.level, params.name) : rulesAlone(params.name)
    const applying = written?.levels[place!.level - 1]?.severities
    const usual = query.urgency === 'high' ? 2 : 3
    const severity = applying === undefined || applying.includes(usual) ? usual : applying[0]!
    const stage = person.origin.kind === 'demo' ? 'demo' : 'real'
    const { steps } = simulate(policy, snapshot, { severity, urgency: query.urgency, stage, start })
    const telling = tellingOf(snapshot, reader, now)
    // Without a policy nobody comes after this person, and their first round is all there is to tell.
    const told = place ? steps : steps.slice(0, 1)
    return {
      person: params.name,
      startsAt: iso(start),
      timeZone,
      urgency: query.urgency,
      policy: place?.policy ?? null,
      level: place?.level ?? null,
      lines: told
        .flatMap((step) => linesOf(step, { person: params.name, start, withLevels: place !== undefined, telling }))
        .sort((a, b) => a.afterSeconds - b.afterSeconds),
    }
  }
}

/** The policy as it goes while this person has the turn on that level. */
function withTurn(snapshot: Snapshot, policy: PolicySpec, level: number, person: string): PolicySpec {
  const turned = (notify: PolicySpec['catchAll']['notify']) =>
    notify.map((target) => ('schedule' in target && mayLeadTo(snapshot, target, person) ? { person } : target))
  return {
    ...policy,
    levels: policy.levels.map((one, i) => (i + 1 === level ? { ...one, notify: turned(one.notify) } : one)),
    catchAll: level > policy.levels.length ? { notify: turned(policy.catchAll.notify) } : policy.catchAll,
  }
}

function rulesAlone(person: string): PolicySpec {
  return { levels: [{ after: '0s', notify: [{ person }] }], catchAll: { notify: [{ person }] } }
}

interface Played {
  person: string
  start: Instant
  withLevels: boolean
  telling: Telling
}

function linesOf({ step, catchAll, found, pages }: SimulatedStep, { person, start, withLevels, telling }: Played) {
  const nameOf = (name: string) => ({ name, displayName: telling.called.person(name) })
  const when = (at: Instant) => ({ at: iso(at), afterSeconds: (at - start) / SECOND })
  const place = { level: step.level + 1, round: step.round }
  const there = found.flatMap((one) => (one.absent === undefined && one.person !== undefined ? [one.person] : []))
  const level = {
    ...when(step.dueAt),
    kind: catchAll ? ('catch-all' as const) : ('level' as const),
    contact: null,
    channel: null,
    ...place,
    people: [...new Set(there)].map(nameOf),
    absent: found.flatMap((one) => (one.absent === undefined ? [] : [absentText(one, telling)])),
  }
  const mine = pages
    .filter((page) => page.person === person)
    .map(({ contact, channel, dueAt }) => ({ ...when(dueAt), kind: 'page' as const, contact, channel, ...place, people: [], absent: [] }))
  return withLevels ? [level, ...mine] : mine
}

function nextNight(timeZone: string, now: Instant): Instant {
  const zone = zoneOf(timeZone)
  const today = Math.floor(localOf(zone, now) / DAY) * DAY
  const tonight = instantOf(zone, today + NIGHT)
  return tonight > now ? tonight : instantOf(zone, today + DAY + NIGHT)
}
