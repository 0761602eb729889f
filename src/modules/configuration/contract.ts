import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import { listOf, listQuery, momentView, originView } from '../documents/contract.ts'

/** Kinds as they stand in addresses. */
export const PLURALS = ['people', 'teams', 'schedules', 'policies', 'services', 'integrations', 'overrides'] as const
export type Plural = (typeof PLURALS)[number]

const plural = z.enum(PLURALS, { error: `is one of ${PLURALS.join(', ')}` })

const issueView = z.object({ path: z.string(), message: z.string(), file: z.string().exactOptional(), line: z.int().exactOptional() })

const files = z
  .array(
    z.strictObject({
      file: z.string().min(1).max(1000).describe('What to call it in messages.'),
      text: z.string().describe('YAML or JSON.'),
    }),
  )
  .min(1, 'needs a file')
  .max(2000)
  .describe('The files of one configuration, together.')

const removalView = z.object({ kind: z.string(), name: z.string(), origin: originView })
const plannedView = z.object({ kind: z.string(), name: z.string(), file: z.string().nullable(), line: z.int() })
const differenceView = z.object({ path: z.string(), from: z.unknown().optional(), to: z.unknown().optional() })

/** What applying would do, or did. */
const planView = z.object({
  created: z.array(plannedView),
  changed: z.array(plannedView.extend({ version: z.int(), origin: originView, differences: z.array(differenceView) })),
  unchanged: z.array(plannedView.extend({ origin: originView })),
  removed: z.array(removalView).describe('From files, and no longer written; with prune only.'),
  onlyOnServer: z.array(removalView).describe('Not written, and left alone.'),
  warnings: z.array(issueView).describe('Allowed, and yet leaves somebody unpaged.'),
})

const objectView = z.object({
  kind: z.string(),
  name: z.string(),
  version: z.int(),
  spec: z.record(z.string(), z.unknown()),
  origin: originView,
  changedAt: momentView,
  changedBy: z.string(),
})
const wholeObjectView = objectView.extend({ yaml: z.string().describe('As it would stand in a file.') })

const versionView = z.object({
  version: z.int(),
  spec: z.record(z.string(), z.unknown()).nullable().describe('Null: it was removed.'),
  origin: originView,
  changedAt: momentView,
  changedBy: z.string(),
  differences: z.array(differenceView).describe('From the version before.'),
})

const settingsView = z.object({
  version: z.string(),
  schema: z.int().describe('The number of the newest migration.'),
  node: z.string().describe('The node that answered.'),
  address: z.object({ url: z.string(), listen: z.string() }),
  dataFolder: z.string(),
  database: z.object({
    kind: z.enum(['embedded', 'own']),
    host: z.string().nullable(),
    name: z.string().nullable(),
    version: z.string(),
    bytes: z.int(),
  }),
  mail: z.object({ server: z.string(), from: z.string().nullable() }).nullable().describe('Null: not set up.'),
  egressAllow: z.array(z.string()).describe('Private networks that addresses of contacts may lead to.'),
  configuration: z.string().nullable().describe('The file or folder that is applied at every start.'),
  demo: z.boolean().nullable().describe('Whether the demo was asked for; null: left to whether anything was configured.'),
  adminToken: z.boolean().describe('Whether the environment holds one; never the token.'),
  secretKey: z.string().nullable().describe('The file; null: generated, in the data folder.'),
  logLevel: z.string(),
  given: z.array(z.string()).describe('The variables of what was set, by flag or environment.'),
  retention: z.object({
    rawDays: z.int().describe('Bodies as they came in.'),
    sessionDays: z.int(),
    loginLinkMinutes: z.int(),
    actionLinkDays: z.int(),
    repliesHours: z.int().describe('Answers kept for a repeated Idempotency-Key.'),
  }),
})

const healthView = z.object({
  ready: z.boolean(),
  why: z.array(z.string()).describe('What keeps this node from being ready; empty when nothing does.'),
  loops: z.array(
    z.object({
      name: z.string(),
      everyMs: z.int(),
      lastSuccessAt: momentView.nullable(),
      lateMs: z.int().describe('Beyond its pause since it last succeeded.'),
      lastError: z.string().nullable(),
    }),
  ),
  backlog: z.object({ bodies: z.int(), oldestAt: momentView.nullable() }).describe('Accepted and not yet worked off.'),
  horizonMs: z.int().describe('How long an open transaction has held back those who follow the timeline.'),
  measured: z
    .object({
      since: momentView,
      incidents: z.int(),
      pages: z.int(),
      firstPageMs: z
        .object({ median: z.number(), p99: z.number(), worst: z.number() })
        .nullable()
        .describe('From incident to first attempt at its first page, where that was due at once.'),
      days: z.array(z.object({ day: z.string(), worstMs: z.number().nullable() })).describe('The worst of each day, oldest first.'),
      levels: z.int().describe('Levels of escalations that came due.'),
      late: z.int().describe('Levels decided, and pages attempted, more than 5 s after they were due.'),
      unsure: z.int().describe('Pages that may have arrived twice.'),
    })
    .describe('The newest 2,000 incidents of the last 28 days.'),
  channels: z.array(
    z.object({
      channel: z.string(),
      title: z.string(),
      pages: z.int(),
      delivered: z.int(),
      failed: z.int(),
      lastAt: momentView.nullable(),
    }),
  ),
})

export const settingsContract = {
  getSettings: route({
    method: 'GET',
    path: '/settings',
    permission: 'config:read',
    summary: 'How this installation is set up, and by what. Never a secret.',
    reply: settingsView,
    refusals: {},
  }),
  getInstallationHealth: route({
    method: 'GET',
    path: '/settings/health',
    permission: 'config:read',
    summary: 'Whether paging keeps its promise: what is measured of the last 28 days, and what is late now.',
    reply: healthView,
    refusals: {},
  }),
}

const byKind = z.object({ kind: plural })
const byName = z.object({ kind: plural, name: z.string() })

export const configurationContract = {
  validateConfiguration: route({
    method: 'POST',
    path: '/configuration/validation',
    permission: 'config:read',
    summary: 'What is wrong with documents, with file, line and the mend. Changes nothing.',
    body: z.strictObject({ files }),
    reply: z.object({ valid: z.boolean(), issues: z.array(issueView), warnings: z.array(issueView) }),
    refusals: {},
  }),
  diffConfiguration: route({
    method: 'POST',
    path: '/configuration/diff',
    permission: 'config:read',
    summary: 'What applying documents would change, field by field. Changes nothing.',
    body: z.strictObject({ files, prune: z.boolean().default(false) }),
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
      dryRun: z.boolean().default(false).describe('Checks everything and changes nothing.'),
    }),
    reply: planView.extend({ applied: z.boolean() }),
    refusals: { 'invalid-configuration': 422 },
  }),
  exportConfiguration: route({
    method: 'GET',
    path: '/configuration/export',
    permission: 'config:read',
    summary: 'The configuration in force as documents. Keys are exported as their hash, secrets as references.',
    query: z.strictObject({ kind: plural.optional(), name: z.string().optional() }),
    reply: z.object({ text: z.string() }),
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
      spec: z.record(z.string(), z.unknown()),
      expectedVersion: z.int().min(0).optional().describe('The version the change was made from; 0 for a new object.'),
      eject: z.boolean().default(false).describe('Takes an object that comes from a file over; the file no longer decides.'),
    }),
    reply: wholeObjectView.extend({ warnings: z.array(issueView) }),
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
    reply: z.object({ removed: z.array(z.object({ kind: z.string(), name: z.string() })) }),
    refusals: { 'not-found': 404, 'from-file': 409, 'still-needed': 409, 'last-owner': 409 },
  }),
}
