import { z } from 'zod'
import { shorten } from '../../kernel/text.ts'
import type { Channel, Outcome, PageContent } from '../../modules/paging/index.ts'
import type { Reply } from '../../platform/egress/index.ts'
import { isWeb } from './address.ts'
import { notInTheWordsOf, outcomeOf, TIMEOUT_MS } from './answer.ts'
import { briefOf, duplicateLine, headlineOf, linesOf, worstFirst } from './wording.ts'
import { wordsFor } from './words.ts'

/**
 * A message through an incoming webhook. Whoever knows the webhook's URL can post, so it is the contact's secret and never stands in a
 * document; the address is only what people call the place.
 */
export const slack: Channel = {
  name: 'slack',
  icon: 'hash',
  title: { en: 'Slack', de: 'Slack' },
  choice: { en: 'Slack, by incoming webhook', de: 'Slack über Incoming Webhook' },
  about:
    'a message where an [incoming webhook](https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks) posts: its URL is the secret, the address only names the place',
  address: {
    schema: z
      .string()
      .trim()
      .min(1, 'Say where the webhook posts, like #payments-pages or @ada.')
      .max(80, 'A name of at most 80 characters is enough, like #payments-pages.')
      .refine(
        (address) => !/\/\/|hooks\.slack/i.test(address),
        'The webhook’s URL is a secret: write it as the contact’s secret, and here where it posts, like #payments-pages.',
      ),
    hint: {
      en: 'Where the webhook posts, as people call it: #payments-pages',
      de: 'Wohin der Webhook schreibt, wie es genannt wird: #payments-pages',
    },
    example: '#payments-pages',
  },
  secret: {
    required: true,
    hint: { en: 'The webhook’s URL: whoever knows it can post.', de: 'Die URL des Webhooks: Wer sie kennt, kann schreiben.' },
  },
  can: { acknowledge: 'by a link', bundle: true, reaches: 'an inbox', perMinute: 60 },

  async send({ pages }, { address, secret = '' }, { request, now }) {
    const sorted = worstFirst(pages)
    const [worst, ...others] = sorted
    if (!worst) return { kind: 'gave-up', answer: 'nothing to send' }
    const url = secret.trim()
    if (!isWeb(url)) return { kind: 'try-again', answer: 'the secret is not the URL of an incoming webhook' }
    const { pathname } = new URL(url)
    const blocks = others.length === 0 ? blocksOf(worst, now) : bundleBlocks(sorted, now)
    const reply = await request({
      method: 'POST',
      url,
      headers: { 'Content-Type': 'application/json' },
      // `text` is what notifications show; the blocks are what stands in the channel.
      body: JSON.stringify({
        text: escaped(headlineOf(worst, others.length), SECTION_MAX),
        blocks,
        unfurl_links: false,
        unfurl_media: false,
      }),
      timeoutMs: TIMEOUT_MS,
    })
    const links = pages.flatMap(({ actions }) => Object.values(actions))
    return inItsWords(reply, now, [url, pathname, ...pathname.split('/').slice(2), address, ...links])
  },
}

/** Slack takes 50 blocks, but no more than about 13,000 characters in all of them. */
const BUNDLE_SHOWN = 15
const LINE_MAX = 500

function blocksOf(page: PageContent, now: number): object[] {
  const { actions, incident } = page
  const say = wordsFor(page).acts
  return [
    section(`*${escaped(headlineOf(page, 0), SECTION_MAX)}*`),
    section(escaped(briefOf(page, now).join('\n'), SECTION_MAX)),
    {
      type: 'actions',
      elements: [
        { ...button('acknowledge', say.acknowledge, actions.acknowledge), style: 'primary' },
        button('escalate', say.escalate, actions.escalate),
        button('open', say.open, incident.url),
      ],
    },
  ]
}

function bundleBlocks(pages: PageContent[], now: number): object[] {
  const shown = pages.slice(0, BUNDLE_SHOWN)
  const left = pages.length - shown.length
  const say = wordsFor(pages[0]!)
  const told = duplicateLine(pages)
  return [
    section(`*${escaped([say.needYou(pages.length), ...told].join('. '), SECTION_MAX)}*`),
    ...shown.map((page, place) => ({
      ...section(escaped(linesOf([page], now)[0]!, LINE_MAX)),
      accessory: button(`acknowledge-${place}`, wordsFor(page).shortly(page.incident.number), page.actions.acknowledge),
    })),
    ...(left > 0 ? [section(`… ${say.andMore(left)}`)] : []),
  ]
}

/** Slack's limit is 3,000 for a section; this leaves room for what is around it. */
const SECTION_MAX = 2900

function section(text: string): object {
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }
}

function button(id: string, label: string, url: string): object {
  return { type: 'button', action_id: id, text: { type: 'plain_text', text: shorten(label, 75), emoji: false }, url }
}

/** Without the three signs by which Slack knows links and mentions; at most `max` long, and cut in none of what stands for them. */
function escaped(text: string, max: number): string {
  return shorten(text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'), max).replace(/&\w{0,3}…$/, '…')
}

/** The webhook, its channel or its team is gone, or it may not post there: no later attempt changes that. */
const FOR_GOOD =
  /^(no_service|no_service_id|no_team|no_active_hooks|invalid_token|team_disabled|action_prohibited|posting_to_general_channel_denied|channel_not_found|channel_is_archived|user_not_found)\b/

/** Slack answers with one word. */
function inItsWords(reply: Reply, now: number, secrets: string[]): Outcome {
  const outcome = outcomeOf(reply, now, secrets)
  if (reply.kind === 'failed' || outcome.kind === 'gave-up') return outcome
  // Something between us and Slack may answer 200 as well; only Slack's own word is a delivery.
  if (outcome.kind === 'delivered' && reply.body.trim() !== 'ok') return notInTheWordsOf('Slack', reply)
  return reply.status < 500 && FOR_GOOD.test(reply.body.trim()) ? { kind: 'gave-up', answer: outcome.answer } : outcome
}
