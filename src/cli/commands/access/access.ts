import { momentText } from '../../../kernel/moment.ts'
import { CommandError } from '../../errors.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { printList, printOne } from '../../printing.ts'
import type { TokenView } from '../../product/kinds.ts'
import { personNames } from '../../product/known-names.ts'
import { everything, named } from '../../product/lists.ts'
import type { Session } from '../../session.ts'
import { nearestName } from '../../suggest.ts'
import { age } from '../../text/moments.ts'
import { tone } from '../../text/spans.ts'
import { type Column, pairLines } from '../../text/table.ts'
import type { loginLink, tokenCreate, tokenList, tokenRevoke, whoami } from '../../verbs/access.ts'
import type { InputOf } from '../../verbs/verb.ts'

export async function showMyself(session: Session, input: InputOf<typeof whoami>): Promise<ExitCode> {
  const server = session.server()
  const me = await server.api.getMe()
  printOne(session, input, {
    value: { ...me, server: server.url, through: server.through },
    name: me.person?.name ?? me.label,
    lines: () =>
      pairLines([
        ['you are', tone('you', me.person ? me.person.displayName : me.label)],
        ...(me.kind === 'person' ? ([['role', me.person?.role ?? '-']] as const) : ([['token', me.label]] as const)),
        ['may', me.permissions.join(', ')],
        ['server', server.url],
        ['found in', server.through],
      ]),
  })
  return EXIT.ok
}

export async function makeLoginLink(session: Session, { person: typed, dryRun, ...input }: InputOf<typeof loginLink>): Promise<ExitCode> {
  const { api } = session.server()
  const person = typed ?? (await api.getMe()).person?.name ?? (await anOwner(session))
  if (dryRun) {
    printOne(session, input, { value: { dryRun: true, person }, name: person, lines: () => [`would make a link that signs ${person} in`] })
    return EXIT.ok
  }
  const link = await named(
    typed,
    () => api.createLoginLink({ body: { person } }),
    () => personNames(session),
  )
  printOne(session, input, { value: { person, ...link }, name: link.url, lines: () => [link.url] })
  session.say(
    tone(
      'dim',
      `Signs in ${person}, once, until ${momentText(Date.parse(link.endsAt), session.now(), { language: 'en', zone: session.zone })}.`,
    ),
  )
  return EXIT.ok
}

async function anOwner(session: Session): Promise<string> {
  const people = await everything((query) => session.server().api.listObjects({ params: { kind: 'people' }, query }))
  const owner = people.find(({ spec }) => spec['role'] === 'owner')
  if (!owner) throw new CommandError(EXIT.usage, 'Say for whom: nobody has the role owner.', 'Such as: tocsin login-link ada')
  return owner.name
}

export async function createToken(
  session: Session,
  { label: words, role, person, dryRun, ...input }: InputOf<typeof tokenCreate>,
): Promise<ExitCode> {
  const body = { label: words.join(' '), ...(role && { role }), ...(person !== undefined && { person }) }
  if (dryRun) {
    printOne(session, input, {
      value: { dryRun: true, ...body },
      name: body.label,
      lines: () => [`would make a token ‹${body.label}› with the role ${role ?? 'responder'}`],
    })
    return EXIT.ok
  }
  const token = await named(
    person,
    () => session.server().api.createToken({ body }),
    () => personNames(session),
  )
  printOne(session, input, { value: token, name: token.secret, lines: () => [token.secret] })
  session.say(tone('dim', `The secret of ‹${token.label}› (${token.id}, ${token.role}). It is not shown again.`))
  return EXIT.ok
}

export async function listTokens(session: Session, input: InputOf<typeof tokenList>): Promise<ExitCode> {
  printList(session, input, {
    items: await allTokens(session),
    columns: columnsAt(session.now()),
    name: ({ id }) => id,
    none: 'No token is in force.',
  })
  return EXIT.ok
}

function columnsAt(now: number): Column<TokenView>[] {
  return [
    { head: 'LABEL', cell: ({ label }) => tone('strong', label), value: ({ label }) => label, shrinks: true },
    { head: 'ROLE', cell: ({ role }) => role },
    { head: 'PERSON', cell: ({ person }) => person ?? '-', value: ({ person }) => person },
    { head: 'MADE', cell: ({ createdAt }) => `${age(now - Date.parse(createdAt))} ago`, value: ({ createdAt }) => createdAt, right: true },
    {
      head: 'USED',
      cell: ({ lastUsedAt }) => (lastUsedAt === null ? 'never' : `${age(now - Date.parse(lastUsedAt))} ago`),
      value: ({ lastUsedAt }) => lastUsedAt,
      right: true,
    },
    { head: 'ID', cell: ({ id }) => tone('dim', id), value: ({ id }) => id },
  ]
}

export async function revokeTokens(session: Session, { ids, dryRun, yes, ...input }: InputOf<typeof tokenRevoke>): Promise<ExitCode> {
  const tokens = await allTokens(session)
  const piped = ids.includes('-') ? (await session.terminal.stdin.text()).split(/\s+/).filter((word) => word !== '') : []
  const wanted = [...ids.filter((id) => id !== '-'), ...piped].map((typed) => tokenCalled(tokens, typed))
  if (!dryRun) {
    await session.confirm(`Revoke ${wanted.map(({ label }) => `‹${label}›`).join(', ')}?`, { yes })
    for (const { id } of wanted) await session.server().api.revokeToken({ params: { id } })
  }
  printList(session, input, { items: wanted, columns: columnsAt(session.now()), name: ({ id }) => id, none: 'None.' })
  session.say(tone('dim', dryRun ? 'would be revoked' : 'revoked'))
  return EXIT.ok
}

function tokenCalled(tokens: TokenView[], typed: string): TokenView {
  const found = tokens.filter(({ id, label }) => id === typed || label === typed)
  if (found.length > 1)
    throw new CommandError(
      EXIT.usage,
      `‹${typed}› is the label of ${found.length} tokens; name one by its id: ${found.map(({ id }) => id).join(', ')}.`,
    )
  if (found[0]) return found[0]
  const meant = nearestName(
    typed,
    tokens.map(({ label }) => label),
  )
  throw new CommandError(EXIT.notFound, `There is no token ‹${typed}› in force.${meant === undefined ? '' : ` Did you mean ‹${meant}›?`}`)
}

function allTokens(session: Session): Promise<TokenView[]> {
  return everything((query) => session.server().api.listTokens({ query }))
}
