import { newId } from '../../kernel/ids.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import { DAY, type Instant, iso } from '../../kernel/time.ts'
import { parseMoment, zoneOf } from '../../kernel/zone.ts'
import type { Caller, Handlers } from '../../platform/contract.ts'
import type { Database } from '../../platform/db.ts'
import { notAllowed } from '../../platform/http.ts'
import { ZONE_DATA } from '../../platform/zone-data.ts'
import { authorOf, byName, type Document, type Documents, originOf, pageOf, type Snapshot, writeDocuments } from '../documents/index.ts'
import { displayName, Person } from '../people/index.ts'
import type { onCallContract } from './contract.ts'
import { absenceAt, coverOf } from './cover.ts'
import { handoverOf } from './handover.ts'
import { Override, type OverrideDocumentSpec, onCallFor, overridesOf, Schedule } from './oncall.ts'
import { overrideWindow } from './override.ts'
import { eachShift, type Gap, isGap, nextGap, type Shift, type ShiftInWindow } from './rota.ts'
import type { ScheduleSpec } from './schedule.ts'

export interface OnCallRouteParts {
  db: Database
  documents: Documents
  /** Whose a schedule is: teams whose services page by it. */
  teamsOf(snapshot: Snapshot, schedule: string): string[]
}

const WINDOW_DAYS = 14
const WINDOW_DAYS_MAX = 400
const GAPS_TOLD = 10

/** Who is on call by policies is read in src/reads. */
export function onCallHandlers({ db, documents, teamsOf }: OnCallRouteParts): Omit<Handlers<typeof onCallContract>, 'listOnCall'> {
  return {
    async listCover({ query, now }) {
      const snapshot = await documents.fresh(db.sql)
      const page = pageOf(snapshot.all(Schedule).sort(byName), query)
      return isRefusal(page) ? page : { items: page.items.map((one) => coverViewOf(snapshot, one, now, query.days)), next: page.next }
    },
    async listSchedules({ query, now }) {
      const snapshot = await documents.fresh(db.sql)
      const page = pageOf(snapshot.all(Schedule).sort(byName), query)
      return isRefusal(page) ? page : { items: page.items.map((one) => scheduleViewOf(snapshot, one, now)), next: page.next }
    },
    async listShifts({ params, query, now }) {
      const snapshot = await documents.fresh(db.sql)
      const schedule = snapshot.get(Schedule, params.name)
      if (!schedule) return noSchedule(params.name)
      const window = askedWindow(query, now)
      if (isRefusal(window)) return window
      const { since, until } = window
      const from = query.cursor === undefined ? since : Date.parse(query.cursor)
      if (!(from >= since && from < until)) return refuse('bad-cursor', 'The cursor is not one of ours; leave it out for the first page.')
      const items: (ShiftInWindow | Gap)[] = []
      // One at a time: a turn of minutes over a year would be a list of many thousands.
      for (const shift of eachShift(schedule.spec, from, until, overridesOf(snapshot, params.name))) {
        if (items.length === query.limit)
          return { items: items.map((one) => shiftViewOf(snapshot, one)), next: iso(shift.from), zoneData: ZONE_DATA }
        items.push(shift)
      }
      return { items: items.map((one) => shiftViewOf(snapshot, one)), next: null, zoneData: ZONE_DATA }
    },
    async previewSchedule({ body, now }) {
      const window = askedWindow(body, now)
      if (isRefusal(window)) return window
      const read = Schedule.schema.safeParse(body.spec)
      if (!read.success) {
        const issues = read.error.issues.map(({ path, message }) => ({ path: ['spec', ...path].map(String).join('.'), message }))
        return refuse('invalid-schedule', `It can be shown once it is mended: ${issues[0]!.path} ${issues[0]!.message}`, issues)
      }
      const { data: schedule } = read
      const snapshot = await documents.fresh(db.sql)
      const saved = body.name === undefined ? undefined : snapshot.get(Schedule, body.name)
      const overrides = overridesOf(snapshot, body.name ?? '')
      const shifts = firstShifts(eachShift(schedule, window.since, window.until, overrides))
      const layers = schedule.layers.map((layer) => ({
        name: layer.name,
        shifts: firstShifts(eachShift({ timeZone: schedule.timeZone, layers: [layer] }, window.since, window.until)),
      }))
      return {
        since: iso(window.since),
        until: iso(window.until),
        shifts: shifts.map((one) => ({
          ...shiftViewOf(snapshot, one),
          outsideHours: isGap(one) && absenceAt(schedule, one.from) === 'outside-hours',
        })),
        layers: layers.map((layer) => ({ name: layer.name, shifts: layer.shifts.map((one) => shiftViewOf(snapshot, one)) })),
        more: [shifts, ...layers.map((layer) => layer.shifts)].some((list) => (list.at(-1)?.until ?? window.until) < window.until),
        zoneData: ZONE_DATA,
        handover: (saved && handoverOf({ spec: saved.spec, overrides }, { spec: schedule, overrides }, now)) ?? null,
      }
    },
    async listOverrides({ params, query, now }) {
      const snapshot = await documents.fresh(db.sql)
      if (!snapshot.get(Schedule, params.name)) return noSchedule(params.name)
      const current = snapshot
        .all(Override)
        .filter(({ spec }) => spec.schedule === params.name && overrideWindow(snapshot, spec).until > now)
      const page = pageOf(
        current.sort((a, b) => a.changedAt - b.changedAt || byName(a, b)),
        query,
      )
      return isRefusal(page) ? page : { items: page.items.map((one) => overrideViewOf(snapshot, one)), next: page.next }
    },
    makeOverride: ({ params, body, caller, now }, write) =>
      write(async (tx) => {
        const snapshot = await documents.hold(tx)
        const schedule = snapshot.get(Schedule, params.name)
        if (!schedule) return noSchedule(params.name)
        if (!mayAct(caller, snapshot, params.name)) return notAllowed(caller, 'incident:act')
        if (!snapshot.get(Person, body.person))
          return refuse('no-such-person', `There is no person ‹${body.person.slice(0, 100)}›; an override names one.`)
        const window = windowOf(schedule.spec, body, now)
        if (isRefusal(window)) return window
        const id = newId('ovr', now)
        const spec: OverrideDocumentSpec = {
          schedule: params.name,
          person: body.person,
          from: iso(window.from),
          until: iso(window.until),
          ...(body.reason !== undefined && { reason: body.reason }),
        }
        const author = authorOf(caller)
        await writeDocuments(tx.sql, now, author, [{ kind: Override.name, name: id, spec, origin: originOf(caller) }])
        return overrideViewOf(snapshot, { name: id, spec, changedAt: now, changedBy: author })
      }),
    endOverride: ({ params, caller, now }, write) =>
      write(async (tx) => {
        const snapshot = await documents.hold(tx)
        const known = snapshot.get(Override, params.id)
        if (!mayAct(caller, snapshot, params.name)) return notAllowed(caller, 'incident:act')
        if (known?.spec.schedule !== params.name)
          return refuse(
            'not-found',
            `The schedule ‹${params.name.slice(0, 100)}› has no override ${params.id.slice(0, 60)} that was made here.`,
          )
        if (known.origin.kind === 'file')
          return refuse('from-file', `This override comes from ${known.origin.file}, line ${known.origin.line}. Take it out there.`)
        await writeDocuments(tx.sql, now, authorOf(caller), [
          { kind: Override.name, name: params.id, spec: null, origin: originOf(caller) },
        ])
        return {}
      }),
  }

  function mayAct(caller: Caller, snapshot: Snapshot, schedule: string): boolean {
    return caller.permits('incident:act') || teamsOf(snapshot, schedule).some((team) => caller.permits('incident:act', { team }))
  }
}

function askedWindow(
  asked: { since?: string | undefined; until?: string | undefined },
  now: Instant,
): { since: Instant; until: Instant } | Refusal<'bad-window'> {
  const since = asked.since === undefined ? now : Date.parse(asked.since)
  const until = asked.until === undefined ? since + WINDOW_DAYS * DAY : Date.parse(asked.until)
  if (until <= since)
    return refuse(
      'bad-window',
      `The window ends (${iso(until)}) before it starts (${iso(since)}); write an \`until\` later than \`since\`.`,
    )
  if (until - since > WINDOW_DAYS_MAX * DAY)
    return refuse('bad-window', `The window is longer than ${WINDOW_DAYS_MAX} days; ask for a part of it.`)
  return { since, until }
}

const SHIFTS_SHOWN_MAX = 400

/** A turn of minutes over a year would be a list of many thousands. */
function firstShifts(shifts: Iterable<ShiftInWindow | Gap>): (ShiftInWindow | Gap)[] {
  const first: (ShiftInWindow | Gap)[] = []
  for (const shift of shifts) if (first.push(shift) === SHIFTS_SHOWN_MAX) break
  return first
}

type Wanted = { from?: string | undefined; until: string }

function windowOf(
  { timeZone }: ScheduleSpec,
  wanted: Wanted,
  now: Instant,
): { from: Instant; until: Instant } | Refusal<'bad-moment' | 'ends-before-start' | 'already-over'> {
  const zone = zoneOf(timeZone)
  const from = wanted.from === undefined ? now : parseMoment(wanted.from, zone)
  const until = parseMoment(wanted.until, zone)
  if (from === undefined || until === undefined) {
    const written = String(from === undefined ? wanted.from : wanted.until).slice(0, 60)
    return refuse(
      'bad-moment',
      `‹${written}› is not a moment; write 2026-01-05T08:00:00Z, or 2026-01-05T09:00 as the clocks in ${timeZone} show it.`,
    )
  }
  if (until <= from)
    return refuse(
      'ends-before-start',
      `The override ends (${iso(until)}) before it starts (${iso(from)}); write an \`until\` later than \`from\`.`,
    )
  if (until <= now) return refuse('already-over', 'The override would be over already; what has been is not rewritten.')
  return { from, until }
}

function scheduleViewOf(snapshot: Snapshot, { name, spec, origin }: Document<ScheduleSpec>, now: Instant) {
  const shift = onCallFor(snapshot, name, now)
  const gap = nextGap(spec, now, now + WINDOW_DAYS * DAY, overridesOf(snapshot, name))
  return {
    name,
    displayName: spec.displayName ?? name,
    timeZone: spec.timeZone,
    people: [...new Set(spec.layers.flatMap((layer) => layer.users))].map((person) => ({
      name: person,
      displayName: displayNameOf(snapshot, person),
    })),
    onCall: shift
      ? {
          ...reasonOf(shift),
          person: shift.user,
          displayName: displayNameOf(snapshot, shift.user),
          from: iso(shift.from),
          until: shift.until === null ? null : iso(shift.until),
        }
      : null,
    nextGap: gap ? { from: iso(gap.from), until: iso(gap.until) } : null,
    origin,
  }
}

function coverViewOf(snapshot: Snapshot, { name, spec }: Document<ScheduleSpec>, now: Instant, days: number) {
  const cover = coverOf(spec, now, days, overridesOf(snapshot, name))
  return {
    schedule: name,
    displayName: spec.displayName ?? name,
    timeZone: spec.timeZone,
    days: cover.days,
    gaps: cover.gaps.slice(0, GAPS_TOLD).map(({ from, until }) => ({ from: iso(from), until: iso(until) })),
  }
}

function shiftViewOf(snapshot: Snapshot, shift: ShiftInWindow | Gap) {
  const { from, until } = shift
  const when = { from: iso(from), until: iso(until) }
  if (isGap(shift)) return { gap: true, person: null, displayName: null, ...when, whyKind: null, layer: null, override: null, reason: null }
  const override = shift.why.kind === 'override' ? (shift.why.id ?? null) : null
  return { gap: false, person: shift.user, displayName: displayNameOf(snapshot, shift.user), ...when, ...reasonOf(shift), override }
}

function reasonOf({ why }: Shift) {
  return {
    whyKind: why.kind,
    layer: why.kind === 'layer' ? why.layer : null,
    reason: why.kind === 'override' ? (why.reason ?? null) : null,
  }
}

function overrideViewOf(
  snapshot: Snapshot,
  { name, spec, changedAt, changedBy }: Pick<Document<OverrideDocumentSpec>, 'name' | 'spec' | 'changedAt' | 'changedBy'>,
) {
  const { schedule, person, reason } = spec
  const { from, until } = overrideWindow(snapshot, spec)
  return {
    ...{ id: name, schedule, person, displayName: displayNameOf(snapshot, person) },
    from: iso(from),
    until: iso(until),
    reason: reason ?? null,
    madeBy: changedBy,
    madeAt: iso(changedAt),
  }
}

function displayNameOf(snapshot: Snapshot, person: string): string {
  return displayName(person, snapshot.get(Person, person)?.spec)
}

function noSchedule(name: string): Refusal<'not-found'> {
  return refuse('not-found', `There is no schedule ‹${name.slice(0, 100)}›.`)
}
