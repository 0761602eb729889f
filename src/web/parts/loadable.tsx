import type { ReactNode } from 'react'
import type { Instant } from '../../kernel/time.ts'
import { ErrorState, type Failure } from './error-state.tsx'

/** Something that has to be fetched. A failure later on keeps what was there and says how old it is. */
export type Loadable<Value> =
  | { state: 'loading' }
  | { state: 'ready'; value: Value }
  | { state: 'kept'; value: Value; from: Instant; failure: Failure }
  | { state: 'failed'; failure: Failure }

interface LoadedProps<Value> {
  of: Loadable<Value>
  /** Has the height of what will come, so that nothing jumps. */
  skeleton: ReactNode
  children: (value: Value) => ReactNode
}

export function Loaded<Value>({ of, skeleton, children }: LoadedProps<Value>) {
  switch (of.state) {
    case 'loading':
      return skeleton
    case 'ready':
      return children(of.value)
    case 'kept':
      return (
        <>
          <ErrorState failure={of.failure} keptFrom={of.from} />
          <div className="kept">{children(of.value)}</div>
        </>
      )
    case 'failed':
      return <ErrorState failure={of.failure} />
  }
}

/** What can be shown of it, if anything. */
export function shownOf<Value>(of: Loadable<Value>): Value | undefined {
  return of.state === 'ready' || of.state === 'kept' ? of.value : undefined
}
