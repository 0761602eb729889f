import type { Issue } from '../../kernel/result.ts'
import type { Document, Snapshot } from '../documents/index.ts'
import { Person, type PersonSpec } from '../people/index.ts'
import { calledAs } from './kinds.ts'
import { issueWith, keyOf, type WrittenDocument } from './read.ts'

/**
 * What would leave the installation without an owner, where it has one: nobody could give that role to anybody any more.
 * Each of them is told where it is demoted, or that it would go.
 */
export function lastOwnerIssues(before: Snapshot, after: Snapshot, documents: WrittenDocument[]): Issue[] {
  if (ownersIn(after).length > 0) return []
  return ownersIn(before).map((owner) => {
    const written = documents.find((one) => keyOf(one) === keyOf(owner))
    const message = `${calledAs(owner)} is the last owner; make somebody else owner first, with \`role: owner\``
    return written ? issueWith(written, ['spec', 'role'], message) : { path: keyOf(owner), message }
  })
}

function ownersIn(snapshot: Snapshot): Document<PersonSpec>[] {
  return snapshot.all(Person).filter(({ spec }) => spec.role === 'owner')
}
