import { ErrorState } from '../../parts/error-state.tsx'
import { words } from '../../product/shell/words.ts'

/** The application itself failed. Says what is not affected by it, because somebody may be in the middle of an incident. */
export function ProblemScreen({ onRetry }: { onRetry: () => void }) {
  return (
    <main id="main" tabIndex={-1}>
      <h1 className="only-read">{words.problem.message}</h1>
      <ErrorState failure={{ ...words.problem, onRetry }} />
    </main>
  )
}
