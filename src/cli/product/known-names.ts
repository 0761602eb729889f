import type { Session } from '../session.ts'
import type { LiveNames } from '../verbs/verb.ts'
import { everything } from './lists.ts'

/** What there is on the server, by name: for "did you mean", and for completion. */
export async function serviceNames(session: Session): Promise<string[]> {
  const services = await everything((query) => session.server().api.listServices({ query }))
  return services.map(({ name }) => name)
}

export async function policyNames(session: Session): Promise<string[]> {
  const policies = await everything((query) => session.server().api.listObjects({ params: { kind: 'policies' }, query }))
  return policies.map(({ name }) => name)
}

export async function scheduleNames(session: Session): Promise<string[]> {
  const schedules = await everything((query) => session.server().api.listSchedules({ query }))
  return schedules.map(({ name }) => name)
}

export async function teamNames(session: Session): Promise<string[]> {
  const teams = await everything((query) => session.server().api.listObjects({ params: { kind: 'teams' }, query }))
  return teams.map(({ name }) => name)
}

export async function integrationNames(session: Session): Promise<string[]> {
  const integrations = await everything((query) => session.server().api.listIntegrations({ query }))
  return integrations.map(({ name }) => name)
}

export async function hookNames(session: Session): Promise<string[]> {
  const hooks = await everything((query) => session.server().api.listHooks({ query }))
  return hooks.map(({ name }) => name)
}

export async function personNames(session: Session): Promise<string[]> {
  const people = await everything((query) => session.server().api.listObjects({ params: { kind: 'people' }, query }))
  return people.map(({ name }) => name)
}

/** What people are called, by name. A name that nobody bears stays as it is, and so do all when the server does not say: what was done is told even so. */
export async function personCalled(session: Session): Promise<(name: string) => string> {
  const people = await everything((query) => session.server().api.listObjects({ params: { kind: 'people' }, query })).catch(() => [])
  const called = new Map(people.map(({ name, spec }) => [name, typeof spec['displayName'] === 'string' ? spec['displayName'] : name]))
  return (name) => called.get(name) ?? name
}

/** All names of a noun. */
export const nameLookups: { [Noun in LiveNames]?: (session: Session) => Promise<string[]> } = {
  service: serviceNames,
  schedule: scheduleNames,
  policy: policyNames,
  person: personNames,
  team: teamNames,
  integration: integrationNames,
  hook: hookNames,
}
