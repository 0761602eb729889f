import { randomUUID } from 'node:crypto'
import { ApiError } from '../../../platform/client.ts'
import { CommandError } from '../../errors.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { printOne } from '../../printing.ts'
import { idsOf } from '../../product/find-alert.ts'
import { nextText, shortNumber } from '../../product/incident-cells.ts'
import type { EscalationView, IncidentView } from '../../product/kinds.ts'
import { policyNames, serviceNames } from '../../product/known-names.ts'
import { named } from '../../product/lists.ts'
import { rankOf } from '../../product/typed-severity.ts'
import type { Printing, Session } from '../../session.ts'
import { isForPeople } from '../../text/formats.ts'
import { parseSeverity, severityWord } from '../../text/severity.ts'
import { type Text, tone } from '../../text/spans.ts'
import type { incidentCreate } from '../../verbs/incidents.ts'
import type { InputOf } from '../../verbs/verb.ts'
import { memberIn } from './incident-members.ts'

export interface Declaration {
  title: string
  severity?: number
  /** In the words of a scheme: P1, SEV0. */
  level?: string
  service?: string
  policy?: string
  summary?: string
  /** What it is declared from. */
  alerts?: string[]
  /** Page although its level wakes nobody. */
  page?: boolean
  visibility?: 'private'
  members?: ({ person: string } | { team: string })[]
}

const SEVERITY_UNLESS_SAID = 2

export async function createIncident(session: Session, input: InputOf<typeof incidentCreate>): Promise<ExitCode> {
  const { service, policy, summary } = input
  const alerts = input.alert && (await idsOf(session, input.alert))
  const declaration = {
    // Alerts say how bad it is.
    ...titleParts(input.title, input.sev, alerts ? null : SEVERITY_UNLESS_SAID),
    ...(alerts && { alerts }),
    ...(service !== undefined && { service }),
    ...(policy !== undefined && { policy }),
    ...(summary !== undefined && { summary }),
    ...(input.private && { visibility: 'private' as const, members: (input.allow ?? []).map(memberIn) }),
  }
  if (input.allow && !input.private) throw new CommandError(EXIT.usage, '--allow says who sees a private incident; add --private.')
  return declare(session, input, declaration)
}

/** `SEV1 "API down"`: the severity may stand in front. */
export function titleParts(
  words: readonly string[],
  sev: string | undefined,
  otherwise: number | null = SEVERITY_UNLESS_SAID,
): Pick<Declaration, 'title' | 'severity' | 'level'> {
  const [first = ''] = words
  if (sev === undefined && words.length > 1 && /^(sev0|p[0-5])$/i.test(first))
    return { title: titleOf(words.slice(1)), level: first.toUpperCase() }
  const leading = words.length > 1 && /^sev[1-5]$/i.test(first) ? parseSeverity(first) : undefined
  if (leading !== undefined && sev !== undefined && rankOf(sev) !== leading)
    throw new CommandError(EXIT.usage, `${first} and --sev ${sev} say different severities; leave one out.`)
  const title = titleOf(leading === undefined ? words : words.slice(1))
  const severity = leading ?? (sev === undefined ? otherwise : rankOf(sev))
  return { title, ...(severity !== null && { severity }) }
}

function titleOf(words: readonly string[]): string {
  const title = words.join(' ').trim()
  if (title === '')
    throw new CommandError(
      EXIT.usage,
      'Say what is wrong, in one line.',
      'Such as: tocsin incident create SEV1 "API gateway down" -s api-gateway',
    )
  return title
}

export async function declare(
  session: Session,
  input: Printing & { dryRun?: boolean | undefined },
  declaration: Declaration,
): Promise<ExitCode> {
  const { api } = session.server()
  if (input.dryRun) {
    printOne(session, input, { value: { dryRun: true, ...declaration }, name: declaration.title, lines: () => [wouldLine(declaration)] })
    return EXIT.ok
  }
  const names = () => (declaration.service !== undefined ? serviceNames(session) : policyNames(session))
  const { warnings, ...incident } = await named(
    declaration.service ?? declaration.policy,
    () => api.declareIncident({ body: declaration, idempotencyKey: randomUUID() }),
    names,
  )
  const escalation = isForPeople(session.format(input)) ? await escalationOf(session, incident.id) : undefined
  printOne(session, input, {
    value: { ...incident, warnings },
    name: incident.number,
    lines: () => declaredLines(session, incident, escalation),
  })
  for (const warning of warnings) session.say(tone('soon', `! ${warning}`))
  return EXIT.ok
}

/** A token of nobody may declare what it then does not see. */
async function escalationOf(session: Session, id: string): Promise<EscalationView | undefined> {
  return session
    .server()
    .api.getEscalation({ params: { id } })
    .catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 404) return undefined
      throw error
    })
}

function wouldLine({ title, severity, level, service, policy }: Declaration): Text {
  const where = service === undefined ? 'no service' : service
  return [
    'would declare ',
    level ?? severityWord(severity ?? 2),
    ' ',
    tone('strong', title),
    `, ${where}${policy === undefined ? '' : `, following ${policy}`}`,
  ]
}

function declaredLines(
  session: Session,
  { number, level, severity, service, policy }: IncidentView,
  escalation: EscalationView | undefined,
): Text[] {
  const next = escalation && nextText(escalation, session.now())
  const follows = policy === null ? 'nobody is paged' : `following ${policy}`
  return [
    [tone('you', number), ' declared. ', severityWord(severity, level), `, ${service ?? 'no service'}, ${follows}`],
    ...(next === undefined ? [] : [[tone('dim', '  next   '), next]]),
    [tone('dim', '  watch  '), `tocsin incident watch ${shortNumber(number)}`],
  ]
}
