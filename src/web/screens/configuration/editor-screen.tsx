import '../../product/configuration/configuration.css'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { Button, IconButton } from '../../parts/button.tsx'
import { Chip } from '../../parts/chip.tsx'
import { TextField } from '../../parts/field.tsx'
import type { FormIssue } from '../../parts/form.ts'
import { sentence } from '../../parts/form.ts'
import type { KeyHint } from '../../parts/key-cap.tsx'
import { Menu } from '../../parts/menu.tsx'
import { Note } from '../../parts/note.tsx'
import { type Crumb, Page } from '../../parts/page.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { SkeletonText } from '../../parts/skeleton.tsx'
import { Split } from '../../parts/split.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { momentWithZones } from '../../parts/time-words.ts'
import { type DocumentOrigin, documentKinds, type KindPlural } from '../../product/configuration/document.ts'
import { words } from '../../product/configuration/words.ts'

const YamlView = lazy(() => import('./yaml-view.tsx'))

export interface EditorScreenProps {
  kind: KindPlural
  crumbs: Crumb[]
  title: string
  /** A sentence about the object under its title. */
  says?: ReactNode
  /** Undefined while the object is new. */
  saved: { name: string; version: number; origin: DocumentOrigin; changedAt: number; changedBy: string } | undefined
  /** What a new object is to be called in documents. */
  naming: { name: string; error: string | undefined; onName: (name: string) => void } | undefined
  spec: Record<string, unknown>
  readOnly: boolean
  /** Whether the viewer may change configuration at all. */
  mayWrite: boolean
  /** It is the viewer themselves, who may change but not remove it. */
  isOwn?: boolean
  isChanged: boolean
  check: 'none' | 'checking' | 'valid' | 'invalid' | 'unanswered'
  issues: FormIssue[]
  warnings: FormIssue[]
  /** Why saving failed, until it succeeds. */
  notSaved: string | undefined
  isSaving: boolean
  /** Somebody else's version that is newer than the one this form began with. */
  newer: { by: string; version: number; onCompare: () => void } | undefined
  onYaml: (spec: Record<string, unknown>, name: string) => void
  onSave: () => void
  onDiscard: () => void
  onTakeOver: () => void
  isTakingOver: boolean
  onHistory: () => void
  onRemove: () => void
  /** The form. */
  children: ReactNode
  /** Beside the form, always in view: what follows from what is typed. */
  aside?: ReactNode
  asideLabel?: string
  /** What follows from it, where that is the larger part: then the form stands at its side. */
  drawn?: ReactNode
  wide?: boolean
  keys?: KeyHint[]
}

/** One configuration object as a form and as its document, with everything that can be done to it. */
export function EditorScreen(props: EditorScreenProps) {
  const {
    kind,
    crumbs,
    title,
    says,
    saved,
    naming,
    spec,
    readOnly,
    isChanged,
    isSaving,
    onSave,
    onHistory,
    aside,
    asideLabel,
    drawn,
    children,
  } = props
  const [view, setView] = useState<'form' | 'yaml'>('form')
  const [unread, setUnread] = useState<string>()
  const content = (
    // biome-ignore lint/a11y/noStaticElementInteractions: a short way to the Save button, for whoever is typing inside
    <div
      className={props.wide ? 'editor editor-wide' : 'editor'}
      onKeyDown={(event) => {
        if ((event.ctrlKey || event.metaKey) && event.key === 's') {
          event.preventDefault()
          if (isChanged && !readOnly && !unread) onSave()
        }
      }}
    >
      <Standing {...props} />
      {naming && view === 'form' && (
        <TextField
          label={words.name}
          hint={words.nameHint}
          error={naming.error}
          className="input mono input-short"
          spellCheck={false}
          autoCapitalize="off"
          value={naming.name}
          onChange={({ target }) => naming.onName(target.value)}
        />
      )}
      {view === 'form' ? (
        <div className="form-rows">{children}</div>
      ) : (
        <Suspense fallback={<SkeletonText lines={12} />}>
          <YamlView
            kind={documentKinds[kind]}
            name={saved?.name ?? naming?.name ?? ''}
            isNameFixed={saved !== undefined}
            spec={spec}
            readOnly={readOnly}
            onChange={props.onYaml}
            onUnread={setUnread}
          />
        </Suspense>
      )}
    </div>
  )
  return (
    <Page crumbs={crumbs} className={drawn ? 'editor-page editor-page-drawn' : 'editor-page'} keys={props.keys}>
      <PageHead
        title={title}
        beside={
          <>
            <Segmented
              label={words.view}
              segments={[
                { value: 'form', name: words.form },
                { value: 'yaml', name: words.yaml },
              ]}
              current={view}
              onPick={(picked) => {
                setView(picked)
                setUnread(undefined)
              }}
            />
            {saved && (
              <Button kind="quiet" icon="clock" onClick={onHistory}>
                {words.history}
              </Button>
            )}
            {!readOnly && (
              <>
                {isChanged && saved && (
                  <Button kind="quiet" onClick={props.onDiscard}>
                    {words.discard}
                  </Button>
                )}
                {saved && props.mayWrite && (
                  <span className="editor-more">
                    <Menu
                      label={words.more}
                      items={[{ kind: 'act', name: words.remove, icon: 'trash', destroys: true, onAct: props.onRemove }]}
                      trigger={(wiring) => <IconButton icon="more" label={words.more} {...wiring} />}
                    />
                  </span>
                )}
                <Button kind="primary" busy={isSaving} disabled={!isChanged || unread !== undefined} onClick={onSave}>
                  {saved ? words.save(saved.version + 1) : words.create}
                </Button>
              </>
            )}
          </>
        }
      >
        {says}
      </PageHead>
      {drawn ? (
        <Split label={title} aside={content} asideLabel={asideLabel ?? title}>
          {drawn}
        </Split>
      ) : aside ? (
        <Split label={title} aside={aside} asideLabel={asideLabel ?? title}>
          {content}
        </Split>
      ) : (
        content
      )}
    </Page>
  )
}

/** Where it comes from, who changed it last, what is wrong with what is typed. */
function Standing({
  saved,
  mayWrite,
  isOwn,
  readOnly,
  isChanged,
  check,
  issues,
  warnings,
  notSaved,
  newer,
  onTakeOver,
  isTakingOver,
}: EditorScreenProps) {
  const when = useTicking((now, zone) => (saved ? momentWithZones(saved.changedAt, now, zone) : ''))
  const { origin } = saved ?? {}
  return (
    <>
      <div className="line wraps editor-standing">
        {origin?.kind === 'demo' && (
          <Chip tone="info" icon="flag">
            {words.demo}
          </Chip>
        )}
        {origin?.kind === 'built-in' && <Chip>{words.builtIn}</Chip>}
        {isChanged && !readOnly && (
          <Chip tone="warn" icon="edit">
            {words.unsaved}
          </Chip>
        )}
        <span className="dim fine">{saved ? words.version(saved.version, saved.changedBy, when) : words.newOne}</span>
        <span aria-live="polite">{isChanged && !readOnly && <CheckChip check={check} count={issues.length} />}</span>
      </div>
      {origin?.kind === 'file' && (
        <Note tone="info">
          <span className="line wraps">
            <span className="grow">{origin.file ? words.fromFile(origin.file, origin.line) : words.fromFileAlone}</span>
            {mayWrite && (
              <Button size="small" busy={isTakingOver} onClick={onTakeOver}>
                {words.takeOver}
              </Button>
            )}
          </span>
        </Note>
      )}
      {!mayWrite && <Note tone="info">{isOwn ? words.readOnlyOwn : words.readOnly}</Note>}
      <div role="alert" className="editor-alert">
        {notSaved && <Note tone="bad">{words.notSaved(notSaved)}</Note>}
      </div>
      {newer && (
        <Note tone="warn">
          <span className="line wraps">
            <span className="grow">{words.changedMeanwhile(newer.by, newer.version)}</span>
            <Button size="small" onClick={newer.onCompare}>
              {words.compare}
            </Button>
          </span>
        </Note>
      )}
      {issues.length > 0 && <Findings tone="bad" title={words.issues} findings={issues} />}
      {warnings.length > 0 && <Findings tone="warn" title={words.warnings} findings={warnings} />}
    </>
  )
}

function CheckChip({ check, count }: { check: EditorScreenProps['check']; count: number }) {
  switch (check) {
    case 'none':
      return null
    case 'checking':
      return <Chip>{words.checking}</Chip>
    case 'valid':
      return (
        <Chip tone="good" icon="check">
          {words.valid}
        </Chip>
      )
    case 'invalid':
      return (
        <Chip tone="bad" icon="warn">
          {words.toMend(count)}
        </Chip>
      )
    case 'unanswered':
      return (
        <Chip tone="warn" icon="warn">
          {words.notChecked}
        </Chip>
      )
  }
}

function Findings({ tone, title, findings }: { tone: 'bad' | 'warn'; title: string; findings: FormIssue[] }) {
  return (
    <Note tone={tone}>
      <b>{title}</b>
      <ul className="editor-findings">
        {findings.map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            {path !== '' && <span className="mono">{path} </span>}
            {path === '' ? sentence(message) : message}
          </li>
        ))}
      </ul>
    </Note>
  )
}
