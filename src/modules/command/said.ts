import { parseDuration } from '../../kernel/duration.ts'
import { lettersOff } from '../../kernel/letters.ts'
import { DAY, type Instant, iso, MINUTE, parseInstant } from '../../kernel/time.ts'
import { instantOf, localOf, zoneOf } from '../../kernel/zone.ts'

// What people say of an incident, in one line: in chat, on the command line and in the palette. Pure: it understands, and does nothing.

/** A request that a line comes to: the route that carries it out. */
export interface Request {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** As in the contract; `{id}` is the incident that is meant. */
  path: string
  params?: Record<string, string>
  query?: Record<string, string>
  body?: Record<string, unknown>
}

export interface Understood {
  verb: string
  /** The incident named in front, as INC-142. */
  target?: string
  /** Whether it is about an incident at all. */
  needsTarget: boolean
  arguments: Record<string, unknown>
  request: Request
}

/** Nearly a verb: what may have been meant, to be pressed, never done by itself. */
export interface Suggested {
  suggestions: string[]
}

export interface Wrong {
  wrong: string
}

export interface Asker {
  now: Instant
  zone: string
  /** The person who says it, for `ic me`. */
  person: string | undefined
  /** Keys of the levels there are, for `SEV0` and `P1` alike. */
  levels: readonly string[]
  /** Verbs that could be done now: of two that are alike the one that can be stands first. */
  possible?: readonly string[]
}

interface Heard {
  rest: Token[]
  asker: Asker
}
interface Token {
  text: string
  quoted: boolean
}
type Answer = { arguments: Record<string, unknown>; request: Request } | Wrong

interface VerbSaid {
  word: string
  alsoCalled: readonly string[]
  /** What follows the verb, for help. */
  usage: string
  summary: string
  example: string
  /** Nothing but looking: it runs although a letter is wrong. */
  reads?: true
  /** Not about an incident that is there. */
  free?: true
  hear(heard: Heard): Answer
}

const AT = '/incidents/{id}'
const act = (name: string, body: Record<string, unknown> = {}): Answer => ({
  arguments: body,
  request: { method: 'POST', path: `${AT}/transitions`, body: { act: name, ...body } },
})
const asked = (request: Request, said: Record<string, unknown> = request.body ?? {}): Answer => ({ arguments: said, request })

/** The whole of what follows, as a text. */
const textOf = (rest: readonly Token[]): string =>
  rest
    .map(({ text }) => text)
    .join(' ')
    .trim()
const needing =
  (what: string, then: (text: string, heard: Heard) => Answer) =>
  (heard: Heard): Answer => {
    const text = textOf(heard.rest)
    return text === '' ? { wrong: `Say ${what}.` } : then(text, heard)
  }

const VERBS = [
  {
    word: 'create',
    alsoCalled: ['declare', 'new'],
    usage: '[SEV1] TITLE [for SERVICE] [private] [at TIME] [drill [x10]]',
    summary: 'declare an incident',
    example: 'create SEV1 "API gateway down" for api-gateway',
    free: true,
    hear: hearCreate,
  },
  {
    word: 'show',
    alsoCalled: [],
    usage: '',
    summary: 'how it stands',
    example: 'show',
    reads: true,
    hear: () => asked({ method: 'GET', path: AT }),
  },
  {
    word: 'list',
    alsoCalled: [],
    usage: '',
    summary: 'open incidents',
    example: 'list',
    reads: true,
    free: true,
    hear: () => asked({ method: 'GET', path: '/incidents', query: { status: 'open' } }, {}),
  },
  {
    word: 'catchup',
    alsoCalled: ['catch-up'],
    usage: '',
    summary: 'what happened, for whoever comes late',
    example: 'catchup',
    reads: true,
    hear: () => asked({ method: 'GET', path: `${AT}/catch-up` }),
  },
  {
    word: 'oncall',
    alsoCalled: [],
    usage: '',
    summary: 'who is on call now',
    example: 'oncall',
    reads: true,
    free: true,
    hear: () => asked({ method: 'GET', path: '/on-call' }),
  },
  {
    word: 'ack',
    alsoCalled: ['acknowledge'],
    usage: '',
    summary: 'you have it',
    example: 'ack',
    hear: () => asked({ method: 'POST', path: `${AT}/acknowledgement`, body: {} }),
  },
  {
    word: 'escalate',
    alsoCalled: [],
    usage: '',
    summary: 'page the next level now',
    example: 'escalate',
    hear: () => asked({ method: 'POST', path: `${AT}/escalation`, body: {} }),
  },
  {
    word: 'resolve',
    alsoCalled: ['resolved', 'fixed'],
    usage: '"WHAT WAS DONE" [data none|some|unknown] [override "WHY"]',
    summary: 'it is over: what was done',
    example: 'resolve "rolled back gw 2.14"',
    hear: hearResolve,
  },
  {
    word: 'cancel',
    alsoCalled: [],
    usage: '"WHY"',
    summary: 'it was none',
    example: 'cancel "false alarm"',
    hear: needing('why it is cancelled', (reason) => act('cancel', { reason })),
  },
  {
    word: 'reopen',
    alsoCalled: [],
    usage: '"WHY"',
    summary: 'it is not over',
    example: 'reopen "it is back"',
    hear: needing('why it is reopened', (reason) => act('reopen', { reason })),
  },
  { word: 'close', alsoCalled: [], usage: '', summary: 'all that was to be done is done', example: 'close', hear: () => act('close') },
  {
    word: 'investigating',
    alsoCalled: ['investigate'],
    usage: '["TEXT"] [at TIME]',
    summary: 'somebody looks into it',
    example: 'investigating',
    hear: timed('investigate', 'text', false),
  },
  {
    word: 'identified',
    alsoCalled: ['identify'],
    usage: '"CAUSE" [at TIME]',
    summary: 'the cause is known',
    example: 'identified "gw 2.14 raised the retry limit"',
    hear: timed('identify', 'cause', false),
  },
  {
    word: 'mitigating',
    alsoCalled: ['mitigate'],
    usage: '["TEXT"] [at TIME]',
    summary: 'the mitigation has begun',
    example: 'mitigating "rolling back"',
    hear: timed('mitigate', 'text', false),
  },
  {
    word: 'mitigated',
    alsoCalled: [],
    usage: '"HOW" [at TIME]',
    summary: 'nobody feels it any more; it is watched',
    example: 'mitigated "rolled back" at 03:40',
    hear: timed('mitigated', 'text', true),
  },
  {
    word: 'sev',
    alsoCalled: ['severity'],
    usage: 'LEVEL ["WHY"]',
    summary: 'how bad it is',
    example: 'sev 2 "only the sandbox"',
    hear: hearLevel,
  },
  {
    word: 'impact',
    alsoCalled: [],
    usage: '[SERVICE] "WHAT PEOPLE FEEL"',
    summary: 'whom it hits',
    example: 'impact checkout "38 % of EU calls fail"',
    hear: hearImpact,
  },
  {
    word: 'link',
    alsoCalled: [],
    usage: 'URL',
    summary: 'link something to it',
    example: 'link https://wiki.example.org/gw',
    hear: needing('what is linked, an address', (link) => asked({ method: 'POST', path: `${AT}/links`, body: { link } })),
  },
  {
    word: 'merge',
    alsoCalled: [],
    usage: 'INCIDENT',
    summary: 'it is the same as another one',
    example: 'merge 141',
    hear: needing('into which incident', (text) =>
      refOf(text) === undefined
        ? { wrong: `‹${text}› is no incident; write 141 or INC-141.` }
        : asked({ method: 'PUT', path: `${AT}/merge`, body: { into: refOf(text) } }),
    ),
  },
  {
    word: 'unmerge',
    alsoCalled: [],
    usage: '',
    summary: 'it is not the same after all',
    example: 'unmerge',
    hear: () => asked({ method: 'DELETE', path: `${AT}/merge` }),
  },
  {
    word: 'sub',
    alsoCalled: [],
    usage: '"TITLE"',
    summary: 'an incident under it',
    example: 'sub "cache is cold"',
    hear: needing('what is wrong, in one line', (title) =>
      asked({ method: 'POST', path: '/incidents', body: { title, parent: '{id}' } }, { title }),
    ),
  },
  {
    word: 'private',
    alsoCalled: [],
    usage: '',
    summary: 'seen by its members alone',
    example: 'private',
    hear: () => asked({ method: 'PUT', path: `${AT}/visibility`, body: { visibility: 'private' } }),
  },
  {
    word: 'allow',
    alsoCalled: [],
    usage: '@PERSON',
    summary: 'lets somebody see it',
    example: 'allow @lin',
    hear: needing('who may see it', (text) =>
      asked({ method: 'PUT', path: `${AT}/members/{person}`, params: { person: bare(text) }, body: {} }, { person: bare(text) }),
    ),
  },
  {
    word: 'ic',
    alsoCalled: ['commander'],
    usage: 'me | @PERSON',
    summary: 'take command, or give it',
    example: 'ic me',
    hear: (heard) =>
      hearRole({
        ...heard,
        rest: [{ text: 'commander', quoted: false }, ...(heard.rest.length === 0 ? [{ text: 'me', quoted: false }] : heard.rest)],
      }),
  },
  { word: 'role', alsoCalled: [], usage: 'ROLE me | @PERSON', summary: 'who has which role', example: 'role comms @lin', hear: hearRole },
  {
    word: 'handoff',
    alsoCalled: ['handover'],
    usage: 'ROLE @PERSON',
    summary: 'offer a role to somebody',
    example: 'handoff ic @lin',
    hear: hearHandover,
  },
  { word: 'accept', alsoCalled: [], usage: '[ROLE]', summary: 'take the role that is offered', example: 'accept ic', hear: answered(true) },
  {
    word: 'decline',
    alsoCalled: [],
    usage: '[ROLE] "WHY"',
    summary: 'not me',
    example: 'decline ic "my shift ends"',
    hear: answered(false),
  },
  {
    word: 'page',
    alsoCalled: [],
    usage: '[@PERSON "WHAT FOR"]',
    summary: 'ask somebody to come; without a name, escalate',
    example: 'page @lin "need a database hand"',
    hear: hearPage,
  },
  {
    word: 'update',
    alsoCalled: [],
    usage: '"TEXT" [next 20m]',
    summary: 'tell how it stands, and when the next word comes',
    example: 'update "rolling back" next 20m',
    hear: hearUpdate,
  },
  {
    word: 'task',
    alsoCalled: [],
    usage: '[@PERSON] "TEXT" [3m]',
    summary: 'something to be done',
    example: 'task @raj "check p99" 3m',
    hear: hearTask,
  },
  {
    word: 'done',
    alsoCalled: [],
    usage: 'NUMBER',
    summary: 'a task is done',
    example: 'done 2',
    hear: needing('which task, by its number', (task) =>
      asked({ method: 'PATCH', path: '/tasks/{id}', params: { task }, body: { state: 'done' } }, { task }),
    ),
  },
  {
    word: 'followup',
    alsoCalled: ['follow-up'],
    usage: '"TEXT" [@PERSON]',
    summary: 'something for afterwards',
    example: 'followup "alert on retries" @lin',
    hear: hearFollowUp,
  },
  {
    word: 'poll',
    alsoCalled: [],
    usage: '"TEXT"',
    summary: 'does anybody object?',
    example: 'poll "roll back now?"',
    hear: needing('what is asked', (text) => asked({ method: 'POST', path: `${AT}/polls`, body: { text } })),
  },
  {
    word: 'note',
    alsoCalled: [],
    usage: '"TEXT" [at TIME]',
    summary: 'write on its timeline',
    example: 'note "errors began at eu-1" at 03:11',
    hear: hearNote(undefined),
  },
  {
    word: 'decision',
    alsoCalled: ['decide'],
    usage: '"TEXT"',
    summary: 'what was decided',
    example: 'decision "we roll back"',
    hear: hearNote('decision'),
  },
] as const satisfies readonly VerbSaid[]

export type Word = (typeof VERBS)[number]['word']
export const SAID: readonly (VerbSaid & { word: Word })[] = VERBS

/** What a line means. Never guesses whom or what: a word that is none is asked about. */
export function understand(line: string, asker: Asker): Understood | Suggested | Wrong {
  const tokens = tokensOf(line)
  if (tokens.some(({ text }) => text === '"')) return { wrong: 'A quotation mark is missing.' }
  const ref = tokens[0] && !tokens[0].quoted ? refOf(tokens[0].text) : undefined
  const rest = ref === undefined ? tokens : tokens.slice(1)
  const [first, ...args] = rest
  if (!first) return ref === undefined ? { suggestions: ['list', 'create "WHAT IS WRONG"'] } : heardAs(verbOf('show')!, [], ref, asker)
  const exact = verbOf(first.text)
  if (exact) return heardAs(exact, args, ref, asker)
  const near = nearTo(first.text.toLowerCase(), asker.possible ?? [])
  const [only] = near
  // Looking does no harm.
  if (only && near.length === 1 && only.reads) return heardAs(only, args, ref, asker)
  if (near.length === 0) return { wrong: `‹${first.text}› is no command; \`help\` lists them.` }
  const said = [...(ref === undefined ? [] : [ref])]
  return { suggestions: near.map((verb) => [...said, verb.word, ...args.map(written)].join(' ')) }
}

function heardAs(verb: VerbSaid, rest: Token[], target: string | undefined, asker: Asker): Understood | Wrong {
  const answer = verb.hear({ rest, asker })
  if ('wrong' in answer) return { wrong: `${answer.wrong} Such as: ${verb.example}` }
  return { verb: verb.word, ...(target !== undefined && { target }), needsTarget: !verb.free, ...answer }
}

function verbOf(said: string): VerbSaid | undefined {
  const low = said.toLowerCase()
  return SAID.find(({ word, alsoCalled }) => word === low || alsoCalled.includes(low))
}

/** Two at most: a beginning that only one has, or a letter or two off; what can be done now first. */
function nearTo(said: string, possible: readonly string[]): VerbSaid[] {
  const rated = SAID.flatMap((verb) => {
    const off = Math.min(
      ...[verb.word, ...verb.alsoCalled].map((name) => (said.length >= 3 && name.startsWith(said) ? 0.5 : lettersOff(said, name))),
    )
    return off <= (said.length <= 4 ? 1 : 2) ? [{ verb, off }] : []
  })
  const can = ({ verb }: { verb: VerbSaid }) => (possible.includes(verb.word) ? 0 : 1)
  return rated
    .sort((a, b) => a.off - b.off || can(a) - can(b))
    .slice(0, 2)
    .map(({ verb }) => verb)
}

function tokensOf(line: string): Token[] {
  // Typed quotation marks are as good as straight ones.
  const straight = line.replaceAll(/[“”„]/g, '"')
  return [...straight.matchAll(/"([^"]*)"|(\S+)/g)].map(([, inQuotes, word]) =>
    inQuotes === undefined ? { text: word!, quoted: false } : { text: inQuotes, quoted: true },
  )
}

function written({ text, quoted }: Token): string {
  return quoted || text.includes(' ') ? `"${text}"` : text
}

/** `142`, `INC-142`; undefined when it is none. */
function refOf(text: string): string | undefined {
  const found = /^(?:INC-)?(\d{1,15})$/i.exec(text)
  return found ? `INC-${Number(found[1])}` : undefined
}

function bare(name: string): string {
  return name.replace(/^@/, '')
}

/** `SEV1`, `sev-1`, `p2`, a key of the scheme; a digit only where a title in quotes follows. */
function levelOf(token: Token | undefined, next: Token | undefined, levels: readonly string[]): string | undefined {
  if (!token || token.quoted) return undefined
  const key = levels.find((one) => one.toLowerCase() === token.text.toLowerCase())
  if (key) return key
  const found = /^(?:sev|p)[- ]?(\d)$/i.exec(token.text)
  if (found) return token.text.toUpperCase().replace('-', '')
  return /^\d$/.test(token.text) && next?.quoted ? `#${token.text}` : undefined
}

/** In the body: a key, or a rank where a digit was said. */
function graded(level: string): Record<string, unknown> {
  return level.startsWith('#') ? { severity: Number(level.slice(1)) } : { level }
}

/** A time of day in the asker's zone, a moment, or `now`; what is later than now was yesterday. */
function momentSaid(text: string, { now, zone }: Asker): Instant | undefined {
  const exact = parseInstant(text)
  if (exact !== undefined) return exact
  const found = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text)
  if (!found) return undefined
  const place = zoneOf(zone)
  const here = localOf(place, now)
  const today = here - (((here % DAY) + DAY) % DAY)
  const at = instantOf(place, (today + (Number(found[1]) * 60 + Number(found[2])) * MINUTE) as typeof here)
  return at > now ? instantOf(place, (today - DAY + (Number(found[1]) * 60 + Number(found[2])) * MINUTE) as typeof here) : at
}

/** Takes `at TIME` off the end. */
function withoutTime(rest: Token[], asker: Asker): { rest: Token[]; at?: string } | Wrong {
  const [before, last] = rest.slice(-2)
  if (!before || !last || before.quoted || before.text.toLowerCase() !== 'at') return { rest }
  const at = momentSaid(last.text, asker)
  return at === undefined
    ? { wrong: `‹${last.text}› is no time; write 03:40, or 2026-01-05T03:40:00Z.` }
    : { rest: rest.slice(0, -2), at: iso(at) }
}

function timed(name: string, field: 'text' | 'cause', wanted: boolean) {
  return ({ rest, asker }: Heard): Answer => {
    const cut = withoutTime(rest, asker)
    if ('wrong' in cut) return cut
    const text = textOf(cut.rest)
    if (wanted && text === '') return { wrong: 'Say how, in a few words.' }
    return act(name, { ...(text !== '' && { [field]: text }), ...(cut.at !== undefined && { at: cut.at }) })
  }
}

function hearCreate({ rest, asker }: Heard): Answer {
  const two = rest[0] && rest[1] && !rest[0].quoted && /^(?:sev|p)$/i.test(rest[0].text) && /^\d$/.test(rest[1].text)
  const joined: Token[] = two ? [{ text: `${rest[0]!.text}${rest[1]!.text}`, quoted: false }, ...rest.slice(2)] : rest
  const level = levelOf(joined[0], joined[1], asker.levels)
  const body: Record<string, unknown> = level === undefined ? {} : graded(level)
  const title: string[] = []
  const words = level === undefined ? joined : joined.slice(1)
  for (let i = 0; i < words.length; i++) {
    const { text, quoted } = words[i]!
    const low = quoted ? '' : text.toLowerCase()
    const next = words[i + 1]
    const isLast = i >= words.length - 2
    if (low === 'for' && next && (isLast || words.some((one) => one.quoted))) {
      body['service'] = next.text
      i++
    } else if (low === 'private' && title.length > 0 && isTail(words, i)) body['visibility'] = 'private'
    else if (low === 'at' && next && momentSaid(next.text, asker) !== undefined) {
      body['impactStartedAt'] = iso(momentSaid(next.text, asker)!)
      i++
    } else if (low === 'drill' && title.length > 0 && isTail(words, i)) {
      const pace = /^x(\d{1,2})$/i.exec(next?.text ?? '')
      body['drill'] = { pace: pace ? Number(pace[1]) : 1 }
      if (pace) i++
    } else title.push(text)
  }
  const said = title.join(' ').trim()
  if (said === '') return { wrong: 'Say what is wrong, in one line.' }
  return asked({ method: 'POST', path: '/incidents', body: { title: said, ...body } })
}

/** Whether only words of the command follow: in the middle of a title they are the title's. */
function isTail(words: Token[], from: number): boolean {
  const allowed = /^(private|drill|x\d{1,2}|for|at)$/i
  return words
    .slice(from)
    .every(({ text, quoted }, i, all) => !quoted && (allowed.test(text) || (i > 0 && /^(for|at)$/i.test(all[i - 1]!.text))))
}

function hearResolve({ rest }: Heard): Answer {
  const body: Record<string, unknown> = {}
  const words: Token[] = []
  for (let i = 0; i < rest.length; i++) {
    const { text, quoted } = rest[i]!
    const next = rest[i + 1]
    if (!quoted && text === 'data' && next && /^(none|some|unknown)$/.test(next.text)) {
      body['dataLoss'] = next.text
      i++
    } else if (!quoted && text === 'override' && next?.quoted) {
      body['override'] = { reason: next.text }
      i++
    } else words.push(rest[i]!)
  }
  const resolution = textOf(words)
  const whole = { ...(resolution !== '' && { resolution, dataLoss: 'unknown' }), ...body }
  return asked({ method: 'POST', path: `${AT}/resolution`, body: whole })
}

function hearLevel({ rest, asker }: Heard): Answer {
  const [level, ...why] = rest
  if (!level) return { wrong: 'Say which level.' }
  const key = levelOf(level, { text: '', quoted: true }, asker.levels) ?? (/^\d$/.test(level.text) ? `#${level.text}` : undefined)
  if (key === undefined) return { wrong: `‹${level.text}› is no level; there are ${asker.levels.join(', ')}.` }
  const reason = textOf(why)
  return asked({ method: 'PATCH', path: AT, body: { ...graded(key), ...(reason !== '' && { reason }) } })
}

function hearImpact({ rest }: Heard): Answer {
  const [first, ...more] = rest
  if (!first) return { wrong: 'Say whom it hits.' }
  const service = first.quoted ? undefined : first.text
  const summary = textOf(service === undefined ? rest : more)
  return asked({
    method: 'PATCH',
    path: AT,
    body: { ...(service !== undefined && { impact: { services: [service] } }), ...(summary !== '' && { summary }) },
  })
}

const ROLES: Record<string, string> = {
  ...{ ic: 'commander', tl: 'technical-lead', lead: 'technical-lead', ops: 'technical-lead', comms: 'communications-lead' },
  ...{ sme: 'expert', exec: 'executive-liaison' },
}
function roleOf(said: string): string {
  return ROLES[said.toLowerCase()] ?? said.toLowerCase()
}

function hearRole({ rest, asker }: Heard): Answer {
  const [role, who] = rest
  if (!role || !who) return { wrong: 'Say which role, and who.' }
  const person = who.text.toLowerCase() === 'me' ? asker.person : bare(who.text)
  if (person === undefined) return { wrong: 'This token belongs to nobody; name a person.' }
  const params = { role: roleOf(role.text) }
  return asked({ method: 'PUT', path: `${AT}/roles/{role}`, params, body: { person } }, { ...params, person })
}

function hearHandover({ rest }: Heard): Answer {
  const [role, who] = rest
  if (!role || !who) return { wrong: 'Say which role, and to whom.' }
  const params = { role: roleOf(role.text) }
  const to = bare(who.text)
  return asked({ method: 'POST', path: `${AT}/roles/{role}/handover`, params, body: { to } }, { ...params, to })
}

function answered(accept: boolean) {
  return ({ rest }: Heard): Answer => {
    const [first, ...more] = rest
    const role = roleOf(first && !first.quoted ? first.text : 'ic')
    const reason = textOf(first && !first.quoted ? more : rest)
    const body = { accept, ...(!accept && reason !== '' && { reason }) }
    return asked({ method: 'PUT', path: `${AT}/roles/{role}/handover/answer`, params: { role }, body }, { role, ...body })
  }
}

function hearPage({ rest }: Heard): Answer {
  const [who, ...more] = rest
  if (!who) return asked({ method: 'POST', path: `${AT}/escalation`, body: {} })
  const [kind, name] = who.text.includes(':') ? who.text.split(':') : ['person', bare(who.text)]
  const message = textOf(more)
  return asked({ method: 'POST', path: `${AT}/responders`, body: { [kind!]: name, ...(message !== '' && { message }) } })
}

function hearUpdate({ rest }: Heard): Answer {
  const [before, last] = rest.slice(-2)
  const isNext = before && last && !before.quoted && before.text.toLowerCase() === 'next' && parseDuration(last.text) !== undefined
  const text = textOf(isNext ? rest.slice(0, -2) : rest)
  if (text === '') return { wrong: 'Say how it stands.' }
  return asked({ method: 'POST', path: `${AT}/updates`, body: { text, audience: 'internal', ...(isNext && { next: last.text }) } })
}

function hearTask({ rest }: Heard): Answer {
  const { person, left } = mentioned(rest)
  const last = left.at(-1)
  const due = last && !last.quoted && left.length > 1 && parseDuration(last.text) !== undefined ? last.text : undefined
  const text = textOf(due === undefined ? left : left.slice(0, -1))
  if (text === '') return { wrong: 'Say what is to be done.' }
  return asked({
    method: 'POST',
    path: `${AT}/tasks`,
    body: { text, ...(person !== undefined && { person }), ...(due !== undefined && { due }) },
  })
}

function hearFollowUp({ rest }: Heard): Answer {
  const { person, left } = mentioned(rest)
  const text = textOf(left)
  if (text === '') return { wrong: 'Say what is to be done afterwards.' }
  return asked({ method: 'POST', path: `${AT}/follow-ups`, body: { text, ...(person !== undefined && { person }) } })
}

function mentioned(rest: Token[]): { person?: string; left: Token[] } {
  const at = rest.findIndex(({ text, quoted }) => !quoted && /^@\S/.test(text))
  return at < 0 ? { left: rest } : { person: bare(rest[at]!.text), left: rest.filter((_, i) => i !== at) }
}

function hearNote(kind: 'decision' | undefined) {
  return ({ rest, asker }: Heard): Answer => {
    const cut = withoutTime(rest, asker)
    if ('wrong' in cut) return cut
    const text = textOf(cut.rest)
    if (text === '') return { wrong: 'Say what is to be written down.' }
    return asked({
      method: 'POST',
      path: `${AT}/notes`,
      body: { text, ...(kind && { kind }), ...(cut.at !== undefined && { happenedAt: cut.at }) },
    })
  }
}
