import { isRefusal, refuse } from '../kernel/result.ts'
import type { Clock } from '../kernel/time.ts'
import { hashOf, isLoginLinkGood, sessionCookie, signIn } from '../modules/access/index.ts'
import type { Database } from '../platform/db.ts'
import type { RawReply, RawRequest, RawRoute } from '../platform/http.ts'
import { jsonReply, languageOf, seeOther, wantsPage } from './shell.ts'
import { foreignPage, linkOverPage, signInLaterPage, signInPage } from './sign-in-page.ts'
import { pageWords } from './words.ts'

export interface SignInParts {
  db: Database
  clock: Clock
  publicUrl(): string
}

/** One-time sign-in links: looking shows a button, POST signs in. The link itself is the credential. */
export function signInRoutes(parts: SignInParts): RawRoute[] {
  const path = '/sign-in/:secret'
  return [
    { method: 'GET', path, permission: 'link', handle: (request) => show(parts, request), unavailable },
    { method: 'POST', path, permission: 'link', handle: (request) => enter(parts, request), unavailable },
  ]
}

function unavailable({ method, headers }: Pick<RawRequest, 'method' | 'headers'>): RawReply {
  const language = languageOf(headers)
  return method === 'GET' || wantsPage(headers)
    ? signInLaterPage(language)
    : jsonReply(503, refuse('unavailable', `${pageWords.en.signIn.later} ${pageWords.en.signIn.another} \`tocsin login-link\`.`))
}

async function show({ db, clock }: SignInParts, { params, headers }: RawRequest): Promise<RawReply> {
  const language = languageOf(headers)
  return (await isLoginLinkGood(db.sql, clock.now(), hashOf(params['secret']!))) ? signInPage(language) : linkOverPage(language)
}

async function enter({ db, clock, publicUrl }: SignInParts, { params, headers }: RawRequest): Promise<RawReply> {
  if (isForeign(headers)) return foreignPage(languageOf(headers))
  const signed = await signIn(db, clock.now(), params['secret']!)
  if (isRefusal(signed))
    return wantsPage(headers) ? linkOverPage(languageOf(headers)) : jsonReply(410, refuse(signed.refusal, signed.message))
  return seeOther('/', { 'set-cookie': sessionCookie(signed.session, publicUrl()) })
}

/** Or a foreign page could sign its visitor in as somebody else, and read what they then write. */
function isForeign(headers: RawRequest['headers']): boolean {
  const site = headers['sec-fetch-site']
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}
