import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { arrivals } from './waiting.ts'

/** Telegram's Bot API as it is documented for `sendMessage`: the same checks in the same words and codes, and nothing it would not do. */
export interface TelegramServer {
  /** For the contact's `settings.server`. */
  url: string
  messages: TelegramMessage[]
  behave(how: TelegramBehaviour): void
  waitFor(fits: (message: TelegramMessage) => boolean, options?: { timeoutMs?: number }): Promise<TelegramMessage>
  close(): Promise<void>
}

export type TelegramBehaviour =
  | { kind: 'take' }
  | { kind: 'refuse'; status: number; description: string; parameters?: { retry_after?: number; migrate_to_chat_id?: number } }
  /** Takes the message and never answers. */
  | { kind: 'hang' }
  /** Takes the message and closes the connection without an answer. */
  | { kind: 'cut' }
  /** Something else that answers in its place. */
  | { kind: 'answer'; status: number; body: string }

export interface TelegramMessage {
  chat: string
  topic: number | undefined
  text: string
  bold: string
  silent: boolean
  buttons: { text: string; url: string }[][]
}

export async function startTelegramServer({ token, chats }: { token: string; chats: string[] }): Promise<TelegramServer> {
  let how: TelegramBehaviour = { kind: 'take' }
  const received = arrivals<TelegramMessage>(({ chat, text }) => `"${text}" to ${chat}`)
  const server = http.createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const answer = (status: number, body: string) => outgoing.writeHead(status, { 'content-type': 'application/json' }).end(body)
    const refuse = (status: number, description: string, parameters?: object) =>
      answer(status, JSON.stringify({ ok: false, error_code: status, description, ...(parameters && { parameters }) }))
    const called = /^\/bot([^/]+)\/(\w+)$/.exec(incoming.url ?? '')
    if (!called || !/^\d+:[\w-]+$/.test(called[1]!)) return refuse(404, 'Not Found')
    if (called[1] !== token) return refuse(401, 'Unauthorized')
    if (called[2]?.toLowerCase() !== 'sendmessage') return refuse(404, 'Not Found')
    if (how.kind === 'answer') return answer(how.status, how.body)
    if (how.kind === 'refuse') return refuse(how.status, how.description, how.parameters)
    const read = check(Buffer.concat(chunks), chats)
    if (typeof read === 'string') return refuse(400, `Bad Request: ${read}`)
    received.told(read)
    if (how.kind === 'hang') return
    if (how.kind === 'cut') return incoming.socket.destroy()
    answer(
      200,
      JSON.stringify({ ok: true, result: { message_id: 17, date: 1_750_000_000, chat: { id: Number(read.chat) }, text: read.text } }),
    )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
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

/** The message, or what is wrong with it. */
function check(raw: Buffer, chats: string[]): TelegramMessage | string {
  let sent: Record<string, unknown>
  try {
    sent = JSON.parse(raw.toString('utf8')) as Record<string, unknown>
  } catch {
    return "can't parse JSON object"
  }
  const { chat_id: chat, text, entities = [], parse_mode: mode, message_thread_id: topic } = sent
  if (chat === undefined || chat === '') return 'chat_id is empty'
  if (!chats.includes(String(chat))) return 'chat not found'
  if (typeof text !== 'string' || text.trim() === '') return 'message text is empty'
  // Counted in UTF-16 units, as offsets and lengths of entities are.
  if (text.length > 4096) return 'message is too long'
  if (mode !== undefined) return 'this fake reads no markup'
  const bold = (entities as { type: string; offset: number; length: number }[])[0]
  if (bold && (bold.type !== 'bold' || bold.offset < 0 || bold.offset + bold.length > text.length))
    return `entity beginning at UTF-16 offset ${bold.offset} ends after the end of the text at UTF-16 offset ${text.length}`
  const rows = (sent['reply_markup'] as { inline_keyboard?: { text: string; url?: string }[][] } | undefined)?.inline_keyboard ?? []
  if (rows.flat().length > 100) return 'reply markup is too long'
  for (const { text: label, url = '' } of rows.flat()) {
    if (!label) return 'text buttons are unallowed in the inline keyboard'
    if (!/^https?:\/\/([^/?#]*\.|\[)/.test(url)) return `inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`
  }
  return {
    chat: String(chat),
    topic: topic as number | undefined,
    text,
    bold: bold ? text.slice(bold.offset, bold.offset + bold.length) : '',
    silent: sent['disable_notification'] === true,
    buttons: rows as { text: string; url: string }[][],
  }
}
