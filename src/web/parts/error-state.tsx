import './error-state.css'
import type { Instant } from '../../kernel/time.ts'
import { Button, IconButton } from './button.tsx'
import { Chip } from './chip.tsx'
import { useCopy } from './copy.ts'

import { Note } from './note.tsx'
import { useTicking } from './ticking.tsx'
import { timeOfDay } from './time-words.ts'
import { words } from './words.ts'

/** Names what failed, offers to try again, gives an id to copy; says how old what is still shown is. */
export function ErrorState({ failure, keptFrom }: { failure: Failure; keptFrom?: Instant }) {
  return (
    <div className="error-state">
      <div role="alert">
        <Note tone="bad">
          <b>{failure.message}</b> {failure.detail}
        </Note>
      </div>
      <div className="line wraps">
        <Button size="small" icon="refresh" onClick={failure.onRetry}>
          {words.tryAgain}
        </Button>
        {failure.errorId && <ErrorId id={failure.errorId} />}
        {keptFrom !== undefined && (
          <Chip tone="warn" icon="clock">
            {words.from(`${timeOfDay(keptFrom, 'UTC')} UTC`)}
          </Chip>
        )}
        {failure.nextTryAt !== undefined && <NextTry at={failure.nextTryAt} />}
      </div>
    </div>
  )
}

function ErrorId({ id }: { id: string }) {
  const { copied, copy } = useCopy(id)
  return (
    <span className="error-id">
      <span className="mono">{id}</span>
      <IconButton size="small" icon={copied ? 'check' : 'copy'} label={copied ? words.copied : words.copyErrorId} onClick={copy} />
    </span>
  )
}

function NextTry({ at }: { at: Instant }) {
  const left = useTicking((now) => Math.max(0, Math.ceil((at - now) / 1000)))
  return <span className="dim push-right">{words.nextTry(words.seconds(left))}</span>
}

export interface Failure {
  /** What could not be done, in one sentence. */
  message: string
  /** Why, and what is not affected by it. */
  detail?: string
  /** Finds the same failure in the server's log. */
  errorId?: string
  /** When the next try comes by itself. */
  nextTryAt?: Instant
  onRetry: () => void
}
