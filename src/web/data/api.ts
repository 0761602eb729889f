import contract from 'virtual:contract-routes'
import { ApiError, createClient } from '../../platform/client.ts'
import { language } from '../language.ts'

/** The API as this browser's session may use it. */
export const api = createClient(contract, { baseUrl: '', language })

/** Whether a call failed because nobody is signed in. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401
}
