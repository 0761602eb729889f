import { CommandError } from '../errors.ts'
import { EXIT } from '../exits.ts'
import type { Session } from '../session.ts'
import type { ListedIncidentView } from './kinds.ts'
import { everything } from './lists.ts'

/** `142`, `INC-142`, `inc_…`, or - for standard input. */
export function looksLikeIncident(word: string): boolean {
  return word === '-' || /^(INC-)?\d+$/i.test(word) || /^inc_\w+$/.test(word)
}

/** The ids a pipe brings: JSON of a list, or the first word of each line that is one. */
export function idsIn(text: string): string[] {
  const trimmed = text.trim()
  if (/^[[{]/.test(trimmed)) {
    try {
      const value: unknown = JSON.parse(trimmed)
      const items = Array.isArray(value) ? value : ((value as { items?: unknown[] }).items ?? [value])
      return items.flatMap((item) => {
        const { number, incidentId, id } = item as { number?: string; incidentId?: string | null; id?: string }
        const found = number ?? incidentId ?? id
        return found === undefined || found === null ? [] : [found]
      })
    } catch {
      throw new CommandError(EXIT.usage, 'Standard input begins like JSON and is none.')
    }
  }
  return trimmed.split('\n').flatMap((line) => {
    const word = line
      .trim()
      .split(/[\s,]+/)
      .find((one) => one !== '-' && looksLikeIncident(one))
    return word === undefined ? [] : [word]
  })
}

export interface Wanted {
  ids: readonly string[]
  mine?: boolean | undefined
}

/** Which incidents a command is about. */
export async function incidentIds(session: Session, { ids, mine }: Wanted, example: string): Promise<string[]> {
  const wrong = ids.find((id) => !looksLikeIncident(id))
  if (wrong !== undefined)
    throw new CommandError(EXIT.usage, `‹${wrong}› is not an incident; write 142, INC-142 or inc_….`, `Such as: ${example}`)
  const named = ids.filter((id) => id !== '-')
  const piped = ids.includes('-') ? idsIn(await session.terminal.stdin.text()) : []
  const own = mine ? (await myIncidents(session)).map(({ number }) => number) : []
  const all = [...new Set([...named, ...piped, ...own])]
  if (all.length === 0 && !mine && !ids.includes('-'))
    throw new CommandError(EXIT.usage, 'Say which incident, or --mine for all of yours.', `Such as: ${example}`)
  return all
}

/** Open incidents that wait for me, or that I have acknowledged; the newest first. */
export async function myIncidents(session: Session): Promise<ListedIncidentView[]> {
  const { api } = session.server()
  const me = await whoAmI(session)
  const waiting = await everything((query) => api.listIncidents({ query: { ...query, waitingFor: me } }))
  const taken = await everything((query) => api.listIncidents({ query: { ...query, status: ['acknowledged'], acknowledgedBy: [me] } }))
  return [...waiting, ...taken].sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt))
}

/** The person this token stands for. */
export async function whoAmI(session: Session): Promise<string> {
  const { person, label } = await session.server().api.getMe()
  if (!person)
    throw new CommandError(
      EXIT.usage,
      `Nobody in particular: this token is ‹${label}› and belongs to no person.`,
      'Use a token of your own: `tocsin token create laptop --person NAME`.',
    )
  return person.name
}
