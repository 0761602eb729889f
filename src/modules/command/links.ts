import { newId } from '../../kernel/ids.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Caller } from '../../platform/contract.ts'
import type { Sql, Transaction } from '../../platform/db.ts'
import { actorOf, findIncident, numberText } from '../incidents/index.ts'
import { fact } from '../timeline/index.ts'
import { type CommandParts, hold, settle } from './held.ts'
import { deleteLink, insertLink, type LinkRow, readIncidentLinks } from './store.ts'

/** Links of one incident are few; a page of them is all of them. */
const LINKS_MAX = 200

/** What belongs to it elsewhere: a web address, or another incident by its number. The same link twice is one. */
export async function link(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  ref: string,
  caller: Caller,
  said: { link: string; title?: string | undefined },
): Promise<LinkRow[] | Refusal<'not-found' | 'no-such-incident' | 'too-many'>> {
  const before = await hold(tx, ref, caller)
  if (isRefusal(before)) return before
  const { incident } = before
  const isAddress = /^https?:\/\//i.test(said.link)
  const other = isAddress ? undefined : await findIncident(tx.sql, said.link, caller)
  if (isRefusal(other))
    return refuse('no-such-incident', `${said.link.slice(0, 60)} is neither a web address nor an incident. Write https://… or INC-142.`)
  const to = other ? numberText(other.number) : said.link
  const links = await readIncidentLinks(tx.sql, incident.id)
  if (links.some((one) => one.link === to)) return links
  if (links.length >= LINKS_MAX) return refuse('too-many', `It has ${LINKS_MAX} links already; take one off first.`)
  const by = actorOf(caller)
  const row: LinkRow = {
    ...{ id: newId('lnk', now), kind: other ? 'related' : 'url', link: to, title: said.title ?? null },
    ...{ madeBy: by, madeAt: now },
  }
  tx.unawaited(insertLink(tx.sql, incident.id, row))
  const title = said.title !== undefined && { title: said.title }
  const told = fact({ incidentId: incident.id, happenedAt: now, actor: by }, 'incident.linked', { link: to, kind: row.kind, ...title })
  await settle(tx, now, parts, before, before, [told])
  return [...links, row]
}

/** Takes a link off; that it was there stays on the timeline. Idempotent. */
export async function unlink(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  ref: string,
  caller: Caller,
  id: string,
): Promise<LinkRow[] | Refusal<'not-found'>> {
  const before = await hold(tx, ref, caller)
  if (isRefusal(before)) return before
  const { incident } = before
  const links = await readIncidentLinks(tx.sql, incident.id)
  const gone = links.find((one) => one.id === id)
  if (!gone) return links
  tx.unawaited(deleteLink(tx.sql, incident.id, id))
  const about = { incidentId: incident.id, happenedAt: now, actor: actorOf(caller) }
  await settle(tx, now, parts, before, before, [fact(about, 'incident.changed', { field: 'links', was: gone.link, is: null })])
  return links.filter((one) => one !== gone)
}

export async function linksOf(sql: Sql, ref: string, caller: Caller): Promise<LinkRow[] | Refusal<'not-found'>> {
  const incident = await findIncident(sql, ref, caller)
  return isRefusal(incident) ? incident : readIncidentLinks(sql, incident.id)
}
