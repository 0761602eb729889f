import { words } from '../data/acts-words.ts'
import { outbox } from '../data/outbox.ts'
import { type IncidentChange, lapsesAt, type Theirs, type Unsent, type Write } from '../data/unsent.ts'
import { timeOfDay } from '../parts/time-words.ts'
import type { UnsentLine } from '../screens/shell/unsent-banners.tsx'

/** What stands in the banners: nothing that is under way for the first time, all that waits, lapsed, was refused or overtaken. */
export function unsentLines(all: Unsent[], nameOf: (person: string) => string, hasBeenTaken: (incident: string) => boolean): UnsentLine[] {
  return all.flatMap((one) => linesOf(one, nameOf, hasBeenTaken))
}

function linesOf(one: Unsent, nameOf: (person: string) => string, hasBeenTaken: (incident: string) => boolean): UnsentLine[] {
  const { key, write, state } = one
  const what = words.what[write.act](write.number)
  const discard = { name: words.discard, onAct: () => outbox.discard(key) }
  const dismiss = { name: words.dismiss, onAct: () => outbox.discard(key) }
  switch (state.kind) {
    case 'sending':
      return one.tries > 1 ? [waiting(one, what, [discard])] : []
    case 'waiting':
      return [waiting(one, what, [{ name: words.tryNow, onAct: outbox.tryNow }, discard])]
    case 'lapsed':
      // It may have arrived after all; then the incident says so, and nothing is left to worry about.
      if (write.act === 'acknowledge' && hasBeenTaken(write.incident)) return []
      return [
        {
          key,
          tone: 'bad',
          what,
          text: words.lapsed[write.act],
          buttons: [
            ...(write.act === 'note' || write.act === 'change' ? [] : [{ name: words.again[write.act], onAct: () => outbox.send(write) }]),
            dismiss,
          ],
        },
      ]
    case 'refused':
      return [{ key, tone: 'bad', what, text: words.refused(state.why), buttons: [dismiss] }]
    case 'overtaken':
      return [
        {
          key,
          tone: 'info',
          what: `${what}.`,
          text: words.both(mineIn(write), theirsIn(state.theirs, nameOf)),
          buttons:
            write.act === 'change' ? [{ name: words.keepTheirs, onAct: discard.onAct }, putMine(key, write, state.theirs)] : [dismiss],
        },
      ]
  }
}

function waiting(one: Unsent, what: string, buttons: UnsentLine['buttons']): UnsentLine {
  const end = lapsesAt(one)
  return {
    key: one.key,
    tone: 'stale',
    what,
    text: words.waits[one.write.act],
    until: end === undefined ? undefined : { at: end, words: words.lapsesIn },
    buttons,
  }
}

function putMine(key: string, write: Extract<Write, { act: 'change' }>, theirs: Theirs) {
  return {
    name: words.putMine,
    onAct: () => {
      outbox.discard(key)
      outbox.send({ ...write, seen: theirs.what === 'changed' ? theirs.values : write.seen })
    },
  }
}

function mineIn(write: Write): string {
  return write.act === 'change' ? valuesIn(write.change) : words.mine[write.act]
}

function theirsIn(theirs: Theirs, nameOf: (person: string) => string): string {
  if (theirs.what === 'changed') return valuesIn(theirs.values)
  const who = theirs.by === null ? words.somebody : nameOf(theirs.by)
  return words.theirs[theirs.what](who, theirs.at === undefined ? '' : words.at(timeOfDay(theirs.at, 'UTC', 'seconds')))
}

function valuesIn({ title, summary, severity }: IncidentChange): string {
  return [
    ...(title === undefined ? [] : [words.title(title)]),
    ...(summary === undefined ? [] : [words.summary(summary)]),
    ...(severity === undefined ? [] : [words.severity(severity)]),
  ].join(', ')
}
