import { createHash } from 'node:crypto'
import { shorten } from '../../kernel/text.ts'
import type { Channel, PageContent } from '../../modules/paging/index.ts'
import type { Reply } from '../../platform/egress/index.ts'
import { isWeb, webAddress } from './address.ts'
import { notInTheWordsOf, outcomeOf, TIMEOUT_MS } from './answer.ts'
import { briefOf, duplicateLine, headlineOf, linesOf, worstFirst } from './wording.ts'
import { wordsFor } from './words.ts'

/** Push to a phone through an ntfy server, the operator's own or a public one. The buttons work on the lock screen, without signing in. */
export const ntfy: Channel = {
  name: 'ntfy',
  icon: 'push',
  title: { en: 'ntfy push', de: 'ntfy-Push' },
  choice: { en: 'Push (ntfy)', de: 'Push über ntfy' },
  short: { en: 'Push', de: 'Push' },
  about: 'a phone that rings, self-hosted; Acknowledge and Escalate on the notification',
  address: {
    schema: webAddress.refine(
      (address) => !isWeb(address) || topicOf(address) !== undefined,
      'Write the address of a topic, like https://ntfy.example.org/ada-pages: one name of letters, digits, - and _ (at most 64) after the server.',
    ),
    hint: {
      en: 'The topic, with its server: https://ntfy.sh/ada-pages',
      de: 'Das Thema mit seinem Server: https://ntfy.sh/ada-pages',
    },
    example: 'https://ntfy.sh/ada-pages',
  },
  secret: { required: false, hint: { en: 'The server’s access token.', de: 'Das Zugriffstoken des Servers.' } },
  can: { acknowledge: 'on the message', bundle: true, reaches: 'a phone' },
  leadsTo: (address) => address,

  async send({ idempotencyKey, pages }, { address, secret }, { request, now }) {
    const [worst, ...others] = worstFirst(pages)
    const topic = topicOf(address)
    if (!worst || !topic) return { kind: 'gave-up', answer: 'this is not the address of an ntfy topic' }
    const message = {
      topic,
      // From ntfy 2.16 on, a page sent again replaces its notification; older servers do not know the field and show it twice.
      sequence_id: createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 32),
      title: shorten(headlineOf(worst, others.length), 160),
      message: shortenBytes(
        (others.length === 0 ? briefOf(worst, now) : [...duplicateLine(pages), ...linesOf([worst, ...others], now)]).join('\n'),
        MESSAGE_BYTES_MAX,
      ),
      // 5 rings through "do not disturb" until it is looked at.
      priority: pages.some((page) => page.incident.urgency === 'high') ? 5 : 3,
      tags: tagsOf(worst),
      click: worst.incident.url,
      actions: others.length === 0 ? actionsOf(worst) : bundleActions([worst, ...others]),
    }
    const reply = await request({
      method: 'POST',
      // Messages in JSON go to the server's root, not to the topic.
      url: new URL('/', address).href,
      headers: { 'Content-Type': 'application/json', ...(secret !== undefined && { Authorization: `Bearer ${secret}` }) },
      body: JSON.stringify(message),
      timeoutMs: TIMEOUT_MS,
    })
    const outcome = outcomeOf(inItsWords(reply), now, [secret ?? '', topic, address, ...message.actions.map((action) => action.url)])
    return outcome.kind === 'delivered' && reply.kind === 'answered' && !isOfNtfy(reply) ? notInTheWordsOf('ntfy', reply) : outcome
  },
}

/** ntfy's own limit is 4,096, but Google's and Apple's push services want the whole notification, links included, in about that. */
const MESSAGE_BYTES_MAX = 1500

/** ntfy cannot live under a path, so a topic's address has exactly one name after the host. */
function topicOf(address: string): string | undefined {
  if (!isWeb(address)) return undefined
  const { pathname, search, hash } = new URL(address)
  return search || hash ? undefined : /^\/([-_A-Za-z0-9]{1,64})\/?$/.exec(pathname)?.[1]
}

/** Known words become pictures in the app, others stay words. No commas: ntfy passes tags on as a comma-separated list. */
function tagsOf({ incident }: PageContent): string[] {
  const service = incident.service?.replace(/[^\w.-]+/g, '-').slice(0, 40)
  return [incident.urgency === 'high' ? 'rotating_light' : 'warning', `sev${incident.severity}`, ...(service ? [service] : [])]
}

type Action =
  | { action: 'http'; label: string; url: string; method: 'POST'; clear: boolean }
  | { action: 'view'; label: string; url: string; clear: boolean }

function actionsOf(page: PageContent): Action[] {
  const { actions, incident } = page
  const say = wordsFor(page).acts
  return [
    { action: 'http', label: say.acknowledge, url: actions.acknowledge, method: 'POST', clear: true },
    { action: 'http', label: say.escalate, url: actions.escalate, method: 'POST', clear: true },
    { action: 'view', label: say.open, url: incident.url, clear: false },
  ]
}

/** ntfy shows three buttons at most: in a bundle they acknowledge the three worst, and tapping opens the worst. */
function bundleActions(pages: PageContent[]): Action[] {
  return pages.slice(0, 3).map((page) => ({
    action: 'http',
    label: wordsFor(page).shortly(page.incident.number),
    url: page.actions.acknowledge,
    method: 'POST',
    clear: false,
  }))
}

/** Of ntfy's JSON only the error's sentence or the message's id: the rest repeats what was sent. */
/** Every message that it takes it answers with the message, its id first. */
function isOfNtfy({ body }: Extract<Reply, { kind: 'answered' }>): boolean {
  return /^\s*\{\s*"id"\s*:\s*"/.test(body)
}

function inItsWords(reply: Reply): Reply {
  if (reply.kind === 'failed') return reply
  try {
    const said = JSON.parse(reply.body) as { id?: unknown; error?: unknown }
    if (typeof said.error === 'string') return { ...reply, body: said.error }
    return { ...reply, body: typeof said.id === 'string' ? `message ${said.id}` : '' }
  } catch {
    return reply
  }
}

/** At most `max` bytes of UTF-8, cut between characters. */
function shortenBytes(text: string, max: number): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= max) return text
  return `${new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, max - 3), { stream: true })}…`
}
