import { z } from 'zod'
import { LANGUAGES } from '../../kernel/language.ts'
import { route, text } from '../../platform/contract.ts'
import { REACHES } from '../people/index.ts'

const inEach = z.record(z.enum(LANGUAGES), text)

const channelView = z.object({
  name: text.describe('The `channel` of a contact.'),
  icon: text.describe('The browser’s drawing of it.'),
  title: inEach,
  choice: inEach.describe('As it is offered among others.'),
  short: inEach.describe('As a line calls it in passing.'),
  about: text.describe('What to know before choosing it; Markdown, in English.'),
  address: z.object({ hint: inEach, example: text }),
  secret: z
    .object({ required: z.boolean(), hint: inEach })
    .nullable()
    .describe('What a contact’s secret is to it; null where it has none.'),
  settings: z
    .object({
      schema: z.record(z.string(), z.unknown()).describe('JSON Schema of a contact’s `settings`.'),
      labels: z.record(z.string(), z.object({ label: inEach, hint: inEach.optional() })),
    })
    .nullable(),
  can: z.object({
    acknowledge: z.enum(['on the message', 'by a link', 'by a program']),
    bundle: z.boolean().describe('Several pages may share one message.'),
    reaches: z.enum(REACHES).describe('What hears it first.'),
    perMinute: z.int().nullable().describe('What the vendor takes to one address; null where it does not say.'),
  }),
  needs: z.enum(['mail']).nullable().describe('What the operator sets up before it can send.'),
})

/** What is told of a channel to those who only show it. */
export type ChannelView = z.infer<typeof channelView>

export const pagingContract = {
  listChannels: route({
    method: 'GET',
    path: '/channels',
    permission: 'incident:read',
    summary: 'The channels a contact can name: what they want and what they can do.',
    reply: z.object({ items: z.array(channelView) }),
    refusals: {},
  }),
  testContact: route({
    method: 'POST',
    path: '/people/{name}/contacts/{contact}/test',
    permission: 'incident:read',
    summary: 'Sends a test page through the real channel. It opens no incident, and nobody else is paged when it fails.',
    params: z.object({ name: text, contact: text }),
    body: z.strictObject({}),
    status: 202,
    reply: z.object({ page: text.describe('The page’s id; how it went stands among the person’s recent pages.') }),
    refusals: { 'not-found': 404, 'not-yours': 403, 'just-tested': 429 },
  }),
  pagePerson: route({
    method: 'POST',
    path: '/people/{name}/test',
    permission: 'incident:read',
    summary: 'Pages a person as an incident would, by their own rules and to all their contacts, as a test: nobody else is paged.',
    params: z.object({ name: text }),
    body: z.strictObject({ urgency: z.enum(['high', 'low']).default('high').describe('Whose rules are followed.') }),
    status: 202,
    reply: z.object({ pages: z.array(z.object({ page: text, contact: text, channel: text, afterSeconds: z.number() })) }),
    refusals: { 'not-found': 404, 'not-yours': 403, 'just-tested': 429, 'no-contact': 409 },
  }),
}
