import { z } from 'zod'
import { type Permission, ROLES } from '../../kernel/permission.ts'
import { route } from '../../platform/contract.ts'

const instant = z.iso.datetime().describe('ISO 8601, UTC')

/** What a role may grant; the others belong to links, keys and everybody. */
export const PERMISSIONS = ['incident:read', 'incident:act', 'config:read', 'config:write', 'admin'] as const satisfies Permission[]

const tokenView = z.object({
  id: z.string().describe('tok_…'),
  label: z.string(),
  role: z.enum(ROLES),
  person: z.string().nullable().describe('In whose name it acts; null: in its own.'),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
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
      label: z.string().describe('What is written as the actor.'),
      person: z
        .object({
          name: z.string(),
          displayName: z.string(),
          timeZone: z.string().nullable(),
          role: z.enum(ROLES),
          language: z.enum(['en', 'de']).nullable(),
        })
        .nullable()
        .describe('Null for tokens that belong to nobody.'),
      permissions: z.array(z.enum(PERMISSIONS)),
    }),
    refusals: {},
  }),
  createLoginLink: route({
    method: 'POST',
    path: '/login-links',
    permission: 'admin',
    summary: 'Makes a sign-in link for a person: works once, for 15 minutes.',
    body: z.strictObject({ person: z.string().min(1, 'is required: the person’s name') }),
    status: 201,
    reply: z.object({ url: z.string(), endsAt: instant }),
    refusals: { 'no-such-person': 422 },
  }),
  listTokens: route({
    method: 'GET',
    path: '/tokens',
    permission: 'admin',
    summary: 'API tokens that are in force, oldest first; never their secrets.',
    query: z.strictObject({
      limit: z.coerce.number({ error: 'is a number from 1 to 200' }).int().min(1, 'is at least 1').max(200, 'is at most 200').default(50).describe('How many; at most 200.'),
      cursor: z.string().optional().describe('`next` of the page before.'),
    }),
    reply: z.object({ items: z.array(tokenView), next: z.string().nullable() }),
    refusals: { 'bad-cursor': 400 },
  }),
  createToken: route({
    method: 'POST',
    path: '/tokens',
    permission: 'admin',
    summary: 'Makes an API token. Its secret is in this answer and nowhere else.',
    body: z.strictObject({
      label: z.string().trim().min(1, 'is required: what uses it, such as ‹deploy bot›').max(100),
      role: z.enum(ROLES).default('responder'),
      person: z.string().min(1).optional().describe('In whose name it acts.'),
    }),
    status: 201,
    reply: tokenView.extend({ secret: z.string().describe('Shown this once.') }),
    refusals: { 'no-such-person': 422 },
  }),
  revokeToken: route({
    method: 'DELETE',
    path: '/tokens/{id}',
    permission: 'admin',
    summary: 'Revokes an API token; it is refused from the next request on.',
    params: z.object({ id: z.string().describe('tok_…') }),
    reply: z.object({}),
    refusals: { 'not-found': 404 },
  }),
}
