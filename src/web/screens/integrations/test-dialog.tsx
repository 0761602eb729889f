import { Person, type PersonLook } from '../../parts/avatar.tsx'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { Note } from '../../parts/note.tsx'
import type { SeverityRank } from '../../parts/severity-mark.tsx'
import { SeverityPicker } from '../../parts/severity-picker.tsx'
import { SkeletonText } from '../../parts/skeleton.tsx'
import { interval } from '../../parts/time-words.ts'
import { words } from '../../product/integrations/words.ts'

/** Whom a test of a severity pages, in order. */
export interface Preview {
  /** Undefined: there is no policy to follow. */
  steps?: { person: PersonLook; contacts: string[]; afterMs: number }[] | undefined
}

interface TestDialogProps {
  open: boolean
  sourceTitle: string
  severity: SeverityRank
  preview: Loadable<Preview>
  /** Something is open on the service already. */
  mayJoin: boolean
  busy: boolean
  error?: string | undefined
  onPick: (severity: SeverityRank) => void
  onSend: () => void
  onClose: () => void
}

const RANKS: SeverityRank[] = [1, 2, 3, 4]

/** Says whom it pages before it pages anybody. */
export function TestDialog({ open, sourceTitle, severity, preview, mayJoin, busy, error, onPick, onSend, onClose }: TestDialogProps) {
  return (
    <Dialog
      open={open}
      title={words.test.title}
      onClose={onClose}
      buttons={
        <>
          <Button kind="quiet" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button kind="primary" icon="bolt" busy={busy} onClick={onSend}>
            {words.test.send}
          </Button>
        </>
      }
    >
      <div className="integration-stack">
        <p>{words.test.text(sourceTitle)}</p>
        <SeverityPicker label={words.test.severity} ranks={RANKS} picked={severity} onPick={onPick} />
        <p className="dim fine">{words.test.low}</p>
        <section aria-label={words.test.pages} aria-live="polite">
          <h3>{words.test.pages}</h3>
          <Loaded of={preview} skeleton={<SkeletonText lines={2} />}>
            {({ steps }) => {
              if (!steps) return <p className="catalog-odd">{words.test.nobody}</p>
              if (steps.length === 0) return <p className="catalog-odd">{words.test.nobodyFound}</p>
              return (
                <ul className="test-pages">
                  {steps.map(({ person, contacts, afterMs }) => (
                    <li key={`${person.name} ${afterMs}`}>
                      <Person person={person} />
                      <span className="sub">{afterMs === 0 ? words.test.atOnce : words.test.after(interval(afterMs))}</span>
                      <span className="dim">{words.test.through(contacts.join(', '))}</span>
                      {afterMs > 0 && <span className="dim">{words.test.ifNobody}</span>}
                    </li>
                  ))}
                </ul>
              )
            }}
          </Loaded>
        </section>
        {mayJoin && <Note tone="info">{words.test.joins}</Note>}
        {error && <Note tone="bad">{words.test.failed(error)}</Note>}
      </div>
    </Dialog>
  )
}
