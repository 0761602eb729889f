import { issueLine } from '../../errors.ts'
import type { PlanView } from '../../product/kinds.ts'
import { padded, type Text, tone, widthOf } from '../../text/spans.ts'

/** What applying does to each object, in a word: signs and colour repeat it. */
export function planLines(plan: PlanView, { applied }: { applied: boolean }): Text[] {
  const said = (word: string) => (applied ? word : `would be ${word}`)
  const heads: { head: Text; word: string; place: string; below: Text[] }[] = [
    ...plan.created.map((one) => ({
      head: [tone('done', '+'), ' ', kindText(one.kind), ' ', tone('strong', one.name)],
      word: said('added'),
      place: placeText(one),
      below: [],
    })),
    ...plan.changed.map((one) => ({
      head: [tone('soon', '~'), ' ', kindText(one.kind), ' ', tone('strong', one.name)],
      word: said('changed'),
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
      word: said('removed'),
      place: '',
      below: [],
    })),
    ...plan.onlyOnServer
      .filter(({ origin }) => origin.kind === 'file')
      .map((one) => ({
        head: [tone('dim', '-'), ' ', kindText(one.kind), ' ', tone('strong', one.name)],
        word: 'not removed without --prune',
        place: '',
        below: [],
      })),
    // Whoever only looks wants to see what differs.
    ...(applied ? plan.unchanged : []).map((one) => ({
      head: [tone('dim', '='), ' ', kindText(one.kind), ' ', one.name],
      word: 'unchanged',
      place: placeText(one),
      below: [],
    })),
  ]
  const width = Math.max(0, ...heads.map(({ head }) => widthOf(head)))
  const wordWidth = Math.max(0, ...heads.filter(({ place }) => place !== '').map(({ word }) => word.length))
  return [
    ...heads.flatMap(({ head, word, place, below }) => [
      [padded(head, width), '   ', word, tone('dim', place === '' ? '' : `${' '.repeat(wordWidth - word.length)}   ${place}`)],
      ...below,
    ]),
    ...plan.whoIsAffected.flatMap((one) => affectedLines(one, applied)),
    ...plan.warnings.map((warning): Text => [tone('soon', '! '), issueLine(warning)]),
    [tone('strong', countText(plan, applied)), '.'],
  ]
}

/** Who is on call before and after, and how the one whose turn it is keeps it. */
function affectedLines({ schedule, text, keepTurn, kept }: PlanView['whoIsAffected'][number], applied: boolean): Text[] {
  const written = (starts: typeof kept) => starts.map(({ layer, start }) => `start: ${start} in layer ${layer}`).join(', ')
  return [
    [tone('soon', '! '), `schedule ${schedule}: ${text}`],
    ...(keepTurn.length > 0
      ? [['  ', tone('dim', `to keep the turn${applied ? ' again' : ''}: tocsin apply --keep-turn, or write ${written(keepTurn)}`)]]
      : []),
    ...(kept.length > 0
      ? [
          [
            '  ',
            `the turn ${applied ? 'was' : 'would be'} kept by ${written(kept)}; write that, or the next apply without --keep-turn moves it`,
          ],
        ]
      : []),
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
