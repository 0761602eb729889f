import type { Actor } from '../../kernel/actor.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Caller, Handlers, Write } from '../../platform/contract.ts'
import type { Transaction } from '../../platform/db.ts'
import { notAllowed } from '../../platform/http.ts'
import type { Log } from '../../platform/log.ts'
import { Service } from '../catalog/index.ts'
import type { Snapshot } from '../documents/index.ts'
import { acknowledge } from './acknowledge.ts'
import type { incidentsContract } from './contract.ts'
import { escalate } from './escalate.ts'
import { findIncident } from './find.ts'
import { type Incident, numberText } from './incident.ts'
import { breakGlass, letGoOf, letIn, type Named, type Standings, setVisibility } from './members.ts'
import type { IncidentParts } from './resolve.ts'
import { membersViewOf, viewOf, wholeViewOf } from './view.ts'

export interface IncidentRouteParts extends IncidentParts {
  log: Log
  standings: Standings
}

/** Lists that join several rooms are read in src/reads; what is done with the timeline stands in a file of its own. */
type Elsewhere = 'listIncidents' | 'countIncidents' | 'getPages' | 'getEscalation' | 'getResponsePlan' | 'addNote' | 'getTimeline'

export function incidentHandlers(parts: IncidentRouteParts): Omit<Handlers<typeof incidentsContract>, Elsewhere> {
  const { documents } = parts
  return {
    acknowledgeIncident: ({ params, body, caller, now }, write) =>
      acting(write, caller, params.id, async (tx, id) =>
        acknowledge(tx, now, parts, await documents.fresh(tx.sql), id, actorOf(caller), body.via),
      ),
    escalateIncident: ({ params, caller, now }, write) =>
      acting(write, caller, params.id, async (tx, id) => escalate(tx, now, parts, await documents.fresh(tx.sql), id, actorOf(caller))),
    addMember: ({ params, caller, now }, write) => lettingIn<'no-such-person'>(write, caller, now, params.id, { person: params.person }),
    removeMember: ({ params, caller, now }, write) => lettingGo(write, caller, now, params.id, { person: params.person }),
    addMemberTeam: ({ params, caller, now }, write) => lettingIn<'no-such-team'>(write, caller, now, params.id, { team: params.team }),
    removeMemberTeam: ({ params, caller, now }, write) => lettingGo(write, caller, now, params.id, { team: params.team }),
    setVisibility: ({ params, body, caller, now }, write) =>
      write(async (tx) => {
        const known = await findIncident(tx.sql, params.id, caller)
        if (isRefusal(known)) return known
        const snapshot = await documents.fresh(tx.sql)
        const incident = await setVisibility(tx, now, snapshot, parts.standings, known.id, body, actorOf(caller))
        return isRefusal(incident) ? incident : wholeViewOf(tx.sql, incident)
      }),
    breakGlass: ({ params, body, caller, now }, write) =>
      write(async (tx) => {
        if (caller.kind !== 'person' || caller.person === undefined)
          return refuse('person-wanted', 'Only a person who is signed in breaks the glass; a token does not.')
        const { person } = caller
        // Nobody of them may see it yet: that is what the glass is for.
        const known = await findIncident(tx.sql, params.id, 'tocsin')
        const ref = isRefusal(known) ? params.id.slice(0, 60) : numberText(known.number)
        // What was tried is written down as well, and never what it is called.
        tx.afterCommit(() => parts.log.warn({ person, incident: ref, found: !isRefusal(known) }, 'somebody breaks the glass'))
        if (isRefusal(known)) return known
        const incident = await breakGlass(tx, now, parts.standings, known, { person, reason: body.reason })
        return isRefusal(incident) ? incident : wholeViewOf(tx.sql, incident)
      }),
  }

  function lettingIn<Missing extends string>(write: Write, caller: Caller, now: Instant, ref: string, named: Named) {
    return write(async (tx) => {
      const known = await findIncident(tx.sql, ref, caller)
      if (isRefusal(known)) return known
      const members = await letIn(tx, now, await documents.fresh(tx.sql), known.id, named, actorOf(caller))
      return isRefusal(members) ? (members as Refusal<'not-found' | 'not-private' | Missing>) : membersViewOf(members)
    })
  }

  function lettingGo(write: Write, caller: Caller, now: Instant, ref: string, named: Named) {
    return write(async (tx) => {
      const known = await findIncident(tx.sql, ref, caller)
      if (isRefusal(known)) return known
      const members = await letGoOf(tx, now, known.id, named, actorOf(caller))
      return isRefusal(members) ? members : membersViewOf(members)
    })
  }

  function acting<R extends string>(
    write: Write,
    caller: Caller,
    ref: string,
    act: (tx: Transaction, id: string) => Promise<Incident | Refusal<R>>,
  ) {
    return write(async (tx) => {
      const known = await findIncident(tx.sql, ref, caller)
      if (isRefusal(known)) return known as Refusal<'not-found'>
      if (!caller.permits('incident:act') && !caller.permits('incident:act', { team: teamOf(await documents.fresh(tx.sql), known) }))
        return notAllowed(caller, 'incident:act')
      const outcome = await act(tx, known.id)
      return isRefusal(outcome) ? (outcome as Refusal<R>) : viewOf(outcome)
    })
  }
}

/** Whose it is, by its service. */
function teamOf(snapshot: Snapshot, { service }: Incident): string | undefined {
  return service === null ? undefined : snapshot.get(Service, service)?.spec.team
}

export function actorOf(caller: Caller): Actor {
  return caller.person === undefined ? `token:${caller.label}` : `person:${caller.person}`
}
