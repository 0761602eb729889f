import type { Sql } from '../../platform/db.ts'
import type { ServiceSpec } from '../catalog/index.ts'
import type { Documents, Snapshot } from '../documents/index.ts'
import { Team } from '../people/index.ts'
import { CommandSettingsKind } from './command-settings.ts'
import { PRESETS, presets } from './presets.ts'
import { levelAt, rankOf, type SeverityScheme, SeveritySchemeKind } from './severity-scheme.ts'

/** Where nobody says which. */
export const DEFAULT_SCHEME = PRESETS[0]

/** A scheme as it is, or was: version 0 is of what is built in. */
export interface SchemeVersion {
  name: string
  version: number
  spec: SeverityScheme
}

/** The scheme for something of a service: its team's, or the installation's. One that is named and gone leaves the one built in. */
export function schemeFor(snapshot: Snapshot, service: ServiceSpec | undefined): SchemeVersion {
  const ofTeam = service?.team === undefined ? undefined : snapshot.get(Team, service.team)?.spec.scheme
  const named = ofTeam ?? snapshot.get(CommandSettingsKind, 'default')?.spec.scheme
  return (named === undefined ? undefined : schemeNamed(snapshot, named)) ?? schemeNamed(snapshot, DEFAULT_SCHEME)!
}

/** The scheme an incident was opened under, in its version, whatever has become of it since; undefined of those from before there were any. */
export async function schemeOnce(sql: Sql, documents: Documents, name: string, version: number): Promise<SchemeVersion | undefined> {
  const preset = PRESETS.find((one) => one === name)
  if (version === 0) return preset && { name, version, spec: presets[preset] }
  return documents.version(sql, SeveritySchemeKind, name, version)
}

/** What an alert of a rank alone makes of an incident. A rank beyond what the scheme says of alerts stays. */
export function gradedByAlert({ spec }: SchemeVersion, rank: number): { severity: number; level: string } {
  const key = spec.fromAlert[rank - 1]
  const severity = key === undefined ? rank : rankOf(spec, key)
  return { severity, level: levelAt(spec, severity).key }
}

/** A scheme by its name: one that is written down comes before the one built in of the same name. */
export function schemeNamed(snapshot: Snapshot, name: string): SchemeVersion | undefined {
  const written = snapshot.get(SeveritySchemeKind, name)
  if (written) return written
  const preset = PRESETS.find((one) => one === name)
  return preset && { name, version: 0, spec: presets[preset] }
}

/** Every scheme there is, those built in first. Version 0 is of what is built in. */
export function allSchemes(snapshot: Snapshot): SchemeVersion[] {
  const own = snapshot.all(SeveritySchemeKind).filter(({ name }) => !(PRESETS as readonly string[]).includes(name))
  return [...PRESETS.map((name) => schemeNamed(snapshot, name)!), ...own.sort((a, b) => (a.name < b.name ? -1 : 1))]
}
