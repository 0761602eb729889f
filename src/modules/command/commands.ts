import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import type { Ask, Input, ReplyOf } from '../../platform/contract.ts'
import type { Database } from '../../platform/db.ts'
import type { Documents } from '../documents/index.ts'
import { parseNumber } from '../incidents/index.ts'
import { allSchemes } from '../severity/index.ts'
import type { commandsContract } from './contract.ts'
import { SAID, type Understood, understand } from './said.ts'

type Say = (typeof commandsContract)['sayCommand']

/** The incidents to choose from where a line names none. */
const CHOICES = 5

/** What the status of an incident is called where it is an act. */
const WORD_OF: Record<string, string> = {
  ...{ acknowledge: 'ack', investigate: 'investigating', identify: 'identified', mitigate: 'mitigating' },
}

/**
 * Carries out what a line says, as the route for it would, in the name of whoever says it: same rights, same refusals. What it is about
 * is never guessed.
 */
export async function say(
  { body, caller, reader, now }: Input<Say>,
  ask: Ask,
  { db, documents }: { db: Database; documents: Documents },
): Promise<ReplyOf<Say> | Refusal<'not-understood'>> {
  if (/^\s*(help|\?)\s*$/i.test(body.text))
    return {
      verb: 'help',
      target: null,
      arguments: {},
      says: SAID.map(({ word, usage, summary }) => `${word} ${usage}`.trim().padEnd(48) + summary).join('\n'),
    }
  const snapshot = await documents.fresh(db.sql)
  const levels = [...new Set(allSchemes(snapshot).flatMap(({ spec }) => spec.levels.map(({ key }) => key)))]
  const current =
    body.incident === undefined ? undefined : await ask({ method: 'GET', path: `/incidents/${encodeURIComponent(body.incident)}` })
  const can = (current?.body as { can?: string[] } | undefined)?.can?.map((act) => WORD_OF[act] ?? act)
  const understood = understand(body.text, { now, zone: reader.zone, person: caller.person, levels, ...(can && { possible: can }) })
  if ('wrong' in understood) return refuse('not-understood', understood.wrong)
  if ('suggestions' in understood) return understood
  const target = understood.target ?? body.incident
  if (understood.needsTarget && target === undefined) return { choose: await newestOpen(ask), line: body.text }
  const told = { verb: understood.verb, target: target ?? null, arguments: understood.arguments }
  if (body.dryRun) return { ...told, says: `would: ${body.text.trim()}` }
  const request = await requestOf(understood, target, ask)
  if (isRefusal(request)) return request
  const { status, body: answer } = await ask(request)
  if (status >= 400) return { ...(answer as Refusal<never>), status } as Refusal<never>
  return { ...told, says: saysOf(understood.verb, answer), answer }
}

async function newestOpen(ask: Ask): Promise<{ number: string; title: string }[]> {
  const { body } = await ask({ method: 'GET', path: `/incidents?status=open&limit=${CHOICES}` })
  return ((body as { items?: { number: string; title: string }[] }).items ?? []).map(({ number, title }) => ({ number, title }))
}

async function requestOf(
  { request: { method, path, params = {}, query, body } }: Understood,
  target: string | undefined,
  ask: Ask,
): Promise<Parameters<Ask>[0] | Refusal<'not-understood'>> {
  let id = path === '/tasks/{id}' ? params['id'] : target
  if (path === '/tasks/{id}') {
    const number = Number(params['task'])
    const { body: tasks } = await ask({ method: 'GET', path: `/incidents/${target}/tasks` })
    const items = (tasks as { items?: { id: string; number: number }[] }).items ?? []
    id = items.find((task) => task.number === number || task.id === params['task'])?.id
    if (id === undefined) return refuse('not-understood', `There is no task ${params['task']} in ${target}.`)
  }
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(name === 'id' ? (id ?? '') : (params[name] ?? '')))
  const sent = body && Object.fromEntries(Object.entries(body).map(([name, value]) => [name, value === '{id}' ? target : value]))
  const asked = query ? `${filled}?${new URLSearchParams(query)}` : filled
  return { method, path: asked, ...(sent && { body: sent }) }
}

/** The effect, as one line. */
function saysOf(verb: string, answer: unknown): string {
  const told = answer as {
    number?: string
    level?: string
    status?: string
    held?: boolean
    title?: string
    items?: { number: string; title: string; level: string }[]
  }
  if (told.items) return told.items.map(({ number, level, title }) => `${number} ${level} ${title}`).join('\n') || 'None.'
  if (typeof told.number === 'string' && parseNumber(told.number) !== undefined && told.status !== undefined)
    return `${told.number} ${told.level}: ${told.title}. ${told.status}${told.held === false && verb !== 'resolve' ? ', nobody has it' : ''}.`
  return `${verb}: done.`
}
