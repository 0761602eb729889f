import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { arrivals } from './waiting.ts'

/** Slack's incoming webhooks as they are documented: one word in plain text for an answer, and Block Kit's limits checked. */
export interface SlackServer {
  /** The webhook's URL, which is a secret. */
  webhook: string
  messages: SlackMessage[]
  behave(how: SlackBehaviour): void
  waitFor(fits: (message: SlackMessage) => boolean, options?: { timeoutMs?: number }): Promise<SlackMessage>
  close(): Promise<void>
}

export type SlackBehaviour =
  | { kind: 'take' }
  | { kind: 'refuse'; status: number; body: string; headers?: Record<string, string> }
  /** Takes the message and never answers. */
  | { kind: 'hang' }

export interface SlackMessage {
  /** What notifications show. */
  text: string
  /** The sections, as they were sent. */
  sections: string[]
  buttons: { text: string; url: string; style?: string }[]
}

interface Button {
  type: string
  action_id: string
  text: { type: string; text: string }
  url: string
  style?: string
}

interface Block {
  type: string
  text?: { type: string; text: string }
  accessory?: Button
  elements?: Button[]
}

const PATH = '/services/T0123ABCD/B0456EFGH/x7YzqWv9LmNpQrStUvWx1234'

export async function startSlackServer(): Promise<SlackServer> {
  let how: SlackBehaviour = { kind: 'take' }
  const received = arrivals<SlackMessage>(({ text }) => `"${text}"`)
  const server = http.createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const answer = (status: number, body: string, headers: Record<string, string> = {}) =>
      outgoing.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body)
    if (incoming.method !== 'POST') return answer(405, 'method_not_allowed')
    if (how.kind === 'refuse') return answer(how.status, how.body, how.headers)
    if (incoming.url?.split('/').slice(0, 4).join('/') !== PATH.split('/').slice(0, 4).join('/')) return answer(404, 'no_service')
    if (incoming.url !== PATH) return answer(403, 'invalid_token')
    const read = check(Buffer.concat(chunks))
    if (typeof read === 'string') return answer(400, read)
    received.told(read)
    if (how.kind !== 'hang') answer(200, 'ok')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    webhook: `http://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}`,
    messages: received.all,
    behave: (next) => {
      how = next
    },
    waitFor: received.waitFor,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

/** The message, or Slack's word for what is wrong with it. */
function check(raw: Buffer): SlackMessage | string {
  let sent: { text?: unknown; blocks?: Block[] }
  try {
    sent = JSON.parse(raw.toString('utf8')) as typeof sent
  } catch {
    return 'invalid_payload'
  }
  const { text, blocks = [] } = sent
  if (typeof text !== 'string' || text === '') return 'no_text'
  if (blocks.length > 50) return 'invalid_blocks'
  if (blocks.reduce((sum, block) => sum + JSON.stringify(block.text ?? '').length, 0) > 13_000) return 'msg_blocks_too_long'
  const buttons = blocks.flatMap(({ elements = [], accessory }) => [...elements, ...(accessory ? [accessory] : [])])
  const ids = buttons.map(({ action_id }) => action_id)
  const isRight =
    blocks.every(({ type, text: words, elements = [] }) =>
      type === 'section'
        ? words?.type === 'mrkdwn' && words.text.length >= 1 && words.text.length <= 3000
        : type === 'actions' && elements.length >= 1 && elements.length <= 25,
    ) &&
    buttons.every(
      ({ type, text: label, url }) =>
        type === 'button' && label.type === 'plain_text' && label.text.length <= 75 && /^https?:\/\/.{1,2990}$/.test(url),
    ) &&
    new Set(ids).size === ids.length
  if (!isRight) return 'invalid_blocks'
  return {
    text,
    sections: blocks.flatMap(({ text: words }) => words?.text ?? []),
    buttons: buttons.map(({ text: label, url, style }) => ({ text: label.text, url, ...(style !== undefined && { style }) })),
  }
}
