import { useState } from 'react'
import { kept } from '../browser.ts'
import type { SavedView, SavedViewsProps } from '../product/incidents/saved-views.tsx'

const KEY = 'tocsin.views'
const VIEWS_MAX = 30

/** Views are kept in this browser: they are somebody's own, and an address can be sent as it is. */
export function useSavedViews(here: string, onOpen: (href: string) => void): Omit<SavedViewsProps, 'here'> {
  const [views, setViews] = useState(readViews)
  const keep = (next: SavedView[]) => {
    setViews(next)
    kept.write(KEY, JSON.stringify(next))
  }
  return {
    views,
    onOpen,
    onSave: (name) => keep([...views.filter((one) => one.name !== name), { name, href: here }].slice(-VIEWS_MAX)),
    onForget: (name) => keep(views.filter((one) => one.name !== name)),
  }
}

function readViews(): SavedView[] {
  const views = kept.readJson(KEY)
  return Array.isArray(views) ? views.filter(isView) : []
}

/** Only addresses of lists: what is in the store may have been put there by anything. */
function isView(one: unknown): one is SavedView {
  const { name, href } = (one ?? {}) as Partial<SavedView>
  return typeof name === 'string' && typeof href === 'string' && /^\/(incidents|alerts)(\?|$)/.test(href)
}
