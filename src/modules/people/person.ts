import { z } from 'zod'
import { parseDuration } from '../../kernel/duration.ts'
import { LANGUAGES } from '../../kernel/language.ts'
import { ROLES } from '../../kernel/permission.ts'
import { SECRET_VARIABLE } from '../../kernel/secret-reference.ts'
import { isTimeZone } from '../../kernel/zone.ts'
import { text } from '../../platform/contract.ts'
import type { Kind } from '../documents/index.ts'

/** How soon somebody must be told: `high` wakes people, `low` may wait for the morning by their own rules. */
export type Urgency = 'high' | 'low'

export const durationText = z
  .string()
  .refine((text) => parseDuration(text) !== undefined, { error: 'write a duration such as 90s, 5m, 2h or 7d' })

export const timeZoneText = text.refine(isTimeZone, { error: 'is not a known time zone; write an IANA name such as Europe/Berlin' })

/** A value kept outside the document: in a variable of the server's, or in a file of its folder of secrets. */
export const secretReference = z.union(
  [
    z.strictObject({
      env: z.string().regex(SECRET_VARIABLE, { error: 'name a variable that begins with TOCSIN_SECRET_, such as TOCSIN_SECRET_NTFY' }),
    }),
    z.strictObject({ file: z.string().min(1).max(1000) }),
    z.strictObject({ sealed: z.string().min(1).max(10_000) }),
  ],
  {
    error: 'write { env: TOCSIN_SECRET_… } or { file: name } of a file in the folder of secrets; secrets are never written into documents',
  },
)

const contact = z.strictObject({
  name: z.string().min(1).max(60),
  channel: z.string().min(1),
  address: z.string().min(1).max(2000),
  /** Whether pages that fall due close together may share one message. */
  bundle: z.boolean().optional(),
  secret: secretReference.optional(),
  settings: z.record(z.string(), z.unknown()).optional(),
})

const rule = z.strictObject({ contact: z.string().min(1), after: durationText })

export const personSpec = z
  .strictObject({
    displayName: z.string().min(1).max(200).optional(),
    email: z
      .string()
      .max(320)
      .regex(/^[^\s@]+@[^\s@]+$/, { error: 'write an address such as ada@example.org' })
      .optional(),
    timeZone: timeZoneText.optional(),
    language: z.enum(LANGUAGES).optional(),
    role: z.enum(ROLES).optional(),
    /** What they are trained for: roles of incidents, or courses by name. */
    trained: z.array(z.string().min(1).max(100)).max(50).optional(),
    contacts: z.array(contact).max(30).optional(),
    paging: z.strictObject({ high: z.array(rule).max(30).optional(), low: z.array(rule).max(30).optional() }).optional(),
  })
  .superRefine((person, context) => {
    const names = (person.contacts ?? []).map((one) => one.name)
    for (const [i, name] of names.entries())
      if (names.indexOf(name) !== i)
        context.addIssue({
          code: 'custom',
          path: ['contacts', i, 'name'],
          message: `‹${name}› is used twice; give each contact its own name`,
        })
    for (const urgency of ['high', 'low'] as const)
      for (const [i, { contact: named }] of (person.paging?.[urgency] ?? []).entries())
        if (!names.includes(named))
          context.addIssue({
            code: 'custom',
            path: ['paging', urgency, i, 'contact'],
            message: `no contact is named ‹${named}›; the contacts are: ${names.join(', ') || 'none'}`,
          })
  })

export type PersonSpec = z.infer<typeof personSpec>
export type PersonContact = z.infer<typeof contact>
/** A rule as it is written: which contact, how long after. */
export type PersonRule = z.infer<typeof rule>

export const Person: Kind<PersonSpec> = { name: 'Person', schema: personSpec, references: () => [] }

/** A person's rule, resolved: which contact, and how long after the level is reached. */
export interface PagingRule {
  index: number
  contact: PersonContact
  afterMs: number
}

/** The rules that hold for an urgency. Without any for it: all contacts, now. */
export function rulesOf(person: PersonSpec, urgency: Urgency): PagingRule[] {
  const contacts = person.contacts ?? []
  const rules = person.paging?.[urgency] ?? []
  if (rules.length === 0) return contacts.map((contact, index) => ({ index, contact, afterMs: 0 }))
  return rules.flatMap(({ contact: named, after }, index) => {
    const contact = contacts.find((one) => one.name === named)
    return contact ? [{ index, contact, afterMs: parseDuration(after) ?? 0 }] : []
  })
}

export function displayName(name: string, person: PersonSpec | undefined): string {
  return person?.displayName ?? name
}
