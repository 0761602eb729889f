import type { Snapshot } from '../documents/index.ts'
import { CommandSettingsKind } from '../severity/index.ts'
import { bridgeOf } from './room-name.ts'

/** Where people talk over what is declared now, if this installation has a place for that. */
export function bridgeFor(snapshot: Snapshot, incident: Parameters<typeof bridgeOf>[1]): string | undefined {
  const template = snapshot.get(CommandSettingsKind, 'default')?.spec.bridge
  return template && bridgeOf(template, incident)
}
