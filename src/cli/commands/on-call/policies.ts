import type { PolicySpec, Target } from '../../../modules/escalation/index.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { printList, printOne } from '../../printing.ts'
import { policyNames } from '../../product/known-names.ts'
import { everything, named } from '../../product/lists.ts'
import { momentOf } from '../../product/typed-moment.ts'
import { rankOf } from '../../product/typed-severity.ts'
import type { Session } from '../../session.ts'
import { type Text, tone } from '../../text/spans.ts'
import type { policyList, policyShow, policySimulate } from '../../verbs/on-call.ts'
import type { InputOf } from '../../verbs/verb.ts'
import { simulationLines } from './simulation-lines.ts'

export async function listPolicies(session: Session, input: InputOf<typeof policyList>): Promise<ExitCode> {
  const items = await everything((query) => session.server().api.listObjects({ params: { kind: 'policies' }, query }))
  printList(session, input, {
    items,
    columns: [
      { head: 'POLICY', cell: ({ name }) => tone('strong', name), value: ({ name }) => name },
      {
        head: 'LEVELS',
        cell: ({ spec }) => String(specOf(spec).levels.length),
        value: ({ spec }) => specOf(spec).levels.length,
        right: true,
      },
      { head: 'FIRST', cell: ({ spec }) => targetsText(specOf(spec).levels[0]?.notify ?? []), shrinks: true },
      { head: 'CATCH-ALL', cell: ({ spec }) => targetsText(specOf(spec).catchAll.notify), shrinks: true },
      { head: 'VERSION', cell: ({ version }) => String(version), value: ({ version }) => version, right: true },
    ],
    name: ({ name }) => name,
    none: 'No escalation policy yet. `tocsin apply -f` makes them.',
  })
  return EXIT.ok
}

export async function showPolicy(session: Session, { name, ...input }: InputOf<typeof policyShow>): Promise<ExitCode> {
  const ask = () => session.server().api.getObject({ params: { kind: 'policies', name } })
  const policy = await named(name, ask, () => policyNames(session))
  printOne(session, input, { value: policy, name, lines: () => policyLines(policy.name, policy.version, specOf(policy.spec)) })
  session.hint([tone('dim', 'Who would be paged:'), ` tocsin policy simulate ${name} --sev 1 --at "sun 03:11"`])
  return EXIT.ok
}

export function policyLines(name: string, version: number, { levels, catchAll, repeat = 0, round }: PolicySpec): Text[] {
  const rounds = repeat === 0 ? 'one round' : `${repeat + 1} rounds`
  return [
    [tone('strong', name), tone('dim', `  version ${version}, ${rounds}${round === undefined ? '' : ` of at least ${round}`}`)],
    ...levels.map(
      ({ after, notify, severities }, i): Text => [
        tone('dim', after.padStart(6)),
        `  ● level ${i + 1}    `,
        notify.length === 0 ? tone('missing', '!nobody') : targetsText(notify),
        severities ? tone('dim', `  for ${severities.map((rank) => `SEV${rank}`).join(', ')} only`) : '',
      ],
    ),
    [tone('dim', ' then '), '  ● catch-all  ', targetsText(catchAll.notify), tone('dim', '  every 15m until someone acknowledges')],
  ]
}

export async function simulatePolicy(
  session: Session,
  { name, sev, at: typed, ...input }: InputOf<typeof policySimulate>,
): Promise<ExitCode> {
  const at = momentOf(session, typed, '--at')
  const query = { ...(sev !== undefined && { severity: rankOf(sev) }), ...(at !== undefined && { at: new Date(at).toISOString() }) }
  const simulation = await named(
    name,
    () => session.server().api.simulatePolicy({ params: { name }, query }),
    () => policyNames(session),
  )
  printOne(session, input, {
    value: simulation,
    name,
    lines: () => simulationLines(simulation, { now: session.now(), zone: session.zone }),
  })
  return simulation.steps.some(({ pages }) => pages.length > 0) ? EXIT.ok : EXIT.failed
}

function specOf(spec: Record<string, unknown>): PolicySpec {
  return spec as unknown as PolicySpec
}

function targetsText(targets: readonly Target[]): string {
  return targets
    .map((target) =>
      'person' in target
        ? target.person
        : 'schedule' in target
          ? `schedule ${target.schedule}`
          : 'team' in target
            ? `team ${target.team}`
            : 'admins',
    )
    .join(', ')
}
