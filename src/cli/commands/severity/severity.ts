import { CommandError } from '../../errors.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { printList, printOne } from '../../printing.ts'
import type { Session } from '../../session.ts'
import { severityWord } from '../../text/severity.ts'
import { type Text, tone } from '../../text/spans.ts'
import type { severityList, severityPropose, severityShow } from '../../verbs/severity.ts'
import type { InputOf } from '../../verbs/verb.ts'

export async function listSchemes(session: Session, input: InputOf<typeof severityList>): Promise<ExitCode> {
  const { items, default: inUse } = await session.server().api.listSeveritySchemes()
  printList(session, input, {
    items,
    columns: [
      { head: 'SCHEME', cell: ({ name }) => tone(name === inUse ? 'you' : 'strong', name), value: ({ name }) => name },
      { head: 'LEVELS', cell: ({ spec }) => spec.levels.map(({ key }) => key).join(' ') },
      { head: 'FROM', cell: ({ builtIn, name }) => `${builtIn ? 'built in' : 'yours'}${name === inUse ? ', in use' : ''}` },
      { head: 'WHAT IT WEIGHS', cell: ({ spec }) => spec.description ?? '-', shrinks: true },
    ],
    name: ({ name }) => name,
    none: 'None.',
  })
  return EXIT.ok
}

export async function showScheme(session: Session, { scheme: name, ...input }: InputOf<typeof severityShow>): Promise<ExitCode> {
  const { items, default: inUse } = await session.server().api.listSeveritySchemes()
  const scheme = items.find((one) => one.name === (name ?? inUse))
  if (!scheme)
    throw new CommandError(EXIT.notFound, `There is no severity scheme ‹${name}›.`, `There are ${items.map((one) => one.name).join(', ')}.`)
  printOne(session, input, {
    value: scheme,
    name: scheme.name,
    lines: () => [
      [tone('strong', scheme.spec.displayName ?? scheme.name), tone('dim', scheme.builtIn ? '  built in' : `  version ${scheme.version}`)],
      ...scheme.spec.levels.flatMap((level, place): Text[] => [
        [severityWord(place + 1, level.key), ` ${level.name}. ${level.meaning}`],
        [tone('dim', `  ${raisedText(level.raise)}${level.update ? `; an update every ${level.update.every}` : ''}`)],
        [
          tone(
            'dim',
            `  ${level.roles.required.length === 0 ? 'no roles' : level.roles.required.join(', ')}; resolve ${level.resolve}; review ${level.review}`,
          ),
        ],
      ]),
    ],
  })
  return EXIT.ok
}

function raisedText(raise: readonly { how: string; whom?: string | undefined }[]): string {
  return raise.map(({ how, whom }) => (whom === undefined ? how : `${how} ${whom}`)).join(', ')
}

export async function proposeSeverity(
  session: Session,
  { facts: said, scheme, service, ...input }: InputOf<typeof severityPropose>,
): Promise<ExitCode> {
  const facts = Object.fromEntries(said.map(factOf))
  const proposal = await session
    .server()
    .api.proposeSeverity({ body: { facts, ...(scheme !== undefined && { scheme }), ...(service !== undefined && { service }) } } as never)
  printOne(session, input, {
    value: proposal,
    name: proposal.level,
    lines: () => [
      [severityWord(proposal.rank, proposal.level), ` because of ${proposal.because.fact}`],
      ...proposal.adjusted.map(({ by, from, to }): Text => [tone('dim', `  ${by}: from ${from} to ${to}`)]),
      ...(proposal.missing.length === 0 ? [] : [[tone('dim', `  could be worse: ${proposal.missing.join(', ')} not known yet`)]]),
    ],
  })
  return EXIT.ok
}

/** `users=38%`, `extent=partial`, `workaround=false`, `tags=payments,eu`. The server says which there are. */
function factOf(said: string): [string, unknown] {
  const at = said.indexOf('=')
  if (at < 1)
    throw new CommandError(
      EXIT.usage,
      `‹${said}› is no fact; write its name and its value.`,
      'Such as: tocsin severity propose extent=partial',
    )
  const [name, value] = [said.slice(0, at), said.slice(at + 1)]
  if (name === 'users')
    return [
      name,
      value.endsWith('%') ? { percent: Number(value.slice(0, -1)) } : /^\d+$/.test(value) ? { count: Number(value) } : { words: value },
    ]
  if (name === 'tags') return [name, value.split(',')]
  if (value === 'true' || value === 'yes') return [name, true]
  if (value === 'false' || value === 'no') return [name, false]
  return [name, /^\d+(\.\d+)?$/.test(value) ? Number(value) : value]
}
