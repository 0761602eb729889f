import type { Instant } from '../kernel/time.ts'
import { Integration, type IntegrationSpec, OWN_SERVICE, Service, type ServiceSpec } from '../modules/catalog/index.ts'
import { byName, type Document, type Documents, type Snapshot } from '../modules/documents/index.ts'
import { EscalationPolicy, find } from '../modules/escalation/index.ts'
import { type Incident, isoOrNull, numberText, readNewestIncidents } from '../modules/incidents/index.ts'
import type { firstStepsContract } from '../modules/installation/contract.ts'
import type { AlertSource, Hearing } from '../modules/intake/index.ts'
import { type Channel, reachingOf } from '../modules/paging/index.ts'
import { displayName, Person, type PersonSpec, rulesOf } from '../modules/people/index.ts'
import type { Handlers } from '../platform/contract.ts'
import type { Database } from '../platform/db.ts'
import { hideFirstSteps, readFirstStepsHidden } from '../platform/installation.ts'
import { type ContactProof, readContactProofs } from './pieces/contact-proofs.ts'

export interface FirstStepsParts {
  db: Database
  documents: Documents
  sources: AlertSource[]
  publicUrl(): string
  channels: Pick<Channel, 'name' | 'can' | 'secret' | 'needs'>[]
  hasMail: boolean
  embedded: boolean
  /** What each integration was heard to say. */
  heard(now: Instant): Promise<Map<string, Hearing>>
}

/** So many of the newest incidents are looked at for one's own; with as many an installation has begun long ago. */
const LOOKED_AT = 200

/** The five steps to a first page, each by what there is: whoever did it, and however. */
export function createFirstSteps(parts: FirstStepsParts): Handlers<typeof firstStepsContract> {
  const { db, documents } = parts
  const reaches = reachingOf(parts.channels)
  return {
    async getFirstSteps({ caller, now }) {
      const snapshot = await documents.fresh(db.sql)
      const me = caller.person === undefined ? undefined : snapshot.get(Person, caller.person)
      const proofs = me && (await readContactProofs(db.sql, documents, new Map([[me.name, me]])))
      const newest = await readNewestIncidents(db.sql, LOOKED_AT, caller)
      const heard = await parts.heard(now)
      const hidden = await readFirstStepsHidden(db.sql)
      const steps = firstSteps({
        snapshot,
        me,
        heard,
        incidents: newest,
        ...{ now, reaches },
        proofOf: (contact) => proofs?.(me!.name, contact),
      })
      const { answering, integration, wakes, own, states } = steps
      const done = Object.values(states).filter(Boolean).length
      const source = integration && parts.sources.find(({ name }) => name === integration.spec.source)
      const latest = own.find(({ acknowledgedAt }) => acknowledgedAt !== null) ?? own[0]
      return {
        shown:
          caller.permits('config:write') && me !== undefined && !hidden && done < 5 && !hasDemo(snapshot) && !hasBegun(snapshot, states),
        ...{ hidden, done },
        you: {
          done: states.you,
          person: me
            ? { name: me.name, displayName: displayName(me.name, me.spec), role: me.spec.role ?? 'responder', email: me.spec.email ?? null }
            : null,
        },
        wakes: {
          done: states.wakes,
          contacts: wakes,
          channels: parts.channels.filter((one) => isOffered(one, parts.hasMail)).map(({ name }) => name),
        },
        answers: {
          done: states.answers,
          service: answering ? serviceView(answering.service) : null,
          people: (answering?.people ?? []).map((name) => ({ name, displayName: displayName(name, snapshot.get(Person, name)?.spec) })),
        },
        alert: {
          done: states.alert,
          integration:
            integration && source
              ? {
                  ...{ name: integration.name, displayName: integration.spec.displayName ?? integration.name, source: source.name },
                  address: source.address({ baseUrl: parts.publicUrl(), key: 'YOUR-KEY' }),
                }
              : null,
          lastEventAt: isoOrNull(integration ? (heard.get(integration.name)?.lastAt ?? null) : null),
        },
        acknowledged: { done: states.acknowledged, incident: latest ? incidentView(latest) : null },
        before: [
          { check: 'wakes', passes: states.wakes },
          { check: 'tried', passes: wakes.some(({ state }) => state === 'works') },
          { check: 'answers', passes: states.answers },
          { check: 'sends', passes: states.alert },
          { check: 'second', passes: (answering?.people.length ?? 0) > 1 },
          // Its links must open on a phone, wherever that is.
          { check: 'address', passes: !isHere(parts.publicUrl()) },
        ],
        here: { address: parts.publicUrl(), embedded: parts.embedded },
      }
    },
    showFirstSteps: ({ body, now }, write) =>
      write(async ({ sql }) => {
        await hideFirstSteps(sql, now, !body.shown)
        return { hidden: !body.shown }
      }),
  }
}

/** One press is enough for it: it reaches more than a screen, and wants nothing that stands on the server and is not there. */
function isOffered({ can, secret, needs }: FirstStepsParts['channels'][number], hasMail: boolean): boolean {
  return can.reaches !== 'this screen' && secret?.required !== true && (needs !== 'mail' || hasMail)
}

export interface Facts {
  snapshot: Snapshot
  me: Document<PersonSpec> | undefined
  heard: Map<string, Pick<Hearing, 'lastAt'>>
  /** The newest first. */
  incidents: Incident[]
  now: Instant
  reaches: ReturnType<typeof reachingOf>
  /** What the latest pages through a contact of `me` tell; undefined where nothing is known. */
  proofOf(contact: string): Pick<ContactProof, 'state' | 'failure'> | undefined
}

/** What has been done of the five steps, and what by. The demo's own, and Tocsin's alarms about itself, count for nothing. */
export function firstSteps({ snapshot, me, heard, incidents, now, proofOf, reaches }: Facts) {
  const rings = me ? rulesOf(me.spec, 'high').map(({ contact }) => contact) : []
  const wakes = [...new Map(rings.map((one) => [one.name, one])).values()]
    .filter(({ channel }) => reaches(channel) !== 'this screen')
    .map(({ name, channel }) => {
      const { state, failure } = proofOf(name) ?? { state: 'untried' as const, failure: null }
      return { contact: name, channel, state, failure: state === 'failing' ? failure : null }
    })
  const integrations = snapshot.all(Integration).filter(isOwn).sort(byName)
  const services = snapshot
    .all(Service)
    .filter((one) => isOwn(one) && one.name !== OWN_SERVICE)
    .sort(byName)
    .map((service) => ({ service, people: peopleFor(snapshot, service, now) }))
  const withWayIn = (name: string) => integrations.some(({ spec }) => spec.service === name)
  const best = (ones: typeof services) => ones.find(({ service }) => withWayIn(service.name)) ?? ones[0]
  const answering = best(services.filter(({ people }) => people.length > 0)) ?? best(services)
  const loudest = integrations.filter(({ name }) => (heard.get(name)?.lastAt ?? null) !== null)
  const integration =
    loudest.find(({ spec }) => spec.service === answering?.service.name) ??
    loudest[0] ??
    preferred(integrations.filter(({ spec }) => spec.service === answering?.service.name)) ??
    preferred(integrations)
  const own = incidents.filter(({ demo, origin, service }) => !demo && origin !== 'drill' && service !== OWN_SERVICE)
  const states = {
    you: me !== undefined && me.spec.displayName !== undefined && !(me.origin.kind === 'built-in' && me.spec.displayName === 'Owner'),
    wakes: wakes.some(({ state }) => state !== 'failing'),
    answers: (answering?.people.length ?? 0) > 0,
    alert: loudest.length > 0,
    acknowledged: own.some(({ acknowledgedAt }) => acknowledgedAt !== null),
  }
  return { answering, integration, wakes, own, states }
}

/** An address that leads everywhere else to somebody else. */
function isHere(address: string): boolean {
  const { hostname } = new URL(address)
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname)
}

/** Plain JSON can be sent by hand. */
function preferred(integrations: Document<IntegrationSpec>[]): Document<IntegrationSpec> | undefined {
  return integrations.find(({ spec }) => spec.source === 'generic') ?? integrations[0]
}

function isOwn({ origin }: Document<unknown>): boolean {
  return origin.kind !== 'demo'
}

/** Whom the levels of its policy can lead to now, each once. */
function peopleFor(snapshot: Snapshot, { spec }: Document<ServiceSpec>, now: Instant): string[] {
  const policy = spec.policy === undefined ? undefined : snapshot.get(EscalationPolicy, spec.policy)
  const found = policy ? policy.spec.levels.flatMap(({ notify }) => find(snapshot, notify, 'high', 'real', now)) : []
  return [...new Set(found.flatMap(({ person, absent }) => (person !== undefined && absent === undefined ? [person] : [])))]
}

function hasDemo(snapshot: Snapshot): boolean {
  return snapshot.all(Integration).some(({ origin }) => origin.kind === 'demo')
}

/** Alerts come in and people answer them, several of them: whoever joins is not at the beginning. */
function hasBegun(
  snapshot: Snapshot,
  { answers, alert, acknowledged }: { answers: boolean; alert: boolean; acknowledged: boolean },
): boolean {
  return answers && alert && acknowledged && snapshot.all(Person).length > 1
}

function serviceView({ name, spec }: Document<ServiceSpec>) {
  return { name, displayName: spec.displayName ?? name, policy: spec.policy ?? null }
}

function incidentView({ id, number, title, status, acknowledgedAt, acknowledgedBy }: Incident) {
  return { id, name: numberText(number), title, status, acknowledgedAt: isoOrNull(acknowledgedAt), acknowledgedBy }
}
