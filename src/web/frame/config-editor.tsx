import { useMutation } from '@tanstack/react-query'
import { useBlocker, useRouter } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { ApiError } from '../../platform/client.ts'
import { api } from '../data/api.ts'
import { configuration, type ObjectView, useAuthorLook } from '../data/configuration.ts'
import { loadableOf, messageOf, queries, queryClient, useQuery } from '../data/queries.ts'
import { Button } from '../parts/button.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { ErrorState } from '../parts/error-state.tsx'
import { type FormIssue, type FormPart, formOf } from '../parts/form.ts'
import type { KeyHint } from '../parts/key-cap.tsx'
import { Link } from '../parts/link.tsx'
import { type Crumb, Page } from '../parts/page.tsx'
import { SkeletonText } from '../parts/skeleton.tsx'
import { useToast } from '../parts/toast.tsx'
import { ConflictDialog, DoubtsDialog, HistoryDialog, LeaveDialog, RemoveDialog } from '../product/configuration/dialogs.tsx'
import { documentKinds, isSame, type KindPlural, nameFrom, type VersionLook } from '../product/configuration/document.ts'
import { words } from '../product/configuration/words.ts'
import type { PlaceName } from '../product/shell/places.ts'
import { EditorScreen } from '../screens/configuration/editor-screen.tsx'
import { Frame } from './frame.tsx'

export interface ConfigEditorProps<Spec extends object> {
  kind: KindPlural
  /** Undefined: a new one is made. */
  name: string | undefined
  /** What a new one begins with. */
  blank: Spec
  /** Where in the product it stands. */
  place: PlaceName
  /** The way to it; the object itself is added. The last of them is where one is led after removing it. */
  crumbs: (Crumb & { href: string })[]
  /** In the head of a new one: “New team”. */
  newTitle: string
  hrefOf: (name: string) => string
  says?: (spec: Spec) => ReactNode
  children: (form: FormPart<Spec>, name: string) => ReactNode
  /** Beside the form: what follows from what is typed, saved or not. */
  aside?: (spec: Spec, context: { name: string }) => ReactNode
  asideLabel?: string
  /** The same where it is the larger part: then the form stands at its side. */
  drawn?: (spec: Spec, context: { name: string; isNew: boolean; form: FormPart<Spec> }) => ReactNode
  /** The form uses the whole width. */
  wide?: boolean
  /** Keys that act in this form, for the bar at the foot. */
  keys?: KeyHint[]
}

/**
 * A configuration object with its form. A screen says which kind, what a new one begins with, and draws the fields:
 *
 *     <ConfigEditor<TeamSpec> kind="teams" name={name} blank={{ members: [] }} place="on-call" newTitle={…}
 *       crumbs={[{ name: …, href: links.teams() }]} hrefOf={links.team}>
 *       {(form) => <TeamForm form={form} people={useChoices('people') — asked above, outside of this function} />}
 *     </ConfigEditor>
 *
 * The form gets one `FormPart`; each field gets a part of it: `<FormText label=… part={form.at('displayName')} />`,
 * `form.at('levels').at(2).at('after')`. Fields are in `parts/form-fields.tsx` (text, number, duration, choice,
 * reference, switch, several, time, moment, zone, labels) and `parts/list-editor.tsx` (lists that are added to, moved,
 * removed from). `useChoices(kind)` gives the objects a field may name. See `screens/configuration/team-form.tsx` and
 * `data/team-form-page.tsx` for a whole one.
 *
 * Everything else is done here: loading, YAML, checking while typing, saving against the version one began with,
 * conflicts, objects of files, history and undo, making and removing, and asking before leaving with something unsaved.
 */
export function ConfigEditor<Spec extends object>(props: ConfigEditorProps<Spec>) {
  const { kind, name, place, crumbs, blank } = props
  const object = useQuery({ ...configuration.object(kind, name ?? ''), enabled: name !== undefined })
  if (name === undefined)
    return (
      <Frame place={place}>
        <Editor {...props} key={`new ${kind}`} loaded={undefined} start={blank} />
      </Frame>
    )
  if (object.data !== undefined)
    return (
      <Frame place={place}>
        <Editor {...props} key={`${kind} ${name}`} loaded={object.data as ObjectView<Spec>} start={object.data.spec as Spec} />
      </Frame>
    )
  const isMissing = object.error instanceof ApiError && object.error.status === 404
  return (
    <Frame place={place}>
      <Page crumbs={[...crumbs, { name }]}>
        {isMissing ? (
          <Missing kind={kind} name={name} backHref={crumbs.at(-1)?.href ?? '/'} />
        ) : object.isError ? (
          <ErrorState failure={{ message: messageOf(object.error), onRetry: () => void object.refetch() }} />
        ) : (
          <SkeletonText lines={8} />
        )}
      </Page>
    </Frame>
  )
}

/** Nothing is in force under this name. What was removed is put back from its last version. */
function Missing({ kind, name, backHref }: { kind: KindPlural; name: string; backHref: string }) {
  const toast = useToast()
  const author = useAuthorLook()
  const me = useQuery(queries.me())
  const history = useQuery({ ...configuration.history(kind, name, 2), retry: false })
  const [removal, last] = history.data?.items ?? []
  const putBack = useMutation({
    mutationFn: (spec: Record<string, unknown>) => api.putObject({ params: { kind, name }, body: { spec, expectedVersion: 0 } }),
    onSuccess: async (saved) => {
      toast({ text: words.putBack(saved.version) })
      await queryClient.invalidateQueries()
    },
    onError: (error) => toast({ icon: 'warn', text: words.notPutBack(messageOf(error)) }),
  })
  const spec = removal?.spec === null ? last?.spec : undefined
  return (
    <EmptyState
      headingLevel={1}
      title={spec ? words.wasRemoved(words.kinds[kind], name) : words.noSuch(words.kinds[kind], name)}
      step={
        <>
          {spec && me.data?.permissions.includes('config:write') && (
            <Button kind="primary" icon="undo" busy={putBack.isPending} onClick={() => putBack.mutate(spec)}>
              {words.putLastBack}
            </Button>
          )}
          <Link className="text-link" href={backHref}>
            {words.goBack}
          </Link>
        </>
      }
    >
      {spec && removal && <p>{words.removedBy(author(removal.changedBy))}</p>}
    </EmptyState>
  )
}

/** How long typing rests before the server is asked what it thinks. */
const REST_MS = 350
const VERSIONS = 20

interface Conflict {
  theirs: VersionLook | null
}

function Editor<Spec extends object>({
  kind,
  crumbs,
  newTitle,
  hrefOf,
  says,
  children,
  aside,
  asideLabel,
  drawn,
  wide,
  keys,
  loaded,
  start,
}: ConfigEditorProps<Spec> & { loaded: ObjectView<Spec> | undefined; start: Spec }) {
  const toast = useToast()
  const router = useRouter()
  const me = useQuery(queries.me())
  const author = useAuthorLook()
  /** What the form began with: the version that saving replaces. */
  const [base, setBase] = useState({ version: loaded?.version ?? 0, spec: start })
  const [spec, setSpec] = useState<Spec>(start)
  const [typedName, setTypedName] = useState<string>()
  const [refused, setRefused] = useState<FormIssue[]>()
  const [notSaved, setNotSaved] = useState<string>()
  const [nameError, setNameError] = useState<string>()
  const [conflict, setConflict] = useState<Conflict>()
  const [open, setOpen] = useState<'history' | 'remove'>()
  const [doubts, setDoubts] = useState<FormIssue[]>()
  const [versionsShown, setVersionsShown] = useState(VERSIONS)
  const leaving = useRef(false)
  const known = useRef(base)
  known.current = base

  const displayName = (spec as { displayName?: string }).displayName
  const name = loaded?.name ?? typedName ?? nameFrom(displayName ?? '')
  const title = loaded ? (displayName ?? loaded.name) : displayName || newTitle
  const isChanged = !isSame(spec, base.spec) || (!loaded && typedName !== undefined)
  const mayWrite = me.data?.permissions.includes('config:write') ?? false
  // People write about themselves, whatever else they may.
  const isOwn = kind === 'people' && loaded !== undefined && me.data?.person?.name === loaded.name
  const readOnly = !(mayWrite || isOwn) || loaded?.origin.kind === 'file'

  // Somebody else saved, or a file was applied: whoever has changed nothing sees it at once.
  if (loaded && loaded.version > base.version && !isChanged) {
    setBase({ version: loaded.version, spec: loaded.spec })
    setSpec(loaded.spec)
  }

  const checked = useCheck(kind, name === '' ? 'unnamed' : name, spec, isChanged && !readOnly)
  const issues = refused ?? checked.issues

  const blocker = useBlocker({
    shouldBlockFn: () => isChanged && !readOnly && !leaving.current,
    enableBeforeUnload: () => isChanged && !readOnly,
    withResolver: true,
  })

  const change = (next: (before: Spec) => Spec) => {
    setRefused(undefined)
    setSpec(next)
  }

  const put = useMutation({
    mutationFn({ value, expectedVersion }: PutInput<Spec>) {
      const body = { spec: value as Record<string, unknown>, expectedVersion }
      return isOwn && !mayWrite ? api.putOwnPerson({ body }) : api.putObject({ params: { kind, name }, body })
    },
    onSuccess: async (saved, { value, before, say }) => {
      setNotSaved(undefined)
      setRefused(undefined)
      setConflict(undefined)
      setOpen(undefined)
      // Whatever was typed while it was on its way stays.
      const untouched = known.current.spec
      setSpec((now) => (now === value || isSame(now, untouched) ? (saved.spec as Spec) : now))
      setBase({ version: saved.version, spec: saved.spec as Spec })
      queryClient.setQueryData(configuration.object(kind, name).queryKey, saved)
      const undo = before && {
        onUndo: () => put.mutate({ value: before, expectedVersion: saved.version, before: undefined, say: words.putBack }),
      }
      toast({ text: say(saved.version), ...(undo && { undo }) })
      if (!loaded) {
        leaving.current = true
        router.history.replace(hrefOf(saved.name))
      }
      await queryClient.invalidateQueries()
    },
    onError: async (error, { value }) => {
      if (!(error instanceof ApiError)) return setNotSaved(messageOf(error))
      const untouched = known.current.spec
      setSpec((now) => (isSame(now, untouched) ? value : now))
      if (error.refusal === 'conflict') {
        setNotSaved(undefined)
        if (!loaded) return setNameError(words.nameTaken(name))
        return setConflict({ theirs: await readTheirs() })
      }
      if (error.refusal === 'invalid-configuration') setRefused(error.issues.map(inForm))
      if (error.refusal === 'from-file') void queryClient.invalidateQueries({ queryKey: configuration.key })
      setNotSaved(error.message)
    },
  })

  async function readTheirs(): Promise<VersionLook | null> {
    try {
      const theirs = await queryClient.fetchQuery({ ...configuration.object(kind, name), staleTime: 0 })
      return lookOf({ ...(theirs as ObjectView<Spec>), differences: [] }, author)
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return null
      throw error
    }
  }

  const save = async () => {
    if (put.isPending) return
    if (!loaded && name === '') return setNameError(words.nameMissing)
    setNameError(undefined)
    // Whoever is quicker than the check is asked all the same; an answer that does not come holds nothing up.
    const looked = checked.state === 'checking' ? await lookedAt(kind, name, spec).catch(() => undefined) : checked
    const asked = looked?.warnings.filter(({ asks }) => asks) ?? []
    if (asked.length > 0 && !doubts) return setDoubts(asked)
    setDoubts(undefined)
    put.mutate({ value: spec, expectedVersion: base.version, before: loaded ? base.spec : undefined, say: words.saved })
  }

  const takeOver = useMutation({
    mutationFn: () => api.ejectObject({ params: { kind, name }, body: {} }),
    onSuccess: async (taken) => {
      queryClient.setQueryData(configuration.object(kind, name).queryKey, taken as never)
      toast({ text: words.takenOver })
      await queryClient.invalidateQueries({ queryKey: configuration.key })
    },
    onError: (error) => toast({ icon: 'warn', text: words.notTakenOver(messageOf(error)) }),
  })

  const remove = useMutation({
    meta: { showsFailure: true },
    mutationFn: () => api.deleteObject({ params: { kind, name } }),
    onSuccess: async () => {
      leaving.current = true
      const onUndo = () => {
        const restored = api.putObject({ params: { kind, name }, body: { spec: base.spec as Record<string, unknown>, expectedVersion: 0 } })
        restored
          .then((saved) => toast({ text: words.putBack(saved.version) }))
          .catch((error) => toast({ icon: 'warn', text: words.notPutBack(messageOf(error)) }))
          .finally(() => void queryClient.invalidateQueries())
      }
      toast({ text: words.removed(title), undo: { onUndo } })
      router.history.push(crumbs.at(-1)?.href ?? '/')
      queryClient.removeQueries({ queryKey: configuration.object(kind, name).queryKey })
      await queryClient.invalidateQueries()
    },
  })

  const history = useQuery({ ...configuration.history(kind, name, versionsShown), enabled: open === 'history' && loaded !== undefined })
  const isNewer = loaded !== undefined && loaded.version > base.version
  const form = formOf<Spec>({ value: spec, update: change, issues, readOnly })

  return (
    <>
      <EditorScreen
        kind={kind}
        crumbs={[...crumbs, { name: title }]}
        title={title}
        says={says?.(spec)}
        saved={loaded && { ...loaded, changedAt: Date.parse(loaded.changedAt), changedBy: author(loaded.changedBy) }}
        naming={
          loaded
            ? undefined
            : {
                name,
                error: nameError,
                onName: (written) => {
                  setNameError(undefined)
                  setTypedName(written)
                },
              }
        }
        spec={spec as Record<string, unknown>}
        readOnly={readOnly}
        mayWrite={mayWrite || me.data === undefined}
        isOwn={isOwn}
        isChanged={isChanged || !loaded}
        check={refused ? 'invalid' : checked.state}
        issues={issues}
        warnings={checked.warnings}
        notSaved={notSaved}
        isSaving={put.isPending}
        newer={
          isNewer
            ? {
                by: author(loaded.changedBy),
                version: loaded.version,
                onCompare: () => setConflict({ theirs: lookOf({ ...loaded, differences: [] }, author) }),
              }
            : undefined
        }
        onYaml={(next, written) => {
          change(() => next as Spec)
          if (!loaded) setTypedName(written)
        }}
        onSave={() => void save()}
        onDiscard={() => {
          setNotSaved(undefined)
          setTypedName(undefined)
          change(() => base.spec)
        }}
        onTakeOver={() => takeOver.mutate()}
        isTakingOver={takeOver.isPending}
        onHistory={() => setOpen('history')}
        onRemove={() => {
          remove.reset()
          setOpen('remove')
        }}
        aside={aside?.(spec, { name })}
        drawn={drawn?.(spec, { name, isNew: loaded === undefined, form })}
        {...(asideLabel !== undefined && { asideLabel })}
        {...(wide !== undefined && { wide })}
        {...(keys !== undefined && { keys })}
      >
        {children(form, name)}
      </EditorScreen>
      <ConflictDialog
        conflict={conflict && { base: base.spec, yours: spec, theirs: conflict.theirs }}
        isSaving={put.isPending}
        onKeepTheirs={() => {
          const { theirs } = conflict!
          setBase({ version: theirs!.version, spec: theirs!.spec as Spec })
          change(() => theirs!.spec as Spec)
          setNotSaved(undefined)
          setConflict(undefined)
        }}
        onSaveMine={() => {
          const { theirs } = conflict!
          put.mutate({
            value: spec,
            expectedVersion: theirs?.version ?? 0,
            before: (theirs?.spec ?? undefined) as Spec | undefined,
            say: words.saved,
          })
        }}
        onClose={() => setConflict(undefined)}
      />
      <HistoryDialog
        open={open === 'history'}
        versions={loadableOf(history, ({ items, next }) => ({
          items: items.map((one) => lookOf(one as VersionView, author)),
          onOlder: next === null || versionsShown >= 200 ? undefined : () => setVersionsShown(200),
        }))}
        current={loaded?.version}
        onPutBack={
          readOnly
            ? undefined
            : ({ spec: earlier }) =>
                put.mutate({ value: earlier as Spec, expectedVersion: base.version, before: base.spec, say: words.putBack })
        }
        busyWith={put.isPending ? history.data?.items.find((one) => isSame(one.spec, put.variables.value))?.version : undefined}
        onClose={() => setOpen(undefined)}
      />
      <RemoveDialog
        open={open === 'remove'}
        title={title}
        isRemoving={remove.isPending}
        refused={
          remove.isError
            ? {
                message: messageOf(remove.error),
                needed: remove.error instanceof ApiError ? remove.error.issues.map((issue) => issue.message) : [],
              }
            : undefined
        }
        onRemove={() => remove.mutate()}
        onClose={() => setOpen(undefined)}
      />
      <DoubtsDialog doubts={doubts} onSave={() => void save()} onClose={() => setDoubts(undefined)} />
      <LeaveDialog open={blocker.status === 'blocked'} onLeave={() => blocker.proceed?.()} onStay={() => blocker.reset?.()} />
    </>
  )
}

interface PutInput<Spec> {
  value: Spec
  expectedVersion: number
  /** What an undo puts back. */
  before: Spec | undefined
  say: (version: number) => string
}

interface VersionView {
  version: number
  spec: unknown
  origin: VersionLook['origin']
  changedAt: string
  changedBy: string
  differences: VersionLook['differences']
}

function lookOf(version: VersionView, author: (actor: string) => string): VersionLook {
  return { ...version, changedAt: Date.parse(version.changedAt), changedBy: author(version.changedBy) }
}

interface Check {
  state: 'none' | 'checking' | 'valid' | 'invalid' | 'unanswered'
  issues: FormIssue[]
  warnings: FormIssue[]
}

/** What the server thinks of a document that is still being typed. The last answer stands until the next has come. */
function useCheck(kind: KindPlural, name: string, spec: object, enabled: boolean): Check {
  const [check, setCheck] = useState<Check>({ state: 'none', issues: [], warnings: [] })
  useEffect(() => {
    if (!enabled) return setCheck({ state: 'none', issues: [], warnings: [] })
    const asked = new AbortController()
    setCheck((before) => ({ ...before, state: 'checking' }))
    const timer = setTimeout(async () => {
      try {
        setCheck(await lookedAt(kind, name, spec, asked.signal))
      } catch {
        if (!asked.signal.aborted) setCheck((before) => ({ ...before, state: 'unanswered' }))
      }
    }, REST_MS)
    return () => {
      clearTimeout(timer)
      asked.abort()
    }
  }, [kind, name, spec, enabled])
  return check
}

async function lookedAt(kind: KindPlural, name: string, spec: object, signal?: AbortSignal): Promise<Check> {
  const text = JSON.stringify({ apiVersion: 'tocsin.dev/v1', kind: documentKinds[kind], metadata: { name }, spec })
  const reply = await api.validateConfiguration({ body: { files: [{ file: 'form', text }] }, ...(signal && { signal }) })
  return { state: reply.valid ? 'valid' : 'invalid', issues: reply.issues.map(inForm), warnings: reply.warnings.map(inForm) }
}

/** Paths of findings count from the document, those of the form from its spec. */
function inForm({ path, message, asks }: FormIssue): FormIssue {
  return { path: path === 'spec' ? '' : path.replace(/^spec\./, ''), message, ...(asks && { asks }) }
}
