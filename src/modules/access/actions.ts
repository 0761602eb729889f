import { type Holder, type Permission, permits, type Role } from '../../kernel/permission.ts'
import { type Refusal, refuse } from '../../kernel/result.ts'
import { type Clock, DAY, type Instant, MINUTE } from '../../kernel/time.ts'
import type { Caller } from '../../platform/contract.ts'
import type { Database, Sql } from '../../platform/db.ts'
import { ANONYMOUS } from '../../platform/http.ts'
import type { Documents, Snapshot } from '../documents/index.ts'
import { Person, Team, teamsOf } from '../people/index.ts'
import { hashOf, newSecret, sameSecret } from './credentials.ts'
import {
  deleteSession,
  findSession,
  findToken,
  insertLoginLink,
  insertSession,
  noteTokenUse,
  readInForce,
  type Token,
  useLoginLink,
} from './store.ts'

export const SESSION_COOKIE = 'tocsin_session'
export const SESSION_MS = 30 * DAY
export const LOGIN_LINK_MS = 15 * MINUTE

export interface AccessParts {
  db: Database
  clock: Clock
  documents: Documents
  /** The origin browsers use, for telling our own forms from others'. */
  publicUrl(): string
  /** From the environment: every right. */
  adminToken?: string
  /** Written 0600 into the data folder, for the CLI on the same machine. */
  localToken?: string
}

/** Finds out who calls. Bad credentials make an anonymous caller; a write from a foreign page with our cookie is refused. */
export function createAuthenticate(parts: AccessParts) {
  const { db, clock, documents } = parts
  const notedAt = new Map<string, Instant>()
  return async ({
    headers,
    method,
  }: {
    headers: Record<string, string | string[] | undefined>
    method: string
  }): Promise<Caller | Refusal> => {
    const bearer = /^Bearer\s+(\S+)$/i.exec(String(headers['authorization'] ?? ''))?.[1]
    if (bearer !== undefined) return (await callerOfToken(bearer)) ?? ANONYMOUS
    const cookie = cookieOf(headers, SESSION_COOKIE)
    if (cookie === undefined) return ANONYMOUS
    const hash = hashOf(cookie)
    const session = await findSession(db.sql, clock.now(), hash)
    const caller = session && callerOfSession({ ...session, session: hash.toString('hex') }, await documents.fresh(db.sql))
    if (!caller) return ANONYMOUS
    if (method !== 'GET' && method !== 'HEAD' && !isOurs(headers, parts.publicUrl()))
      return refuse('foreign-page', 'A page of another site tried to act with your session; nothing was done. Use the application itself.')
    return caller
  }

  async function callerOfToken(token: string): Promise<Caller | undefined> {
    if (parts.adminToken !== undefined && sameSecret(token, parts.adminToken)) return callerWithRole('admin', 'admin token', 'owner')
    if (parts.localToken !== undefined && sameSecret(token, parts.localToken))
      return callerWithRole('local', 'command line on the server', 'owner')
    const found = await findToken(db.sql, hashOf(token))
    if (!found) return undefined
    const snapshot = found.person === null ? undefined : await documents.fresh(db.sql)
    if (snapshot && !isInForce(found, snapshot)) return undefined
    const leads = snapshot ? teamsLedBy(found.person!, snapshot) : []
    return seen(found, {
      ...callerWithRole(found.id, found.label, found.role, found.person ?? undefined, leads),
      ...(snapshot && { teams: teamsOf(snapshot, found.person!) }),
      credential: { token: found.id },
    })
  }

  /** Once a minute a token, beside the request: nobody waits for it, and a failure costs no more than the note. */
  function seen(token: Token, caller: Caller): Caller {
    const now = clock.now()
    const last = Math.max(token.lastUsedAt ?? 0, notedAt.get(token.id) ?? 0)
    if (now - last >= USE_NOTED_EVERY_MS) {
      if (notedAt.size >= NOTED_MAX) notedAt.clear()
      notedAt.set(token.id, now)
      noteTokenUse(db.sql, now, token.id, now - USE_NOTED_EVERY_MS).catch(() => notedAt.delete(token.id))
    }
    return caller
  }
}

const USE_NOTED_EVERY_MS = MINUTE
const NOTED_MAX = 10_000

/**
 * Asks again about callers who stay connected, as if they came anew: who of them still has a right. However many they are, it
 * costs one look at credentials and one at the configuration.
 */
export function createStillMay({ db, clock, documents }: Pick<AccessParts, 'db' | 'clock' | 'documents'>) {
  return async (callers: Caller[], permission: Permission): Promise<Set<Caller>> => {
    const tokens = callers.flatMap(({ credential }) => (credential && 'token' in credential ? [credential.token] : []))
    const sessions = callers.flatMap(({ credential }) => (credential && 'session' in credential ? [credential.session] : []))
    const inForce = new Map<string, Caller | undefined>()
    if (tokens.length + sessions.length > 0) {
      const asked = { tokens: [...new Set(tokens)], sessions: [...new Set(sessions)] }
      const [snapshot, found] = await Promise.all([documents.fresh(db.sql), readInForce(db.sql, clock.now(), asked)])
      for (const one of found)
        if ('session' in one) inForce.set(one.session, callerOfSession(one, snapshot))
        else if (isInForce(one, snapshot)) inForce.set(one.token, callerWithRole(one.token, '', one.role))
    }
    const now = (caller: Caller) =>
      caller.credential ? inForce.get('token' in caller.credential ? caller.credential.token : caller.credential.session) : caller
    return new Set(callers.filter((caller) => now(caller)?.permits(permission)))
  }
}

/** A token made for a person ends with that person, also when another comes by the same name. */
export function isInForce({ person, personUid }: Pick<Token, 'person' | 'personUid'>, snapshot: Snapshot): boolean {
  if (person === null) return true
  const known = snapshot.get(Person, person)
  return known !== undefined && known.uid === personUid
}

function callerWithRole(id: string, label: string, role: Role, person?: string, leads: readonly string[] = []): Caller {
  const holder = { role, person, leads, isToken: true }
  return { kind: 'token', id: `token:${id}`, label, permits: permitsOf(holder), ...(person !== undefined && { person }) }
}

function permitsOf(holder: Holder): Caller['permits'] {
  return (permission, thing) => permits(holder, permission, thing)
}

function teamsLedBy(person: string, snapshot: Snapshot): string[] {
  return snapshot.all(Team).flatMap(({ name, spec }) => (spec.lead === person ? [name] : []))
}

/** A person who was removed, or replaced by another of the same name, is signed out. */
function callerOfSession(
  { session, person, personUid }: { session: string; person: string; personUid: string },
  snapshot: Snapshot,
): Caller | undefined {
  const known = snapshot.get(Person, person)
  if (known?.uid !== personUid) return undefined
  const holder = { role: known.spec.role ?? 'responder', person, leads: teamsLedBy(person, snapshot), isToken: false }
  return {
    ...{ kind: 'person', id: `person:${known.uid}`, person, label: person, credential: { session } },
    teams: teamsOf(snapshot, person),
    permits: permitsOf(holder),
  }
}

function cookieOf(headers: Record<string, string | string[] | undefined>, name: string): string | undefined {
  for (const part of String(headers['cookie'] ?? '').split(';')) {
    const [key, value] = part.trim().split('=')
    if (key === name && value) return value
  }
  return undefined
}

/** Browsers say where a request comes from; one that does not is not a browser, and has no cookie it did not put there itself. */
function isOurs(headers: Record<string, string | string[] | undefined>, publicUrl: string): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const origin = headers['origin']
  return (
    origin === undefined ||
    origin === new URL(publicUrl).origin ||
    origin === `http://${String(headers['host'])}` ||
    origin === `https://${String(headers['host'])}`
  )
}

/** Makes a one-time sign-in link's secret for a person. */
export async function makeLoginLink(sql: Sql, now: Instant, person: { name: string; uid: string }): Promise<string> {
  const secret = newSecret('login')
  await insertLoginLink(sql, now, { hash: hashOf(secret), person: person.name, personUid: person.uid, endsAt: now + LOGIN_LINK_MS })
  return secret
}

/** Uses a sign-in link: answers the new session's secret, for the cookie. */
export async function signIn(
  db: Database,
  now: Instant,
  link: string,
): Promise<{ session: string; person: string } | Refusal<'link-over'>> {
  return db.transaction(async ({ sql }) => {
    const used = await useLoginLink(sql, now, hashOf(link))
    if (!used)
      return refuse('link-over', 'This sign-in link has been used, or is older than 15 minutes. `tocsin login-link` makes another.')
    const session = newSecret('session')
    await insertSession(sql, now, { hash: hashOf(session), person: used.person, personUid: used.personUid, endsAt: now + SESSION_MS })
    return { session, person: used.person }
  })
}

export async function signOut(sql: Sql, headers: Record<string, string | string[] | undefined>): Promise<void> {
  const cookie = cookieOf(headers, SESSION_COOKIE)
  if (cookie !== undefined) await deleteSession(sql, hashOf(cookie))
}

/** The Set-Cookie value of a session; an empty one ends it. */
export function sessionCookie(session: string | null, publicUrl: string): string {
  const secure = publicUrl.startsWith('https:') ? '; Secure' : ''
  return `${SESSION_COOKIE}=${session ?? ''}; Path=/; HttpOnly; SameSite=Lax${secure}; Max-Age=${session === null ? 0 : SESSION_MS / 1000}`
}
