import { randomUUID } from 'node:crypto'
import { CommandError } from '../errors.ts'
import { EXIT, type ExitCode } from '../exits.ts'
import { printOne } from '../printing.ts'
import type { Printing, Session } from '../session.ts'
import { isForPeople } from '../text/formats.ts'
import { parseSeverity, severityWord } from '../text/severity.ts'
import { type Text, tone } from '../text/spans.ts'
import type { incidentCreate } from '../verbs/incidents.ts'
import type { InputOf } from '../verbs/verb.ts'
import { nextText, shortNumber } from './incident-cells.ts'
import type { EscalationView, IncidentView } from './kinds.ts'
import { policyNames, serviceNames } from './known-names.ts'
import { named } from './lists.ts'
import { rankOf } from './typed-severity.ts'

export interface Declaration {
  title: string
  severity: number
  service?: string
  policy?: string
  summary?: string
}

export async function createIncident(session: Session, input: InputOf<typeof incidentCreate>): Promise<ExitCode> {
  const { service, policy, summary } = input
  const declaration = {
    ...titleParts(input.title, input.sev),
    ...(service !== undefined && { service }),
    ...(policy !== undefined && { policy }),
    ...(summary !== undefined && { summary }),
  }
  return declare(session, input, declaration)
}

/** `SEV1 "API down"`: the severity may stand in front. */
export function titleParts(words: readonly string[], sev: string | undefined): { title: string; severity: number } {
  const [first = ''] = words
  const leading = words.length > 1 && /^sev[1-5]$/i.test(first) ? parseSeverity(first) : undefined
  if (leading !== undefined && sev !== undefined && rankOf(sev) !== leading)
    throw new CommandError(EXIT.usage, `${first} and --sev ${sev} say different severities; leave one out.`)
  const title = (leading === undefined ? words : words.slice(1)).join(' ').trim()
  if (title === '')
    throw new CommandError(
      EXIT.usage,
      'Say what is wrong, in one line.',
      'Such as: tocsin incident create SEV1 "API gateway down" -s api-gateway',
    )
  return { title, severity: leading ?? (sev === undefined ? 2 : rankOf(sev)) }
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
  const escalation = isForPeople(session.format(input)) ? await api.getEscalation({ params: { id: incident.id } }) : undefined
  printOne(session, input, {
    value: { ...incident, warnings },
    name: incident.number,
    lines: () => declaredLines(session, incident, escalation),
  })
  for (const warning of warnings) session.say(tone('soon', `! ${warning}`))
  return EXIT.ok
}

function wouldLine({ title, severity, service, policy }: Declaration): Text {
  const where = service === undefined ? 'no service' : service
  return [
    'would declare ',
    severityWord(severity),
    ' ',
    tone('strong', title),
    `, ${where}${policy === undefined ? '' : `, following ${policy}`}`,
  ]
}

function declaredLines(
  session: Session,
  { number, severity, service, policy }: IncidentView,
  escalation: EscalationView | undefined,
): Text[] {
  const next = escalation && nextText(escalation, session.now())
  const follows = policy === null ? 'nobody is paged' : `following ${policy}`
  return [
    [tone('you', number), ' declared. ', severityWord(severity), `, ${service ?? 'no service'}, ${follows}`],
    ...(next === undefined ? [] : [[tone('dim', '  next   '), next]]),
    [tone('dim', '  watch  '), `tocsin incident watch ${shortNumber(number)}`],
  ]
}
