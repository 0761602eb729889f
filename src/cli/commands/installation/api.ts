import { readFileSync } from 'node:fs'
import { CommandError, exitOf } from '../../errors.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import type { Session } from '../../session.ts'
import { jsonText } from '../../text/formats.ts'
import type { api } from '../../verbs/installation.ts'
import type { InputOf } from '../../verbs/verb.ts'

/** The answer as it came; on a terminal, JSON is set in lines. The exit code tells how it went. */
export async function callApi(session: Session, { method, path, data, idempotencyKey, dryRun }: InputOf<typeof api>): Promise<ExitCode> {
  const body = await bodyOf(session, data)
  if (dryRun && method !== 'GET') {
    session.say(
      `would send ${method} ${session.server().url}${addressOf(path)}${body === undefined ? '' : ` with ${body.length} characters`}`,
    )
    return EXIT.ok
  }
  const response = await session.server().request(addressOf(path), {
    method,
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    },
    ...(body !== undefined && { body }),
  })
  const text = await response.text()
  const value = parsed(text)
  session.printRaw(
    value !== undefined && session.terminal.stdout.isTerminal ? jsonText(value) : text === '' || text.endsWith('\n') ? text : `${text}\n`,
  )
  if (response.ok) return EXIT.ok
  const { refusal = '' } = (value ?? {}) as { refusal?: string }
  session.say(`The server answered ${response.status}${refusal === '' ? '' : ` ${refusal}`}.`)
  return exitOf({ status: response.status, refusal })
}

/** What stands beside the API is written as it is; the rest is below /api/v1. */
export function addressOf(path: string): string {
  const whole = path.startsWith('/') ? path : `/${path}`
  return /^\/(api\/|in\/|v2\/|heartbeat\/|integrations\/|generic\/|(readyz|healthz|metrics|openapi\.json)(\?|$))/.test(whole)
    ? whole
    : `/api/v1${whole}`
}

async function bodyOf(session: Session, data: string | undefined): Promise<string | undefined> {
  if (data === undefined) return undefined
  if (data === '-') return session.terminal.stdin.text()
  if (!data.startsWith('@')) return data
  try {
    return readFileSync(data.slice(1), 'utf8')
  } catch {
    throw new CommandError(EXIT.usage, `${data.slice(1)} cannot be read.`)
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
