import { useCallback, useEffect, useRef, useState } from 'react'
import { api, isSignedOut } from '../data/api.ts'
import { alertQueryOf, messageOf, queries, useQuery } from '../data/queries.ts'
import type { Loadable } from '../parts/loadable.tsx'
import type { AlertFilter } from '../product/alerts/filter.ts'
import type { AlertRow } from '../screens/alerts/alert-row.ts'
import type { AlertList } from '../screens/alerts/alerts-screen.tsx'
import { alertRowOf } from './alert-view.ts'

/** First rows soon, then larger bites. */
const FIRST_PAGE = 60
const PAGE = 200

interface Page {
  /** With which it was read; undefined for the first. */
  cursor: string | undefined
  rows: AlertRow[]
  next: string | null
}

interface Read {
  key: string
  pages: Page[]
  tail: AlertList['tail']
  error?: unknown
  /** When the newest of it was read. */
  at: number
}

export interface AlertsHeld {
  list: Loadable<AlertList>
  newCount: number
  showNew: () => void
  more: () => void
  view: (first: number, last: number) => void
}

/**
 * A list as long as it is scrolled, read page by page and kept as rows. Something happened: the newest page is looked at
 * for what is new, which waits, and the pages in view are read again in their places; nobody reads a hundred thousand
 * anew.
 */
export function useAlertsList(key: string, filter: AlertFilter): AlertsHeld {
  const [read, setRead] = useState<Read>({ key, pages: [], tail: 'reading', at: 0 })
  const [attempt, setAttempt] = useState(0)
  const latest = useRef(read)
  latest.current = read
  const wanted = useRef({ key, filter })
  wanted.current = { key, filter }
  const seen = useRef({ first: 0, last: 0 })
  const isBusy = useRef(false)

  const readOn = useCallback(async (from: string | undefined, limit: number, before: Page[]) => {
    const mine = wanted.current
    isBusy.current = true
    setRead((now) => ({ ...(now.key === mine.key ? now : { at: 0 }), key: mine.key, pages: before, tail: 'reading' }))
    try {
      const page = await readPage(mine.filter, from, limit)
      if (wanted.current.key !== mine.key) return
      setRead({ key: mine.key, pages: [...before, page], tail: page.next === null ? 'end' : 'more', at: Date.now() })
    } catch (error) {
      if (wanted.current.key === mine.key) setRead((now) => ({ ...now, tail: 'failed', error }))
    } finally {
      isBusy.current = false
    }
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another key is another list, another attempt the same anew
  useEffect(() => {
    seen.current = { first: 0, last: 0 }
    void readOn(undefined, FIRST_PAGE, [])
  }, [key, attempt])

  // A stretch in which nothing matched is no reason to stop; the looking goes on until something is found or all is seen.
  const rowCount = read.pages.reduce((sum, page) => sum + page.rows.length, 0)
  useEffect(() => {
    const last = latest.current.pages.at(-1)
    if (latest.current.key === key && latest.current.tail === 'more' && rowCount === 0 && last?.next)
      void readOn(last.next, PAGE, latest.current.pages)
  })

  const head = useQuery({ ...queries.alertPage(filter, undefined, FIRST_PAGE), enabled: read.pages.length > 0 && read.key === key })
  const known = new Set(read.pages.flatMap((page) => page.rows.map(({ id }) => id)))
  const newestKnown = read.pages[0]?.rows[0]?.id ?? ''
  const fresh = head.data?.items.filter(({ id }) => id > newestKnown && !known.has(id)) ?? []

  // What is in view is read again whenever the newest page was, because something happened then.
  useEffect(() => {
    if (head.dataUpdatedAt === 0 || isBusy.current) return
    const mine = wanted.current
    for (const page of pagesInView(latest.current.pages, seen.current))
      void readPage(mine.filter, page.cursor, Math.max(1, page.cursor === undefined ? FIRST_PAGE : PAGE))
        .then((again) => {
          if (wanted.current.key !== mine.key) return
          setRead((now) =>
            now.key === mine.key
              ? { ...now, at: Date.now(), pages: now.pages.map((one) => (one.cursor === page.cursor ? refreshed(one, again) : one)) }
              : now,
          )
        })
        .catch(() => {})
  }, [head.dataUpdatedAt])

  const more = useCallback(() => {
    const { pages, tail } = latest.current
    const next = pages.at(-1)?.next
    if (isBusy.current || tail === 'end') return
    if (pages.length === 0) return setAttempt((count) => count + 1)
    if (next) void readOn(next, PAGE, pages)
  }, [readOn])

  return {
    list: loadable(read, key, head.isError ? head.error : undefined, () => {
      setAttempt((count) => count + 1)
      void head.refetch()
    }),
    newCount: fresh.length,
    showNew: () => setAttempt((count) => count + 1),
    more,
    view: useCallback((first: number, last: number) => {
      seen.current = { first, last }
    }, []),
  }
}

async function readPage(filter: AlertFilter, cursor: string | undefined, limit: number): Promise<Page> {
  const { items, next } = await api.listAlerts({ query: { ...alertQueryOf(filter), limit, ...(cursor !== undefined && { cursor }) } })
  return { cursor, rows: items.map(alertRowOf), next }
}

/** The same rows in the same places, as they are now; those that no longer match stay and say so. */
function refreshed(page: Page, again: Page): Page {
  const now = new Map(again.rows.map((row) => [row.id, row]))
  return { ...page, rows: page.rows.map((row) => now.get(row.id) ?? { ...row, gone: true }) }
}

function pagesInView(pages: Page[], { first, last }: { first: number; last: number }): Page[] {
  let place = 0
  return pages.filter((page) => {
    const from = place
    place += page.rows.length
    return from < last && place > first
  })
}

function loadable(read: Read, key: string, headError: unknown, retry: () => void): Loadable<AlertList> {
  const value = { rows: read.pages.flatMap((page) => page.rows), tail: read.tail }
  if (read.key !== key || (read.pages.length === 0 && read.tail === 'reading')) return { state: 'loading' }
  if (read.pages.length === 0) {
    if (isSignedOut(read.error)) return { state: 'loading' }
    return { state: 'failed', failure: { message: messageOf(read.error), onRetry: retry } }
  }
  if (headError !== undefined) return { state: 'kept', value, from: read.at, failure: { message: messageOf(headError), onRetry: retry } }
  return { state: 'ready', value }
}
