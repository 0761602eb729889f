import { z } from 'zod'
import { LANGUAGES } from '../../kernel/language.ts'
import { GRANTABLE, ROLES } from '../../kernel/permission.ts'
import { route, text } from '../../platform/contract.ts'
import { listOf, listQuery, momentView } from '../documents/contract.ts'
import { timeZoneText } from '../people/index.ts'
import { THEMES } from './preferences.ts'

const tokenView = z.object({
  id: text.describe('tok_…'),
  label: text,
  role: z.enum(ROLES),
  person: text
    .nullable()
    .describe(
      'In whose name it acts; it ends with that person. Null: it belongs to nobody, acts in its own name, and ends when it is revoked.',
    ),
  createdAt: momentView,
  lastUsedAt: momentView.nullable().describe('To the minute; null: not used yet.'),
})

const preferences = z.strictObject({
  language: z
    .enum(['browser', 'en', 'de'])
    .describe('Of the screens, and of the pages that reach this person; browser: as the browser asks.'),
  timeZone: z.union([z.literal('browser'), timeZoneText]).describe('An IANA name; browser: the zone of the machine in use.'),
  theme: z.enum(THEMES),
  singleKeys: z.boolean().describe('Whether a key alone may act.'),
  keys: z
    .record(text.min(1).max(60), text.min(1).max(30))
    .refine((keys) => Object.keys(keys).length <= 200, { error: 'holds more than 200 keys' })
    .describe('Which key does what, where it is not the usual one: action to key, such as { acknowledge: "q" }.'),
})

export const accessContract = {
  getMe: route({
    method: 'GET',
    path: '/me',
    // Every role has this one: whoever is signed in may ask who they are.
    permission: 'incident:read',
    summary: 'Who is calling, and what they may do.',
    reply: z.object({
      kind: z.enum(['person', 'token']),
      label: text.describe('What is written as the actor.'),
      person: z
        .object({
          name: text,
          displayName: text,
          timeZone: text.nullable(),
          role: z.enum(ROLES),
          language: z.enum(LANGUAGES).nullable(),
        })
        .nullable()
        .describe('Null for tokens that belong to nobody.'),
      permissions: z.array(z.enum(GRANTABLE)),
    }),
    refusals: {},
  }),
  getPreferences: route({
    method: 'GET',
    path: '/me/preferences',
    permission: 'incident:read',
    summary: 'How the caller wants the screens to be, in every browser.',
    reply: preferences.extend({ savedAt: momentView.nullable().describe('Null: nothing was chosen yet.') }),
    refusals: { 'no-person': 404 },
  }),
  putPreferences: route({
    method: 'PUT',
    path: '/me/preferences',
    permission: 'incident:read',
    summary: 'Keeps how the caller wants the screens to be.',
    body: preferences,
    reply: preferences.extend({ savedAt: momentView.nullable() }),
    refusals: { 'no-person': 404 },
  }),
  endSession: route({
    method: 'DELETE',
    path: '/session',
    permission: 'public',
    summary: 'Signs out: ends the session of the cookie that comes along, and clears it.',
    reply: z.object({}),
    refusals: {},
    raw: true,
  }),
  createLoginLink: route({
    method: 'POST',
    replyIsSecret: true,
    path: '/login-links',
    permission: 'admin',
    summary: 'Makes a sign-in link for a person: works once, for 15 minutes.',
    body: z.strictObject({ person: text.min(1, 'is required: the person’s name') }),
    status: 201,
    reply: z.object({ url: text, endsAt: momentView }),
    refusals: { 'no-such-person': 422 },
  }),
  listTokens: route({
    method: 'GET',
    path: '/tokens',
    permission: 'admin',
    summary: 'API tokens that are in force, oldest first; never their secrets.',
    query: z.strictObject(listQuery),
    reply: listOf(tokenView),
    refusals: { 'bad-cursor': 400 },
  }),
  createToken: route({
    method: 'POST',
    path: '/tokens',
    replyIsSecret: true,
    permission: 'admin',
    summary: 'Makes an API token. Its secret is in this answer and nowhere else.',
    body: z.strictObject({
      label: text.trim().min(1, 'is required: what uses it, such as ‹deploy bot›').max(100),
      role: z.enum(ROLES).default('responder'),
      person: text
        .min(1)
        .optional()
        .describe('In whose name it acts, until that person is removed. Left out: it belongs to nobody, whoever made it.'),
    }),
    status: 201,
    reply: tokenView.extend({ secret: text.describe('Shown this once.') }),
    refusals: { 'no-such-person': 422 },
  }),
  revokeToken: route({
    method: 'DELETE',
    path: '/tokens/{id}',
    permission: 'admin',
    summary: 'Revokes an API token; it is refused from the next request on.',
    params: z.object({ id: text.describe('tok_…') }),
    reply: z.object({}),
    refusals: { 'not-found': 404 },
  }),
}
