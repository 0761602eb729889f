import type { Failure } from '../../parts/error-state.tsx'
import type { Loadable } from '../../parts/loadable.tsx'
import { at } from './sample/time.ts'

export const drawnFailure: Failure = {
  message: 'The list could not be read.',
  detail: 'The database answered too late, 5 s. Paging is not affected.',
  errorId: 'err_7QK2-M4',
  nextTryAt: at('03:23:49'),
  onRetry: () => {},
}

/** Puts drawn data into the state that the address asks for. */
export function loadableAs<Value>(show: string, value: Value): Loadable<Value> {
  if (show === 'loading') return { state: 'loading' }
  if (show === 'failed') return { state: 'failed', failure: drawnFailure }
  if (show === 'kept') return { state: 'kept', value, from: at('03:21:00'), failure: drawnFailure }
  return { state: 'ready', value }
}
