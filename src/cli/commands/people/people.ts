import type { PersonRule, PersonSpec, TeamSpec } from '../../../modules/people/index.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { printList, printOne } from '../../printing.ts'
import type { Called } from '../../product/incident-cells.ts'
import type { ObjectView } from '../../product/kinds.ts'
import { personCalled, personNames, teamNames } from '../../product/known-names.ts'
import { everything, named } from '../../product/lists.ts'
import type { Session } from '../../session.ts'
import { type Text, tone } from '../../text/spans.ts'
import { type Column, pairLines } from '../../text/table.ts'
import type { personList, personShow, teamList, teamShow } from '../../verbs/people.ts'
import type { InputOf } from '../../verbs/verb.ts'
import { watchOr } from '../../watch.ts'

/** A person as the API tells them, with where they belong. */
type Listed = ObjectView & { teams: string[]; onCallFor: string[] }

export async function listPeople(session: Session, { team, ...input }: InputOf<typeof personList>): Promise<ExitCode> {
  return watchOr(session, input, async (screen) => {
    const people = await everybody(session)
    if (team !== undefined) await teamOf(session, team)
    printList(screen, input, {
      items: team === undefined ? people : people.filter(({ teams }) => teams.includes(team)),
      columns: PERSON_COLUMNS,
      name: ({ name }) => name,
      none: team === undefined ? 'Nobody yet. `tocsin apply -f` makes people.' : `Nobody is in the team ${team}.`,
    })
    return EXIT.ok
  })
}

async function everybody(session: Session): Promise<Listed[]> {
  const { api } = session.server()
  const [people, teams, onCall] = await Promise.all([
    everything((query) => api.listObjects({ params: { kind: 'people' }, query })),
    allTeams(session),
    everything((query) => api.listOnCall({ query })),
  ])
  return people.map((person) => ({
    ...person,
    teams: teams.filter(({ spec }) => (spec as unknown as TeamSpec).members.includes(person.name)).map(({ name }) => name),
    onCallFor: [...new Set(onCall.flatMap((row) => (row.person === person.name && row.schedule !== null ? [row.schedule] : [])))],
  }))
}

const PERSON_COLUMNS: Column<Listed>[] = [
  { head: 'NAME', cell: ({ name }) => tone('strong', name), value: ({ name }) => name },
  { head: 'CALLED', cell: ({ name, spec }) => specOf(spec).displayName ?? name, shrinks: true },
  { head: 'ROLE', cell: ({ spec }) => specOf(spec).role ?? 'responder' },
  { head: 'REACHED BY', cell: contactsCell, shrinks: true },
  { head: 'TEAMS', cell: ({ teams }) => teams.join(' ') || '-', value: ({ teams }) => teams.join(' '), shrinks: true },
  {
    head: 'ON CALL FOR',
    cell: ({ onCallFor }) => (onCallFor.length === 0 ? '-' : tone('done', onCallFor.join(' '))),
    value: ({ onCallFor }) => onCallFor.join(' '),
    shrinks: true,
  },
  { head: 'MAIL', cell: ({ spec }) => specOf(spec).email ?? '-', value: ({ spec }) => specOf(spec).email ?? null, wide: true },
  { head: 'ZONE', cell: ({ spec }) => specOf(spec).timeZone ?? '-', value: ({ spec }) => specOf(spec).timeZone ?? null, wide: true },
  { head: 'FROM', cell: ({ origin }) => tone('dim', originText(origin)), value: ({ origin }) => originText(origin), wide: true },
]

/** Without a contact a person cannot be paged at all. */
function contactsCell({ spec }: Listed): Text {
  const channels = (specOf(spec).contacts ?? []).map(({ channel }) => channel)
  return channels.length === 0 ? tone('missing', '!nothing') : [...new Set(channels)].join(' ')
}

export async function showPerson(session: Session, { name, ...input }: InputOf<typeof personShow>): Promise<ExitCode> {
  const found = (await everybody(session)).find((one) => one.name === name)
  const ask = () => session.server().api.getObject({ params: { kind: 'people', name } })
  // Asked for again by name, so that one that is not there is answered with the one that was meant.
  const person = await named(name, ask, () => personNames(session))
  const value = { ...person, teams: found?.teams ?? [], onCallFor: found?.onCallFor ?? [] }
  printOne(session, input, { value, name, lines: () => personLines(value) })
  return EXIT.ok
}

function personLines(person: Listed): Text[] {
  const { displayName, email, timeZone, role, contacts = [], paging = {} } = specOf(person.spec)
  const rulesText = (rules: PersonRule[] | undefined) =>
    rules === undefined || rules.length === 0
      ? 'all contacts at once'
      : rules.map(({ contact, after }) => (after === '0s' ? contact : `${contact} after ${after}`)).join(', ')
  return [
    [tone('strong', person.name), displayName === undefined || displayName === person.name ? '' : `  ${displayName}`],
    ...pairLines([
      ['role', role ?? 'responder'],
      ['mail', email ?? '-'],
      ['zone', timeZone ?? '-'],
      ['teams', person.teams.join(', ') || '-'],
      ['on call for', person.onCallFor.join(', ') || '-'],
      ...(contacts.length === 0
        ? ([['contacts', tone('missing', '!none: nobody can page them')]] as const)
        : contacts.map(({ name, channel, address }, i) => [i === 0 ? 'contacts' : '', `${name}  ${channel}  ${address}`] as const)),
      ['urgent', rulesText(paging.high)],
      ['not urgent', rulesText(paging.low)],
      ['from', originText(person.origin)],
    ]),
  ]
}

export async function listTeams(session: Session, input: InputOf<typeof teamList>): Promise<ExitCode> {
  const services = await everything((query) => session.server().api.listServices({ query }))
  const called = await personCalled(session)
  printList(session, input, {
    items: (await allTeams(session)).map((team) => ({
      ...team,
      services: services.filter((service) => service.team === team.name).map(({ name }) => name),
    })),
    columns: [
      { head: 'TEAM', cell: ({ name }) => tone('strong', name), value: ({ name }) => name },
      { head: 'CALLED', cell: ({ name, spec }) => teamSpecOf(spec).displayName ?? name, shrinks: true },
      {
        head: 'MEMBERS',
        cell: ({ spec }) => membersCell(teamSpecOf(spec), called),
        value: ({ spec }) => teamSpecOf(spec).members.join(' '),
        shrinks: true,
      },
      { head: 'SERVICES', cell: (one) => one.services.join(' ') || '-', value: (one) => one.services.join(' '), shrinks: true },
      { head: 'FROM', cell: ({ origin }) => tone('dim', originText(origin)), value: ({ origin }) => originText(origin), wide: true },
    ],
    name: ({ name }) => name,
    none: 'No team yet. `tocsin apply -f` makes them.',
  })
  return EXIT.ok
}

export async function showTeam(session: Session, { name, ...input }: InputOf<typeof teamShow>): Promise<ExitCode> {
  const team = await teamOf(session, name)
  const { items } = await session.server().api.listServices({ query: { team: name } })
  const value = { ...team, services: items.map((service) => service.name) }
  const { displayName, members } = teamSpecOf(team.spec)
  const called = await personCalled(session)
  printOne(session, input, {
    value,
    name,
    lines: () => [
      [tone('strong', name), displayName === undefined || displayName === name ? '' : `  ${displayName}`],
      ...pairLines([
        ['members', membersCell({ members }, called)],
        ['services', value.services.join(', ') || '-'],
        ['from', originText(team.origin)],
      ]),
    ],
  })
  return EXIT.ok
}

function teamOf(session: Session, name: string) {
  const ask = () => session.server().api.getObject({ params: { kind: 'teams', name } })
  return named(name, ask, () => teamNames(session))
}

function allTeams(session: Session): Promise<ObjectView[]> {
  return everything((query) => session.server().api.listObjects({ params: { kind: 'teams' }, query }))
}

/** A team without members is nobody to page. */
function membersCell({ members }: TeamSpec, called: Called): Text {
  return members.length === 0 ? tone('missing', '!nobody') : members.map(called).join(', ')
}

function originText({ kind, file, line }: ObjectView['origin']): string {
  return file === undefined ? kind : `${file}:${line}`
}

function specOf(spec: Record<string, unknown>): PersonSpec {
  return spec as PersonSpec
}

function teamSpecOf(spec: Record<string, unknown>): TeamSpec {
  return spec as unknown as TeamSpec
}
