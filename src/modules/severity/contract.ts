import { z } from 'zod'
import { route, text } from '../../platform/contract.ts'
import { severityFacts } from './facts.ts'
import { QUESTIONS } from './questions.ts'
import { severitySchemeSpec } from './severity-scheme.ts'

export { severityFacts }

const FACTS = Object.keys(severityFacts.shape) as [keyof typeof severityFacts.shape, ...(keyof typeof severityFacts.shape)[]]

export const proposalView = z.object({
  level: text.describe('SEV1'),
  rank: z.int().describe('1 worst.'),
  because: z.object({
    fact: z.enum([...FACTS, 'default', 'unknown']).describe('default: no rule spoke; unknown: nothing is known.'),
    value: z.unknown(),
  }),
  adjusted: z
    .array(z.object({ by: z.enum(['worsening', 'cosmetic', 'internal', 'conditional']), from: text, to: text }))
    .describe('What moved it afterwards, in order.'),
  missing: z.array(z.enum(FACTS)).describe('Up to three facts not yet known that could make it worse.'),
})

const schemeView = z.object({
  name: text,
  version: z.int().describe('0: built in.'),
  builtIn: z.boolean(),
  spec: severitySchemeSpec,
})

export const severityContract = {
  listSeveritySchemes: route({
    method: 'GET',
    path: '/severity/schemes',
    permission: 'incident:read',
    summary: 'Every severity scheme, those built in first: its levels, what each asks for, and the rules that propose one.',
    reply: z.object({ items: z.array(schemeView), default: text.describe('The scheme used where nobody says which.') }),
    refusals: {},
  }),
  proposeSeverity: route({
    method: 'POST',
    looks: true,
    path: '/severity/proposal',
    permission: 'incident:read',
    summary: 'The level that a scheme gives to what is known, and the fact that decides it. Changes nothing.',
    body: z.strictObject({
      scheme: text.optional().describe('The name of a scheme; that of the service, or the one in use, unless said.'),
      facts: severityFacts.default({}),
      service: text.optional().describe('Its tags count as facts, and its team’s scheme is used.'),
      unknown: z.array(z.enum(QUESTIONS)).max(QUESTIONS.length).optional().describe('Asked already, and nobody knows: not asked again.'),
    }),
    reply: proposalView.extend({
      scheme: text.describe('The scheme it was asked of.'),
      ask: z.enum(QUESTIONS).nullable().describe('What to ask next, when it is asked one by one; null when no answer would change it.'),
    }),
    refusals: { 'no-such-scheme': 422, 'no-such-service': 422 },
  }),
}
