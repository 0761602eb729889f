import { startMailServer } from '../world/smtp-server.ts'
import { arrivals } from '../world/waiting.ts'
import { type OnePage, startWebhookReceiver } from '../world/webhook-receiver.ts'

/**
 * Who the pages are sent to. It outlives every crash and writes down by itself what came and when, so that the product's
 * own record can be held against it.
 */
export interface Witness {
  webhookUrl: string
  /** What the program needs to send mail. */
  mailEnv: Record<string, string>
  /** Everything that came by webhook, oldest first. */
  arrivals: Arrival[]
  /** Everything that came by mail. */
  mails(): Arrival[]
  onArrival(tell: (arrival: Arrival) => void): () => void
  /** Lets requests arrive but answers them only when `promise` is settled. */
  answerAfter(promise: Promise<unknown>): void
  answerAtOnce(): void
  close(): Promise<void>
}

export interface Arrival {
  at: number
  /** The last part of the address. */
  to: string
  /** The same for every attempt at one page. */
  key: string
  incidentId: string
  level: number
  possiblyDuplicate: boolean
  /** The page itself; absent for mail. */
  page?: OnePage
}

export async function startWitness(): Promise<Witness> {
  const mail = await startMailServer()
  const came = arrivals<Arrival>(({ to, key }) => `${key} to ${to}`)
  const listeners = new Set<(arrival: Arrival) => void>()
  let held: Promise<unknown> | undefined
  const hook = await startWebhookReceiver()
  hook.behave(({ path, headers, json }) => {
    if (json?.type === 'page') {
      const page = json as OnePage
      const arrival: Arrival = {
        at: Date.now(),
        to: path.split('/').at(-1)!,
        key: String(headers['idempotency-key']),
        incidentId: page.incident.id,
        level: page.page.level,
        possiblyDuplicate: page.page.possiblyDuplicate,
        page,
      }
      came.told(arrival)
      for (const tell of listeners) tell(arrival)
    }
    return { kind: 'answer', status: 200, ...(held && { after: held }) }
  })
  return {
    webhookUrl: hook.url,
    mailEnv: { TOCSIN_SMTP_URL: mail.url, TOCSIN_MAIL_FROM: 'tocsin@example.test' },
    arrivals: came.all,
    mails: () =>
      mail.mails.map(({ headers, text, to }) => ({
        at: Date.parse(headers.get('date') ?? ''),
        to: to[0]!,
        key: headers.get('message-id') ?? '',
        incidentId: /^<([^@]+)@/.exec(headers.get('references') ?? '')?.[1] ?? '',
        level: 1,
        possiblyDuplicate: text.includes('You may have had this page before'),
      })),
    onArrival(tell) {
      listeners.add(tell)
      return () => void listeners.delete(tell)
    },
    answerAfter: (promise) => {
      held = promise
    },
    answerAtOnce: () => {
      held = undefined
    },
    close: async () => {
      await Promise.all([hook.close(), mail.close()])
    },
  }
}
