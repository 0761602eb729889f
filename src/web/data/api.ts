import { contract } from '../../contract-routes.ts'
import { ApiError, createClient } from '../../platform/client.ts'
import { language } from '../language.ts'
import { chosenZone } from '../zone.ts'
import { takeAnswer } from './start.ts'

/** No network, no server, or no whole answer in time. What this program itself gets wrong is never this. */
export class NoAnswer extends Error {}

/** The API as this browser's session may use it. */
export const api = createClient(contract, { baseUrl: '', language, zone: chosenZone, fetch: ask })

/** Asks the network, and tells its failures apart from those on the way to asking. */
export async function ask(address: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const told = init?.method === 'GET' ? takeAnswer(String(address)) : undefined
  if (told !== undefined) return Response.json(told)
  try {
    const response = await fetch(address, init)
    // A body that stops half-way is no answer either.
    const { status, statusText, headers } = response
    return new Response((await response.text()) || null, { status, statusText, headers })
  } catch (cause) {
    throw new NoAnswer('No answer', { cause })
  }
}

/** Whether a call failed because nobody is signed in. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401
}
