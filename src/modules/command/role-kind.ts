import { z } from 'zod'
import type { Kind, Snapshot, WrittenKind } from '../documents/index.ts'
import { BUILT_IN, type RoleSpec } from './roles.ts'

const sentence = z.string().min(1).max(500)
const name = z.string().min(1).max(100)

export const roleSpec = z.strictObject({
  displayName: z.string().min(1).max(200).optional(),
  /** Shorter words for it: ic, tl. */
  alsoCalled: z
    .array(z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, { error: 'write a short word such as ic' }))
    .max(20)
    .optional(),
  duties: z.array(sentence).max(20),
  /** What whoever takes it does first. */
  firstSteps: z.array(sentence).max(3),
  /** Whether several may have it at once. */
  many: z.boolean().optional(),
  /** Who may have it; anyone unless said. */
  hold: z
    .union(
      [
        z.literal('anyone'),
        z.strictObject({ teams: z.array(name).min(1).max(50) }),
        z.strictObject({ trained: z.union([z.literal(true), name]) }),
      ],
      { error: 'write anyone, { teams: [name] } or { trained: true }' },
    )
    .optional(),
  /** What becomes of somebody else who takes it: a warning unless said. */
  enforce: z.enum(['warn', 'refuse']).optional(),
  /** It coordinates: in bad incidents it is warned before it does with its own hands what others should. */
  handsOff: z.boolean().optional(),
}) satisfies z.ZodType<RoleSpec>

const Role: Kind<RoleSpec> = {
  name: 'Role',
  schema: roleSpec as z.ZodType<RoleSpec>,
  references: ({ hold }) =>
    typeof hold === 'object' && 'teams' in hold
      ? hold.teams.map((team, i) => ({ path: ['hold', 'teams', i], kind: 'Team', name: team }))
      : [],
}

export const roleKind: WrittenKind<RoleSpec> = {
  ...Role,
  plural: 'roles',
  alsoCalled: ['incidentrole', 'duty'],
  warnings({ name: own, spec }, after) {
    const taken = allRoles(after).filter((one) => one.name !== own)
    return (spec.alsoCalled ?? []).flatMap((word, i) => {
      const other = taken.find((one) => one.name === word || one.spec.alsoCalled?.includes(word))
      const path = ['spec', 'alsoCalled', i]
      return other === undefined ? [] : [{ path, message: `‹${word}› is the role ${other.name} as well; whoever says it means that one` }]
    })
  },
}

/** A role as it is meant now: by what is written down, else as it is built in. */
export interface NamedRole {
  name: string
  spec: RoleSpec
}

/** Every role there is, those built in first; one that is written down stands in place of the one built in of the same name. */
export function allRoles(snapshot: Snapshot): NamedRole[] {
  const own = new Map(snapshot.all(Role).map((one) => [one.name, one.spec]))
  const others = [...own].filter(([name]) => !(name in BUILT_IN)).map(([name, spec]) => ({ name, spec }))
  const builtIn = Object.entries(BUILT_IN).map(([name, spec]) => ({ name, spec: own.get(name) ?? spec }))
  return [...builtIn, ...others.sort((a, b) => (a.name < b.name ? -1 : 1))]
}

/** By its name, or by what else it is called. */
export function roleNamed(snapshot: Snapshot, word: string): NamedRole | undefined {
  const all = allRoles(snapshot)
  const said = word.toLowerCase()
  return all.find(({ name }) => name === said) ?? all.find(({ spec }) => spec.alsoCalled?.includes(said))
}
