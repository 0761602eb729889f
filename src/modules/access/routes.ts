import { newId } from '../../kernel/ids.ts'
import { GRANTABLE } from '../../kernel/permission.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import { iso } from '../../kernel/time.ts'
import type { Caller, Handlers } from '../../platform/contract.ts'
import type { Database, Sql } from '../../platform/db.ts'
import type { RawRoute } from '../../platform/http.ts'
import { type Document, type Documents, pageOf } from '../documents/index.ts'
import { displayName, Person, type PersonSpec } from '../people/index.ts'
import { isInForce, LOGIN_LINK_MS, makeLoginLink, sessionCookie, signOut } from './actions.ts'
import type { accessContract } from './contract.ts'
import { hashOf, newSecret } from './credentials.ts'
import { preferencesBefore, type SavedPreferences } from './preferences.ts'
import { insertToken, readPreferences, readTokens, revokeToken, savePreferences, type Token } from './store.ts'

export interface AccessRouteParts {
  db: Database
  documents: Documents
  publicUrl(): string
}

export function accessHandlers({ db, documents, publicUrl }: AccessRouteParts): Handlers<typeof accessContract> {
  return {
    async getMe({ caller }) {
      const person = caller.person === undefined ? undefined : (await documents.fresh(db.sql)).get(Person, caller.person)
      const permissions = GRANTABLE.filter((permission) => caller.permits(permission))
      return {
        kind: caller.kind === 'person' ? 'person' : 'token',
        label: caller.label,
        person: person ? meView(person) : null,
        permissions,
      }
    },
    async getPreferences({ caller }) {
      const person = await personOf(db.sql, caller)
      if (isRefusal(person)) return person
      return preferencesView((await readPreferences(db.sql, person.uid)) ?? preferencesBefore(person.spec))
    },
    putPreferences: ({ body, caller, now }, write) =>
      write(async ({ sql }) => {
        const person = await personOf(sql, caller)
        if (isRefusal(person)) return person
        const chosen = {
          ...body,
          language: body.language === 'browser' ? null : body.language,
          timeZone: body.timeZone === 'browser' ? null : body.timeZone,
        }
        await savePreferences(sql, now, person, chosen)
        return preferencesView({ ...chosen, savedAt: now })
      }),
    createLoginLink: ({ body, now }, write) =>
      write(async ({ sql }) => {
        const person = (await documents.fresh(sql)).get(Person, body.person)
        if (!person) return noSuchPerson(body.person)
        const secret = await makeLoginLink(sql, now, person)
        return { url: `${publicUrl()}/sign-in/${secret}`, endsAt: iso(now + LOGIN_LINK_MS) }
      }),
    async listTokens({ query }) {
      const snapshot = await documents.fresh(db.sql)
      const inForce = (await readTokens(db.sql)).filter((token) => isInForce(token, snapshot))
      const page = pageOf(inForce, query)
      return isRefusal(page) ? page : { items: page.items.map(tokenView), next: page.next }
    },
    createToken: ({ body, now }, write) =>
      write(async ({ sql }) => {
        const person = body.person ?? null
        const owner = person === null ? undefined : (await documents.fresh(sql)).get(Person, person)
        if (person !== null && !owner) return noSuchPerson(person)
        const secret = newSecret('tocsin')
        const token = { id: newId('tok', now), label: body.label, role: body.role, person, personUid: owner?.uid ?? null }
        await insertToken(sql, now, { ...token, hash: hashOf(secret) })
        return { ...tokenView({ ...token, createdAt: now, lastUsedAt: null }), secret }
      }),
    revokeToken: ({ params, now }, write) =>
      write(async ({ sql }) =>
        (await revokeToken(sql, now, params.id)) ? {} : refuse('not-found', `There is no token ${params.id.slice(0, 60)} in force.`),
      ),
  }

  async function personOf(sql: Sql, caller: Caller): Promise<Document<PersonSpec> | Refusal<'no-person'>> {
    const person = caller.person === undefined ? undefined : (await documents.fresh(sql)).get(Person, caller.person)
    return (
      person ?? refuse('no-person', 'Preferences belong to people, and this token to nobody. Sign in, or use a token made for a person.')
    )
  }
}

/** Signing out clears the cookie, and answers of the JSON API carry no headers: hence a route of its own. */
export function sessionRoutes({ db, publicUrl }: Pick<AccessRouteParts, 'db' | 'publicUrl'>): RawRoute[] {
  return [
    {
      method: 'DELETE',
      path: '/api/v1/session',
      permission: 'public',
      async handle({ headers }) {
        await signOut(db.sql, headers)
        return {
          status: 200,
          body: '{}',
          headers: {
            'content-type': 'application/json; charset=utf-8',
            'cache-control': 'no-store',
            'set-cookie': sessionCookie(null, publicUrl()),
          },
        }
      },
    },
  ]
}

function meView({ name, spec }: Document<PersonSpec>) {
  return {
    name,
    displayName: displayName(name, spec),
    timeZone: spec.timeZone ?? null,
    role: spec.role ?? 'responder',
    language: spec.language ?? null,
  } as const
}

function preferencesView({ language, timeZone, savedAt, ...rest }: SavedPreferences) {
  return {
    ...rest,
    language: language ?? 'browser',
    timeZone: timeZone ?? 'browser',
    savedAt: savedAt === null ? null : iso(savedAt),
  } as const
}

function tokenView({ id, label, role, person, createdAt, lastUsedAt }: Omit<Token, 'personUid'>) {
  return { id, label, role, person, createdAt: iso(createdAt), lastUsedAt: lastUsedAt === null ? null : iso(lastUsedAt) }
}

function noSuchPerson(name: string): Refusal<'no-such-person'> {
  return refuse('no-such-person', `There is no person ‹${name.slice(0, 60)}›.`)
}
