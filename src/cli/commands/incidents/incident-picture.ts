import type { Instant } from '../../../kernel/time.ts'
import { readEntries } from '../../../modules/timeline/entries.ts'
import { type Called, nextText, titleCell, whoCell } from '../../product/incident-cells.ts'
import type { EscalationView, IncidentView } from '../../product/kinds.ts'
import { entryKnot, type ToldEvent } from '../../text/knots.ts'
import { lengthOf, runningClock, zoneTold } from '../../text/moments.ts'
import { ropeLines } from '../../text/rope.ts'
import { severityMark, severityWord } from '../../text/severity.ts'
import { type Text, tone } from '../../text/spans.ts'

export interface Pictured {
  incident: IncidentView
  escalation: EscalationView
  /** Oldest first. */
  events: readonly ToldEvent[]
  /** How many came before these. */
  earlier: number
  called: Called
}

export interface PictureView {
  now: Instant
  zone: string
  width: number
}

/** One incident, as on its page: what and since when, who has it, who is next, what happened. */
export function incidentLines({ incident, escalation, events, earlier, called }: Pictured, view: PictureView): Text[] {
  const newest = readEntries(events).reverse()
  return [
    headLine(incident, view.now),
    ...(incident.summary === null ? [] : [incident.summary]),
    factsLine(incident, called),
    ...ladderLines(incident, escalation, view.now),
    '',
    ...ropeLines(
      newest.map((entry) => entryKnot(entry, { called, ...view })),
      { ...view, precision: 'seconds' },
    ),
    ...(earlier > 0
      ? [tone('dim', `${earlier} earlier. Times in ${zoneTold(view.zone, view.now)}.`)]
      : [tone('dim', `Times in ${zoneTold(view.zone, view.now)}.`)]),
  ]
}

function headLine(incident: IncidentView, now: Instant): Text {
  const { severity, number, status, startedAt, resolvedAt } = incident
  const lasted = (resolvedAt === null ? now : Date.parse(resolvedAt)) - Date.parse(startedAt)
  return [
    severityMark(severity),
    ' ',
    severityWord(severity, incident.level),
    '  ',
    titleCell(incident),
    '   ',
    number,
    '   ',
    status === 'detected' ? status : tone('done', status),
    '   ',
    tone('strong', runningClock(lasted)),
  ]
}

/** Who sees it, as far as there is room. */
function privateText({ members = [] }: IncidentView, called: Called): string {
  const shown = members.slice(0, 4).map(({ person, team }) => (person === null ? `team ${team}` : called(person)))
  return [...shown, ...(members.length > 4 ? [`${members.length - 4} more`] : [])].join(', ')
}

function factsLine(incident: IncidentView, called: Called): Text {
  const grouped = incident.grouping.map(({ label, value }) => `${label}=${value}`).join(' ')
  const facts: [string, Text][] = [
    ['has it', whoCell(incident, called)],
    ['service', incident.service ?? 'none'],
    ['policy', incident.policy ?? tone('missing', '!none')],
    ['urgency', incident.urgency],
    ...(incident.visibility === 'private' ? ([['private', privateText(incident, called)]] as [string, Text][]) : []),
    ...(grouped === '' ? [] : ([['grouped by', grouped]] as [string, Text][])),
  ]
  return facts.map(([name, value], i) => [i === 0 ? '' : '   ', tone('dim', name), ' ', value])
}

/** The levels, with how far it has come, and who is next. */
export function ladderLines({ status }: Pick<IncidentView, 'status'>, escalation: EscalationView, now: Instant): Text[] {
  if (escalation.levels.length === 0) return []
  const lines: Text[] = [
    '',
    ...escalation.levels.map((level): Text => {
      const reached = escalation.level !== null && level.level <= escalation.level
      const isNext = escalation.next?.level === level.level && escalation.state === 'active'
      const after = level.catchAll ? '' : level.after
      return [
        reached ? '● ' : level.applies ? '○ ' : '- ',
        tone('dim', (level.catchAll ? 'catch-all' : `level ${level.level}`).padEnd(9)),
        ' ',
        tone('dim', after.padStart(5)),
        '  ',
        level.targets.join(', ') || tone('missing', '!nobody'),
        level.applies ? '' : tone('dim', '  not for this severity'),
        isNext ? ['  ', tone('dim', '<-'), ' ', nextText(escalation, now) ?? ''] : '',
      ]
    }),
  ]
  if (escalation.state === 'stopped') lines.push(tone('dim', `  stopped, ${status === 'resolved' ? 'it is resolved' : 'somebody has it'}`))
  if ((escalation.round ?? 0) > 0) lines.push(tone('dim', `  round ${(escalation.round ?? 0) + 1}`))
  return lines
}

/** `paged in 9 s, acknowledged in 41 s` */
export function timesText({ startedAt, acknowledgedAt, resolvedAt }: IncidentView): string {
  const since = (at: string) => lengthOf(Date.parse(at) - Date.parse(startedAt))
  return [
    ...(acknowledgedAt === null ? [] : [`acknowledged after ${since(acknowledgedAt)}`]),
    ...(resolvedAt === null ? [] : [`resolved after ${since(resolvedAt)}`]),
  ].join(', ')
}
