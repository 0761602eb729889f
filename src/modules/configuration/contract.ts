import { z } from 'zod'
import { route, text } from '../../platform/contract.ts'
import { listOf, listQuery, momentView, originView } from '../documents/contract.ts'
import { handoverView, startsView } from '../oncall/contract.ts'

/** Kinds as they stand in addresses. */
export const PLURALS = [
  'people',
  'teams',
  'schedules',
  'policies',
  'services',
  'integrations',
  'overrides',
  'severity-schemes',
  'command-settings',
  'roles',
  'hooks',
] as const
export type Plural = (typeof PLURALS)[number]

const plural = z.enum(PLURALS, { error: `is one of ${PLURALS.join(', ')}` })

const issueView = z.object({ path: text, message: text, file: text.exactOptional(), line: z.int().exactOptional() })

const warningView = issueView.extend({
  asks: z.literal(true).exactOptional().describe('People are asked before they go on; programs are not.'),
})

const files = z
  .array(
    z.strictObject({
      file: text.min(1).max(1000).describe('What to call it in messages.'),
      text: text.describe('YAML or JSON.'),
    }),
  )
  .min(1, 'needs a file')
  .max(2000)
  .describe('The files of one configuration, together.')

const removalView = z.object({ kind: text, name: text, origin: originView })
const plannedView = z.object({ kind: text, name: text, file: text.nullable(), line: z.int() })
const differenceView = z.object({ path: text, from: z.unknown().optional(), to: z.unknown().optional() })

const affectedView = z
  .array(
    handoverView.extend({
      schedule: z.string(),
      text: z.string(),
      kept: startsView.describe('Starts put in place of those written, because `keepTurn` was asked for; the files still say otherwise.'),
    }),
  )
  .describe('Schedules by which somebody else is on call now, or in one of the next shifts.')

const keepTurn = z.boolean().default(false).describe('Changes the starts of layers so that whoever has the turn keeps it.')

/** What applying would do, or did. */
const planView = z.object({
  created: z.array(plannedView),
  changed: z.array(plannedView.extend({ version: z.int(), origin: originView, differences: z.array(differenceView) })),
  unchanged: z.array(plannedView.extend({ origin: originView })),
  removed: z.array(removalView).describe('From files, and no longer written; with prune only.'),
  onlyOnServer: z.array(removalView).describe('Not written, and left alone.'),
  warnings: z.array(warningView).describe('Allowed, and yet leaves somebody unpaged.'),
  whoIsAffected: affectedView,
})

const objectView = z.object({
  kind: text,
  name: text,
  version: z.int(),
  spec: z.record(text, z.unknown()),
  origin: originView,
  changedAt: momentView,
  changedBy: text,
})
const wholeObjectView = objectView.extend({ yaml: text.describe('As it would stand in a file.') })

const versionView = z.object({
  version: z.int(),
  spec: z.record(text, z.unknown()).nullable().describe('Null: it was removed.'),
  origin: originView,
  changedAt: momentView,
  changedBy: text,
  differences: z.array(differenceView).describe('From the version before.'),
})

const putBody = {
  spec: z.record(text, z.unknown()),
  expectedVersion: z.int().min(0).optional().describe('The version the change was made from; 0 for a new object.'),
}

const byKind = z.object({ kind: plural })
const byName = z.object({ kind: plural, name: text })

export const configurationContract = {
  validateConfiguration: route({
    method: 'POST',
    looks: true,
    path: '/configuration/validation',
    permission: 'config:read',
    summary: 'What is wrong with documents, with file, line and the mend. Changes nothing.',
    body: z.strictObject({ files }),
    reply: z.object({ valid: z.boolean(), issues: z.array(issueView), warnings: z.array(warningView) }),
    refusals: {},
  }),
  diffConfiguration: route({
    method: 'POST',
    looks: true,
    path: '/configuration/diff',
    permission: 'config:read',
    summary: 'What applying documents would change, field by field. Changes nothing.',
    body: z.strictObject({ files, prune: z.boolean().default(false), keepTurn }),
    reply: planView,
    refusals: { 'invalid-configuration': 422 },
  }),
  applyConfiguration: route({
    method: 'POST',
    path: '/configuration/apply',
    permission: 'config:write',
    summary: 'Puts documents in force, all or none.',
    body: z.strictObject({
      files,
      prune: z.boolean().default(false).describe('Also removes objects that came from files and are no longer written.'),
      keepTurn,
      dryRun: z.boolean().default(false).describe('Checks everything and changes nothing.'),
    }),
    reply: planView.extend({ applied: z.boolean() }),
    refusals: { 'invalid-configuration': 422 },
  }),
  exportConfiguration: route({
    method: 'GET',
    path: '/configuration/export',
    permission: 'config:read',
    summary:
      'The configuration in force as documents. Keys are exported as their hash, secrets as references; addresses of contacts are masked for whoever may not change them.',
    query: z.strictObject({ kind: plural.optional(), name: text.optional() }),
    reply: z.object({ text: text }),
    refusals: {},
  }),
  listObjects: route({
    method: 'GET',
    path: '/configuration/{kind}',
    permission: 'config:read',
    summary: 'Configuration objects of a kind, by name.',
    params: byKind,
    query: z.strictObject(listQuery),
    reply: listOf(objectView),
    refusals: { 'bad-cursor': 400 },
  }),
  getObject: route({
    method: 'GET',
    path: '/configuration/{kind}/{name}',
    permission: 'config:read',
    summary: 'One configuration object.',
    params: byName,
    reply: wholeObjectView,
    refusals: { 'not-found': 404 },
  }),
  getObjectHistory: route({
    method: 'GET',
    path: '/configuration/{kind}/{name}/history',
    permission: 'config:read',
    summary: 'Every version of an object, newest first, with what changed.',
    params: byName,
    query: z.strictObject(listQuery),
    reply: listOf(versionView),
    refusals: { 'not-found': 404, 'bad-cursor': 400 },
  }),
  putObject: route({
    method: 'PUT',
    path: '/configuration/{kind}/{name}',
    permission: 'config:write',
    summary: 'Makes or changes an object. With expectedVersion, only if nobody changed it meanwhile.',
    params: byName,
    body: z.strictObject({
      ...putBody,
      eject: z.boolean().default(false).describe('Takes an object that comes from a file over; the file no longer decides.'),
    }),
    reply: wholeObjectView.extend({ warnings: z.array(warningView), whoIsAffected: affectedView }),
    refusals: { 'invalid-configuration': 422, conflict: 409, 'from-file': 409 },
  }),
  ejectObject: route({
    method: 'POST',
    path: '/configuration/{kind}/{name}/ejection',
    permission: 'config:write',
    summary: 'Takes an object that comes from a file over as it is, so that it can be changed here.',
    params: byName,
    body: z.strictObject({}),
    reply: wholeObjectView,
    refusals: { 'not-found': 404 },
  }),
  deleteObject: route({
    method: 'DELETE',
    path: '/configuration/{kind}/{name}',
    permission: 'config:write',
    summary: 'Removes an object nothing refers to; what waits to be sent to it is withdrawn.',
    params: byName,
    query: z.strictObject({ eject: z.stringbool().default(false).describe('Removes it although it comes from a file.') }),
    reply: z.object({ removed: z.array(z.object({ kind: text, name: text })) }),
    refusals: { 'not-found': 404, 'from-file': 409, 'still-needed': 409, 'last-owner': 409 },
  }),
  getOwnPerson: route({
    method: 'GET',
    path: '/me/person',
    permission: 'own',
    summary: 'The caller’s own document, whole: name, contacts, paging rules.',
    reply: wholeObjectView,
    refusals: { 'not-found': 404 },
  }),
  putOwnPerson: route({
    method: 'PUT',
    path: '/me/person',
    permission: 'own',
    summary: 'Changes the caller’s own name, zone, language, contacts and paging rules; role and mail address stay as they are.',
    body: z.strictObject(putBody),
    reply: wholeObjectView.extend({ warnings: z.array(warningView) }),
    refusals: { 'invalid-configuration': 422, conflict: 409, 'from-file': 409, 'not-found': 404, 'not-yours': 403 },
  }),
}
