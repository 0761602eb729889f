import { z } from 'zod'
import { shorten } from '../../kernel/text.ts'
import { SECOND } from '../../kernel/time.ts'
import type { Channel, Outcome, PageContent } from '../../modules/paging/index.ts'
import { type Reply, withoutSecrets } from '../../platform/egress/index.ts'
import { webAddress } from './address.ts'
import { notInTheWordsOf, outcomeOf, TIMEOUT_MS } from './answer.ts'
import { briefOf, duplicateLine, headlineOf, linesOf, worstFirst } from './wording.ts'
import { wordsFor } from './words.ts'

/** A message of a bot, to a person or into a group. The text goes without markup and its bold part by place: nothing in it can be taken for either. */
export const telegram: Channel = {
  name: 'telegram',
  icon: 'sms',
  title: { en: 'Telegram', de: 'Telegram' },
  about:
    'a message of your own bot: make one with @BotFather, start a chat with it (or add it to a group), and write the chat’s id; low urgency comes without a sound',
  address: {
    schema: z
      .string()
      .trim()
      .regex(
        /^(-?\d{1,20}|@[A-Za-z]\w{3,31})$/,
        'Write the id of a chat, in quotes: a number like "123456789", of a group with - in front, or the @name of a public channel.',
      ),
    hint: {
      en: 'The chat’s number; of a group, with - in front.',
      de: 'Die Nummer des Chats, bei einer Gruppe mit - davor.',
    },
    example: '123456789',
  },
  secret: { required: true, hint: { en: 'The bot’s token, from @BotFather.', de: 'Das Token des Bots, von @BotFather.' } },
  settings: {
    schema: z.strictObject({ topic: z.int().min(1).optional(), server: webAddress.optional() }),
    labels: {
      topic: { label: { en: 'Topic in the group, by its number', de: 'Thema in der Gruppe, als Nummer' } },
      server: { label: { en: 'Bot API server, if it is your own', de: 'Bot-API-Server, falls ein eigener' } },
    },
  },
  can: { acknowledge: 'by a link', bundle: true, reaches: 'a phone', perMinute: 20 },
  leadsTo: (_, { server }) => (typeof server === 'string' ? server : SERVER),

  async send({ pages }, { address, secret = '', settings }, { request, now }) {
    const sorted = worstFirst(pages)
    const [worst, ...others] = sorted
    if (!worst) return { kind: 'gave-up', answer: 'nothing to send' }
    // It stands in the address that is called: what is no token must not turn it into another one.
    if (!/^[\w:-]+$/.test(secret)) return { kind: 'try-again', answer: 'the secret is not the token of a bot; @BotFather tells it' }
    const server = typeof settings['server'] === 'string' ? settings['server'] : SERVER
    const links = others.length === 0 ? linksOf(worst) : bundleLinks(sorted)
    const areButtons = links.flat().every(({ url }) => isPublic(url))
    const headline = others.length === 0 ? headlineOf(worst, 0) : wordsFor(worst).needYou(sorted.length)
    const lines = others.length === 0 ? briefOf(worst, now) : bundleLines(sorted, now)
    const named = areButtons ? [] : links.flat().map(({ text, url }) => `${text}: ${url}`)
    const text = [headline, ...fitting(lines, TEXT_MAX - lengthOf([headline, ...named])), ...named].join('\n')
    const reply = await request({
      method: 'POST',
      url: `${server.replace(/\/+$/, '')}/bot${secret}/sendMessage`,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        chat_id: address,
        ...(typeof settings['topic'] === 'number' && { message_thread_id: settings['topic'] }),
        text,
        entities: [{ type: 'bold', offset: 0, length: headline.length }],
        link_preview_options: { is_disabled: true },
        disable_notification: pages.every((page) => page.incident.urgency === 'low'),
        ...(areButtons && { reply_markup: { inline_keyboard: links } }),
      }),
      timeoutMs: TIMEOUT_MS,
    })
    return inItsWords(reply, now, [secret, secret.split(':')[1] ?? '', address, ...links.flat().map(({ url }) => url)])
  },
}

const SERVER = 'https://api.telegram.org'
/** UTF-16 units, as JavaScript counts them too. */
const TEXT_MAX = 4096
const BUNDLE_SHOWN = 20

interface Button {
  text: string
  url: string
}

/** Rows of buttons. Each opens the page that asks once more. */
function linksOf({ actions, incident, ...page }: PageContent): Button[][] {
  const say = wordsFor(page).acts
  return [
    [
      { text: say.acknowledge, url: actions.acknowledge },
      { text: say.escalate, url: actions.escalate },
    ],
    [{ text: say.open, url: incident.url }],
  ]
}

function bundleLinks(pages: PageContent[]): Button[][] {
  return pages.slice(0, 8).map((page) => [{ text: wordsFor(page).shortly(page.incident.number), url: page.actions.acknowledge }])
}

function bundleLines(pages: PageContent[], now: number): string[] {
  const left = pages.length - BUNDLE_SHOWN
  const more = left > 0 ? [`… ${wordsFor(pages[0]!).andMore(left)}`] : []
  return [...duplicateLine(pages), ...linesOf(pages.slice(0, BUNDLE_SHOWN), now), ...more]
}

/** Telegram refuses the whole message for a button to a host without a dot, such as localhost. */
function isPublic(url: string): boolean {
  return URL.canParse(url) && /[.:]/.test(new URL(url).hostname)
}

function lengthOf(lines: string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0)
}

/** The lines as far as they go: the one that does not fit is cut, and those after it are left out. */
function fitting(lines: string[], max: number): string[] {
  const shown: string[] = []
  for (const line of lines) {
    const room = max - lengthOf(shown)
    if (room < 2) break
    shown.push(shorten(line, room))
  }
  return shown
}

/** Nobody is there any more, or they shut the door: no later attempt changes that. */
const FOR_GOOD =
  /chat not found|user not found|upgraded to a supergroup|group is deactivated|chat was deleted|thread not found|not enough rights|no rights to send|PEER_ID_INVALID|CHAT_WRITE_FORBIDDEN/i

interface Said {
  ok?: unknown
  description?: unknown
  result?: { message_id?: unknown }
  parameters?: { retry_after?: unknown; migrate_to_chat_id?: unknown }
}

function inItsWords(reply: Reply, now: number, secrets: string[]): Outcome {
  if (reply.kind === 'failed') return outcomeOf(reply, now, secrets)
  const said = read(reply.body)
  const is2xx = reply.status >= 200 && reply.status < 300
  // Something between us and Telegram may answer 200 as well; only Telegram's own word is a delivery, even if it was cut.
  const beginsOk = reply.whole === false && /^\s*\{\s*"ok"\s*:\s*true\b/.test(reply.body)
  if (is2xx && said?.ok !== true && !beginsOk) return notInTheWordsOf('Telegram', reply)
  const id = said?.result?.message_id
  if (is2xx) return { kind: 'delivered', answer: typeof id === 'number' ? `${reply.status} message ${id}` : `${reply.status}` }
  if (typeof said?.description !== 'string') return outcomeOf(reply, now, secrets)
  const moved = said.parameters?.migrate_to_chat_id
  const answer = `${reply.status} ${withoutSecrets(said.description, secrets)}`
  if (typeof moved === 'number') return { kind: 'gave-up', answer: `${answer}; its id is now ${moved}` }
  if (reply.status === 403 || (reply.status === 400 && FOR_GOOD.test(said.description))) return { kind: 'gave-up', answer }
  const seconds = said.parameters?.retry_after
  return typeof seconds === 'number' && seconds >= 0
    ? { kind: 'try-again', answer, retryAfterMs: seconds * SECOND }
    : outcomeOf({ ...reply, body: said.description }, now, secrets)
}

function read(body: string): Said | undefined {
  try {
    const said: unknown = JSON.parse(body)
    return typeof said === 'object' && said !== null ? said : undefined
  } catch {
    return undefined
  }
}
