import { type Refusal, refuse } from '../../kernel/result.ts'

/** A page of a list that is at hand, sorted; the cursor is how many came before. */
export function pageOf<Item>(
  items: Item[],
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): { items: Item[]; next: string | null } | Refusal<'bad-cursor'> {
  const skip = cursor === undefined ? 0 : /^\d{1,9}$/.test(cursor) ? Number(cursor) : undefined
  if (skip === undefined) return refuse('bad-cursor', 'The cursor is not one of ours; leave it out for the first page.')
  return { items: items.slice(skip, skip + limit), next: skip + limit < items.length ? String(skip + limit) : null }
}

/** In the order people look things up. */
export function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}
