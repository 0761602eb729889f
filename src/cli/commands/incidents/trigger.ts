import { CommandError } from '../../errors.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { printOne } from '../../printing.ts'
import type { Session } from '../../session.ts'
import { tone } from '../../text/spans.ts'
import type { trigger } from '../../verbs/incidents.ts'
import type { InputOf } from '../../verbs/verb.ts'
import { declare, titleParts } from './incident-create.ts'

type Input = InputOf<typeof trigger>

/** With an integration's key: an event, as from a monitoring system. Without one there is no alert to make, so an incident is declared. */
export async function raiseAlert(session: Session, input: Input): Promise<ExitCode> {
  const key = input.key ?? session.terminal.env['TOCSIN_KEY']
  if (key !== undefined && key !== '') return send(session, input, key)
  if (input.service === undefined)
    throw new CommandError(
      EXIT.usage,
      'Say which service it is about (-s), or give the key of an integration (--key, TOCSIN_KEY).',
      'Such as: tocsin trigger "Checkout is slow" -s checkout',
    )
  if (input.dedup !== undefined || input.label !== undefined)
    throw new CommandError(
      EXIT.usage,
      '--dedup and --label belong to alerts, and without --key this declares an incident.',
      'Give the key of an integration with --key or TOCSIN_KEY.',
    )
  session.say(tone('dim', 'No key was given: an incident is declared for the service, with no alert behind it.'))
  // Whoever raises an alert wants somebody to hear it, however mild it is.
  return declare(session, input, { ...titleParts(input.title, input.sev), service: input.service, page: true })
}

/** The event as the generic source reads it. */
export function eventFor({ title, sev, dedup, label }: Pick<Input, 'title' | 'sev' | 'dedup' | 'label'>): Record<string, unknown> {
  const said = titleParts(title, sev)
  return {
    title: said.title,
    severity: `sev${said.severity ?? 2}`,
    ...(dedup !== undefined && { dedup_key: dedup }),
    ...(label !== undefined && { labels: Object.fromEntries(label.map(pair)) }),
  }
}

function pair(text: string): [string, string] {
  const at = text.indexOf('=')
  if (at < 1) throw new CommandError(EXIT.usage, `--label is ‹${text}›; write name=value.`)
  return [text.slice(0, at), text.slice(at + 1)]
}

async function send(session: Session, input: Input, key: string): Promise<ExitCode> {
  const event = eventFor(input)
  if (input.dryRun) {
    printOne(session, input, {
      value: { dryRun: true, event },
      name: String(event['title']),
      lines: () => [['would send ', JSON.stringify(event)]],
    })
    return EXIT.ok
  }
  const response = await session.server().request(`/in/${encodeURIComponent(key)}`, {
    method: 'POST',
    anonymous: true,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(event),
  })
  const text = await response.text()
  if (!response.ok) throw refused(response.status, text)
  const { dedup_key } = parsed(text)
  printOne(session, input, {
    value: { accepted: true, dedupKey: dedup_key ?? null },
    name: dedup_key ?? '',
    lines: () => [
      [tone('done', 'accepted'), '  ', dedup_key ?? ''],
      ...(dedup_key === undefined ? [] : [[tone('dim', `  tocsin alert why ${dedup_key}`)]]),
    ],
  })
  return EXIT.ok
}

function refused(status: number, text: string): CommandError {
  const { message } = parsed(text)
  if (status === 401 || status === 404)
    return new CommandError(
      EXIT.notFound,
      'No integration has this key.',
      'Integrations and the start of their keys: `tocsin service show NAME`.',
    )
  if (status === 429 || status === 503)
    return new CommandError(EXIT.failed, 'The server is overloaded and did not take the event; send it again.')
  return new CommandError(
    EXIT.failed,
    `The integration refused the event (${status})${message === undefined ? '' : `: ${message}`}.`,
    'The key has to be one of an integration with source: generic.',
  )
}

function parsed(text: string): { dedup_key?: string; message?: string } {
  try {
    return JSON.parse(text) as { dedup_key?: string; message?: string }
  } catch {
    return {}
  }
}
