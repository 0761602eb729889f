import { momentText } from '../../../kernel/moment.ts'
import type { SimulationView } from '../../product/kinds.ts'
import { severityWord } from '../../text/severity.ts'
import { type Text, tone } from '../../text/spans.ts'

/** As the ladder on the screen: the minute at the left, who and how beside it. */
export function simulationLines(
  { policy, version, severity, urgency, startsAt, steps, skippedRounds }: SimulationView,
  { now, zone }: { now: number; zone: string },
): Text[] {
  const lines: Text[] = [
    [
      tone('strong', policy),
      tone('dim', ` version ${version}`),
      '  ',
      severityWord(severity),
      `, ${urgency} urgency, from ${momentText(Date.parse(startsAt), now, { language: 'en', zone })}`,
    ],
  ]
  for (const step of steps) {
    if (step.catchAll && skippedRounds > 0)
      lines.push(tone('dim', `         ${skippedRounds} more ${skippedRounds === 1 ? 'round' : 'rounds'} like the second`))
    lines.push(...stepLines(step))
  }
  return [
    ...lines,
    steps.some(({ pages }) => pages.length > 0)
      ? tone('dim', 'If nobody acknowledges. The catch-all comes again every 15 minutes.')
      : [tone('missing', '!nobody'), ' would be paged.'],
  ]
}

type Step = SimulationView['steps'][number]

const INDENT = ' '.repeat(11)

function stepLines({ round, level, catchAll, afterSeconds, found, pages }: Step): Text[] {
  const name = catchAll ? 'catch-all' : `level ${level}${round > 0 ? `, round ${round + 1}` : ''}`
  const mark: Text = pages.length === 0 ? [' ', tone('missing', '×'), ' '] : ' ● '
  return [
    [tone('dim', minuteText(afterSeconds)), mark, tone('strong', name)],
    ...found.map(({ person, displayName, why, absent }): Text => {
      if (absent || person === null) return [INDENT, tone('missing', '!nobody'), `  ${why}`]
      const how = pages.filter((page) => page.person === person).map(contactText)
      return [INDENT, displayName ?? person, '  ', tone('dim', why), how.length > 0 ? `  ${how.join(', ')}` : '']
    }),
  ]
}

function contactText({ contact, channel, afterSeconds }: Step['pages'][number]): string {
  return `${contact === channel ? channel : `${contact} (${channel})`} ${minuteText(afterSeconds).trim()}`
}

/** `+5:00`, `+1:02:30`. */
function minuteText(seconds: number): string {
  const two = (part: number) => String(Math.floor(part)).padStart(2, '0')
  const text =
    seconds >= 3600
      ? `+${Math.floor(seconds / 3600)}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}`
      : `+${Math.floor(seconds / 60)}:${two(seconds % 60)}`
  return text.padStart(8)
}
