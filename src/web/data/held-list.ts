import { useRef, useState } from 'react'

interface Item {
  id: string
}

export interface HeldList<One> {
  /** In the order in which they were first shown; `gone` no longer belong and are shown as they were last. */
  shown: { item: One; gone: boolean }[]
  freshCount: number
  showNew: () => void
}

/**
 * Holds a list still while somebody reads it: what comes waits until it is asked for, what leaves keeps its place until
 * then, and nothing changes places. Another `key` is another list.
 */
export function useHeldList<One extends Item>(key: string, items: One[] | undefined, order?: (a: One, b: One) => number): HeldList<One> {
  const [held, setHeld] = useState<{ key: string; ids: string[] } | undefined>()
  const known = useRef({ key, byId: new Map<string, One>() })
  if (known.current.key !== key) known.current = { key, byId: new Map() }
  for (const item of items ?? []) known.current.byId.set(item.id, item)
  const sorted = () => (order ? [...(items ?? [])].sort(order) : (items ?? [])).map(({ id }) => id)
  const isHeld = held?.key === key
  if (items && !isHeld) setHeld({ key, ids: sorted() })
  const ids = isHeld ? held.ids : sorted()
  const now = new Set(items?.map(({ id }) => id))
  return {
    shown: ids.flatMap((id) => {
      const item = known.current.byId.get(id)
      return item ? [{ item, gone: items !== undefined && !now.has(id) }] : []
    }),
    freshCount: items?.filter(({ id }) => !ids.includes(id)).length ?? 0,
    showNew: () => setHeld({ key, ids: sorted() }),
  }
}
