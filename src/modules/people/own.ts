import { type Refusal, refuse } from '../../kernel/result.ts'
import type { Caller } from '../../platform/contract.ts'
import type { PersonContact, PersonSpec } from './person.ts'

/**
 * What people may write about themselves: all but who they are to others. A secret of the server goes where its contact
 * leads, so a contact that names one is written, and led elsewhere, by who may change the configuration.
 */
export function ownSpec(
  current: PersonSpec,
  written: Record<string, unknown>,
  caller: Pick<Caller, 'permits'>,
): { spec: Record<string, unknown> } | Refusal<'not-yours'> {
  if (caller.permits('config:write')) return { spec: written }
  const { role, email } = current
  for (const [key, value] of Object.entries({ role, email }))
    if (key in written && written[key] !== value) return refuse('not-yours', `spec.${key} is changed by who may change the configuration.`)
  const secrets = new Set((current.contacts ?? []).filter(({ secret }) => secret).map(leadsWith))
  const contacts = Array.isArray(written['contacts']) ? (written['contacts'] as Partial<PersonContact>[]) : []
  const place = contacts.findIndex((one) => one?.secret !== undefined && !secrets.has(leadsWith(one)))
  if (place >= 0)
    return refuse(
      'not-yours',
      `spec.contacts.${place}.secret: a secret of the server, and where it is sent, is written by who may change the configuration.`,
    )
  return { spec: { ...written, ...(role !== undefined && { role }), ...(email !== undefined && { email }) } }
}

function leadsWith({ name, channel, address, secret, settings }: Partial<PersonContact>): string {
  return JSON.stringify([name, channel, address, secret, settings])
}
