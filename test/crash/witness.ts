import { arrivals } from '../world/waiting.ts'
import { type OnePage, startWebhookReceiver } from '../world/webhook-receiver.ts'
import { startMailbox } from './mailbox.ts'

/**
 * Who the pages are sent to. It outlives every crash and writes down by itself what came and when, so that the product's
 * own record can be held against it.
 */
export interface Witness {
  webhookUrl: string
  /** What the program needs to send mail. */
  mailEnv: Record<string, string>
  /** Everything that came, oldest first. */
  arrivals: Arrival[]
  onArrival(tell: (arrival: Arrival) => void): () => void
  /** Lets requests arrive but answers them only when `promise` is settled. */
  answerAfter(promise: Promise<unknown>): void
  answerAtOnce(): void
  close(): Promise<void>
}

export interface Arrival {
  at: number
  by: 'webhook' | 'mail'
  /** Of the address, what names the person. */
  to: string
  /** The same for every attempt at one page. */
  key: string
  incidentId: string
  possiblyDuplicate: boolean
  /** The page itself; absent for mail. */
  page?: OnePage
}

export async function startWitness(): Promise<Witness> {
  const came = arrivals<Arrival>(({ to, key }) => `${key} to ${to}`)
  const mailbox = await startMailbox(({ to, messageId, references, body }) =>
    came.told({
      at: Date.now(),
      by: 'mail',
      to: to.split('@')[0]!,
      key: messageId,
      incidentId: /^<([^@]+)@/.exec(references)?.[1] ?? '',
      possiblyDuplicate: body.includes('You may have had this page before'),
    }),
  )
  const listeners = new Set<(arrival: Arrival) => void>()
  let held: Promise<unknown> | undefined
  const hook = await startWebhookReceiver()
  hook.behave(({ path, headers, json }) => {
    if (json?.type === 'page') {
      const page = json as OnePage
      const arrival: Arrival = {
        at: Date.now(),
        by: 'webhook',
        to: path.split('/').at(-1)!,
        key: String(headers['idempotency-key']),
        incidentId: page.incident.id,
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
    mailEnv: { TOCSIN_SMTP_URL: mailbox.url, TOCSIN_MAIL_FROM: 'tocsin@example.test' },
    arrivals: came.all,
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
      await Promise.all([hook.close(), mailbox.close()])
    },
  }
}
