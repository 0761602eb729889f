import { EXIT, type ExitCode } from '../../exits.ts'
import { allOverrides } from '../../product/all-overrides.ts'
import { nameLookups } from '../../product/known-names.ts'
import { readProfiles } from '../../server/profiles.ts'
import type { Session } from '../../session.ts'
import type { names } from '../../verbs/installation.ts'
import type { InputOf } from '../../verbs/verb.ts'

const PATIENCE_MS = 1500

const LOOKUPS: Record<string, ((session: Session) => Promise<string[]>) | undefined> = {
  incident: async (session) =>
    (await session.server().api.listIncidents({ query: { limit: 100, status: ['open'] } })).items.map(({ number }) => number),
  alert: async (session) =>
    (await session.server().api.listAlerts({ query: { limit: 100, status: 'open' } })).items.map(({ dedupKey, id }) =>
      /\s/.test(dedupKey) ? id : dedupKey,
    ),
  ...nameLookups,
  override: async (session) => (await allOverrides(session)).map(({ id }) => id),
  profile: async (session) => Object.keys(readProfiles(session.terminal.env).profiles),
}

/** Names for the shell, which shows nothing of an error and does not wait: no server, no names. */
export async function listNames(session: Session, { kind }: InputOf<typeof names>): Promise<ExitCode> {
  const timeout = new Promise<string[]>((resolve) => setTimeout(resolve, PATIENCE_MS, []).unref())
  const found = await Promise.race([timeout, lookUp(session, kind)])
  session.printRaw(found.map((name) => `${name}\n`).join(''))
  return EXIT.ok
}

async function lookUp(session: Session, kind: string): Promise<string[]> {
  try {
    return (await LOOKUPS[kind]?.(session)) ?? []
  } catch {
    return []
  }
}
