import { useState } from 'react'
import type { SavedView, SavedViewsProps } from '../screens/incidents/saved-views.tsx'

const KEY = 'tocsin.views'
const VIEWS_MAX = 30

/** Views are kept in this browser: they are somebody's own, and an address can be sent as it is. */
export function useSavedViews(here: string, onOpen: (href: string) => void): Omit<SavedViewsProps, 'here'> {
  const [views, setViews] = useState(readViews)
  const keep = (next: SavedView[]) => {
    setViews(next)
    writeViews(next)
  }
  return {
    views,
    onOpen,
    onSave: (name) => keep([...views.filter((one) => one.name !== name), { name, href: here }].slice(-VIEWS_MAX)),
    onForget: (name) => keep(views.filter((one) => one.name !== name)),
  }
}

function readViews(): SavedView[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isView) : []
  } catch {
    return []
  }
}

/** Only addresses of lists: what is in the store may have been put there by anything. */
function isView(one: unknown): one is SavedView {
  const { name, href } = (one ?? {}) as Partial<SavedView>
  return typeof name === 'string' && typeof href === 'string' && /^\/(incidents|alerts)(\?|$)/.test(href)
}

function writeViews(views: SavedView[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(views))
  } catch {
    // Strict settings refuse storage: the views last as long as the page.
  }
}
