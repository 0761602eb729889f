import { CommandError } from '../../errors.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { printList } from '../../printing.ts'
import { profilesPath, readProfiles, writeProfiles } from '../../server/profiles.ts'
import type { Session } from '../../session.ts'
import { nearestName } from '../../suggest.ts'
import { tone } from '../../text/spans.ts'
import type { profileAdd, profileList, profileRemove } from '../../verbs/access.ts'
import type { InputOf } from '../../verbs/verb.ts'

export async function listProfiles(session: Session, input: InputOf<typeof profileList>): Promise<ExitCode> {
  const { use, profiles } = readProfiles(session.terminal.env)
  const items = Object.entries(profiles).map(([name, { server, token }]) => ({
    name,
    server,
    token: token !== undefined,
    inUse: name === use,
  }))
  printList(session, input, {
    items,
    columns: [
      { head: 'PROFILE', cell: ({ name, inUse }) => (inUse ? tone('you', name) : name), value: ({ name }) => name },
      { head: 'SERVER', cell: ({ server }) => server },
      { head: 'TOKEN', cell: ({ token }) => (token ? 'yes' : '-'), value: ({ token }) => token },
      { head: 'IN USE', cell: ({ inUse }) => (inUse ? tone('done', 'yes') : '-'), value: ({ inUse }) => inUse },
    ],
    name: ({ name }) => name,
    none: 'No profile yet. `tocsin profile add prod https://…` makes one.',
  })
  return EXIT.ok
}

export async function addProfile(session: Session, { name, url, use, dryRun }: InputOf<typeof profileAdd>): Promise<ExitCode> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new CommandError(EXIT.usage, `‹${url}› is not an address; write https://tocsin.example.org.`)
  if (dryRun) {
    session.say(`would keep ${url} as ${name} in ${profilesPath(session.terminal.env)}`)
    return EXIT.ok
  }
  const token = await readToken(session, name)
  const known = readProfiles(session.terminal.env)
  const inUse = use || known.use == null ? name : known.use
  writeProfiles(session.terminal.env, {
    use: inUse,
    profiles: { ...known.profiles, [name]: { server: url.replace(/\/+$/, ''), ...(token !== '' && { token }) } },
  })
  session.say([tone('done', 'kept'), ` in ${profilesPath(session.terminal.env)}${inUse === name ? ', and in use' : ''}`])
  return EXIT.ok
}

/** Never a flag: other processes could read it. */
async function readToken({ terminal }: Session, name: string): Promise<string> {
  const set = terminal.env['TOCSIN_TOKEN']?.trim()
  if (set) return set
  return terminal.stdin.isTerminal
    ? terminal.ask(`Token for ${name} (not shown; empty for none): `, 'hidden')
    : (await terminal.stdin.text()).trim()
}

export async function removeProfile(session: Session, { name, dryRun }: InputOf<typeof profileRemove>): Promise<ExitCode> {
  const { use, profiles } = readProfiles(session.terminal.env)
  const names = Object.keys(profiles)
  if (!names.includes(name)) {
    const meant = nearestName(name, names)
    throw new CommandError(EXIT.notFound, `There is no profile ‹${name}›.${meant === undefined ? '' : ` Did you mean ‹${meant}›?`}`)
  }
  if (dryRun) {
    session.say(`would remove ${name} from ${profilesPath(session.terminal.env)}`)
    return EXIT.ok
  }
  const { [name]: _, ...kept } = profiles
  writeProfiles(session.terminal.env, { use: use === name ? null : (use ?? null), profiles: kept })
  session.say([tone('done', 'removed'), ` ${name}`])
  return EXIT.ok
}
