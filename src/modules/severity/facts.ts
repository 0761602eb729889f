import { z } from 'zod'
import { text } from '../../platform/contract.ts'
import { USERS } from './users.ts'

const share = z.number().min(0).max(100)

/** What is known of an incident when its severity is asked for. What is unknown is left out, and matches no rule. */
export const severityFacts = z.strictObject({
  extent: z.enum(['everything', 'essential', 'degraded', 'partial', 'cosmetic', 'nothing']).optional(),
  users: z
    .strictObject({ percent: share.optional(), count: z.int().min(0).max(1e12).optional(), words: z.enum(USERS).optional() })
    .refine((said) => Object.values(said).some((one) => one !== undefined), { error: 'say `percent`, `count` or `words`, or leave it out' })
    .optional(),
  errorPercent: share.optional(),
  revenuePerHourUsd: z.number().min(0).max(1e15).optional(),
  sla: z.enum(['breached', 'at-risk', 'kept']).optional(),
  data: z.enum(['lost', 'at-risk', 'safe']).optional(),
  security: z.enum(['breached', 'suspected', 'none']).optional(),
  scope: z.enum(['service', 'region', 'global']).optional(),
  systemsDown: z.int().min(0).max(100_000).optional(),
  workaround: z.boolean().optional(),
  worsening: z.boolean().optional(),
  audience: z.enum(['customers', 'internal']).optional(),
  tags: z.array(text.min(1).max(100)).max(50).optional(),
})

export type SeverityFacts = z.infer<typeof severityFacts>
export type FactName = keyof SeverityFacts
