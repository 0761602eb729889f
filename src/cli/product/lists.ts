import { ApiError } from '../../platform/client.ts'
import { CommandError, exitOf } from '../errors.ts'
import { EXIT } from '../exits.ts'
import { nearestName } from '../suggest.ts'

const PAGE = 200

/** Walks the pages of a list, as far as `most`; says whether there is more. */
export async function upTo<Item>(
  most: number,
  page: (query: { limit: number; cursor?: string }) => Promise<{ items: Item[]; next: string | null }>,
): Promise<{ items: Item[]; more: boolean }> {
  const items: Item[] = []
  let cursor: string | undefined
  do {
    const reply = await page({ limit: Math.min(PAGE, most - items.length), ...(cursor !== undefined && { cursor }) })
    items.push(...reply.items)
    cursor = reply.next ?? undefined
  } while (cursor !== undefined && items.length < most)
  return { items, more: cursor !== undefined }
}

export async function everything<Item>(
  page: (query: { limit: number; cursor?: string }) => Promise<{ items: Item[]; next: string | null }>,
): Promise<Item[]> {
  return (await upTo(100_000, page)).items
}

/** A whole number that was typed. */
export function numberOf(text: string | undefined, { flag, otherwise, most }: { flag: string; otherwise: number; most: number }): number {
  if (text === undefined) return otherwise
  const number = Number(text)
  if (!/^\d+$/.test(text) || number < 1 || number > most)
    throw new CommandError(EXIT.usage, `${flag} is ‹${text}›; write a number from 1 to ${most}.`)
  return number
}

/** `--service a,b --service c` */
export function commaParts(given: readonly string[] | undefined): string[] | undefined {
  return given?.flatMap((one) => one.split(',')).filter((one) => one !== '')
}

/** What was typed wrongly is answered with the name that is nearest, when the server knows no such thing. */
export async function named<Reply>(typed: string | undefined, ask: () => Promise<Reply>, names: () => Promise<string[]>): Promise<Reply> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof ApiError) || typed === undefined || exitOf(error) !== EXIT.notFound) throw error
    throw new CommandError(EXIT.notFound, ...lost(error.message, typed, await names().catch(() => [])))
  }
}

/** A sentence that something is not there, with the nearest of what is, or all of it. */
export function lost(sentence: string, typed: string, known: string[]): [sentence: string, mend?: string] {
  const meant = nearestName(typed, known)
  if (meant !== undefined) return [`${sentence} Did you mean ‹${meant}›?`]
  return known.length > 0 ? [sentence, `There are: ${fewOf(known)}.`] : [sentence]
}

function fewOf(names: string[]): string {
  return names.length <= 8 ? names.join(', ') : `${names.slice(0, 8).join(', ')} and ${names.length - 8} more`
}

/** Does something for each, a few at a time, in order. */
export async function forEach<Item, Result>(items: readonly Item[], act: (item: Item) => Promise<Result>, atOnce = 8): Promise<Result[]> {
  const results: Result[] = new Array(items.length)
  let next = 0
  const work = async () => {
    while (next < items.length) {
      const i = next++
      results[i] = await act(items[i]!)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work))
  return results
}
