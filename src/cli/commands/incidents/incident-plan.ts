import { EXIT, type ExitCode } from '../../exits.ts'
import { printOne } from '../../printing.ts'
import type { Session } from '../../session.ts'
import { type Text, tone } from '../../text/spans.ts'
import type { incidentPlan } from '../../verbs/incidents.ts'
import type { InputOf } from '../../verbs/verb.ts'

export async function showPlan(session: Session, { id, ...input }: InputOf<typeof incidentPlan>): Promise<ExitCode> {
  const plan = await session.server().api.getResponsePlan({ params: { id } })
  printOne(session, input, {
    value: plan,
    name: id,
    lines: () =>
      plan.sections
        .filter(({ lines }) => lines.length > 0)
        .flatMap(({ title, lines }, place): Text[] => [
          ...(place === 0 ? [] : ['']),
          [tone('strong', title)],
          ...lines.map(({ text, who, href, state }): Text => {
            const mark = state === 'open' ? '[ ]' : state === 'done' ? '[x]' : '   '
            return [
              `${mark} ${text}`,
              ...(who === null ? [] : [tone('dim', `  ${who}`)]),
              ...(href === null ? [] : [tone('dim', `  ${href}`)]),
            ]
          }),
        ]),
  })
  return EXIT.ok
}
