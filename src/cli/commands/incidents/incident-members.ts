import { randomUUID } from 'node:crypto'
import { EXIT, type ExitCode } from '../../exits.ts'
import { printOne } from '../../printing.ts'
import type { IncidentView } from '../../product/kinds.ts'
import { personCalled, personNames, teamNames } from '../../product/known-names.ts'
import { named } from '../../product/lists.ts'
import type { Printing, Session } from '../../session.ts'
import { type Text, tone } from '../../text/spans.ts'
import type { incidentAllow, incidentPrivate, incidentPublic } from '../../verbs/incidents.ts'
import type { InputOf } from '../../verbs/verb.ts'

type Member = NonNullable<IncidentView['members']>[number]

/** As it is written where members are named: `@raj`, `raj`, or `team:security`. */
export function memberIn(written: string): { person: string } | { team: string } {
  return written.startsWith('team:') ? { team: written.slice('team:'.length) } : { person: written.replace(/^@/, '') }
}

/** Private, for those who are in it; answers who that is. */
export async function makePrivate(session: Session, { id, ...input }: InputOf<typeof incidentPrivate>): Promise<ExitCode> {
  if (input.dryRun) return wouldDo(session, input, id, 'hide it from all but those who are in it')
  const incident = await session
    .server()
    .api.setVisibility({ params: { id }, body: { visibility: 'private' }, idempotencyKey: randomUUID() })
  const called = await personCalled(session)
  printOne(session, input, {
    value: incident,
    name: incident.number,
    lines: () => [
      [tone('you', incident.number), ' is private. Who sees it:'],
      ...(incident.members ?? []).map((member): Text => ['  ', nameOf(member, called)]),
    ],
  })
  return EXIT.ok
}

export async function makePublic(session: Session, { id, yes, ...input }: InputOf<typeof incidentPublic>): Promise<ExitCode> {
  if (input.dryRun) return wouldDo(session, input, id, 'show it to everybody')
  await session.confirm(`make ${id} public? Everybody then sees all that was written in it.`, { yes })
  const incident = await session
    .server()
    .api.setVisibility({ params: { id }, body: { visibility: 'public', confirm: true }, idempotencyKey: randomUUID() })
  printOne(session, input, { value: incident, name: incident.number, lines: () => [[tone('you', incident.number), ' is public.']] })
  return EXIT.ok
}

/** Lets a person or a team see a private incident, or takes them off. */
export async function allowMember(session: Session, { id, member, remove, ...input }: InputOf<typeof incidentAllow>): Promise<ExitCode> {
  const { api } = session.server()
  const one = memberIn(member)
  if (input.dryRun) return wouldDo(session, input, id, remove ? `take ${member} off` : `let ${member} see it`)
  const idempotencyKey = randomUUID()
  const ask = () => {
    if ('team' in one) {
      const params = { id, team: one.team }
      return remove ? api.removeMemberTeam({ params, idempotencyKey }) : api.addMemberTeam({ params, idempotencyKey })
    }
    const params = { id, person: one.person }
    return remove ? api.removeMember({ params, idempotencyKey }) : api.addMember({ params, idempotencyKey })
  }
  const name = 'team' in one ? one.team : one.person
  const { members } = await named(name, ask, () => ('team' in one ? teamNames(session) : personNames(session)))
  const called = await personCalled(session)
  printOne(session, input, {
    value: { members },
    name,
    lines: () => [['Who sees it: ', members.map((each) => nameOf(each, called)).join(', ')]],
  })
  return EXIT.ok
}

async function wouldDo(session: Session, input: Printing, id: string, what: string): Promise<ExitCode> {
  const { number, visibility } = await session.server().api.getIncident({ params: { id } })
  printOne(session, input, {
    value: { dryRun: true, number, visibility, would: what },
    name: number,
    lines: () => [[tone('you', number), ` is ${visibility}; this would ${what}.`]],
  })
  return EXIT.ok
}

function nameOf({ person, team }: Member, called: (name: string) => string): string {
  return person === null ? `team ${team}` : called(person)
}
