import type { Reader } from '../../kernel/moment.ts'
import { agoText } from '../../kernel/moment.ts'
import { shorten } from '../../kernel/text.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import type { ReplyOf } from '../../platform/contract.ts'
import type { Snapshot } from '../documents/index.ts'
import { levelOf, numberText } from '../incidents/index.ts'
import { displayName, Person } from '../people/index.ts'
import { lineOf, type RecordedEvent, roleName, statusName } from '../timeline/index.ts'
import type { Held } from './held.ts'
import type { tasksContract } from './tasks-contract.ts'
import type { Update } from './updates.ts'
import { nextUpdateOf } from './view.ts'

/** What whoever has just come must know, short enough to be read on the way. */
export function catchUpOf(
  { incident, command, around }: Held,
  found: { events: RecordedEvent[]; update: Update | undefined; wantedRoles: string[] },
  snapshot: Snapshot,
  person: string | undefined,
  reader: Reader,
  now: Instant,
): ReplyOf<(typeof tasksContract)['catchUp']> {
  const { language } = reader
  const say = words[language]
  const called = (name: string) => displayName(name, snapshot.get(Person, name)?.spec)
  const roles = [...new Set([...found.wantedRoles, ...around.roles.map(({ role }) => role)])]
  const tasks = around.tasks.filter(({ kind }) => kind === 'task')
  const next = nextUpdateOf(around)
  const mine = person === undefined ? [] : tasks.filter((one) => one.person === person)
  return {
    sentence: shorten(
      say.sentence({
        level: levelOf(incident),
        number: numberText(incident.number),
        title: incident.title,
        status: statusName(incident.status, language),
        since: agoText(now - incident.detectedAt, language),
      }),
      300,
    ),
    level: levelOf(incident),
    status: incident.status,
    roles: roles.map((role) => ({
      role,
      name: roleName(role, language),
      people: around.roles.filter((one) => one.role === role).map((one) => called(one.person)),
    })),
    now: {
      heldBy: incident.held ? incident.acknowledgedBy && called(incident.acknowledgedBy) : null,
      cause: command?.cause ? shorten(command.cause, 300) : null,
      tasks: tasks.slice(0, 5).map(({ number, text, person: whose, dueAt }) => ({
        number,
        text: shorten(text, 80),
        person: whose === null ? null : called(whose),
        due: dueAt === null ? null : iso(dueAt),
      })),
      nextUpdateBy: next === null ? null : iso(next),
      lastUpdate: found.update ? shorten(found.update.text, 300) : null,
    },
    events: found.events.slice(0, 5).map((one) => ({
      at: iso(one.happenedAt),
      text: shorten(lineOf({ actor: one.actor, type: one.event.type, data: one.event.data }, { language, called }), 160),
    })),
    wanted: [
      ...around.offers.filter(({ to }) => to === person).map(({ role }) => say.answer(roleName(role, language))),
      ...around.roles
        .filter((one) => one.person === person && one.acceptedAt === null)
        .map(({ role }) => say.begin(roleName(role, language))),
      ...mine.map(({ number, text }) => say.task(number, shorten(text, 120))),
    ].slice(0, 5),
  }
}

const english = {
  sentence: ({ level, number, title, status, since }: Record<'level' | 'number' | 'title' | 'status' | 'since', string>) =>
    `${number} (${level}), ${status}: ${title}. It began ${since}.`,
  answer: (role: string) => `Answer whether you take over as ${role}.`,
  begin: (role: string) => `You are ${role}: begin, and it is accepted.`,
  task: (number: number, text: string) => `Task ${number}: ${text}`,
}
const words: Record<Reader['language'], typeof english> = {
  en: english,
  de: {
    sentence: ({ level, number, title, status, since }) => `${number} (${level}), ${status}: ${title}. Es begann ${since}.`,
    answer: (role) => `Antworte, ob du ${role} übernimmst.`,
    begin: (role) => `Du bist ${role}: fang an, und es gilt als angenommen.`,
    task: (number, text) => `Aufgabe ${number}: ${text}`,
  },
}
