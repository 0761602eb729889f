import './configuration.css'
import { Button } from '../../parts/button.tsx'
import { Chip } from '../../parts/chip.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { type FormIssue, sentence } from '../../parts/form.ts'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { Note } from '../../parts/note.tsx'
import { ScrollRegion } from '../../parts/scroll-region.tsx'
import { SkeletonText } from '../../parts/skeleton.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { momentWithZones } from '../../parts/time-words.ts'
import { type DocumentOrigin, differencesBetween, type VersionLook, valueText } from './document.ts'
import { words } from './words.ts'

interface ConflictDialogProps {
  /** What this form began with, what is typed, and what is in force now; null: removed. */
  conflict: { base: unknown; yours: unknown; theirs: VersionLook | null } | undefined
  isSaving: boolean
  onKeepTheirs: () => void
  onSaveMine: () => void
  onClose: () => void
}

/** Two people changed one thing: both versions side by side, and a person says which is to hold. */
export function ConflictDialog({ conflict, isSaving, onKeepTheirs, onSaveMine, onClose }: ConflictDialogProps) {
  return (
    <div className="dialog-wide">
      <Dialog
        open={conflict !== undefined}
        title={words.conflictTitle}
        onClose={onClose}
        buttons={
          <>
            <Button kind="quiet" onClick={onClose}>
              {words.goOn}
            </Button>
            {conflict?.theirs && <Button onClick={onKeepTheirs}>{words.keepTheirs}</Button>}
            <Button kind="primary" busy={isSaving} onClick={onSaveMine}>
              {words.saveMine}
            </Button>
          </>
        }
      >
        {conflict && <BothSides {...conflict} />}
      </Dialog>
    </div>
  )
}

function BothSides({ base, yours, theirs }: NonNullable<ConflictDialogProps['conflict']>) {
  const when = useTicking((now, zone) => (theirs ? momentWithZones(theirs.changedAt, now, zone) : ''))
  if (!theirs) return <p>{words.conflictGone}</p>
  const paths = differencesBetween(theirs.spec, yours)
  return (
    <>
      <p>{words.conflictText(theirs.changedBy, when, theirs.version)}</p>
      {paths.length === 0 ? (
        <p className="sub">{words.conflictSame}</p>
      ) : (
        <ScrollRegion label={words.conflictTitle} className="dialog-scroll">
          <table className="two-sides">
            <thead>
              <tr>
                <th scope="col">{words.place}</th>
                <th scope="col">{words.before}</th>
                <th scope="col">{words.theirs}</th>
                <th scope="col">{words.yours}</th>
              </tr>
            </thead>
            <tbody>
              {paths.map(({ path, from, to }) => {
                const before = valueAt(base, path)
                return (
                  <tr key={path}>
                    <th scope="row" className="mono">
                      {path === '' ? words.wholeDocument : path}
                    </th>
                    <td>{said(before)}</td>
                    <td>
                      <span className={said(from) === said(before) ? undefined : 'two-sides-changed'}>{said(from)}</span>
                    </td>
                    <td>
                      <span className={said(to) === said(before) ? undefined : 'two-sides-changed'}>{said(to)}</span>
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </>
  )
}

function said(value: unknown): string {
  const text = valueText(value)
  return text === '' ? words.absent : text
}

function valueAt(value: unknown, path: string): unknown {
  if (path === '') return value
  return path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], value)
}

interface HistoryDialogProps {
  open: boolean
  versions: Loadable<{ items: VersionLook[]; onOlder: (() => void) | undefined }>
  /** The version in force; undefined: none is. */
  current: number | undefined
  /** Absent for those who may only read, and for what a file decides. */
  onPutBack: ((version: VersionLook) => void) | undefined
  busyWith: number | undefined
  onClose: () => void
}

/** Every version: who, when, what changed. Putting one back makes a new version of it, so nothing is ever lost. */
export function HistoryDialog({ open, versions, current, onPutBack, busyWith, onClose }: HistoryDialogProps) {
  return (
    <div className="dialog-wide">
      <Dialog open={open} title={words.historyTitle} onClose={onClose}>
        <Loaded of={versions} skeleton={<SkeletonText lines={6} />}>
          {({ items, onOlder }) =>
            items.length === 0 ? (
              <p className="sub">{words.historyEmpty}</p>
            ) : (
              <ScrollRegion label={words.historyTitle} className="dialog-scroll">
                <ol className="version-list">
                  {items.map((version) => (
                    <Version
                      key={version.version}
                      version={version}
                      isCurrent={version.version === current}
                      onPutBack={onPutBack}
                      isBusy={busyWith === version.version}
                    />
                  ))}
                </ol>
                {onOlder && (
                  <Button size="small" onClick={onOlder}>
                    {words.older}
                  </Button>
                )}
              </ScrollRegion>
            )
          }
        </Loaded>
      </Dialog>
    </div>
  )
}

function Version({
  version,
  isCurrent,
  onPutBack,
  isBusy,
}: {
  version: VersionLook
  isCurrent: boolean
  onPutBack: ((version: VersionLook) => void) | undefined
  isBusy: boolean
}) {
  const { spec, origin, changedAt, changedBy, differences } = version
  const when = useTicking((now, zone) => momentWithZones(changedAt, now, zone))
  return (
    <li>
      <p className="line wraps">
        <b>{words.version(version.version, changedBy, when)}</b>
        <span className="dim fine">{originText(origin)}</span>
        {isCurrent && <Chip tone="good">{words.current}</Chip>}
        {!isCurrent && spec !== null && onPutBack && (
          <span className="push-right">
            <Button size="small" icon="undo" busy={isBusy} onClick={() => onPutBack(version)}>
              {words.putVersionBack(version.version)}
            </Button>
          </span>
        )}
      </p>
      {spec === null ? (
        <p className="sub">{words.removedVersion}</p>
      ) : (
        <ul className="version-changes">
          {version.version === 1 && <li>{words.firstVersion}</li>}
          {version.version > 1 && differences.length === 0 && <li>{words.takenByFile}</li>}
          {version.version > 1 &&
            differences.map(({ path, from, to }) => (
              <li key={path}>{words.changed(path === '' ? words.wholeDocument : path, said(from), said(to))}</li>
            ))}
        </ul>
      )}
    </li>
  )
}

export function originText(origin: DocumentOrigin): string {
  return origin.kind === 'file' ? words.origins.file(origin.file, origin.line) : words.origins[origin.kind]
}

interface RemoveDialogProps {
  open: boolean
  title: string
  isRemoving: boolean
  /** What still refers to it, when that keeps it from going. */
  refused: { message: string; needed: string[] } | undefined
  onRemove: () => void
  onClose: () => void
}

export function RemoveDialog({ open, title, isRemoving, refused, onRemove, onClose }: RemoveDialogProps) {
  return (
    <Dialog
      open={open}
      title={words.removeTitle(title)}
      onClose={onClose}
      buttons={
        <>
          <Button kind="quiet" onClick={onClose}>
            {words.keep}
          </Button>
          <Button kind="danger" busy={isRemoving} onClick={onRemove}>
            {words.remove}
          </Button>
        </>
      }
    >
      <p>{words.removeText}</p>
      <div role="alert">
        {refused && (
          <Note tone="bad">
            {refused.needed.length > 0 ? (
              <>
                {words.stillNeeded}
                <ul className="editor-findings">
                  {refused.needed.map((message) => (
                    <li key={message}>{message}</li>
                  ))}
                </ul>
              </>
            ) : (
              words.notRemoved(refused.message)
            )}
          </Note>
        )}
      </div>
    </Dialog>
  )
}

/** What is allowed and leaves nobody to answer is asked about before it is saved. */
export function DoubtsDialog({ doubts, onSave, onClose }: { doubts: FormIssue[] | undefined; onSave: () => void; onClose: () => void }) {
  return (
    <Dialog
      open={doubts !== undefined}
      title={words.doubtsTitle}
      onClose={onClose}
      buttons={
        <>
          <Button kind="quiet" onClick={onSave}>
            {words.saveAllTheSame}
          </Button>
          <Button kind="primary" onClick={onClose}>
            {words.goOn}
          </Button>
        </>
      }
    >
      <ul className="editor-findings">
        {doubts?.map(({ path, message }) => (
          <li key={`${path} ${message}`}>{sentence(message)}</li>
        ))}
      </ul>
    </Dialog>
  )
}

/** Leaving a form loses what is typed: asked once. */
export function LeaveDialog({ open, onLeave, onStay }: { open: boolean; onLeave: () => void; onStay: () => void }) {
  return (
    <Dialog
      open={open}
      title={words.leaveTitle}
      onClose={onStay}
      buttons={
        <>
          <Button kind="quiet" onClick={onLeave}>
            {words.leave}
          </Button>
          <Button kind="primary" onClick={onStay}>
            {words.stay}
          </Button>
        </>
      }
    >
      <p>{words.leaveText}</p>
    </Dialog>
  )
}
