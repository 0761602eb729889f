import { mayAcknowledge, mayEscalate, mayResolve } from '../../../modules/incidents/may.ts'
import { type IncidentStatus, isOpen } from '../../../modules/incidents/status.ts'
import type { IconName } from '../../parts/icon-names.ts'
import type { SeverityRank } from '../../parts/severity-mark.tsx'
import { type BrowserVerb, browserVerbs } from './browser-verbs.ts'
import { spokenIn } from './commands.ts'
import { rate } from './match.ts'
import { words } from './words.ts'

/** What can be found, as far as this installation and this person's rights have it. */
export interface Findable {
  incidents: FindableIncident[]
  services: Named[]
  people: (Named & { href: string })[]
  schedules: Named[]
  policies: Named[]
  screens: { name: string; also: string; href: string; icon: IconName }[]
  /** The incident in view: what is said without a number is said about it. */
  here: FindableIncident | undefined
  mayAct: boolean
  /** Declares incidents, and writes what was seen. */
  mayDeclare: boolean
  /** Where a thing has its page; absent where there is none. */
  pages: {
    service?: ((name: string) => string) | undefined
    schedule?: ((name: string) => string) | undefined
    policy?: ((name: string) => string) | undefined
  }
}

export interface FindableIncident {
  id: string
  number: string
  title: string
  severity: SeverityRank
  status: IncidentStatus
  held: boolean
  policy: string | null
}

interface Named {
  name: string
  displayName: string
}

/** What happens when it is chosen. */
export type Step =
  | { do: 'go'; href: string }
  | { do: 'act'; act: 'acknowledge' | 'escalate' | 'resolve'; incident: FindableIncident }
  | { do: 'note'; incident: FindableIncident; text: string }
  | { do: 'declare'; title: string; service?: string; policy?: string }
  /** Puts a beginning into the field, to be completed. */
  | { do: 'fill'; text: string }

export type Group = 'recent' | 'act' | 'go' | 'incident' | 'service' | 'person'

export interface Found {
  /** The same thing has the same one, whenever it is found. */
  id: string
  group: Group
  name: string
  /** At the right: what else tells it apart. */
  detail?: string
  icon?: IconName
  severity?: SeverityRank
  /** As it would be said on the command line. */
  command?: string
  step: Step
  rating: number
}

const GROUPS: Group[] = ['act', 'incident', 'go', 'service', 'person']
const SHOWN_IN_GROUP = 6

/** Groups in order, the best first in each; what was chosen lately is first of all while nothing is typed. */
export function find(typed: string, findable: Findable, recent: readonly string[]): { group: Group; items: Found[] }[] {
  const text = typed.trim()
  const all = [...commandsIn(text, findable), ...thingsIn(text, findable)]
  const lately = text === '' ? recent.flatMap((id) => all.filter((one) => one.id === id)).slice(0, 5) : []
  const rest = all.filter((one) => !lately.includes(one)).map((one) => ({ ...one, rating: one.rating + (recent.includes(one.id) ? 5 : 0) }))
  const groups = GROUPS.map((group) => ({
    group,
    items: rest
      .filter((one) => one.group === group)
      .sort((a, b) => b.rating - a.rating)
      .slice(0, SHOWN_IN_GROUP),
  })).filter(({ items }) => items.length > 0)
  // What was typed is a command, or the name of something: whichever answers best stands first.
  if (text !== '') groups.sort((a, b) => b.items[0]!.rating - a.items[0]!.rating)
  return [...(lately.length > 0 ? [{ group: 'recent' as const, items: lately }] : []), ...groups]
}

function commandsIn(text: string, findable: Findable): Found[] {
  const spoken = spokenIn(text)
  const said = spoken ? commandFor(spoken.verb, spoken.rest, findable, 200) : []
  // Said in full, the verb need not be offered to be filled in.
  const offered = browserVerbs.flatMap((verb): Found[] => {
    if (spoken?.verb === verb && said.length > 0) return []
    if (!isAllowed(verb, findable)) return []
    const rating = text === '' ? 0 : rate(text, `${words.verbs[verb].name} ${words.verbs[verb].called} ${verb}`)
    if (rating === undefined) return []
    if (!('on' in words.verbs[verb])) return []
    if (text === '') return findable.here ? commandFor(verb, '', findable, 1).filter(({ step }) => step.do !== 'fill') : []
    const here = findable.here ? commandFor(verb, '', findable, rating + 1).filter(({ step }) => step.do !== 'fill') : []
    return [...here, fillIn(verb, rating)]
  })
  return [...said, ...offered].filter((one, place, list) => list.findIndex(({ id }) => id === one.id) === place)
}

function fillIn(verb: BrowserVerb, rating: number): Found {
  const { name, called } = words.verbs[verb]
  return {
    id: `verb ${verb}`,
    group: 'act',
    name: `${name} …`,
    icon: 'terminal',
    command: `tocsin ${verb}`,
    rating,
    step: { do: 'fill', text: `${called} ` },
  }
}

function isAllowed(verb: BrowserVerb, { mayAct, mayDeclare }: Findable): boolean {
  if (['ack', 'escalate', 'resolve'].includes(verb)) return mayAct
  return mayDeclare || !['note', 'trigger', 'incident create'].includes(verb)
}

function commandFor(verb: BrowserVerb, rest: string, findable: Findable, rating: number): Found[] {
  if (!isAllowed(verb, findable)) return []
  switch (verb) {
    case 'ack':
      return incidentsFor(rest, findable, (one) => mayAcknowledge(one) === 'yes').map((incident) => ({
        ...base(verb, incident, rating),
        name: words.verbs.ack.on(incident.number),
        icon: 'check',
        command: `tocsin ack ${digits(incident.number)}`,
        step: { do: 'act', act: 'acknowledge', incident },
      }))
    case 'escalate':
      return incidentsFor(rest, findable, (one) => mayEscalate(one) === 'yes').map((incident) => ({
        ...base(verb, incident, rating),
        name: words.verbs.escalate.on(incident.number),
        icon: 'bell',
        command: `tocsin escalate ${digits(incident.number)}`,
        step: { do: 'act', act: 'escalate', incident },
      }))
    case 'resolve':
      return incidentsFor(rest, findable, (one) => mayResolve(one) === 'yes').map((incident) => ({
        ...base(verb, incident, rating),
        name: words.verbs.resolve.on(incident.number),
        icon: 'ok',
        command: `tocsin resolve ${digits(incident.number)}`,
        step: { do: 'act', act: 'resolve', incident },
      }))
    case 'note':
      return noteFor(rest, findable, rating)
    case 'trigger':
      return rest === ''
        ? [fillIn(verb, rating)]
        : [
            ...rated(rest, findable.services, (one) => `${one.displayName} ${one.name}`).map(
              ({ item, rating: near }): Found => ({
                id: `page ${item.name}`,
                group: 'act',
                name: words.verbs.trigger.on(item.displayName),
                icon: 'bell',
                command: `tocsin trigger … -s ${item.name}`,
                rating: rating + near / 10,
                step: { do: 'declare', title: '', service: item.name },
              }),
            ),
            // People say the team, and mean whoever its policy pages.
            ...rated(rest, findable.policies, (one) => `${one.displayName} ${one.name}`).map(
              ({ item, rating: near }): Found => ({
                id: `page by ${item.name}`,
                group: 'act',
                name: words.verbs.trigger.on(item.displayName),
                detail: words.pageBy,
                icon: 'bell',
                command: `tocsin incident create … --policy ${item.name}`,
                rating: rating + near / 10 - 1,
                step: { do: 'declare', title: '', policy: item.name },
              }),
            ),
          ]
    case 'incident create':
      return [
        {
          id: 'declare',
          group: 'act',
          name: rest === '' ? words.verbs['incident create'].name : words.verbs['incident create'].on(rest),
          icon: 'flag',
          command: `tocsin incident create ${rest === '' ? '…' : JSON.stringify(rest)}`,
          rating,
          step: { do: 'declare', title: rest },
        },
      ]
    case 'incident show':
      return incidentsFor(rest, findable, () => true).map((incident) => ({
        ...base(verb, incident, rating),
        name: words.verbs['incident show'].on(incident.number),
        icon: 'incidents',
        command: `tocsin incident show ${digits(incident.number)}`,
        step: { do: 'go', href: `/i/${digits(incident.number)}` },
      }))
    case 'alert why':
      return incidentsFor(rest, findable, () => true).map((incident) => ({
        ...base(verb, incident, rating),
        name: words.verbs['alert why'].on(incident.number),
        icon: 'branch',
        command: `tocsin alert why ${digits(incident.number)}`,
        step: { do: 'go', href: `/i/${digits(incident.number)}?tab=alerts` },
      }))
    case 'service show':
      return pagesOf(verb, rest, findable.services, findable.pages.service, 'layers', rating)
    case 'schedule show':
      return pagesOf(verb, rest, findable.schedules, findable.pages.schedule, 'calendar', rating)
    case 'policy show':
      return pagesOf(verb, rest, findable.policies, findable.pages.policy, 'route', rating)
    case 'incident list':
    case 'alert list':
    case 'oncall now':
    case 'service list': {
      const places = { 'incident list': '/incidents', 'alert list': '/alerts', 'oncall now': '/on-call', 'service list': '/services' }
      const screen = findable.screens.find(({ href }) => href === places[verb])
      return screen
        ? [
            {
              id: `go ${screen.href}`,
              group: 'go',
              name: screen.name,
              icon: screen.icon,
              command: `tocsin ${verb}`,
              rating,
              step: { do: 'go', href: screen.href },
            },
          ]
        : []
    }
  }
}

function base(verb: BrowserVerb, incident: FindableIncident, rating: number): Pick<Found, 'id' | 'group' | 'detail' | 'rating'> {
  return { id: `${verb} ${incident.id}`, group: 'act', detail: incident.title, rating }
}

function noteFor(rest: string, findable: Findable, rating: number): Found[] {
  const [first = '', ...text] = rest.split(/\s+/)
  const isNumbered = /^(inc-)?\d+$/i.test(first)
  const message = (isNumbered ? text : [first, ...text]).join(' ').trim()
  const [incident] = isNumbered ? incidentsFor(first, findable, () => true) : findable.here ? [findable.here] : []
  if (!incident) return rest === '' ? [fillIn('note', rating)] : []
  const command = `tocsin note ${digits(incident.number)} ${message === '' ? '…' : JSON.stringify(message)}`
  if (message === '')
    return [
      {
        ...base('note', incident, rating),
        name: words.verbs.note.on(incident.number),
        icon: 'note',
        command,
        step: { do: 'go', href: `/i/${digits(incident.number)}` },
      },
    ]
  return [
    {
      ...base('note', incident, rating),
      name: words.noteWith(incident.number, message),
      icon: 'note',
      command,
      step: { do: 'note', incident, text: message },
    },
  ]
}

/** By number, by title, or the one in view when nothing is said. */
function incidentsFor(rest: string, { incidents, here }: Findable, may: (one: FindableIncident) => boolean): FindableIncident[] {
  if (rest === '') return here && may(here) ? [here] : incidents.filter(may).slice(0, 3)
  return rated(rest, incidents.filter(may), (one) => `${digits(one.number)} ${one.number} ${one.title}`)
    .slice(0, 4)
    .map(({ item }) => item)
}

function pagesOf(
  verb: BrowserVerb,
  rest: string,
  named: Named[],
  page: ((name: string) => string) | undefined,
  icon: IconName,
  rating: number,
): Found[] {
  if (!page) return []
  if (rest === '') return [fillIn(verb, rating)]
  return rated(rest, named, (one) => `${one.displayName} ${one.name}`).map(({ item, rating: near }) => ({
    id: `${verb} ${item.name}`,
    group: 'act',
    name: item.displayName,
    detail: words.verbs[verb].name,
    icon,
    command: `tocsin ${verb} ${item.name}`,
    rating: rating + near / 10,
    step: { do: 'go', href: page(item.name) },
  }))
}

function thingsIn(text: string, findable: Findable): Found[] {
  const { incidents, services, people, schedules, policies, screens, pages } = findable
  return [
    ...rated(text, incidents, (one) => `${digits(one.number)} ${one.number} ${one.title}`).map(
      ({ item, rating }): Found => ({
        id: item.id,
        group: 'incident',
        name: item.title,
        detail: item.number,
        severity: item.severity,
        command: `tocsin incident show ${digits(item.number)}`,
        rating: rating + (isOpen(item) ? 3 : 0),
        step: { do: 'go', href: `/i/${digits(item.number)}` },
      }),
    ),
    ...rated(text, screens, (one) => `${one.name} ${one.also}`).map(
      ({ item, rating }): Found => ({
        id: `go ${item.href}`,
        group: 'go',
        name: item.name,
        icon: item.icon,
        rating: rating + 2,
        step: { do: 'go', href: item.href },
      }),
    ),
    ...named('service', text, services, pages.service, 'layers', 'service show'),
    ...named('go', text, schedules, pages.schedule, 'calendar', 'schedule show'),
    ...named('go', text, policies, pages.policy, 'route', 'policy show'),
    ...(text === '' ? [] : rated(text, people, (one) => `${one.displayName} ${one.name}`)).map(
      ({ item, rating }): Found => ({
        id: `person ${item.name}`,
        group: 'person',
        name: item.displayName,
        icon: 'user',
        rating,
        step: { do: 'go', href: item.href },
      }),
    ),
  ]
}

function named(
  group: Group,
  text: string,
  items: Named[],
  page: ((name: string) => string) | undefined,
  icon: IconName,
  verb: BrowserVerb,
): Found[] {
  if (text === '' || !page) return []
  return rated(text, items, (one) => `${one.displayName} ${one.name}`).map(({ item, rating }) => ({
    id: `${verb} ${item.name}`,
    group,
    name: item.displayName,
    icon,
    command: `tocsin ${verb} ${item.name}`,
    rating,
    step: { do: 'go', href: page(item.name) },
  }))
}

function rated<Item>(text: string, items: Item[], textOf: (item: Item) => string): { item: Item; rating: number }[] {
  return items
    .flatMap((item) => {
      const rating = rate(text, textOf(item))
      return rating === undefined ? [] : [{ item, rating }]
    })
    .sort((a, b) => b.rating - a.rating)
}

/** `142` of `INC-142`. */
function digits(number: string): string {
  return number.replace(/^\D+/, '')
}
