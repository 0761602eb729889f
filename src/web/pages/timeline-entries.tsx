import { createElement, Fragment, type ReactNode } from 'react'
import { type ReadEntry, readEntries } from '../../modules/timeline/entries.ts'
import { gapsOf } from '../../modules/timeline/gaps.ts'
import { mayDelete, mayEdit } from '../../modules/timeline/may.ts'
import type { Phrase } from '../../modules/timeline/sentence.ts'
import { showOf } from '../../modules/timeline/show.ts'
import { actorText, told } from '../../modules/timeline/words.ts'
import type { api } from '../data/api.ts'
import { language } from '../language.ts'
import type { PersonLook } from '../parts/avatar.tsx'
import type { TimelineEntry, TimelineGap } from '../screens/incidents/timeline-entry.ts'
import { words as writeWords } from '../screens/incidents/write-words.ts'

type EventView = Awaited<ReturnType<typeof api.getTimeline>>['items'][number]
type Look = (name: string) => PersonLook

/** Facts as entries of the rope, newest first; what was mended stands with what it mends. */
export function entriesOf(events: EventView[], look: Look, me?: string, commands = false): TimelineEntry[] {
  return readEntries(events)
    .map((entry) => entryOf(entry, look, me, commands))
    .reverse()
}

/** Where nothing is told of, newest first. */
export function gapsIn(events: EventView[], { rank, until }: { rank: number; until: number }): TimelineGap[] {
  const happenings = events.map(({ seq, type, actor, happenedAt, data }) => ({
    ...{ seq, type, actor, happenedAt: Date.parse(happenedAt) },
    of: data['of'] as number | undefined,
  }))
  return gapsOf(happenings, { rank, until }).reverse()
}

/** Filled nodes are key moments, outlined ones facts, small dots the system's own. */
function entryOf(read: ReadEntry<EventView>, look: Look, me: string | undefined, commands: boolean): TimelineEntry {
  const { fact, before, deleted, redacted, typedLate } = read
  const { seq, happenedAt, actor } = fact
  const listener = { language, called: (person: string) => look(person).name }
  const { weight, mark, by, what, detail, quote } = told(fact, listener)
  const person = actor.startsWith('person:') ? actor.slice('person:'.length) : undefined
  // Tokens and integrations have no face, and are named in the sentence itself.
  const subject: Phrase = by === 'subject' && person === undefined ? [{ name: actorText(actor, listener) }, ' '] : []
  const mender = { actor: `person:${me}`, any: commands }
  const stands = me !== undefined && !deleted
  return {
    id: String(seq),
    seq,
    at: Date.parse(happenedAt),
    kind: weight,
    icon: mark,
    show: showOf(fact.type),
    who: by === undefined || person === undefined ? undefined : look(person),
    what: drawn([...subject, ...what]),
    detail: fact.type === 'attachment.added' && !deleted && !fact.redacted ? saveLink(fact) : detail,
    quote,
    mine: me !== undefined && person === me,
    typedAt: typedLate ? Date.parse(fact.recordedAt) : undefined,
    before: fact.redacted ? [] : before,
    deleted: deleted && { who: actorText(deleted.by, listener), reason: deleted.reason },
    redacted: redacted && { who: actorText(redacted.by, listener), reason: redacted.reason },
    mayEdit: stands && !fact.redacted && mayEdit(fact, mender) === 'yes',
    mayDelete: stands && mayDelete(fact, mender) === 'yes',
  }
}

/** A file is saved, never shown. */
function saveLink({ incidentId, data }: EventView): ReactNode {
  const href = `/api/v1/incidents/${incidentId}/attachments/${String(data['attachment'])}`
  return createElement('a', { href, download: String(data['name']), className: 'text-link' }, writeWords.save)
}

function drawn(phrase: Phrase): ReactNode {
  return createElement(Fragment, null, ...phrase.map((part) => (typeof part === 'string' ? part : createElement('b', null, part.name))))
}
