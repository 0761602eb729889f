import type { Language } from '../kernel/language.ts'
import { momentText } from '../kernel/moment.ts'
import { isRefusal } from '../kernel/result.ts'
import { OWN_SERVICE, Service } from '../modules/catalog/index.ts'
import { CHECKLISTS, look, readUpdates, roleViews } from '../modules/command/index.ts'
import type { Documents } from '../modules/documents/index.ts'
import { readLastRun } from '../modules/escalation/index.ts'
import type { incidentsContract } from '../modules/incidents/contract.ts'
import { schemeOnce } from '../modules/severity/index.ts'
import { checkName, roleName, statusName } from '../modules/timeline/index.ts'
import type { Handlers, ReplyOf } from '../platform/contract.ts'
import type { Database } from '../platform/db.ts'
import { levelsOf } from './pieces/levels.ts'
import { policyOfRun } from './pieces/next-step.ts'
import { tellingOf } from './pieces/words.ts'

type Plan = ReplyOf<(typeof incidentsContract)['getResponsePlan']>
type Line = Plan['sections'][number]['lines'][number]

/** What its documents and its record say is to be done, on one page: nothing on it is guessed. */
export function createReadResponsePlan(db: Database, documents: Documents): Handlers<typeof incidentsContract>['getResponsePlan'] {
  return async ({ params, caller, reader, now }) => {
    const held = await look(db.sql, params.id, caller)
    if (isRefusal(held)) return held
    const { incident, command, around } = held
    const [snapshot, scheme, run, [update]] = await Promise.all([
      documents.fresh(db.sql),
      schemeOnce(db.sql, documents, incident.severityScheme, incident.severitySchemeVersion),
      readLastRun(db.sql, incident.id),
      readUpdates(db.sql, incident.id, 1),
    ])
    const policy = run && (await policyOfRun(db.sql, documents, run))
    const telling = tellingOf(snapshot, reader, now)
    const say = words[reader.language]
    const named = (person: string | null | undefined) => (person == null ? null : telling.called.person(person))
    const roles = roleViews(held, scheme, snapshot).filter(({ wanted }) => wanted)
    const tasks = around.tasks.filter(({ kind }) => kind === 'task')
    const service =
      incident.service === null || incident.service === OWN_SERVICE ? undefined : snapshot.get(Service, incident.service)?.spec
    const steps = roles.flatMap(({ role, people, firstSteps = [] }) => {
      const who = named(people[0]?.person)
      return [
        ...(who === null ? [toDo(say.fill(roleName(role, reader.language)))] : []),
        ...firstSteps.map((step) => toDo(step, who ?? roleName(role, reader.language))),
      ]
    })
    const promises = around.reminders.filter(
      ({ rule, subject, promisedAt, stoppedBecause }) =>
        rule === 'update' && !subject.includes(':') && promisedAt !== null && stoppedBecause === null,
    )
    return {
      sections: [
        {
          ...{ section: 'now', title: say.now },
          lines: [
            ...(incident.held ? [] : [toDo(say.takeIt)]),
            ...steps,
            ...tasks.map(
              ({ text, person, state }) => ({ ...toDo(text, named(person)), state: state === 'open' ? 'open' : 'done' }) as Line,
            ),
          ],
        },
        {
          ...{ section: 'investigate', title: say.investigate },
          lines: [
            toKnow(say.standing(statusName(incident.status, reader.language))),
            ...(command?.cause ? [toKnow(say.cause(command.cause))] : [toDo(say.findCause)]),
            ...(service?.links ?? []).map(({ text, href }) => ({ ...toKnow(text), href })),
            ...(service?.dependsOn ?? []).map((name) => toDo(say.lookAt(snapshot.get(Service, name)?.spec.displayName ?? name))),
          ],
        },
        {
          ...{ section: 'mitigate', title: say.mitigate },
          lines: [
            ...tasks
              .filter(({ temporary, state }) => temporary && state === 'open')
              .map(({ text, person }) => toKnow(say.temporary(text), named(person))),
            toDo(say.setMitigated),
            toDo(say.stuck),
          ],
        },
        {
          ...{ section: 'tell', title: say.tell },
          lines: [
            ...promises.map(({ subject, promisedAt }) =>
              toDo(say.promised(say.audiences[subject] ?? subject, momentText(promisedAt!, now, reader)), communicatorOf(roles, named)),
            ),
            ...(promises.length === 0 ? [toKnow(say.noPromise)] : []),
            ...(update ? [toKnow(say.lastSaid(update.text), named(update.by))] : []),
          ],
        },
        {
          ...{ section: 'call', title: say.call },
          lines: [
            ...(policy ? levelsOf(policy, incident.severity, telling) : [])
              .filter(({ applies }) => applies)
              .map(({ level, catchAll, after, targets }) =>
                toKnow(`${catchAll ? say.catchAll : say.level(level, after)}: ${targets.join(', ')}`),
              ),
            ...(service?.experts ?? []).map((name) => toKnow(say.expert, named(name))),
            ...(service?.support ?? []).map(({ name, phone, href, note }) => ({
              ...toKnow([name, phone, note].filter(Boolean).join(', ')),
              href: href ?? (phone === undefined ? null : `tel:${phone.replace(/[^+\d]/g, '')}`),
            })),
          ],
        },
        {
          ...{ section: 'over', title: say.over },
          lines: CHECKLISTS.resolution.map((check) => toKnow(sentence(checkName(check, reader.language)))),
        },
      ],
    }
  }
}

function toDo(text: string, who: string | null = null): Line {
  return { text, who, href: null, state: 'open' }
}

function toKnow(text: string, who: string | null = null): Line {
  return { text, who, href: null, state: null }
}

function communicatorOf(roles: ReturnType<typeof roleViews>, named: (person: string | null | undefined) => string | null): string | null {
  const holder = (name: string) => roles.find(({ role }) => role === name)?.people[0]?.person
  return named(holder('communications-lead') ?? holder('commander'))
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

const english = {
  now: 'Do at once',
  investigate: 'Find it',
  mitigate: 'Stop it',
  tell: 'Tell people',
  call: 'Call',
  over: 'It is over when',
  takeIt: 'Somebody takes it: acknowledge.',
  fill: (role: string) => `Find a ${role}.`,
  standing: (status: string) => `It stands at: ${status}.`,
  cause: (cause: string) => `Cause: ${cause}`,
  findCause: 'Say what the cause is, or what it may be.',
  lookAt: (service: string) => `Look at ${service}, which it depends on.`,
  temporary: (text: string) => `To be taken back afterwards: ${text}`,
  setMitigated: 'Set it to mitigated as soon as nobody feels it any more; the cause can wait.',
  stuck: 'No progress for half an hour: escalate, or page somebody more.',
  promised: (audience: string, by: string) => `${audience}: the next update by ${by}.`,
  noPromise: 'No update is promised.',
  lastSaid: (text: string) => `Said last: ${text}`,
  audiences: { internal: 'Internally', 'status-page': 'On the status page' } as Record<string, string>,
  level: (level: number, after: string) => `Level ${level}, after ${after}`,
  catchAll: 'Catch-all',
  expert: 'Expert',
}

const words: Record<Language, typeof english> = {
  en: english,
  de: {
    now: 'Sofort tun',
    investigate: 'Finden',
    mitigate: 'Stoppen',
    tell: 'Bescheid geben',
    call: 'Anrufen',
    over: 'Vorbei ist es, wenn',
    takeIt: 'Jemand übernimmt ihn: quittieren.',
    fill: (role) => `Jemanden finden: ${role}.`,
    standing: (status) => `Stand: ${status}.`,
    cause: (cause) => `Ursache: ${cause}`,
    findCause: 'Sagen, was die Ursache ist oder sein könnte.',
    lookAt: (service) => `${service} ansehen, wovon er abhängt.`,
    temporary: (text) => `Danach zurückzunehmen: ${text}`,
    setMitigated: 'Auf „entschärft“ setzen, sobald niemand mehr etwas spürt; die Ursache kann warten.',
    stuck: 'Eine halbe Stunde kein Fortschritt: eskalieren oder noch jemanden alarmieren.',
    promised: (audience, by) => `${audience}: nächstes Update bis ${by}.`,
    noPromise: 'Kein Update ist versprochen.',
    lastSaid: (text) => `Zuletzt gesagt: ${text}`,
    audiences: { internal: 'Intern', 'status-page': 'Auf der Statusseite' },
    level: (level, after) => `Stufe ${level}, nach ${after}`,
    catchAll: 'Auffang',
    expert: 'Fachperson',
  },
}
