import { EXIT, type ExitCode } from '../../exits.ts'
import { printOne } from '../../printing.ts'
import { findAlert } from '../../product/find-alert.ts'
import type { WhyView } from '../../product/kinds.ts'
import type { Session } from '../../session.ts'
import { lengthOf, zoneTold } from '../../text/moments.ts'
import { type Knot, ropeLines } from '../../text/rope.ts'
import { severityMark } from '../../text/severity.ts'
import { type Text, tone } from '../../text/spans.ts'
import type { alertWhy } from '../../verbs/alerts.ts'
import type { InputOf } from '../../verbs/verb.ts'

export async function explainAlert(session: Session, { alert: typed, ...input }: InputOf<typeof alertWhy>): Promise<ExitCode> {
  const { id } = await findAlert(session, typed)
  const why = await session.server().api.getAlertWhy({ params: { id } })
  printOne(session, input, { value: why, name: id, lines: () => whyLines(why, { zone: session.zone, width: session.width }) })
  return EXIT.ok
}

/** The chain as a rope: filled marks decided something, hollow ones are facts. */
export function whyLines({ alert, steps }: WhyView, { zone, width }: { zone: string; width: number }): Text[] {
  const alike = alert.count > 1 ? `, ${alert.count} alike` : ''
  return [
    [
      severityMark(alert.severity),
      ' ',
      tone('strong', alert.title),
      `   ${alert.service}, ${alert.integration}${alike}   `,
      tone('dim', `times in ${zoneTold(zone, Date.parse(steps[0]?.at ?? alert.openedAt))}`),
    ],
    ...ropeLines(steps.map(knotOf), { zone, width, precision: 'milliseconds' }),
    summaryText(steps),
  ]
}

type Step = WhyView['steps'][number]

const DECIDES: Step['step'][] = ['deduped', 'grouped', 'routed', 'level', 'person', 'rule']

function knotOf({ step, at, text, outcome, data }: Step): Knot {
  const mark = outcome === 'failed' ? 'failed' : DECIDES.includes(step) ? 'key' : 'fact'
  const kind = endOf({ step, data }) !== undefined ? 'done' : outcome === 'withheld' && step !== 'stopped' ? 'soon' : undefined
  return { at: Date.parse(at), mark, label: step, text, ...(kind && { tone: kind }) }
}

/** Stopped because a person has it, or it is over; being superseded by a new run is neither. */
function endOf({ step, data }: Pick<Step, 'step' | 'data'>): string | undefined {
  const { reason } = data
  return step === 'stopped' && (reason === 'acknowledged' || reason === 'resolved') ? reason : undefined
}

/** `paged in 9 s, acknowledged after 41 s. 9 decisions.` */
function summaryText(steps: Step[]): Text {
  const begin = Date.parse(steps[0]?.at ?? '')
  const since = (step: Step | undefined) => step && lengthOf(Date.parse(step.at) - begin)
  const paged = since(steps.find(({ step, outcome }) => step === 'page' && outcome === 'done'))
  const end = steps.find((step) => endOf(step) !== undefined)
  const decisions = steps.filter(({ step }) => DECIDES.includes(step)).length
  const told: Text[] = [
    ...(paged === undefined ? ['nobody was reached'] : [['paged in ', tone('strong', paged)]]),
    ...(end ? [[`, ${endOf(end)} after `, tone('strong', since(end) ?? '')]] : []),
  ]
  return [...told, `. ${decisions} ${decisions === 1 ? 'decision' : 'decisions'}.`]
}
