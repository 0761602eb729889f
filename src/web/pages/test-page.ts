import { useMutation } from '@tanstack/react-query'
import { api } from '../data/api.ts'
import { messageOf, queries, queryClient } from '../data/queries.ts'
import { useToast } from '../parts/toast.tsx'
import { words } from '../product/people/words.ts'

/** How long after a test page its outcome is looked for, each time. */
const LOOKS_MS = [400, 800, 1500, 3000, 6000]

/** Sends a test page to one contact, or to all by the person's own rules, and says how it went. */
export function useTestPage(name: string) {
  const toast = useToast()
  return useMutation({
    async mutationFn(contact: string | undefined) {
      const pages = await send(name, contact)
      const later = pages.filter(({ afterSeconds }) => afterSeconds > 0)
      const first = pages.filter(({ afterSeconds }) => afterSeconds === 0)
      const outcomes = await outcomesOf(
        name,
        first.map(({ page }) => page),
      )
      const failed = first.find(({ page }) => outcomes.get(page)?.status === 'gave-up')
      if (failed) return { icon: 'warn' as const, text: words.tested.failed(failed.contact, outcomes.get(failed.page)?.answer ?? '') }
      const waiting = first.find(({ page }) => outcomes.get(page)?.status !== 'delivered')
      if (waiting) return { icon: 'warn' as const, text: words.tested.waiting(waiting.contact) }
      const follow = later.map((one) => words.tested.later(one.contact, one.afterSeconds)).join(' ')
      const went = first.length > 0 ? words.tested.arrived(first.map((one) => one.contact).join(', ')) : ''
      return { text: `${went} ${follow}`.trim() }
    },
    onSuccess: (outcome) => toast(outcome),
    onError: (error) => toast({ icon: 'warn', text: words.tested.notSent(messageOf(error)) }),
  })
}

async function send(name: string, contact: string | undefined): Promise<{ page: string; contact: string; afterSeconds: number }[]> {
  if (contact === undefined) return (await api.pagePerson({ params: { name }, body: {} })).pages
  const { page } = await api.testContact({ params: { name, contact }, body: {} })
  return [{ page, contact, afterSeconds: 0 }]
}

interface Told {
  status: string
  answer: string | null
}

/** What became of pages, as soon as it is known of all, or as far as it is when nobody waits any longer. */
async function outcomesOf(name: string, pages: string[]): Promise<Map<string, Told>> {
  let told = new Map<string, Told>()
  for (const ms of LOOKS_MS) {
    await new Promise((resolve) => setTimeout(resolve, ms))
    const { recentPages } = await queryClient.fetchQuery({ ...queries.person(name), staleTime: 0 })
    told = new Map(recentPages.filter(({ id }) => pages.includes(id)).map((one) => [one.id, one]))
    if (pages.every((page) => told.get(page)?.status === 'delivered' || told.get(page)?.status === 'gave-up')) break
  }
  return told
}
