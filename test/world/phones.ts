import type { Instant } from '../../src/kernel/time.ts'
import { type Behaviour, type OnePage, type ReceivedRequest, startWebhookReceiver } from './webhook-receiver.ts'

/** Everyone's phone: a webhook receiver with a path a person, and a log of what rang when on the world's clock. */
export interface Phones {
  port: number
  /** The contact that makes this phone ring. Pages to it do not share messages unless `over` says so. */
  contact(phone: string, over?: Record<string, unknown>): Record<string, unknown>
  /** From here on seconds are counted and rings are logged anew; phones behave again. */
  listen(): void
  /** What rang since: `ada @30`, and behind it what is unusual: `(attempt 2)`, `[3 pages]`. Tocsin's own alarms are left out. */
  rang(): string[]
  /** The messages themselves. */
  messages(phone?: string): ReceivedRequest[]
  /** The newest page of a phone. */
  page(phone: string): OnePage
  behave(phone: string, how: Behaviour): void
  /** Whether the phone behind an address hangs: what `createWorld` wants to know. */
  hangs(url: string): boolean
  close(): Promise<void>
}

export async function startPhones(now: () => Instant, options: { secret?: string } = {}): Promise<Phones> {
  const receiver = await startWebhookReceiver(options)
  const behaviours = new Map<string, Behaviour>()
  let since = 0
  let rings: { phone: string; at: Instant; request: ReceivedRequest }[] = []

  receiver.behave((request) => {
    const phone = request.path.slice(1)
    if (request.json?.incident?.service !== 'tocsin') rings.push({ phone, at: now(), request })
    const how = behaviours.get(phone) ?? { kind: 'answer', status: 200, body: 'ok' }
    return how.kind === 'hang' ? { kind: 'cut' } : how
  })

  return {
    port: receiver.port,
    contact: (phone, over = {}) => ({
      name: phone.replace('/', '-'),
      channel: 'webhook',
      address: `http://127.0.0.1:${receiver.port}/${phone}`,
      bundle: false,
      ...over,
    }),
    listen() {
      since = now()
      rings = []
      behaviours.clear()
    },
    rang: () => rings.map(({ phone, at, request }) => `${phone} @${(at - since) / 1000}${unusual(request)}`),
    messages: (phone) => rings.filter((ring) => phone === undefined || ring.phone === phone).map(({ request }) => request),
    page(phone) {
      const last = rings.findLast((ring) => ring.phone === phone)
      if (!last) throw new Error(`The phone of ${phone} has not rung; these have: ${rings.map((ring) => ring.phone).join(', ') || 'none'}`)
      return (last.request.json?.pages?.at(-1) ?? last.request.json) as OnePage
    },
    behave: (phone, how) => void behaviours.set(phone, how),
    hangs: (url) => behaviours.get(new URL(url).pathname.slice(1))?.kind === 'hang',
    close: receiver.close,
  }
}

function unusual({ json }: ReceivedRequest): string {
  const attempt = json?.page?.attempt ?? json?.pages?.[0]?.page.attempt ?? 1
  return `${attempt > 1 ? ` (attempt ${attempt})` : ''}${json?.type === 'pages' ? ` [${json.pages?.length} pages]` : ''}`
}
