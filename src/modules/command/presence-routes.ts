import { isRefusal } from '../../kernel/result.ts'
import { iso } from '../../kernel/time.ts'
import type { Handlers } from '../../platform/contract.ts'
import { findIncident } from '../incidents/index.ts'
import type { CommandRouteParts } from './held.ts'
import { type Here, newPresence } from './presence.ts'
import type { presenceContract } from './presence-contract.ts'

export function presenceHandlers({ db }: CommandRouteParts): Handlers<typeof presenceContract> {
  const presence = newPresence()
  return {
    async getPresence({ params, caller, now }) {
      const incident = await findIncident(db.sql, params.id, caller)
      return isRefusal(incident) ? incident : toldOf(presence.here(incident.id, now))
    },
    async bePresent({ params, body, caller, now }) {
      const incident = await findIncident(db.sql, params.id, caller)
      if (isRefusal(incident)) return incident
      if (caller.person !== undefined) presence.seen(incident.id, caller.person, body.writing === true, now)
      return toldOf(presence.here(incident.id, now))
    },
  }
}

function toldOf(people: Here[]) {
  return { items: people.map((one) => ({ ...one, since: iso(one.since) })) }
}
