import { issueLine } from '../errors.ts'
import { padded, type Text, tone, widthOf } from '../text/spans.ts'
import type { PlanView } from './kinds.ts'

/** What applying changes: plus, minus and tilde carry it, colour repeats it. */
export function planLines(plan: PlanView, { applied }: { applied: boolean }): Text[] {
  const heads: { head: Text; place: string; below: Text[] }[] = [
    ...plan.created.map((one) => ({
      head: [tone('done', '+'), ' ', kindText(one.kind), ' ', tone('strong', one.name)],
      place: placeText(one),
      below: [],
    })),
    ...plan.changed.map((one) => ({
      head: [tone('soon', '~'), ' ', kindText(one.kind), ' ', tone('strong', one.name)],
      place: placeText(one),
      below: one.differences.map(
        ({ path, from, to }): Text => [
          '    ',
          path.padEnd(14),
          '  ',
          tone('missing', valueText(from)),
          ' -> ',
          tone('done', valueText(to)),
        ],
      ),
    })),
    ...plan.removed.map((one) => ({
      head: [tone('missing', '-'), ' ', kindText(one.kind), ' ', tone('strong', one.name)],
      place: applied ? 'removed' : 'would be removed',
      below: [],
    })),
    ...plan.onlyOnServer
      .filter(({ origin }) => origin.kind === 'file')
      .map((one) => ({
        head: [tone('dim', '-'), ' ', kindText(one.kind), ' ', tone('strong', one.name)],
        place: 'not removed without --prune',
        below: [],
      })),
  ]
  const width = Math.max(0, ...heads.map(({ head }) => widthOf(head)))
  return [
    ...heads.flatMap(({ head, place, below }) => [[padded(head, width), '   ', tone('dim', place)], ...below]),
    ...plan.warnings.map((warning): Text => [tone('soon', '! '), issueLine(warning)]),
    [tone('strong', countText(plan, applied)), '.'],
  ]
}

export function differs({ created, changed, removed }: Pick<PlanView, 'created' | 'changed' | 'removed'>): boolean {
  return created.length + changed.length + removed.length > 0
}

function countText(plan: PlanView, applied: boolean): string {
  const counts = [
    [plan.created.length, 'added'],
    [plan.changed.length, 'changed'],
    [plan.removed.length, 'removed'],
  ] as const
  const said = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${applied ? '' : 'to be '}${word}`)
  const same = plan.unchanged.length
  if (said.length === 0) return same === 0 ? 'nothing written' : `no difference, ${same} the same`
  return [...said, ...(same > 0 ? [`${same} the same`] : [])].join(', ')
}

function kindText(kind: string): string {
  return (kind === 'EscalationPolicy' ? 'policy' : kind.toLowerCase()).padEnd(11)
}

function placeText({ file, line }: { file: string | null; line: number }): string {
  return file === null ? '' : `${file}:${line}`
}

function valueText(value: unknown): string {
  if (value === undefined) return 'none'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
